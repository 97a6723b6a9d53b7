package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.Recognition.Confidence;

/** What a file is taken for, how sure that is, and that a guest cannot change it. */
class RecognitionTest {
    @TempDir
    Path folder;

    private void assertFound(DiskFormat format, Confidence confidence, Path file) throws IOException {
        Recognition found = DiskFormats.identify(file);
        assertEquals(format, found.format(), file + ": " + found);
        assertEquals(confidence, found.confidence(), file + ": " + found);
    }

    @Test
    void wholeImagesAreCertainAndDamagedOnesLikely() throws IOException {
        for (DiskFormat format : DiskFormat.values()) {
            if (!format.creatable() || format == DiskFormat.RAW) {
                continue;
            }
            for (String variant : format.variants()) {
                Path image = folder.resolve(variant + "." + format.label());
                DiskFormats.create(image, options(format).withVariant(variant));
                assertFound(format, Confidence.CERTAIN, image);
            }
        }
        Path vdi = folder.resolve("dynamic.vdi");
        byte[] bytes = Files.readAllBytes(vdi);
        Arrays.fill(bytes, 0x154, 0x180, (byte) 0x55);
        assertFound(DiskFormat.VDI, Confidence.LIKELY, Files.write(vdi, bytes));
        assertFound(DiskFormat.ISO, Confidence.CERTAIN, Files.write(folder.resolve("cd"), FuzzImages.isoContents(20)));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(FuzzImages.isoContents(20), 18 * 2048));
        assertFound(DiskFormat.ISO, Confidence.LIKELY, cut);
        byte[] packed = FuzzImages.pack(DiskFormat.GZIP, new byte[5000]);
        assertFound(DiskFormat.GZIP, Confidence.CERTAIN, Files.write(folder.resolve("x.gz"), packed));
        assertFound(null, Confidence.LIKELY, Files.writeString(folder.resolve("q"), "QED\0 and so on"));
        assertFound(DiskFormat.RAW, Confidence.GUESS, Files.writeString(folder.resolve("text"), "hello"));
    }

    private static CreateOptions options(DiskFormat format) {
        CreateOptions options = CreateOptions.of(format, 1 << 20);
        return format == DiskFormat.LUKS
                ? options.withQcow2(Qcow2Options.DEFAULT.withPassphrase(Qemu.PASSPHRASE))
                : options;
    }

    @Test
    void aRawImageStaysRawWhateverItsGuestWrites() throws IOException {
        Path donors = Files.createDirectory(folder.resolve("donors"));
        for (DiskFormat format : DiskFormat.values()) {
            if (!format.creatable() || format == DiskFormat.RAW) {
                continue;
            }
            Path donor = donors.resolve("donor." + format.label());
            DiskFormats.create(donor, options(format));
            byte[] head = Arrays.copyOf(Files.readAllBytes(donor), 512);
            // Named raw: written, and raw for ever.
            Path named = Files.write(folder.resolve("disk.raw"), new byte[1 << 20]);
            try (VirtualDisk disk =
                    DiskFormats.open(named, OpenOptions.readWrite().withFormat(DiskFormat.RAW))) {
                disk.write(0, ByteBuffer.wrap(head));
            }
            assertFound(DiskFormat.RAW, Confidence.CERTAIN, named);
            // Only taken for raw: refused, in one piece and byte by byte.
            Path guessed = Files.write(folder.resolve("disk.img"), new byte[1 << 20]);
            try (VirtualDisk disk = DiskFormats.open(guessed, OpenOptions.readWrite())) {
                assertThrows(DiskException.class, () -> disk.write(0, ByteBuffer.wrap(head)), format.label());
                assertThrows(
                        DiskException.class,
                        () -> {
                            for (int i = 0; i < head.length; i++) {
                                disk.write(i, ByteBuffer.wrap(head, i, 1));
                            }
                        },
                        format.label());
            }
            assertFound(DiskFormat.RAW, Confidence.GUESS, guessed);
        }
    }

    @Test
    void aFooterBehindTheGuestsDataCountsOnlyUnderItsOwnName() throws IOException {
        Path fixed = folder.resolve("fixed.vhd");
        DiskFormats.create(fixed, CreateOptions.of(DiskFormat.VHD, 1 << 20).withVariant("fixed"));
        byte[] bytes = Files.readAllBytes(fixed);
        byte[] footer = Arrays.copyOfRange(bytes, bytes.length - 512, bytes.length);
        assertEquals("conectix", new String(footer, 0, 8, StandardCharsets.US_ASCII));
        assertFound(DiskFormat.VHD, Confidence.CERTAIN, fixed);
        assertFound(DiskFormat.RAW, Confidence.GUESS, Files.write(folder.resolve("fixed.img"), bytes));
        Path raw = Files.write(folder.resolve("guessed.vhd"), new byte[1 << 20]);
        try (VirtualDisk disk = DiskFormats.open(raw, OpenOptions.readWrite())) {
            assertThrows(DiskException.class, () -> disk.write((1 << 20) - 512, ByteBuffer.wrap(footer)));
            disk.write((1 << 20) - 512, ByteBuffer.wrap(footer, 1, 511));
        }
        assertFound(DiskFormat.RAW, Confidence.GUESS, raw);
    }
}
