package org.terrarium.vm.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.terrarium.net.MacAddress;
import org.terrarium.net.Network;
import org.terrarium.net.UplinkInfo;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.PortCounters;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.link.Shaping;
import org.terrarium.net.nat.FlowInfo;
import org.terrarium.net.nat.PortForward;
import org.terrarium.net.service.LeaseTable.Lease;
import org.terrarium.net.wire.Ip4;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.library.NetworkLinks.Link;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.PortSpec;

/**
 * What can be asked and changed about a running machine's network cards, by the control socket. Trouble is an exception whose
 * message is one sentence.
 */
final class NetworkOrders {
    private static final double MILLISECOND = 1e6;
    private static final int MAX_CAPTURES = 100;

    private final NetworkLinks links;

    NetworkOrders(NetworkLinks links) {
        this.links = links;
    }

    /** Carries out an order whose name begins with {@code net}; false for any other. */
    boolean carryOut(String command, JsonNode order, ObjectNode answer) throws IOException {
        switch (command) {
            case "net" -> cards(answer.putArray("cards"));
            case "netLeases" -> leases(answer.putArray("leases"));
            case "netFlows" -> flows(answer.putArray("flows"));
            case "netForward" ->
                forward(number(order), PortForward.parse(order.path("forward").asText()), true);
            case "netUnforward" ->
                forward(number(order), PortForward.parse(order.path("forward").asText()), false);
            case "netCapture" -> capture(order);
            case "netSet" -> set(order);
            case "netUplink" ->
                card(order)
                        .network()
                        .plugUplink(
                                order.path("uplink").asInt(-1), order.path("on").asBoolean());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void cards(ArrayNode list) {
        for (int n = 0; n < links.links().size(); n++) {
            Link link = links.links().get(n);
            ObjectNode card = list.addObject()
                    .put("nic", n)
                    .put("model", link.nic().model().id())
                    .put("mac", link.nic().mac().toString())
                    .put("net", link.nic().net().text())
                    .put("connected", link.cable().connected());
            if (link.network() == null) {
                continue;
            }
            Network net = link.network();
            PortCounters c = net.counters(link.cable());
            card.put("framesOut", c.framesOut())
                    .put("octetsOut", c.octetsOut())
                    .put("framesIn", c.framesIn())
                    .put("octetsIn", c.octetsIn())
                    .put("dropped", c.dropped())
                    .put("refused", c.refused());
            PortGroup group = net.group(link.cable());
            card.put("vlan", group.vlan());
            ArrayNode trunk = card.putArray("trunk");
            group.tagged().stream().sorted().forEach(trunk::add);
            card.put("promiscuous", net.promiscuous(link.cable()));
            uplinks(card.putArray("uplinks"), net);
            card.put("neighbours", net.neighbours());
            shaping(card.putObject("out"), net.shapingFromCard(link.cable()));
            shaping(card.putObject("in"), net.shapingToCard(link.cable()));
            ArrayNode forwards = card.putArray("forwards");
            net.forwards().forEach(f -> forwards.add(f.text()));
        }
    }

    private static void uplinks(ArrayNode list, Network net) {
        for (UplinkInfo u : net.uplinks()) {
            list.addObject()
                    .put("leadsTo", u.text())
                    .put("plugged", u.plugged())
                    .put("up", u.up())
                    .put("active", u.active())
                    .put("framesOut", u.framesOut())
                    .put("framesIn", u.framesIn())
                    .put("trouble", u.trouble());
        }
    }

    private static void shaping(ObjectNode json, Shaping s) {
        json.put("latency", s.latencyNanos() / MILLISECOND)
                .put("jitter", s.jitterNanos() / MILLISECOND)
                .put("loss", s.loss())
                .put("duplicate", s.duplicate())
                .put("reorder", s.reorder())
                .put("bandwidth", s.bitsPerSecond());
    }

    private void leases(ArrayNode list) {
        long now = System.nanoTime();
        for (int n = 0; n < links.links().size(); n++) {
            Network net = links.links().get(n).network();
            if (net == null) {
                continue;
            }
            for (Lease l : net.leases()) {
                list.addObject()
                        .put("nic", n)
                        .put("mac", new MacAddress(l.mac()).toString())
                        .put("address", Ip4.text(l.address()))
                        .put("name", l.hostName())
                        .put("secondsLeft", Math.max(0, (l.expires() - now) / 1_000_000_000L));
            }
        }
    }

    private void flows(ArrayNode list) {
        for (int n = 0; n < links.links().size(); n++) {
            Network net = links.links().get(n).network();
            if (net == null) {
                continue;
            }
            for (FlowInfo f : net.flows()) {
                list.addObject()
                        .put("nic", n)
                        .put("protocol", f.protocol())
                        .put("guest", f.guest())
                        .put("remote", f.remote())
                        .put("state", f.state())
                        .put("fromGuest", f.fromGuest())
                        .put("toGuest", f.toGuest())
                        .put("retransmissions", f.retransmissions());
            }
        }
    }

    private static int number(JsonNode order) {
        return order.path("nic").asInt(0);
    }

    private Link card(JsonNode order) throws IOException {
        return card(number(order), false);
    }

    private Link card(int n, boolean nat) throws IOException {
        if (n < 0 || n >= links.links().size()) {
            throw new IOException("the machine has no network card " + n + "; it has "
                    + links.links().size());
        }
        Link link = links.links().get(n);
        if (link.network() == null) {
            throw new IOException("network card " + n + " leads to no network (net is none)");
        }
        if (nat && link.nic().net().kind() != NetTarget.Kind.NAT) {
            throw new IOException("network card " + n + " is not behind NAT, so no ports can be forwarded to it");
        }
        return link;
    }

    /**
     * Opens a port of the host that leads to the guest, or closes it again.
     *
     * @param card its number; it must be behind NAT
     */
    void forward(int card, PortForward forward, boolean open) throws IOException {
        Network net = card(card, true).network();
        boolean there = net.forwards().contains(forward);
        if (open && there) {
            throw new IOException("the port forward " + forward.text() + " is there already");
        }
        if (!open && !there) {
            throw new IOException(
                    "there is no port forward " + forward.text() + "; terrarium net list shows those there are");
        }
        if (open) {
            net.addForward(forward);
        } else {
            net.removeForward(forward);
        }
    }

    private void capture(JsonNode order) throws IOException {
        Link link = card(order);
        link.network().endCapture(link.cable());
        String name = order.path("file").asText();
        if (name.isEmpty()) {
            return;
        }
        Path file = Path.of(name);
        if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw new IOException("the capture " + file + " cannot be written: there is no folder "
                    + file.toAbsolutePath().getParent());
        }
        long megabytes = order.path("size").asLong(0);
        int files = order.path("files").asInt(1);
        if (megabytes < 0 || files < 1 || files > MAX_CAPTURES) {
            throw new IOException("a capture has 1 to " + MAX_CAPTURES + " files of a size that is not negative");
        }
        try {
            link.network().capture(link.cable(), file, megabytes << 20, files);
        } catch (IOException e) {
            throw new IOException("the capture " + file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }

    private void set(JsonNode order) throws IOException {
        Link link = card(order);
        Network net = link.network();
        Cable cable = link.cable();
        Shaping out = order.has("in") ? net.shapingFromCard(cable) : shaped(net.shapingFromCard(cable), order);
        Shaping in = order.has("out") ? net.shapingToCard(cable) : shaped(net.shapingToCard(cable), order);
        PortGroup group = group(net.group(cable), order);
        // All of it is valid, so all of it takes effect.
        net.shape(cable, out, in);
        net.group(cable, group);
        if (order.has("connected")) {
            net.connect(cable, order.path("connected").asBoolean());
        }
        if (order.has("promiscuous")) {
            net.promiscuous(cable, order.path("promiscuous").asBoolean());
        }
    }

    private static Shaping shaped(Shaping s, JsonNode order) {
        return new Shaping(
                nanos(order, "latency", s.latencyNanos()),
                nanos(order, "jitter", s.jitterNanos()),
                share(order, "loss", s.loss()),
                share(order, "duplicate", s.duplicate()),
                share(order, "reorder", s.reorder()),
                order.path("bandwidth").asLong(s.bitsPerSecond()));
    }

    /** Milliseconds in the order. */
    private static long nanos(JsonNode order, String field, long before) {
        return order.has(field) ? (long) (order.path(field).asDouble() * MILLISECOND) : before;
    }

    /** Per cent in the order. */
    private static double share(JsonNode order, String field, double before) {
        return order.has(field) ? order.path(field).asDouble() / 100 : before;
    }

    private static PortGroup group(PortGroup before, JsonNode order) {
        Set<Integer> tagged =
                order.has("trunk") ? PortSpec.trunk(order.path("trunk").asText(), ",") : before.tagged();
        return new PortGroup(order.path("vlan").asInt(before.vlan()), tagged);
    }
}
