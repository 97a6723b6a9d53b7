package org.terrarium.app.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.terrarium.vm.cli.Serve;
import org.terrarium.vm.cli.TerrariumCli;
import org.terrarium.vm.library.BackgroundStart;

/**
 * Uses the command line as somebody does who takes snapshots and clones, so that {@link WarmUp} records what the short commands and
 * the start of a machine in the background need. All of it happens in this process: only what it does is recorded.
 */
final class CommandTour {
    private static final String MACHINE = "tour";
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    /** How long a machine may take to come up: tries of {@link #PAUSE_MILLIS}. */
    private static final int TRIES = 600;

    private static final int PAUSE_MILLIS = 100;

    private CommandTour() {}

    /** Leaves the library as empty as it was. */
    static void run() throws InterruptedException {
        say("vm", "create", MACHINE, "--memory", "64", "--disk-size", "1G");
        say("vm", "snapshot", "take", MACHINE, "off");
        Thread boot = serve();
        say("vm", "show", MACHINE);
        say("vm", "snapshot", "take", MACHINE, "on");
        say("vm", "type", MACHINE, "x");
        say("vm", "suspend", MACHINE);
        boot.join(TimeUnit.MINUTES.toMillis(1));
        say("vm", "snapshot", "restore", MACHINE, "on");
        say("vm", "clone", MACHINE, "of-" + MACHINE, "--linked", "--from", "on");
        Thread resumed = serve();
        say("vm", "snapshot", "list", MACHINE);
        say("vm", "list");
        say("vm", "stop", MACHINE, "--force");
        resumed.join(TimeUnit.MINUTES.toMillis(1));
        say("vm", "snapshot", "diff", MACHINE, "off", "on");
        say("vm", "snapshot", "delete", MACHINE, "off");
        say("vm", "delete", "of-" + MACHINE);
        say("vm", "delete", MACHINE);
    }

    /** The machine as {@code vm start --headless} runs it, once it answers. */
    private static Thread serve() throws InterruptedException {
        Thread machine =
                Thread.ofPlatform().daemon().start(() -> Serve.run(new String[] {BackgroundStart.WORD, MACHINE}));
        for (int n = 0; n < TRIES && say("vm", "speed", MACHINE) != 0; n++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        return machine;
    }

    private static int say(String... words) {
        return TerrariumCli.run(words, InputStream.nullInputStream(), NOWHERE, NOWHERE, null);
    }
}
