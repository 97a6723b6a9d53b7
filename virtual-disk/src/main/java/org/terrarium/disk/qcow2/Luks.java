package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * The LUKS header that holds the key of an encrypted image (LUKS1 on-disk format specification 1.2.3; qcow2.rst, "Full disk
 * encryption header pointer": its offsets count from where it begins in the image).
 */
final class Luks {
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
    private static final int STRIPES = 4000;
    private static final int ALIGNMENT = 4096;

    /** More than that many rounds would keep the user waiting for minutes; QEMU aims at two seconds. */
    private static final int MAX_ITERATIONS = 50_000_000;

    /** Recommended for PBKDF2 with SHA-256 (OWASP Password Storage Cheat Sheet, 2023). */
    private static final int ITERATIONS = 600_000;

    private static final int DIGEST_ITERATIONS = 75_000;
    private static final int NEW_KEY_BYTES = 64;

    private Luks() {}

    /**
     * The decrypted view of an image file.
     *
     * @throws DiskException when the passphrase is wrong or the header uses what this version lacks
     */
    static Storage open(Storage storage, HeaderExtensions.EncryptionHeader place, char[] passphrase)
            throws IOException {
        long start = place.offset();
        if (start <= 0 || place.length() < PHDR_LENGTH || start > storage.size() - PHDR_LENGTH) {
            throw DiskException.corrupt(storage.path(), start, "its encryption header is outside the file");
        }
        ByteBuffer header = ByteBuffer.allocate(PHDR_LENGTH);
        storage.read(start, header);
        header.flip();
        if (!Arrays.equals(MAGIC, Arrays.copyOf(header.array(), MAGIC.length)) || header.getShort(6) != 1) {
            throw DiskException.corrupt(storage.path(), start, "its encryption header is not LUKS version 1");
        }
        String cipher = text(header, AT_CIPHER, 32);
        String mode = text(header, AT_MODE, 32);
        int keyBytes = header.getInt(AT_KEY_BYTES);
        if (keyBytes < 16 || keyBytes > 64 || keyBytes % 8 != 0) {
            throw DiskException.corrupt(storage.path(), start + AT_KEY_BYTES, "its key length is not allowed");
        }
        byte[] password = utf8(passphrase);
        try {
            Keys keys = new Keys(storage, start, header, cipher, mode, keyBytes);
            byte[] key = keys.unlock(password);
            if (key == null) {
                throw new DiskException(storage.path(), "cannot be unlocked with that passphrase");
            }
            new SectorCipher(cipher, mode, key);
            return new EncryptedStorage(storage, () -> cipherOf(cipher, mode, key));
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

    private static SectorCipher cipherOf(String cipher, String mode, byte[] key) {
        try {
            return new SectorCipher(cipher, mode, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a cipher that worked before", e);
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
            Hash hash = new Hash(text(header, AT_HASH, 32));
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

        private byte[] unlock(byte[] password, Hash hash, int at) throws IOException, GeneralSecurityException {
            int iterations = iterations(at + 4);
            byte[] salt = Arrays.copyOfRange(header.array(), at + 8, at + 8 + SALT_LENGTH);
            long material = start + (long) SectorCipher.SECTOR * Integer.toUnsignedLong(header.getInt(at + 40));
            int length = keyBytes * STRIPES;
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

    /** Key derivation and anti-forensic splitting with one hash. */
    private static final class Hash {
        private final String macName;
        private final MessageDigest digest;

        Hash(String name) throws GeneralSecurityException {
            String number = name.toLowerCase(Locale.ROOT).replaceFirst("^sha-?", "");
            if (!number.matches("1|224|256|384|512")) {
                throw new GeneralSecurityException("the hash " + name);
            }
            macName = "HmacSHA" + number;
            digest = MessageDigest.getInstance("SHA-" + number);
        }

        /** RFC 8018, section 5.2. The JDK's own takes characters only, and the key's digest is made of bytes. */
        byte[] pbkdf2(byte[] password, byte[] salt, int iterations, int length) throws GeneralSecurityException {
            Mac mac = Mac.getInstance(macName);
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, macName));
            int step = mac.getMacLength();
            byte[] result = new byte[(length + step - 1) / step * step];
            byte[] u = new byte[step];
            for (int block = 0; block * step < length; block++) {
                mac.update(salt);
                mac.update(ByteBuffer.allocate(4).putInt(0, block + 1));
                mac.doFinal(u, 0);
                byte[] sum = u.clone();
                for (int i = 1; i < iterations; i++) {
                    mac.update(u);
                    mac.doFinal(u, 0);
                    for (int j = 0; j < step; j++) {
                        sum[j] ^= u[j];
                    }
                }
                System.arraycopy(sum, 0, result, block * step, step);
            }
            return Arrays.copyOf(result, length);
        }

        /** LUKS1 specification, section 2.4: puts the stripes together again. */
        byte[] merge(byte[] split, int keyBytes) {
            byte[] d = new byte[keyBytes];
            for (int stripe = 0; stripe < STRIPES; stripe++) {
                for (int i = 0; i < keyBytes; i++) {
                    d[i] ^= split[stripe * keyBytes + i];
                }
                if (stripe < STRIPES - 1) {
                    diffuse(d);
                }
            }
            return d;
        }

        /** The reverse, with random stripes. */
        byte[] split(byte[] key, SecureRandom random) {
            byte[] split = new byte[key.length * STRIPES];
            random.nextBytes(split);
            int last = split.length - key.length;
            byte[] d = new byte[key.length];
            for (int stripe = 0; stripe < STRIPES - 1; stripe++) {
                for (int i = 0; i < key.length; i++) {
                    d[i] ^= split[stripe * key.length + i];
                }
                diffuse(d);
            }
            for (int i = 0; i < key.length; i++) {
                split[last + i] = (byte) (d[i] ^ key[i]);
            }
            return split;
        }

        private void diffuse(byte[] block) {
            int step = digest.getDigestLength();
            for (int i = 0; i * step < block.length; i++) {
                int length = Math.min(step, block.length - i * step);
                digest.update(ByteBuffer.allocate(4).putInt(0, i));
                digest.update(block, i * step, length);
                System.arraycopy(digest.digest(), 0, block, i * step, length);
            }
        }
    }

    /** Bytes of a new header with its key slots. */
    static int newLength() {
        return ALIGNMENT + SLOTS * slotLength();
    }

    private static int slotLength() {
        return NEW_KEY_BYTES * STRIPES + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** A new header with a random key, AES-256 in XTS mode, that the passphrase unlocks. */
    static ByteBuffer create(String passphrase, SecureRandom random) {
        try {
            return layOut(utf8(passphrase.toCharArray()), random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES and SHA-256", e);
        }
    }

    private static ByteBuffer layOut(byte[] password, SecureRandom random) throws GeneralSecurityException {
        ByteBuffer header = ByteBuffer.allocate(newLength());
        byte[] key = random(NEW_KEY_BYTES, random);
        byte[] digestSalt = random(SALT_LENGTH, random);
        Hash hash = new Hash("sha256");
        header.put(0, MAGIC).putShort(6, (short) 1);
        header.put(AT_CIPHER, ascii("aes")).put(AT_MODE, ascii("xts-plain64")).put(AT_HASH, ascii("sha256"));
        header.putInt(AT_PAYLOAD, newLength() / SectorCipher.SECTOR).putInt(AT_KEY_BYTES, NEW_KEY_BYTES);
        header.put(AT_DIGEST, hash.pbkdf2(key, digestSalt, DIGEST_ITERATIONS, DIGEST_LENGTH));
        header.put(AT_DIGEST_SALT, digestSalt).putInt(AT_DIGEST_ITERATIONS, DIGEST_ITERATIONS);
        byte[] id = random(16, random);
        ByteBuffer halves = ByteBuffer.wrap(id);
        // RFC 9562, section 5.4: version 4, variant 10.
        UUID uuid = new UUID(halves.getLong() & ~0xf000L | 0x4000L, halves.getLong() & ~(3L << 62) | 1L << 63);
        header.put(AT_UUID, ascii(uuid.toString()));
        for (int slot = 0; slot < SLOTS; slot++) {
            int at = AT_SLOTS + slot * SLOT_LENGTH;
            int material = ALIGNMENT + slot * slotLength();
            header.putInt(at, slot == 0 ? SLOT_ACTIVE : SLOT_INACTIVE);
            header.putInt(at + 40, material / SectorCipher.SECTOR).putInt(at + 44, STRIPES);
        }
        byte[] salt = random(SALT_LENGTH, random);
        header.putInt(AT_SLOTS + 4, ITERATIONS).put(AT_SLOTS + 8, salt);
        byte[] split = hash.split(key, random);
        byte[] slotKey = hash.pbkdf2(password, salt, ITERATIONS, NEW_KEY_BYTES);
        new SectorCipher("aes", "xts-plain64", slotKey).run(true, 0, split, 0, split.length);
        return header.put(ALIGNMENT, split);
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
