package org.terrarium.disk.luks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * The LUKS header that holds the key of an encrypted image (LUKS1 on-disk format specification 1.2.3). Its offsets count from where
 * it begins: the start of a LUKS image, or a place inside a qcow2 image (qcow2.rst, "Full disk encryption header pointer").
 */
public final class Luks {
    private static final byte[] MAGIC = {'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe};
    private static final int PHDR_LENGTH = 592;
    private static final int AT_CIPHER = 8;
    private static final int AT_MODE = 40;
    private static final int AT_HASH = 72;
    private static final int AT_PAYLOAD = 104;
    private static final int AT_KEY_BYTES = 108;
    private static final int AT_DIGEST = 112;
    private static final int AT_DIGEST_SALT = 132;
    private static final int AT_DIGEST_ITERATIONS = 164;
    private static final int AT_UUID = 168;
    private static final int AT_SLOTS = 208;
    private static final int SLOT_LENGTH = 48;
    private static final int SLOTS = 8;
    private static final int SLOT_ACTIVE = 0x00ac71f3;
    private static final int SLOT_INACTIVE = 0x0000dead;
    private static final int DIGEST_LENGTH = 20;
    private static final int SALT_LENGTH = 32;
    private static final int STRIPES = LuksHash.STRIPES;
    private static final int ALIGNMENT = 4096;

    /** More than that many rounds would keep the user waiting for minutes; QEMU aims at two seconds. */
    private static final int MAX_ITERATIONS = 50_000_000;

    private Luks() {}

    /**
     * The decrypted view of a file all of whose sectors are encrypted, each with its place in the file as its number.
     *
     * @param start where the header begins, bytes
     * @param length of the header with its key slots, bytes
     * @throws DiskException when the passphrase is wrong or the header uses what this version lacks
     */
    public static Storage open(Storage storage, long start, long length, char[] passphrase) throws IOException {
        return new EncryptedStorage(storage, 0, new Opened(storage, start, length, passphrase).ciphers());
    }

    /**
     * The decrypted view of what is behind the header at the start of a file, each sector at its place in the file.
     *
     * @throws DiskException as {@link #open} does
     */
    static Storage openPayload(Storage storage, char[] passphrase) throws IOException {
        Opened opened = new Opened(storage, 0, storage.size(), passphrase);
        return new EncryptedStorage(storage, payload(storage), opened.ciphers());
    }

    /** Where the contents behind the header at the start of a file begin, bytes. */
    static long payload(Storage storage) throws IOException {
        ByteBuffer header = header(storage, 0, storage.size());
        long payload = (long) SectorCipher.SECTOR * Integer.toUnsignedLong(header.getInt(AT_PAYLOAD));
        if (payload < PHDR_LENGTH || payload > storage.size()) {
            throw DiskException.corrupt(storage.path(), AT_PAYLOAD, "its contents begin at byte " + payload);
        }
        return payload;
    }

    /** How the contents behind the header at the start of a file are encrypted, in LUKS's words. */
    static String describe(Storage storage) throws IOException {
        ByteBuffer header = header(storage, 0, storage.size());
        return text(header, AT_CIPHER, 32) + "-" + text(header, AT_MODE, 32);
    }

    private static ByteBuffer header(Storage storage, long start, long length) throws IOException {
        if (start < 0 || length < PHDR_LENGTH || start > storage.size() - PHDR_LENGTH) {
            throw DiskException.corrupt(storage.path(), start, "its encryption header is outside the file");
        }
        ByteBuffer header = ByteBuffer.allocate(PHDR_LENGTH);
        storage.read(start, header);
        header.flip();
        if (!Arrays.equals(MAGIC, Arrays.copyOf(header.array(), MAGIC.length)) || header.getShort(6) != 1) {
            throw DiskException.corrupt(storage.path(), start, "its encryption header is not LUKS version 1");
        }
        return header;
    }

    /** A header whose key the passphrase has unlocked. */
    private record Opened(String cipher, String mode, byte[] key) {
        Opened(Storage storage, long start, long length, char[] passphrase) throws IOException {
            this(header(storage, start, length), storage, start, passphrase);
        }

        private Opened(ByteBuffer header, Storage storage, long start, char[] passphrase) throws IOException {
            this(
                    text(header, AT_CIPHER, 32),
                    text(header, AT_MODE, 32),
                    unlock(header, storage, start, utf8(passphrase)));
        }

        Supplier<SectorCipher> ciphers() {
            return () -> {
                try {
                    return new SectorCipher(cipher, mode, key);
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException("a cipher that worked before", e);
                }
            };
        }
    }

    private static byte[] unlock(ByteBuffer header, Storage storage, long start, byte[] password) throws IOException {
        int keyBytes = header.getInt(AT_KEY_BYTES);
        if (keyBytes < 16 || keyBytes > 64 || keyBytes % 8 != 0) {
            throw DiskException.corrupt(storage.path(), start + AT_KEY_BYTES, "its key length is not allowed");
        }
        try {
            Keys keys =
                    new Keys(storage, start, header, text(header, AT_CIPHER, 32), text(header, AT_MODE, 32), keyBytes);
            byte[] key = keys.unlock(password);
            if (key == null) {
                throw new DiskException(storage.path(), "cannot be unlocked with that passphrase");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new DiskException(
                    storage.path(),
                    DiskException.NO_OFFSET,
                    "is encrypted with " + e.getMessage() + ", which this version cannot open",
                    e);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static byte[] utf8(char[] passphrase) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer header, int at, int length) {
        int end = at;
        while (end < at + length && header.get(end) != 0) {
            end++;
        }
        return new String(header.array(), at, end - at, StandardCharsets.US_ASCII);
    }

    /** What it takes to get the key out of the slots. */
    private record Keys(Storage storage, long start, ByteBuffer header, String cipher, String mode, int keyBytes) {
        byte[] unlock(byte[] password) throws IOException, GeneralSecurityException {
            LuksHash hash = new LuksHash(text(header, AT_HASH, 32));
            for (int slot = 0; slot < SLOTS; slot++) {
                int at = AT_SLOTS + slot * SLOT_LENGTH;
                if (header.getInt(at) == SLOT_ACTIVE) {
                    byte[] key = unlock(password, hash, at);
                    if (key != null) {
                        return key;
                    }
                }
            }
            return null;
        }

        private byte[] unlock(byte[] password, LuksHash hash, int at) throws IOException, GeneralSecurityException {
            int iterations = iterations(at + 4);
            byte[] salt = Arrays.copyOfRange(header.array(), at + 8, at + 8 + SALT_LENGTH);
            long material = start + (long) SectorCipher.SECTOR * Integer.toUnsignedLong(header.getInt(at + 40));
            int length = wholeSectors(keyBytes * STRIPES);
            if (header.getInt(at + 44) != STRIPES || material > storage.size() - length) {
                throw DiskException.corrupt(storage.path(), start + at, "a key slot of it is not allowed");
            }
            byte[] split = new byte[length];
            storage.read(material, ByteBuffer.wrap(split));
            byte[] slotKey = hash.pbkdf2(password, salt, iterations, keyBytes);
            new SectorCipher(cipher, mode, slotKey).run(false, 0, split, 0, length);
            byte[] key = hash.merge(split, keyBytes);
            byte[] digest = hash.pbkdf2(
                    key,
                    Arrays.copyOfRange(header.array(), AT_DIGEST_SALT, AT_DIGEST_SALT + SALT_LENGTH),
                    iterations(AT_DIGEST_ITERATIONS),
                    DIGEST_LENGTH);
            byte[] expected = Arrays.copyOfRange(header.array(), AT_DIGEST, AT_DIGEST + DIGEST_LENGTH);
            return MessageDigest.isEqual(digest, expected) ? key : null;
        }

        private int iterations(int at) throws DiskException {
            int iterations = header.getInt(at);
            if (iterations <= 0 || iterations > MAX_ITERATIONS) {
                throw DiskException.corrupt(storage.path(), start + at, "its key takes too long to derive");
            }
            return iterations;
        }
    }

    /** Bytes of a usual new header with its key slots. */
    public static int newLength() {
        return newLength(LuksCipher.USUAL);
    }

    static int newLength(LuksCipher how) {
        return ALIGNMENT + SLOTS * slotLength(how);
    }

    private static int slotLength(LuksCipher how) {
        return how.keyBytes() * STRIPES + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** A usual new header with a random key that the passphrase unlocks. */
    public static ByteBuffer create(String passphrase, SecureRandom random) {
        try {
            return create(LuksCipher.USUAL, passphrase, random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES and SHA-256", e);
        }
    }

    /** @throws GeneralSecurityException when there is no such cipher, mode, key length or hash */
    static ByteBuffer create(LuksCipher how, String passphrase, SecureRandom random) throws GeneralSecurityException {
        byte[] password = utf8(passphrase.toCharArray());
        ByteBuffer header = ByteBuffer.allocate(newLength(how));
        byte[] key = random(how.keyBytes(), random);
        byte[] digestSalt = random(SALT_LENGTH, random);
        LuksHash hash = new LuksHash(how.hash());
        int digestIterations = Math.max(1000, how.iterations() / 8);
        header.put(0, MAGIC).putShort(6, (short) 1);
        header.put(AT_CIPHER, ascii(how.cipher()))
                .put(AT_MODE, ascii(how.mode()))
                .put(AT_HASH, ascii(how.hash()));
        header.putInt(AT_PAYLOAD, newLength(how) / SectorCipher.SECTOR).putInt(AT_KEY_BYTES, how.keyBytes());
        header.put(AT_DIGEST, hash.pbkdf2(key, digestSalt, digestIterations, DIGEST_LENGTH));
        header.put(AT_DIGEST_SALT, digestSalt).putInt(AT_DIGEST_ITERATIONS, digestIterations);
        byte[] id = random(16, random);
        ByteBuffer halves = ByteBuffer.wrap(id);
        // RFC 9562, section 5.4: version 4, variant 10.
        UUID uuid = new UUID(halves.getLong() & ~0xf000L | 0x4000L, halves.getLong() & ~(3L << 62) | 1L << 63);
        header.put(AT_UUID, ascii(uuid.toString()));
        for (int slot = 0; slot < SLOTS; slot++) {
            int at = AT_SLOTS + slot * SLOT_LENGTH;
            int material = ALIGNMENT + slot * slotLength(how);
            header.putInt(at, slot == 0 ? SLOT_ACTIVE : SLOT_INACTIVE);
            header.putInt(at + 40, material / SectorCipher.SECTOR).putInt(at + 44, STRIPES);
        }
        byte[] salt = random(SALT_LENGTH, random);
        header.putInt(AT_SLOTS + 4, how.iterations()).put(AT_SLOTS + 8, salt);
        byte[] split = Arrays.copyOf(hash.split(key, random), wholeSectors(how.keyBytes() * STRIPES));
        byte[] slotKey = hash.pbkdf2(password, salt, how.iterations(), how.keyBytes());
        new SectorCipher(how.cipher(), how.mode(), slotKey).run(true, 0, split, 0, split.length);
        return header.put(ALIGNMENT, split);
    }

    private static int wholeSectors(int bytes) {
        return bytes + SectorCipher.SECTOR - 1 & -SectorCipher.SECTOR;
    }

    private static byte[] random(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
