package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.spec.NetworkSpec;
import org.terrarium.vm.spec.NetworksFile;
import org.terrarium.vm.spec.SwitchSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that change {@code networks.json}. */
final class NetworkDefinitionCommands {
    private NetworkDefinitionCommands() {}

    @Command(
            name = "create",
            description = "Makes a network that machines can name: --net private:NAME, host-only:NAME or nat:NAME.")
    static final class Create implements Callable<Integer> {
        private final CliContext context;

        @Spec
        private CommandSpec command;

        @Parameters(index = "0", paramLabel = "NAME", description = "the network's name")
        private String name;

        @Option(
                names = "--kind",
                paramLabel = "nat|private|host-only",
                description = "default private",
                defaultValue = "private")
        private String kind;

        @Option(
                names = "--subnet",
                paramLabel = "A.B.C.D/N",
                description = "of a network with a gateway; default 10.0.2.0/24")
        private String subnet;

        @Option(names = "--domain", paramLabel = "NAME", description = "of the machines of a network with a gateway")
        private String domain;

        @Option(
                names = "--uplink",
                paramLabel = "UPLINK",
                description = "connects the switch of a private network: nat, host-only, tcp:HOST:PORT or unix:/PATH;"
                        + " repeatable")
        private List<String> uplinks = new ArrayList<>();

        @Option(
                names = "--teaming",
                paramLabel = "failover|source-mac",
                description = "which of several uplinks is used; default failover: the first that is up")
        private String teaming;

        @Option(
                names = "--listen",
                paramLabel = "PLACE",
                description = "lets switches of other processes connect at tcp:HOST:PORT or unix:/PATH; repeatable")
        private List<String> listen = new ArrayList<>();

        @Option(
                names = "--group",
                paramLabel = "NAME=VLAN[,TAGGED...]",
                description = "a port group that cards name by group=NAME; repeatable")
        private List<String> groups = new ArrayList<>();

        @Option(
                names = "--forward",
                paramLabel = "FORWARD",
                description = "a port of the host like tcp:127.0.0.1:2222-10.0.2.15:22, for a switch with a gateway;"
                        + " repeatable")
        private List<String> forwards = new ArrayList<>();

        @Option(
                names = "--allow-host-loopback",
                description = "lets machines of a switch with a gateway reach this host's own servers at its address")
        private boolean hostLoopback;

        @Option(
                names = "--reserve",
                paramLabel = "MAC=ADDRESS",
                description = "an address that the card with this MAC always gets; repeatable")
        private List<String> reserve = new ArrayList<>();

        @Mixin
        private ServiceOptions services = new ServiceOptions();

        Create(CliContext context) {
            this.context = context;
        }

        private SwitchSpec wiring(SwitchSpec usual) {
            SwitchSpec wiring = usual.withHostLoopback(hostLoopback);
            for (String uplink : uplinks) {
                wiring = wiring.withUplink(uplink);
            }
            wiring = teaming == null ? wiring : wiring.withTeaming(teaming);
            for (String place : listen) {
                wiring = wiring.withListen(place);
            }
            for (String forward : forwards) {
                wiring = wiring.withForward(forward);
            }
            for (String group : groups) {
                wiring = wiring.withGroup(group);
            }
            return wiring;
        }

        @Override
        public Integer call() throws IOException {
            NetworkSpec network;
            try {
                network = NetworkSpec.of(name, NetworksFile.kind(kind));
                network = network.withWiring(wiring(network.wiring()));
                if (!network.hasGateway() && (subnet != null || domain != null || hostLoopback)) {
                    throw new IllegalArgumentException("--subnet, --domain and --allow-host-loopback need --kind nat,"
                            + " --kind host-only, --uplink nat or --uplink host-only");
                }
                network = subnet == null ? network : network.withSubnet(subnet);
                network = domain == null ? network : network.withDomain(domain);
                network = network.withServices(services.apply(network.services()));
                for (String one : reserve) {
                    network = network.withReservation(one);
                }
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
            Path file = context.library().networks();
            List<NetworkSpec> all = new ArrayList<>(NetworksFile.load(file));
            if (NetworksFile.find(all, name).isPresent()) {
                throw new IOException("there is a network " + name + " already; delete it first");
            }
            all.add(network);
            NetworksFile.save(file, all);
            return 0;
        }
    }

    @Command(
            name = "change",
            description = "Changes what the gateway of a network does; machines started from then on notice.")
    static final class Change implements Callable<Integer> {
        private final CliContext context;

        @Spec
        private CommandSpec command;

        @Parameters(index = "0", paramLabel = "NAME", description = "the network's name")
        private String name;

        @Option(names = "--domain", paramLabel = "NAME", description = "of the machines")
        private String domain;

        @Option(
                names = "--reserve",
                paramLabel = "MAC=ADDRESS",
                description = "one more address that the card with this MAC always gets; repeatable")
        private List<String> reserve = new ArrayList<>();

        @Mixin
        private ServiceOptions services = new ServiceOptions();

        Change(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            Path file = context.library().networks();
            List<NetworkSpec> all = new ArrayList<>(NetworksFile.load(file));
            NetworkSpec before = known(all, name, file);
            NetworkSpec network = before;
            try {
                network = domain == null ? network : network.withDomain(domain);
                for (String one : reserve) {
                    network = network.withReservation(one);
                }
                network = network.withServices(services.apply(network.services()));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
            all.set(all.indexOf(before), network);
            NetworksFile.save(file, all);
            return 0;
        }
    }

    private static NetworkSpec known(List<NetworkSpec> all, String name, Path file) throws IOException {
        return NetworksFile.find(all, name)
                .orElseThrow(() -> new IOException("there is no network " + name + " in " + file));
    }

    @Command(name = "delete", description = "Forgets a network; refused while a machine names it.")
    static final class Delete implements Callable<Integer> {
        private final CliContext context;

        @Parameters(index = "0", paramLabel = "NAME", description = "the network's name")
        private String name;

        Delete(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            Path file = context.library().networks();
            List<NetworkSpec> all = new ArrayList<>(NetworksFile.load(file));
            NetworkSpec network = known(all, name, file);
            for (MachineEntry entry : context.library().list()) {
                boolean used = !entry.broken()
                        && entry.spec().nics().stream()
                                .anyMatch(nic -> nic.net().kind() == network.kind()
                                        && name.equals(nic.net().name()));
                if (used) {
                    throw new IOException(
                            "the machine " + entry.name() + " uses the network " + name + "; change its cards first");
                }
            }
            all.remove(network);
            NetworksFile.save(file, all);
            return 0;
        }
    }
}
