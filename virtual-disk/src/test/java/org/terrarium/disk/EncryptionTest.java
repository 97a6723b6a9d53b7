package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.terrarium.disk.luks.LuksCipher;
import org.terrarium.disk.luks.LuksFormat;

/** Images encrypted with LUKS, inside qcow2 and on their own: what QEMU and we write, the other reads. */
class EncryptionTest {
    private static final int SIZE = 2 << 20;
    private static final OpenOptions HOW = OpenOptions.readWrite().withPassphrase(Qemu.PASSPHRASE);

    @TempDir
    Path folder;

    private Path scratch;
    private final byte[] expected = new byte[SIZE];

    @BeforeEach
    void fill() {
        scratch = folder.resolve("scratch");
        new Random(4).nextBytes(expected);
    }

    /** QEMU measures its own speed for seconds when it makes an image, so most are made here, and QEMU has to accept them. */
    @ParameterizedTest
    @CsvSource({
        "aes, xts-plain64, 32, sha1",
        "aes, ecb-plain64, 32, md5",
        "aes, cbc-essiv:sha256, 32, sha512",
        "aes, ctr-plain, 16, sha384",
        "serpent, xts-plain64, 64, sha256",
        "serpent, cbc-essiv:md5, 16, sha224",
        "serpent, xts-plain, 48, sha256",
        "twofish, xts-essiv:sha256, 64, ripemd160",
        "twofish, cbc-plain64, 32, sha256",
        "twofish, ctr-plain64, 16, sha256",
        "cast5, cbc-plain64, 16, sha1",
    })
    void everyCipherOfQemusIsReadAndWritten(String cipher, String mode, int keyBytes, String hash) throws IOException {
        Path image = folder.resolve("image.luks");
        create(image, new LuksCipher(cipher, mode, keyBytes, hash, 1000));
        tryBothWays(image, Qemu.luks(image));
    }

    @Test
    void aLuksImageOfQemusIsReadAndWritten() throws IOException {
        Path image = folder.resolve("image.luks");
        String options = "iter-time=1,key-secret=sec0,cipher-alg=twofish-256,cipher-mode=cbc,hash-alg=sha512";
        Qemu.ok(Qemu.line("qemu-img", "create", "-q", Qemu.SECRET, "-f", "luks", "-o", options, image, SIZE));
        DiskInfo info = DiskFormats.info(image);
        assertEquals(DiskFormat.LUKS, info.format());
        assertEquals(SIZE, info.size());
        assertTrue(info.encrypted());
        tryBothWays(image, Qemu.luks(image));
        DiskResize.resize(image, HOW, SIZE + 4096, false, Progress.NONE);
        assertEquals(SIZE + 4096, DiskFormats.info(image).size());
        assertArrayEquals(expected, Arrays.copyOf(Qemu.contents(Qemu.luks(image), scratch), SIZE), "after growing");
    }

    @Test
    void anEncryptedQcow2ImageOfQemusIsReadAndWritten() throws IOException {
        Path image = folder.resolve("image.qcow2");
        String options =
                "encrypt.format=luks,encrypt.iter-time=1,encrypt.key-secret=sec0,encrypt.cipher-alg=serpent-256";
        Qemu.ok(Qemu.line("qemu-img", "create", "-q", Qemu.SECRET, "-f", "qcow2", "-o", options, image, SIZE));
        tryBothWays(image, Qemu.image(image, true));
        Qemu.checkClean(image, true);
    }

    /** Zeroes have to be written there, as what nobody has written reads as noise. */
    @Test
    void aDiskIsConvertedIntoALuksImage() throws IOException {
        Path image = folder.resolve("ours.luks");
        Arrays.fill(expected, SIZE / 4, SIZE / 2, (byte) 0);
        Path raw = Files.write(folder.resolve("source.raw"), expected);
        try (VirtualDisk source = DiskFormats.open(raw, OpenOptions.readOnly())) {
            DiskConvert.convert(source, image, encrypted(DiskFormat.LUKS).withSize(0), false, 2, Progress.NONE);
        }
        assertArrayEquals(expected, Qemu.contents(Qemu.luks(image), scratch));
    }

    @Test
    void encryptedImageOfOursIsOneOfQemus() throws IOException {
        Path image = folder.resolve("ours.qcow2");
        DiskFormats.create(image, encrypted(DiskFormat.QCOW2));
        assertTrue(DiskFormats.info(image).encrypted());
        tryBothWays(image, Qemu.image(image, true));
        Qemu.checkClean(image, true);
        requirePassphrase(image);
    }

    @Test
    void aLuksImageOpensOnlyWithThePassphrase() throws IOException {
        Path image = folder.resolve("image.luks");
        create(image, new LuksCipher("aes", "cbc-plain64", 24, "sha256", 1000));
        requirePassphrase(image);
    }

    private void create(Path image, LuksCipher how) throws IOException {
        try (FileStorage storage = FileStorage.create(image)) {
            LuksFormat.create(storage, SIZE, Qemu.PASSPHRASE, how);
        }
        DiskFormats.open(image, HOW).close();
    }

    private static void requirePassphrase(Path image) {
        DiskException wrong =
                assertThrows(DiskException.class, () -> DiskFormats.open(image, HOW.withPassphrase("battery staple")));
        assertTrue(wrong.getMessage().contains("cannot be unlocked"), wrong.getMessage());
        DiskException none = assertThrows(DiskException.class, () -> DiskFormats.open(image, OpenOptions.readOnly()));
        assertTrue(none.getMessage().contains("give its passphrase"), none.getMessage());
    }

    @Test
    void aLuksImageNeedsAPassphraseAndNothingIsLeftWithoutOne() {
        Path image = folder.resolve("none.luks");
        DiskException none = assertThrows(
                DiskException.class, () -> DiskFormats.create(image, CreateOptions.of(DiskFormat.LUKS, SIZE)));
        assertTrue(none.getMessage().contains("give a passphrase"), none.getMessage());
        assertTrue(Files.notExists(image), "nothing is left of an image that was not made");
    }

    /** Changed bytes of the header, but for the iterations: large ones are allowed, and take their time. */
    @Test
    void damagedHeadersDoNoMoreThanRefuse() throws IOException {
        Path image = folder.resolve("image.luks");
        create(image, new LuksCipher("aes", "cbc-essiv:sha256", 16, "sha1", 1));
        byte[] whole = Files.readAllBytes(image);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int opened = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bytes = whole.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                int at = random.nextInt(592);
                if ((at < 164 || at >= 168) && (at < 208 || (at - 208) % 48 / 4 != 1)) {
                    bytes[at] = (byte) random.nextInt(256);
                }
            }
            MemoryHost host = new MemoryHost();
            MemoryStorage file = host.add("image.luks", bytes);
            try (VirtualDisk disk = new ChainOpener(host, HOW).open(file.path())) {
                disk.read(0, ByteBuffer.allocate(512));
                opened++;
            } catch (DiskException e) {
                assertTrue(e.getMessage().contains("/images/"), () -> "seed " + seed + ": " + e.getMessage());
            }
        }
        assertTrue(opened > 0, "seed " + seed + ": most of a header may change unnoticed, but nothing opened");
    }

    private static CreateOptions encrypted(DiskFormat format) {
        return CreateOptions.of(format, SIZE).withQcow2(Qcow2Options.DEFAULT.withPassphrase(Qemu.PASSPHRASE));
    }

    /** We write, QEMU reads; QEMU writes, we read. */
    private void tryBothWays(Path image, List<String> forQemu) throws IOException {
        try (VirtualDisk disk = DiskFormats.open(image, HOW)) {
            assertEquals(SIZE, disk.size());
            // In two parts with an edge inside a sector.
            disk.write(0, ByteBuffer.wrap(expected, 0, 1_000_100));
            disk.write(1_000_100, ByteBuffer.wrap(expected, 1_000_100, SIZE - 1_000_100));
        }
        assertArrayEquals(expected, Qemu.contents(forQemu, scratch), "what we wrote, read by QEMU");
        Qemu.io(forQemu, List.of("write -P 5 1M 100k", "write -P 6 3584 512"));
        Arrays.fill(expected, 1 << 20, (1 << 20) + (100 << 10), (byte) 5);
        Arrays.fill(expected, 3584, 4096, (byte) 6);
        try (VirtualDisk disk = DiskFormats.open(image, HOW)) {
            assertArrayEquals(expected, RandomOperations.read(disk, 0, SIZE), "what QEMU wrote, read by us");
        }
    }
}
