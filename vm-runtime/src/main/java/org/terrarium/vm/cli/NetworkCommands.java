package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NetworkSpec;
import org.terrarium.vm.spec.NetworksFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that look at and change the network cards of running machines, whichever process runs them. */
final class NetworkCommands {
    private NetworkCommands() {}

    /** What a running machine answers; null when it does not run. */
    private static JsonNode ask(MachineEntry entry, String order) throws IOException {
        boolean runs = entry.owner().map(owner -> !owner.control().isEmpty()).orElse(false);
        return runs ? ControlClient.of(entry).order(order) : null;
    }

    @Command(name = "list", description = "Lists the networks, and the network cards of running machines.")
    static final class ListAll implements Callable<Integer> {
        private final CliContext context;

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        ListAll(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            ObjectNode all = new JsonMapper().createObjectNode();
            ArrayNode networks = all.putArray("networks");
            for (NetworkSpec n : NetworksFile.load(context.library().networks())) {
                ObjectNode entry = networks.addObject().put("name", n.name()).put("kind", NetworksFile.text(n.kind()));
                if (n.hasGateway()) {
                    entry.put("subnet", n.subnet()).put("domain", n.domain());
                    entry.put("reservations", n.reservations().size());
                }
                ArrayNode uplinks = entry.putArray("uplinks");
                n.wiring().uplinks().forEach(u -> uplinks.add(u.text()));
                entry.put("teaming", n.wiring().teaming().id());
                ArrayNode listen = entry.putArray("listen");
                n.wiring().listen().forEach(at -> listen.add(at.text()));
                ArrayNode groups = entry.putArray("groups");
                n.wiring().groups().keySet().stream().sorted().forEach(groups::add);
            }
            ArrayNode cards = all.putArray("cards");
            for (MachineEntry entry : context.library().list()) {
                JsonNode answer = ask(entry, "net");
                if (answer != null) {
                    answer.path("cards").forEach(c -> cards.add(((ObjectNode) c).put("machine", entry.name())));
                }
            }
            if (json) {
                context.print(all);
            } else {
                networks.forEach(this::network);
                cards.forEach(this::card);
            }
            return 0;
        }

        private void network(JsonNode n) {
            context.out()
                    .printf(
                            "network %-20s %-9s %-18s %s%s%s%n",
                            n.path("name").asText(),
                            n.path("kind").asText(),
                            n.path("subnet").asText(),
                            words("uplinks", n.path("uplinks")),
                            words("listens", n.path("listen")),
                            words("groups", n.path("groups")));
        }

        /** What is worse about a link than about a cable, if anything is. */
        private void faults(String way, JsonNode s) {
            List<String> words = new ArrayList<>();
            fault(words, "latency %s ms", s.path("latency").asDouble());
            fault(words, "jitter %s ms", s.path("jitter").asDouble());
            fault(words, "loss %s %%", 100 * s.path("loss").asDouble());
            fault(words, "duplicate %s %%", 100 * s.path("duplicate").asDouble());
            fault(words, "reorder %s %%", 100 * s.path("reorder").asDouble());
            fault(words, "bandwidth %s bit/s", s.path("bandwidth").asDouble());
            if (!words.isEmpty()) {
                context.out().println("        " + way + ": " + String.join(", ", words));
            }
        }

        private static void fault(List<String> words, String text, double value) {
            if (value != 0) {
                BigDecimal shown =
                        new BigDecimal(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
                words.add(text.formatted(shown.toPlainString()));
            }
        }

        private static String vlans(JsonNode c) {
            List<String> tagged = new ArrayList<>();
            c.path("trunk").forEach(v -> tagged.add(v.asText()));
            boolean usual = c.path("vlan").asInt(1) == 1 && tagged.isEmpty();
            return usual
                    ? ""
                    : ", VLAN " + c.path("vlan").asInt()
                            + (tagged.isEmpty() ? "" : " trunk " + String.join(",", tagged));
        }

        private static String words(String what, JsonNode list) {
            List<String> words = new ArrayList<>();
            list.forEach(w -> words.add(w.asText()));
            return words.isEmpty() ? "" : what + " " + String.join(" ", words) + " ";
        }

        private void card(JsonNode c) {
            context.out()
                    .printf(
                            "card    %-20s %-8s %s %s %s%s%s, sent %d frames, got %d, dropped %d, refused %d%n",
                            c.path("machine").asText() + " " + c.path("nic").asInt(),
                            c.path("model").asText(),
                            c.path("mac").asText(),
                            c.path("net").asText(),
                            c.path("connected").asBoolean() ? "connected" : "not connected",
                            vlans(c),
                            c.path("promiscuous").asBoolean() ? ", promiscuous" : "",
                            c.path("framesOut").asLong(),
                            c.path("framesIn").asLong(),
                            c.path("dropped").asLong(),
                            c.path("refused").asLong());
            faults("out", c.path("out"));
            faults("in", c.path("in"));
            c.path("forwards").forEach(f -> context.out().println("        " + f.asText()));
            printUplinks(context, c.path("uplinks"));
        }
    }

    private static void printUplinks(CliContext context, JsonNode uplinks) {
        for (int n = 0; n < uplinks.size(); n++) {
            JsonNode u = uplinks.get(n);
            String state =
                    u.path("active").asBoolean() ? "active" : u.path("up").asBoolean() ? "stands by" : "down";
            String trouble = u.path("trouble").asText();
            context.out()
                    .printf(
                            "        uplink %d %-24s %-9s sent %d frames, got %d%s%n",
                            n,
                            u.path("leadsTo").asText(),
                            state,
                            u.path("framesOut").asLong(),
                            u.path("framesIn").asLong(),
                            trouble.isEmpty() ? "" : "; " + trouble);
        }
    }

    @Command(
            name = "uplink",
            description = "Shows the uplinks of a switch that is in use, pulls one or plugs it in again.")
    static final class Uplink implements Callable<Integer> {
        private final CliContext context;

        @Spec
        private CommandSpec command;

        @Parameters(
                index = "0",
                paramLabel = "NETWORK",
                description = "the switch: NAME, private:NAME or host-only:NAME")
        private String network;

        @Parameters(index = "1", arity = "0..1", paramLabel = "N", description = "which uplink, from 0")
        private Integer uplink;

        @Parameters(index = "2", arity = "0..1", paramLabel = "on|off", description = "plug it in or pull it")
        private String on;

        Uplink(CliContext context) {
            this.context = context;
        }

        private NetTarget target() {
            try {
                boolean bare = !network.contains(":") && !network.equals("host-only");
                NetTarget target = NetTarget.parse(bare ? "private:" + network : network);
                if (target.shared()) {
                    return target;
                }
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
            throw new ParameterException(
                    command.commandLine(), "'" + network + "' names no switch; write private:NAME or host-only:NAME");
        }

        @Override
        public Integer call() throws IOException {
            String target = target().text();
            if ((uplink == null) != (on == null) || on != null && !on.equals("on") && !on.equals("off")) {
                throw new ParameterException(command.commandLine(), "write the uplink's number and then on or off");
            }
            for (MachineEntry entry : context.library().list()) {
                JsonNode answer = ask(entry, "net");
                for (JsonNode card : answer == null ? List.<JsonNode>of() : answer.path("cards")) {
                    // The uplinks are in one process, whichever machine that runs.
                    if (card.path("net").asText().equals(target)
                            && !card.path("uplinks").isEmpty()) {
                        changeAndShow(entry, card);
                        return 0;
                    }
                }
            }
            throw new IOException("no running machine's switch " + target + " has uplinks");
        }

        private void changeAndShow(MachineEntry entry, JsonNode card) throws IOException {
            int nic = card.path("nic").asInt();
            if (uplink != null) {
                Map<String, String> change = Map.of(
                        "nic", Integer.toString(nic),
                        "uplink", uplink.toString(),
                        "on", Boolean.toString(on.equals("on")));
                ControlClient.of(entry).order("netUplink", change);
            }
            printUplinks(context, ask(entry, "net").path("cards").path(nic).path("uplinks"));
        }
    }

    /** A table of something that running machines have. */
    private abstract static class Table implements Callable<Integer> {
        private final CliContext context;
        private final String order;
        private final String list;

        @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "only this machine's")
        private String name;

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Table(CliContext context, String order, String list) {
            this.context = context;
            this.order = order;
            this.list = list;
        }

        abstract String line(JsonNode entry);

        @Override
        public Integer call() throws IOException {
            List<MachineEntry> machines = name == null
                    ? context.library().list()
                    : List.of(context.library().find(name));
            ArrayNode all = new JsonMapper().createArrayNode();
            for (MachineEntry machine : machines) {
                JsonNode answer = name == null
                        ? ask(machine, order)
                        : ControlClient.of(machine).order(order);
                if (answer != null) {
                    answer.path(list).forEach(e -> all.add(((ObjectNode) e).put("machine", machine.name())));
                }
            }
            if (json) {
                context.print(all);
            } else {
                all.forEach(e -> context.out().println(line(e)));
            }
            return 0;
        }
    }

    @Command(name = "leases", description = "Shows which addresses running machines' networks have given out.")
    static final class Leases extends Table {
        Leases(CliContext context) {
            super(context, "netLeases", "leases");
        }

        @Override
        String line(JsonNode e) {
            return "%-20s %-15s %s %s (%d s left)"
                    .formatted(
                            e.path("machine").asText(),
                            e.path("address").asText(),
                            e.path("mac").asText(),
                            e.path("name").asText(),
                            e.path("secondsLeft").asLong());
        }
    }

    @Command(name = "flows", description = "Shows the connections of running machines through their gateways.")
    static final class Flows extends Table {
        Flows(CliContext context) {
            super(context, "netFlows", "flows");
        }

        @Override
        String line(JsonNode e) {
            return "%-20s %s %-21s %-21s %-12s out %d in %d, resent %d"
                    .formatted(
                            e.path("machine").asText(),
                            e.path("protocol").asText(),
                            e.path("guest").asText(),
                            e.path("remote").asText(),
                            e.path("state").asText(),
                            e.path("fromGuest").asLong(),
                            e.path("toGuest").asLong(),
                            e.path("retransmissions").asLong());
        }
    }

    private abstract static class OneCard implements Callable<Integer> {
        final CliContext context;

        @Parameters(index = "0", paramLabel = "NAME", description = "the running machine")
        private String name;

        @Option(
                names = "--card",
                paramLabel = "N",
                description = "which network card, from 0; default 0",
                defaultValue = "0")
        private int card;

        OneCard(CliContext context) {
            this.context = context;
        }

        void order(String command, Map<String, String> arguments) throws IOException {
            Map<String, String> all = new LinkedHashMap<>(arguments);
            all.put("nic", Integer.toString(card));
            ControlClient.of(context.library().find(name)).order(command, all);
        }
    }

    @Command(name = "capture", description = "Writes every frame of a card to a pcapng file; --off ends it.")
    static final class Capture extends OneCard {
        @Spec
        private CommandSpec command;

        @Parameters(index = "1", arity = "0..1", paramLabel = "FILE.pcapng", description = "the file")
        private Path file;

        @Option(names = "--size", paramLabel = "MIB", description = "begin a new file after so many; default never")
        private long size;

        @Option(names = "--files", paramLabel = "N", description = "keep so many of them", defaultValue = "1")
        private int files;

        @Option(names = "--off", description = "end the capture")
        private boolean off;

        Capture(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            if (off == (file != null)) {
                throw new ParameterException(command.commandLine(), "give either a file or --off");
            }
            order(
                    "netCapture",
                    off
                            ? Map.of()
                            : Map.of(
                                    "file",
                                    file.toAbsolutePath().toString(),
                                    "size",
                                    Long.toString(size),
                                    "files",
                                    Integer.toString(files)));
            return 0;
        }
    }

    @Command(
            name = "set",
            description = "Changes a running machine's card: its cable, its link's faults, its port group, its port"
                    + " forwards.")
    static final class Set extends OneCard {
        @Spec
        private CommandSpec command;

        @Option(names = "--cable", paramLabel = "on|off", description = "plug the cable in or pull it")
        private String cable;

        @Option(names = "--latency", paramLabel = "MS", description = "milliseconds a frame takes")
        private Double latency;

        @Option(names = "--jitter", paramLabel = "MS", description = "up to so many more, at random")
        private Double jitter;

        @Option(names = "--loss", paramLabel = "PERCENT", description = "frames that get lost")
        private Double loss;

        @Option(names = "--duplicate", paramLabel = "PERCENT", description = "frames that arrive twice")
        private Double duplicate;

        @Option(names = "--reorder", paramLabel = "PERCENT", description = "frames that are overtaken")
        private Double reorder;

        @Option(names = "--bandwidth", paramLabel = "BIT/S", description = "0 for any")
        private Long bandwidth;

        @Option(names = "--direction", paramLabel = "in|out|both", description = "which way; default both")
        private String direction = "both";

        @Option(names = "--vlan", paramLabel = "N", description = "where frames without a tag belong")
        private Integer vlan;

        @Option(
                names = "--trunk",
                paramLabel = "N,...",
                description = "networks that pass with their tags; '' for none")
        private String trunk;

        @Option(names = "--promiscuous", paramLabel = "on|off", description = "whether the card gets all frames")
        private String promiscuous;

        @Option(names = "--forward", paramLabel = "FORWARD", description = "open a port like tcp:127.0.0.1:2222-:22")
        private List<String> forwards = new ArrayList<>();

        @Option(names = "--unforward", paramLabel = "FORWARD", description = "close it again")
        private List<String> unforwards = new ArrayList<>();

        Set(CliContext context) {
            super(context);
        }

        private boolean onOff(String option, String value) {
            if (!value.equals("on") && !value.equals("off")) {
                throw new ParameterException(command.commandLine(), option + " is on or off, not '" + value + "'");
            }
            return value.equals("on");
        }

        @Override
        public Integer call() throws IOException {
            Map<String, String> changes = new LinkedHashMap<>();
            put(changes, "latency", latency);
            put(changes, "jitter", jitter);
            put(changes, "loss", loss);
            put(changes, "duplicate", duplicate);
            put(changes, "reorder", reorder);
            put(changes, "bandwidth", bandwidth);
            boolean shaping = !changes.isEmpty();
            put(changes, "vlan", vlan);
            put(changes, "trunk", trunk);
            put(changes, "connected", cable == null ? null : onOff("--cable", cable));
            put(changes, "promiscuous", promiscuous == null ? null : onOff("--promiscuous", promiscuous));
            if (changes.isEmpty() && forwards.isEmpty() && unforwards.isEmpty()) {
                throw new ParameterException(command.commandLine(), "nothing to change was given");
            }
            if (!List.of("in", "out", "both").contains(direction)) {
                throw new ParameterException(command.commandLine(), "--direction is in, out or both");
            }
            if (shaping && !direction.equals("both")) {
                changes.put(direction, "true");
            }
            if (!changes.isEmpty()) {
                order("netSet", changes);
            }
            for (String f : unforwards) {
                order("netUnforward", Map.of("forward", f));
            }
            for (String f : forwards) {
                order("netForward", Map.of("forward", f));
            }
            return 0;
        }

        private static void put(Map<String, String> map, String key, Object value) {
            if (value != null) {
                map.put(key, value.toString());
            }
        }
    }
}
