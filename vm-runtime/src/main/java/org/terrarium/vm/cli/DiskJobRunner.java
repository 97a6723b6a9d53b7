package org.terrarium.vm.cli;

import java.io.IOException;
import java.io.PrintStream;
import org.terrarium.disk.DiskCancelledException;
import org.terrarium.vm.disk.DiskJob;
import picocli.CommandLine.Option;

/** Waits for a job, shows how far it is, and stops it in order when the user presses Ctrl-C. */
final class DiskJobRunner {
    private static final int WIDTH = 40;
    private static final long REPORT_MILLIS = 200;

    @Option(
            names = "--progress",
            negatable = true,
            description = "show a progress bar on the error stream; the default on a terminal")
    private Boolean progress;

    /** What comes out of the job. */
    <T> T run(DiskJob<T> job, CliContext context) throws IOException, CliFailure {
        // A process that is told to end runs this before it does: the job tidies up its files first.
        Thread hook = new Thread(() -> stop(job));
        Runtime.getRuntime().addShutdownHook(hook);
        boolean bar = progress != null ? progress : onTerminal();
        try {
            while (!job.awaitFor(REPORT_MILLIS)) {
                if (bar) {
                    draw(job, context.err());
                }
            }
            return job.await();
        } catch (DiskCancelledException e) {
            throw new CliFailure(job.title() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            stop(job);
            throw new CliFailure(job.title() + " was stopped");
        } finally {
            if (bar) {
                draw(job, context.err());
                context.err().println();
            }
            removeHook(hook);
        }
    }

    private static void stop(DiskJob<?> job) {
        job.cancel();
        try {
            job.await();
        } catch (IOException e) {
            // that it was stopped, or what it failed with, which its waiting thread says
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook has done its work
        }
    }

    private static boolean onTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    private static void draw(DiskJob<?> job, PrintStream err) {
        double fraction = job.finished() && !job.result().isCompletedExceptionally()
                ? 1
                : job.step().fraction();
        int filled = (int) (fraction * WIDTH);
        err.printf(
                "%s [%s%s] %3d%%\r",
                job.title(), "#".repeat(filled), ".".repeat(WIDTH - filled), (int) (fraction * 100));
        err.flush();
    }
}
