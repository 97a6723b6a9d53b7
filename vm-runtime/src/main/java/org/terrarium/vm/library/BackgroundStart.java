package org.terrarium.vm.library;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.terrarium.vm.HostSpace;
import org.terrarium.vm.HostTrouble;

/** Starts a machine in a process that outlives this one and its terminal. */
public final class BackgroundStart {
    /** The first word of the command line of a machine in the background. */
    public static final String WORD = "serve";

    private static final int POLL_MILLIS = 20;
    private static final int POLLS = 3000;

    private BackgroundStart() {}

    /**
     * Returns once the machine answers; its output goes to {@code logs/background.log}.
     *
     * @param program the class whose {@code main} runs a machine, given {@link #WORD}, its folder and the options
     * @param options of that program
     * @throws IOException with a sentence when it is in use, or ended at once
     * @throws TimeoutException with a sentence when it has not answered within a minute
     */
    public static void start(MachineEntry entry, Class<?> program, List<String> options)
            throws IOException, InterruptedException, TimeoutException {
        if (entry.inUse()) {
            throw new IOException("the machine " + entry.name() + " is in use by "
                    + entry.owner().orElseThrow().text());
        }
        Path log = entry.folder().logs().resolve("background.log");
        Process process;
        try {
            Files.createDirectories(entry.folder().logs());
            process = new ProcessBuilder(command(entry.folder().path(), program, options))
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
                throw new IOException(lastLine(log, entry));
            }
            if (runs(library.find(entry.folder().path().toString()))) {
                return;
            }
        }
        throw new TimeoutException("the machine " + entry.name() + " did not start within a minute, see " + log);
    }

    private static List<String> command(Path folder, Class<?> program, List<String> options) {
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
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        }
        command.addAll(List.of(WORD, folder.toString()));
        command.addAll(options);
        return command;
    }

    private static File nullDevice() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static String lastLine(Path log, MachineEntry entry) throws IOException {
        List<String> lines = Files.readAllLines(log);
        boolean full = HostSpace.free(log) == 0;
        String otherwise = "the machine " + entry.name() + " ended at once"
                + (full ? ": the host disk is full; make some space there and try again" : ", see " + log);
        String last = lines.isEmpty() ? otherwise : lines.get(lines.size() - 1);
        return last.replaceFirst("^terrarium: ", "");
    }

    /** Whether the machine answers orders. */
    public static boolean runs(MachineEntry entry) {
        try {
            ControlClient.of(entry).order("status");
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
