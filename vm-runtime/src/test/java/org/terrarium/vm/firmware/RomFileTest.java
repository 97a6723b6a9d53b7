package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ROM files given by the user. */
final class RomFileTest {
    @TempDir
    Path dir;

    private Path rom(int size) throws IOException {
        byte[] b = new byte[size];
        if (size >= 16) {
            b[size - 16] = (byte) 0xEA;
        }
        return Files.write(dir.resolve("bios.bin"), b);
    }

    @Test
    void aFirmwareEndsAtFourGibAndShowsItsTailBelowOneMib() throws IOException {
        RomFile r = RomFile.read(rom(256 << 10));
        assertEquals(0xFFFC_0000L, r.address());
        assertEquals(0xE0000, r.lowAddress());
        assertEquals(0x20000, r.lowBytes());
        assertTrue(r.videoRom().isEmpty());
        assertEquals(0xF0000, RomFile.read(rom(64 << 10)).lowAddress());
    }

    @Test
    void theVideoBiosBesideItIsTakenAndPadded() throws IOException {
        byte[] v = new byte[39_936];
        v[0] = 0x55;
        v[1] = (byte) 0xAA;
        Files.write(dir.resolve("vgabios-stdvga.bin"), v);
        assertEquals(65_536, RomFile.read(rom(128 << 10)).videoRom().orElseThrow().length);
        v[0] = 0;
        Files.write(dir.resolve("vgabios-stdvga.bin"), v);
        assertTrue(refused(rom(128 << 10)).contains("55 AA"));
    }

    @Test
    void wrongFilesAreRefusedBySentence() throws IOException {
        assertTrue(refused(rom(100_000)).contains("64 KiB"));
        assertTrue(refused(rom(0)).contains("64 KiB"));
        assertTrue(refused(dir.resolve("nothing")).contains("does not exist"));
        assertTrue(refused(dir).contains("is a folder"));
        Path zero = Files.write(dir.resolve("zero.bin"), new byte[128 << 10]);
        assertTrue(refused(zero).contains("reset vector"));
    }

    private static String refused(Path p) {
        String message = assertThrows(IOException.class, () -> RomFile.read(p)).getMessage();
        assertTrue(message.contains(p.getParent().toString()), message);
        return message;
    }
}
