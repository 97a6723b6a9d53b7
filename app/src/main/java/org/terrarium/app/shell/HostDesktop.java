package org.terrarium.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Asks the host's desktop to do things. */
final class HostDesktop {
    private HostDesktop() {}

    /** Shows a folder in the host's file manager. */
    static void open(Path folder) throws IOException {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String opener = os.startsWith("windows") ? "explorer" : os.startsWith("mac") ? "open" : "xdg-open";
        try {
            new ProcessBuilder(List.of(opener, folder.toString()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("The program " + opener + " is not installed; the folder is " + folder + ".", e);
        }
    }
}
