package org.terrarium.vm.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.LineUnavailableException;
import org.junit.jupiter.api.Test;

/** The host's side of the sound, with and without a device. */
class HostSoundTest {
    private static final short[] TWO_FRAMES = {1, -2, 0x1234, -0x1234};

    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();

    private HostSound.Line line(int rate) {
        happened.add("open " + rate);
        return new HostSound.Line() {
            @Override
            public void write(byte[] bytes) {
                heard.add(bytes);
            }

            @Override
            public void drain() {
                happened.add("drain");
            }

            @Override
            public void close() {
                happened.add("close");
            }
        };
    }

    private String next() throws InterruptedException {
        String what = happened.poll(30, TimeUnit.SECONDS);
        assertNotNull(what, "nothing happened within 30 seconds");
        return what;
    }

    private byte[] nextHeard() throws InterruptedException {
        byte[] bytes = heard.poll(30, TimeUnit.SECONDS);
        assertNotNull(bytes, "nothing was heard within 30 seconds");
        return bytes;
    }

    @Test
    void playsAtTheMachinesRateAndFollowsIt() throws InterruptedException {
        HostSound sound = new HostSound(this::line, happened::add);
        sound.play(TWO_FRAMES, 2, 44_100);
        assertEquals("open 44100", next());
        assertArrayEquals(new byte[] {1, 0, -2, -1, 0x34, 0x12, (byte) 0xCC, (byte) 0xED}, nextHeard());
        sound.play(TWO_FRAMES, 2, 8_000);
        assertEquals("drain", next());
        assertEquals("close", next());
        assertEquals("open 8000", next());
        assertEquals(8, nextHeard().length);
        sound.close();
        assertEquals("close", next());
    }

    @Test
    void convertsForADeviceThatHasNotTheRate() throws InterruptedException {
        HostSound sound = new HostSound(
                rate -> {
                    if (rate != 44_100) {
                        throw new IllegalArgumentException("no line matches");
                    }
                    return line(rate);
                },
                happened::add);
        sound.play(new short[882], 441, 22_050);
        assertEquals("open 44100", next());
        assertEquals(2 * 441 * 4, nextHeard().length, "twice as many frames of 4 bytes");
        sound.close();
        assertEquals("close", next());
    }

    @Test
    void withoutADeviceThatIsToldOnceAndTheMachineIsNotHeldUp() throws InterruptedException {
        HostSound sound = new HostSound(
                rate -> {
                    throw new IllegalArgumentException("no line matches");
                },
                happened::add);
        sound.play(TWO_FRAMES, 2, 48_000);
        assertEquals("this computer has no sound device that plays, so nothing is heard of the machine", next());
        for (int n = 0; n < 1_000; n++) {
            sound.play(TWO_FRAMES, 2, 48_000);
        }
        sound.close();
        assertNull(happened.poll(), "told once only");
    }

    @Test
    void aDeviceThatOthersHaveIsTold() throws InterruptedException {
        HostSound sound = new HostSound(
                rate -> {
                    throw new LineUnavailableException("busy");
                },
                happened::add);
        sound.play(TWO_FRAMES, 2, 48_000);
        assertEquals("another program has this computer's sound device, so nothing is heard of the machine", next());
        sound.close();
    }
}
