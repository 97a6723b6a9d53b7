package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    @TempDir
    Path folder;

    private String refused(int version) throws IOException {
        Path image = Files.write(
                folder.resolve("v" + version),
                ByteBuffer.allocate(1 << 16).putInt(0x514649fb).putInt(version).array());
        String sentence = assertThrows(IOException.class, () -> DiskFormats.open(image, OpenOptions.readWrite()))
                .getMessage();
        assertTrue(sentence.startsWith(image + ": is "), sentence);
        return sentence.substring((image + ": is ").length());
    }

    /** Taken for raw disks, their guests would write over the header. */
    @Test
    void otherVersionsOfQcowAreNoRawImages() throws IOException {
        assertTrue(refused(1).startsWith("a qcow image of version 1"), refused(1));
        assertEquals("qcow2 version 9; versions 2 and 3 can be opened", refused(9));
        assertEquals("qcow2 version 4294967295; versions 2 and 3 can be opened", refused(-1));
    }
}
