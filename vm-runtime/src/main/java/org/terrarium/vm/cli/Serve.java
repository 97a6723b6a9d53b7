package org.terrarium.vm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.terrarium.vm.library.BackgroundStart;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.MachineSession.RunOptions;

/**
 * What {@code vm start --headless} runs in the background: the machine, until it is off. It reads its few words itself: the start of
 * what reads the user's command lines would be a tenth of the time in which a snapshot is to run again.
 */
public final class Serve {
    private Serve() {}

    /** @param args {@link BackgroundStart#WORD}, the machine's name or folder, and {@link StartOptions#arguments} */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs the machine and returns the exit status when it is off. */
    public static int run(String[] args) {
        CliContext context =
                new CliContext(InputStream.nullInputStream(), System.out, System.err, null, System.getenv());
        List<String> words = List.of(args);
        try {
            if (words.size() < 2 || !words.getFirst().equals(BackgroundStart.WORD)) {
                throw new CliFailure("a machine in the background is started by 'terrarium vm start NAME --headless'");
            }
            serve(context, words.get(1), StartOptions.of(words.subList(2, words.size())));
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CliFailure.FAILED;
        } catch (CliFailure | IOException | RuntimeException e) {
            return CliFailure.report(e, context.err());
        }
    }

    private static void serve(CliContext context, String name, StartOptions how)
            throws CliFailure, IOException, InterruptedException {
        MachineEntry entry = context.library().findUsable(name);
        RunOptions options = how.applyTo(RunOptions.plain(context.out()));
        try (MachineSession session = MachineSession.open(entry.folder(), entry.spec(), options);
                AtExit _ = AtExit.release(session)) {
            context.reportTrouble(session.machine());
            session.start();
            new Script().play(session.machine(), null);
        }
    }
}
