package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about which machines the library lists. */
final class VmLibraryCommands {
    private VmLibraryCommands() {}

    @Command(
            name = "open",
            description = "Takes a machine's folder that is elsewhere into the library; the folder stays where it is.")
    static final class Open implements Callable<Integer> {
        private final CliContext context;

        @Parameters(index = "0", paramLabel = "FOLDER", description = "a folder whose name ends in .terrarium")
        private Path folder;

        @Option(names = "--moved", description = "it is the machine that the library knows, in a new place")
        private boolean moved;

        @Option(
                names = "--copied",
                description = "it is a copy, which gets an identity and network addresses of its own")
        private boolean copied;

        Open(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            MachineLibrary library = context.library();
            MachineFolder machine =
                    library.findUsable(folder.toAbsolutePath().toString()).folder();
            Optional<MachineEntry> twin = library.twin(machine);
            if (twin.isPresent() && moved == copied) {
                throw new CliFailure(machine.path() + " has the identity of the machine "
                        + twin.get().name() + " in " + twin.get().folder().path()
                        + "; say --copied or --moved");
            }
            library.open(machine, copied, new SecureRandom());
            return 0;
        }
    }

    @Command(
            name = "revert",
            description =
                    "Puts a machine's description back as it was before its last change, also when it is spoiled.")
    static final class Revert implements Callable<Integer> {
        private final CliContext context;

        @Parameters(index = "0", paramLabel = "NAME", description = "the machine")
        private String name;

        Revert(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            MachineLibrary library = context.library();
            library.revert(library.find(name).folder());
            return 0;
        }
    }
}
