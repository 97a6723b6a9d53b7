package org.terrarium.vm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.terrarium.net.SwitchConfig.Uplink;
import org.terrarium.net.wire.Ip4;
import org.terrarium.vm.HostTrouble;

/** {@code networks.json} in the library's folder: the networks that machines name. Version 1. */
public final class NetworksFile {
    /** The file's name. */
    public static final String NAME = "networks.json";

    private static final int VERSION = 1;
    private static final int MAX_NETWORKS = 256;

    private NetworksFile() {}

    /** The networks by name; none while there is no file. A file that cannot be used is told in one sentence. */
    public static List<NetworkSpec> load(Path file) throws SpecException {
        return Files.exists(file) ? SpecJson.load(file, "networks", NetworksFile::fromJson) : List.of();
    }

    private static List<NetworkSpec> fromJson(JsonNode json) {
        JsonFields fields = new JsonFields("", json);
        int version = fields.number("version", 0);
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    version > VERSION
                            ? "it was written by a newer Terrarium (version " + version + ")"
                            : "version must be " + VERSION);
        }
        List<NetworkSpec> all = new ArrayList<>();
        for (JsonFields entry : fields.objects("networks")) {
            NetworkSpec read = entry.made(() -> network(entry));
            if (find(all, read.name()).isPresent()) {
                throw new IllegalArgumentException("two networks have the name " + read.name());
            }
            all.add(read);
        }
        fields.refuseOthers();
        Checks.range("the number of networks", all.size(), 0, MAX_NETWORKS);
        return all;
    }

    private static NetworkSpec network(JsonFields fields) {
        NetTarget.Kind kind = fields.parsed("kind", NetTarget.Kind.PRIVATE, NetworksFile::kind);
        NetworkSpec spec = NetworkSpec.of(fields.text("name", null), kind);
        String subnet = fields.text("subnet", null);
        spec = subnet == null ? spec : spec.withSubnet(subnet);
        spec = spec.withDomain(fields.text("domain", spec.domain()));
        spec = spec.withWiring(wiring(fields, spec.wiring()));
        spec = spec.withServices(services(fields));
        for (String reservation : fields.texts("reservations", List.of(), text -> text)) {
            spec = spec.withReservation(reservation);
        }
        fields.refuseOthers();
        return spec;
    }

    private static SwitchSpec wiring(JsonFields fields, SwitchSpec usual) {
        SwitchSpec wiring = usual;
        List<String> uplinks = fields.texts("uplinks", List.of(), text -> text);
        for (String uplink : uplinks) {
            // A host-only network has this one without a word.
            wiring = wiring.uplinks().contains(Uplink.parse(uplink)) ? wiring : wiring.withUplink(uplink);
        }
        wiring = wiring.withTeaming(fields.text("teaming", wiring.teaming().id()));
        for (String place : fields.texts("listen", List.of(), text -> text)) {
            wiring = wiring.withListen(place);
        }
        for (String forward : fields.texts("forwards", List.of(), text -> text)) {
            wiring = wiring.withForward(forward);
        }
        for (String group : fields.texts("groups", List.of(), text -> text)) {
            wiring = wiring.withGroup(group);
        }
        return wiring.withHostLoopback(fields.flag("hostLoopback", false));
    }

    private static ServiceSpec services(JsonFields fields) {
        ServiceSpec s = ServiceSpec.USUAL.withIpv6(fields.text("ipv6", ServiceSpec.USUAL.ipv6()));
        s = fields.parsed("ntp", s, s::withNtp);
        s = fields.parsed("nextServer", s, s::withNextServer);
        s = s.withBootFile(fields.text("bootFile", ""));
        s = s.withTftp(fields.file("tftp"));
        return s.withConnections(fields.number("connections", s.connections()));
    }

    /** Only what is not usual. */
    private static void services(ObjectNode entry, ServiceSpec s) {
        if (!s.ipv6().equals(ServiceSpec.USUAL.ipv6())) {
            entry.put("ipv6", s.ipv6());
        }
        if (s.ntp() != 0) {
            entry.put("ntp", Ip4.text(s.ntp()));
        }
        if (s.nextServer() != 0) {
            entry.put("nextServer", Ip4.text(s.nextServer()));
        }
        if (!s.bootFile().isEmpty()) {
            entry.put("bootFile", s.bootFile());
        }
        if (s.tftp() != null) {
            entry.put("tftp", Checks.portable(s.tftp()));
        }
        if (s.connections() != ServiceSpec.USUAL.connections()) {
            entry.put("connections", s.connections());
        }
    }

    /** {@code nat}, {@code private} or {@code host-only}; IllegalArgumentException with a sentence otherwise. */
    public static NetTarget.Kind kind(String text) {
        return switch (text) {
            case "nat" -> NetTarget.Kind.NAT;
            case "private" -> NetTarget.Kind.PRIVATE;
            case "host-only" -> NetTarget.Kind.HOST_ONLY;
            default ->
                throw new IllegalArgumentException(
                        "'" + text + "' is no kind of network; choose nat, private or host-only");
        };
    }

    /** The form that {@link #kind(String)} reads. */
    public static String text(NetTarget.Kind kind) {
        return switch (kind) {
            case NAT -> "nat";
            case PRIVATE -> "private";
            case HOST_ONLY -> "host-only";
            case NONE -> throw new IllegalArgumentException("no network is of the kind none");
        };
    }

    /** The network of that name. */
    public static Optional<NetworkSpec> find(List<NetworkSpec> networks, String name) {
        return networks.stream().filter(n -> n.name().equals(name)).findFirst();
    }

    private static void wiring(ObjectNode entry, SwitchSpec wiring) {
        ArrayNode uplinks = entry.putArray("uplinks");
        wiring.uplinks().forEach(u -> uplinks.add(u.text()));
        entry.put("teaming", wiring.teaming().id());
        ArrayNode listen = entry.putArray("listen");
        wiring.listen().forEach(at -> listen.add(at.text()));
        ArrayNode forwards = entry.putArray("forwards");
        wiring.forwards().forEach(f -> forwards.add(f.text()));
        ArrayNode groups = entry.putArray("groups");
        wiring.groups().entrySet().stream().map(SwitchSpec::text).sorted().forEach(groups::add);
        entry.put("hostLoopback", wiring.hostLoopback());
    }

    /** Replaces the file; it is never half-written. */
    public static void save(Path file, List<NetworkSpec> networks) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", VERSION);
        ArrayNode list = json.putArray("networks");
        for (NetworkSpec n : networks) {
            ObjectNode entry = list.addObject().put("name", n.name()).put("kind", text(n.kind()));
            if (n.hasGateway()) {
                entry.put("subnet", n.subnet()).put("domain", n.domain());
                ArrayNode kept = entry.putArray("reservations");
                n.reservations().entrySet().stream()
                        .sorted(Comparator.comparing(
                                (Map.Entry<?, Integer> e) -> e.getValue(), Integer::compareUnsigned))
                        .forEach(e -> kept.add(e.getKey() + "=" + Ip4.text(e.getValue())));
                services(entry, n.services());
            }
            if (n.kind() != NetTarget.Kind.NAT) {
                wiring(entry, n.wiring());
            }
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.write(file, JsonTrees.pretty(json));
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }
}
