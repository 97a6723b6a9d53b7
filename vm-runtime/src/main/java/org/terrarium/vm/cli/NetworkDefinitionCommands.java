package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

/** The commands that change {@code networks.json}. */
final class NetworkDefinitionCommands {
    private NetworkDefinitionCommands() {}

    @Command(name = "create", description = "Makes a network that machines can name: --net private:NAME or nat:NAME.")
    static final class Create implements Callable<Integer> {
        private final CliContext context;

        @Spec
        private CommandSpec command;

        @Parameters(index = "0", paramLabel = "NAME", description = "the network's name")
        private String name;

        @Option(names = "--kind", paramLabel = "nat|private", description = "default private", defaultValue = "private")
        private String kind;

        @Option(names = "--subnet", paramLabel = "A.B.C.D/N", description = "of a NAT network; default 10.0.2.0/24")
        private String subnet;

        @Option(names = "--domain", paramLabel = "NAME", description = "of a NAT network's machines")
        private String domain;

        @Option(
                names = "--reserve",
                paramLabel = "MAC=ADDRESS",
                description = "an address that the card with this MAC always gets; repeatable")
        private List<String> reserve = new ArrayList<>();

        Create(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            NetworkSpec network;
            try {
                network = NetworkSpec.of(name, NetworksFile.kind(kind));
                if (network.kind() == NetTarget.Kind.PRIVATE && (subnet != null || domain != null)) {
                    throw new IllegalArgumentException("--subnet and --domain need --kind nat");
                }
                network = subnet == null ? network : network.withSubnet(subnet);
                network = domain == null ? network : network.withDomain(domain);
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
            NetworkSpec network = NetworksFile.find(all, name)
                    .orElseThrow(() -> new IOException("there is no network " + name + " in " + file));
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
