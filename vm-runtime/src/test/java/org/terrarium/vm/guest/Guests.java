package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.terrarium.vm.Machine;
import org.terrarium.vm.accel.TranslatorOptions;
import org.terrarium.vm.library.MachineSession.RunOptions;

/** The guests that {@code packaging/guests/prepare.sh} has made, and how long to be patient with them. */
final class Guests {
    /** Generous: the machines that run the tests are small and shared. A guest that hangs is found all the same. */
    static final Duration PATIENCE = Duration.ofMinutes(Long.getLong("terrarium.patience", 10));

    static final String CONSOLE = "console=tty0 console=ttyS0,115200";

    private Guests() {}

    private static Path folder() {
        String set = System.getenv("TERRARIUM_GUESTS");
        return set != null ? Path.of(set) : Path.of(System.getProperty("user.home"), ".cache/terrarium/guests");
    }

    /** The file of a guest; the test is skipped, saying why, where the guests have not been made. */
    static Path file(String name) {
        Path f = folder().resolve(name);
        Assumptions.assumeTrue(Files.exists(f), () -> f + " is missing; packaging/test.sh makes the guests");
        return f;
    }

    /** Skips the test unless {@code packaging/test.sh --guests} asked for the long ones. */
    static void onlyWhenAsked() {
        Assumptions.assumeTrue(
                "all".equals(System.getProperty("terrarium.guests")),
                "a long one, runs with packaging/test.sh --guests");
    }

    /**
     * The small Linux, booted directly in a machine of a library.
     *
     * @param modules the drivers that it loads, as it looks for none
     */
    static RunOptions linux(String... modules) {
        return new RunOptions(
                file("i386/vmlinuz"),
                List.of(file("i386/initrd.gz")),
                CONSOLE + " quiet test.nomod=1 test.load=" + String.join(",", modules),
                false,
                false,
                false,
                TranslatorOptions.USUAL,
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream());
    }

    static void awaitSerial(Machine m, String text) throws InterruptedException {
        assertTrue(
                m.awaitSerial(text, PATIENCE),
                () -> "'" + text + "' did not come on the serial port; machine " + m.state() + " "
                        + m.failure().orElse("") + ", screen:\n" + m.screenText() + "\nlast on the serial port:\n"
                        + tail(m.serial(0).text()));
    }

    /** Has the shell on the first serial port run a command, and waits for a text. */
    static void shell(Machine m, String command, String expected) throws InterruptedException {
        m.sendSerial(0, (command + "\n").getBytes(StandardCharsets.US_ASCII));
        awaitSerial(m, expected);
    }

    static void awaitScreen(Machine m, String text) throws InterruptedException {
        assertTrue(
                m.awaitScreen(text, PATIENCE),
                () -> "'" + text + "' did not come on the screen; machine " + m.state() + " "
                        + m.failure().orElse("") + ", screen:\n" + m.screenText());
    }

    /** A line for the shell on the guest's first serial port. */
    static void send(Machine m, String line) {
        m.sendSerial(0, (line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 2000));
    }
}
