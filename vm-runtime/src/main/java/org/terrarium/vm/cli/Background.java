package org.terrarium.vm.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineLibrary;

/** Starts a machine in a process that outlives this one and its terminal. */
final class Background {
    private static final int POLL_MILLIS = 50;
    private static final int POLLS = 1200;

    private Background() {}

    /** Returns once the machine answers; its output goes to {@code logs/background.log}. @param options of {@code serve} */
    static void start(MachineEntry entry, List<String> options) throws CliFailure, IOException, InterruptedException {
        if (entry.inUse()) {
            throw new CliFailure("the machine " + entry.name() + " is in use by "
                    + entry.owner().orElseThrow().text());
        }
        Path log = entry.folder().logs().resolve("background.log");
        Process process;
        try {
            Files.createDirectories(entry.folder().logs());
            process = new ProcessBuilder(command(entry.folder().path(), options))
                    .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException("the machine " + entry.name() + " cannot be started: " + HostTrouble.sentence(e), e);
        }
        MachineLibrary library = new MachineLibrary(entry.folder().path().getParent());
        for (int i = 0; i < POLLS; i++) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (process.exitValue() == 0) {
                    return; // It ran and powered itself off already.
                }
                throw new CliFailure(lastLine(log, entry));
            }
            if (VmStartCommand.runs(library.find(entry.name()))) {
                return;
            }
        }
        throw CliFailure.timeout("the machine " + entry.name() + " did not start within a minute, see " + log);
    }

    private static List<String> command(Path folder, List<String> options) {
        List<String> command = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            // A session of its own, so that closing the terminal does not end it.
            command.add(setsid.toString());
        }
        String launcher = System.getProperty("jpackage.app-path");
        if (launcher != null) {
            command.add(launcher);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), TerrariumCli.class.getName()));
        }
        command.addAll(List.of("serve", folder.toString()));
        command.addAll(options);
        return command;
    }

    private static File nullDevice() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static String lastLine(Path log, MachineEntry entry) throws IOException {
        List<String> lines = Files.readAllLines(log);
        boolean full = Files.getFileStore(log).getUsableSpace() == 0;
        String otherwise = "the machine " + entry.name() + " ended at once"
                + (full ? ": the host disk is full; make some space there and try again" : ", see " + log);
        String last = lines.isEmpty() ? otherwise : lines.get(lines.size() - 1);
        return last.startsWith(TerrariumCli.PREFIX) ? last.substring(TerrariumCli.PREFIX.length()) : last;
    }
}
