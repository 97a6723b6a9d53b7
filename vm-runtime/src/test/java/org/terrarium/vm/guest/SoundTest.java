package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Assembled;
import org.terrarium.vm.Machine;
import org.terrarium.vm.sound.WavFile;

/** Linux's snd-intel8x0 plays a tone; the WAV file on the host has the very samples. */
class SoundTest {
    private static final int RATE = 44_100;
    private static final int FRAMES = 32_768;
    private static final int HEADER = 44;

    @TempDir
    Path folder;

    @Test
    void linuxPlaysATone() throws Exception {
        Guests.onlyWhenAsked();
        byte[] tone = tone();
        Path data = Files.write(folder.resolve("tone.img"), tone);
        Path player = Assembled.image("oss-player", folder);
        Files.write(player, Arrays.copyOf(Files.readAllBytes(player), 4096)); // whole sectors
        Path wav = folder.resolve("heard.wav");
        try (WavFile output = new WavFile(wav, sentence -> {});
                Machine m = Machine.builder()
                        .memory(128)
                        .kernel(Guests.file("i386/vmlinuz"))
                        .initrd(Guests.file("i386/initrd-full.gz"))
                        .append(Guests.CONSOLE
                                + " quiet test.nomod=1 test.load=ata_piix,sd_mod,snd-intel8x0,snd-pcm-oss")
                        .disk(player)
                        .disk(data)
                        .deterministic(true) // a slow host would let the guest underrun its buffer
                        .sound(output)
                        .build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            Guests.shell(m, "cat /proc/asound/cards; ls /dev/dsp /dev/mixer /dev/sda; echo s''een", "seen");
            Guests.shell(
                    m,
                    "cat /dev/sda >/tmp/play; chmod 755 /tmp/play; /tmp/play </dev/sdb; echo pla''yed-$?",
                    "played-0");
        }
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(RATE, file.getInt(24), "the file's rate");
        assertTrue(file.capacity() >= HEADER + tone.length, "only " + file.capacity() + " bytes were played");
        assertArrayEquals(tone, Arrays.copyOfRange(file.array(), HEADER, HEADER + tone.length), "samples");
    }

    /** 441 Hz on the left, 882 Hz on the right. */
    private static byte[] tone() {
        ByteBuffer b = ByteBuffer.allocate(FRAMES * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < FRAMES; n++) {
            double angle = 2 * Math.PI * (n + 1) * 441 / RATE;
            b.putShort((short) Math.round(20_000 * Math.sin(angle)));
            b.putShort((short) Math.round(9_000 * Math.sin(2 * angle)));
        }
        return b.array();
    }
}
