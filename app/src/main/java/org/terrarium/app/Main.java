package org.terrarium.app;

import org.terrarium.app.shell.Program;
import org.terrarium.vm.cli.Serve;
import org.terrarium.vm.cli.TerrariumCli;
import org.terrarium.vm.library.BackgroundStart;

/** Where the program starts: without arguments the window opens, with arguments it is the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // First, as it is in a hurry: somebody waits for the machine to run.
        if (args.length > 0 && args[0].equals(BackgroundStart.WORD)) {
            System.exit(Serve.run(args));
        }
        System.exit(TerrariumCli.run(args, System.in, System.out, System.err, new Program()));
    }
}
