package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Assembled;

/** {@code --sound} with a guest that plays a tone through the card's registers ({@code tone.asm}). */
@Timeout(120)
class SoundCommandTest {
    private static final int HEADER = 44;
    private static final int RATE = 48_000;
    private static final double HERTZ = 440;

    @TempDir
    Path folder;

    @Test
    void aSecondOfATonePlayedByAGuestIsInTheFile() throws Exception {
        Path wav = folder.resolve("heard.wav");
        play("wav:" + wav);
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(RATE, file.getInt(24), "the file's rate");
        assertEquals(file.capacity() - HEADER, file.getInt(40), "the header's size");
        ShortBuffer samples =
                file.position(HEADER).slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        assertEquals(2 * RATE, samples.capacity(), "a second of stereo");
        for (int n = 0; n < RATE; n++) {
            double wanted = 20_000 * Math.sin(2 * Math.PI * HERTZ * n / RATE);
            assertEquals(wanted, samples.get(2 * n), 2, "left, frame " + n);
            assertEquals(-wanted, samples.get(2 * n + 1), 2, "right, frame " + n);
        }
    }

    @Test
    void aMachineRunsWhetherOrNotThisHostHasASoundDevice() throws Exception {
        Cli.Result result = play("host");
        assertTrue(result.err().lines().count() <= 1, result.err()); // the sentence that there is none
    }

    @Test
    void whatIsNoPlaceForSoundIsRefused() throws Exception {
        Cli cli = new Cli(folder.resolve("home"));
        cli.refused(2, "'loud' is no place for sound; choose none, silent, host or wav:FILE", "run", "--sound", "loud");
        String nowhere = folder.resolve("no/where.wav").toString();
        String disk = Assembled.image("tone", folder).toString();
        cli.refused(1, "where.wav cannot be written", "run", "--headless", "--disk", disk, "--sound", "wav:" + nowhere);
    }

    private Cli.Result play(String sound) throws Exception {
        Cli.Result result = new Cli(folder.resolve("home"))
                .run(
                        "run",
                        "--headless",
                        "--memory",
                        "16",
                        "--disk",
                        Assembled.image("tone", folder).toString(),
                        "--sound",
                        sound,
                        "--deterministic",
                        "--until-screen",
                        "PLAYED",
                        "--timeout",
                        "60");
        assertEquals(0, result.status(), result.err());
        return result;
    }
}
