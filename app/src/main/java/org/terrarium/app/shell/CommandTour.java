package org.terrarium.app.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.terrarium.vm.cli.TerrariumCli;
import org.terrarium.vm.library.BackgroundStart;
import org.terrarium.vm.library.MachineLibrary;

/**
 * Carries out the commands that people wait for (a machine in the background, its snapshots, suspend, resume, clones), so that what
 * their starts need is recorded with the rest, see {@link WarmUp}. Leaves the library as empty as it was.
 */
final class CommandTour {
    private static final String NAME = "tour";
    private static final int POLL_MILLIS = 20;

    /** A minute. */
    private static final int PATIENCE = 3000;

    private CommandTour() {}

    /** Runs one command line, whose output nobody wants; returns its exit status. */
    static int command(String... line) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return TerrariumCli.run(line, InputStream.nullInputStream(), nowhere, System.err, null);
    }

    static void run() throws IOException, InterruptedException {
        command("vm", "create", NAME, "--memory", "16", "--disk-size", "1M");
        MachineLibrary library = MachineLibrary.of(System.getenv());
        String folder = library.find(NAME).folder().path().toString();
        Thread machine = serve(library, folder);
        command("vm", "snapshot", "take", NAME, "one");
        command("vm", "snapshot", "list", NAME);
        command("vm", "suspend", NAME);
        machine.join();
        machine = serve(library, folder);
        command("vm", "stop", NAME, "--force");
        machine.join();
        command("vm", "snapshot", "restore", NAME, "one");
        machine = serve(library, folder);
        command("vm", "stop", NAME, "--force");
        machine.join();
        command("vm", "clone", NAME, "linked", "--linked");
        command("vm", "clone", NAME, "of-snapshot", "--linked", "--from", "one");
        command("vm", "list");
        command("vm", "show", NAME);
        for (String name : new String[] {"linked", "of-snapshot", NAME}) {
            command("vm", "delete", name);
        }
    }

    /** The machine as in a process of its own, which here is this one; it ends when the machine does. */
    private static Thread serve(MachineLibrary library, String folder) throws IOException, InterruptedException {
        Thread machine = Thread.ofPlatform().daemon().start(() -> command("serve", folder));
        for (int n = 0; n < PATIENCE && machine.isAlive() && !BackgroundStart.runs(library.find(NAME)); n++) {
            Thread.sleep(POLL_MILLIS);
        }
        return machine;
    }
}
