package org.terrarium.app.settings;

import java.nio.file.InvalidPathException;
import org.terrarium.app.text.Text;

/** Why the core does not take what was typed, as a sentence. */
public final class Refusal {
    private Refusal() {}

    /** What is wrong with what {@code attempt} makes of the input: one sentence, or empty where nothing is. */
    public static String of(Runnable attempt) {
        try {
            attempt.run();
            return "";
        } catch (InvalidPathException e) {
            return Text.of("settings.wrong.path");
        } catch (IllegalArgumentException e) {
            String text = e.getMessage();
            String capital = Character.toUpperCase(text.charAt(0)) + text.substring(1);
            return capital.endsWith(".") ? capital : capital + ".";
        }
    }
}
