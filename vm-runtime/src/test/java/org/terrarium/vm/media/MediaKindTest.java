package org.terrarium.vm.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormats;

class MediaKindTest {
    @TempDir
    private Path folder;

    private Path file(String name, int bytes, boolean signature) throws IOException {
        byte[] content = new byte[bytes];
        if (signature) {
            content[510] = 0x55;
            content[511] = (byte) 0xAA;
        }
        return Files.write(folder.resolve(name), content);
    }

    private void refused(Path file, String words) {
        String sentence =
                assertThrows(IOException.class, () -> MediaKind.of(file)).getMessage();
        assertTrue(
                sentence.contains(words) && sentence.contains(file.getFileName().toString()), sentence);
    }

    @Test
    void imagesAreKnownByTheirContent() throws IOException {
        assertEquals(MediaKind.FLOPPY, MediaKind.of(file("boot.img", 1_474_560, true)));
        assertEquals(MediaKind.FLOPPY, MediaKind.of(file("blank.ima", 737_280, false)));
        assertEquals(MediaKind.DISK, MediaKind.of(file("disk", 8 << 20, true)));
        Path qcow2 = folder.resolve("named.iso");
        DiskFormats.create(qcow2, CreateOptions.qcow2(1 << 20));
        assertEquals(MediaKind.DISK, MediaKind.of(qcow2), "whatever it is called");
    }

    @Test
    void otherFilesAreRefusedWithASentence() throws IOException {
        refused(Files.writeString(folder.resolve("letter.txt"), "Dear reader"), "is no CD, disk or floppy image");
        refused(file("holiday.jpg", 4096, false), "is no CD, disk or floppy image");
        refused(file("empty.img", 0, false), "is no CD, disk or floppy image");
        refused(Files.createDirectory(folder.resolve("music")), "is a folder");
        refused(folder.resolve("gone.iso"), "gone.iso");
    }

    @Test
    void machinesAreFoldersWithADescription() throws IOException {
        Path machine = Files.createDirectory(folder.resolve("a.terrarium"));
        refused(machine, "is a folder");
        Files.writeString(machine.resolve("machine.json"), "{}");
        assertEquals(MediaKind.MACHINE, MediaKind.of(machine));
    }
}
