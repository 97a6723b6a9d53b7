package org.terrarium.disk.luks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts sectors of 512 bytes with the ciphers and in the modes that LUKS names {@code xts-plain64} and its likes.
 * Ciphers come from a provider ({@link Crypto}); XTS, which the JDK lacks, is built here from its blocks as IEEE 1619 says. Not
 * thread-safe.
 */
final class SectorCipher {
    static final int SECTOR = 512;

    /** What XTS works on. */
    private static final int XTS_BLOCK = 16;

    private static final Map<String, String> CIPHERS =
            Map.of("aes", "AES", "serpent", "Serpent", "twofish", "Twofish", "cast5", "CAST5");

    private enum Mode {
        XTS,
        CBC,
        CTR,
        ECB
    }

    /** How the sector number becomes an initialization vector (LUKS1 on-disk format 1.2.3, section 2.1). */
    private enum Iv {
        PLAIN,
        PLAIN64,
        ESSIV
    }

    private final String algorithm;
    private final Mode mode;
    private final Iv iv;
    private final SecretKeySpec key;
    private final Cipher encrypt;
    private final Cipher decrypt;
    /** XTS: turns sector numbers into tweaks. */
    private final Cipher tweak;
    /** ESSIV: turns sector numbers into initialization vectors. */
    private final Cipher secretIv;

    private final int ivBytes;
    private byte[] work = new byte[0];
    private byte[] tweaks = new byte[0];

    /**
     * @param cipher such as {@code aes}
     * @param how such as {@code xts-plain64} or {@code cbc-essiv:sha256}
     * @throws GeneralSecurityException when there is no such cipher, mode or key length
     */
    SectorCipher(String cipher, String how, byte[] key) throws GeneralSecurityException {
        algorithm = CIPHERS.get(cipher);
        if (algorithm == null) {
            throw new GeneralSecurityException("the cipher " + cipher);
        }
        String[] parts = how.split("-", 2);
        mode = mode(parts[0], how);
        String vector = parts.length < 2 ? "" : parts[1];
        iv = switch (vector) {
            case "plain" -> Iv.PLAIN;
            case "plain64" -> Iv.PLAIN64;
            default -> {
                if (!vector.startsWith("essiv:")) {
                    throw new GeneralSecurityException("the cipher mode " + how);
                }
                yield Iv.ESSIV;
            }
        };
        int length = mode == Mode.XTS ? key.length / 2 : key.length;
        this.key = new SecretKeySpec(key, 0, length, algorithm);
        try {
            encrypt = ecb(Cipher.ENCRYPT_MODE, this.key);
            ivBytes = encrypt.getBlockSize();
            if (mode == Mode.XTS) {
                if (ivBytes != XTS_BLOCK) {
                    throw new GeneralSecurityException("the cipher " + cipher + " in XTS mode");
                }
                decrypt = ecb(Cipher.DECRYPT_MODE, this.key);
                tweak = ecb(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, length, key.length - length, algorithm));
            } else {
                decrypt = mode == Mode.ECB ? ecb(Cipher.DECRYPT_MODE, this.key) : chained();
                tweak = null;
            }
            secretIv = iv == Iv.ESSIV ? secretIv(vector.substring("essiv:".length()), key, length) : null;
        } catch (InvalidKeyException e) {
            throw new GeneralSecurityException("a key of " + 8 * length + " bits for the cipher " + cipher, e);
        }
    }

    private static Mode mode(String name, String how) throws GeneralSecurityException {
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
                return mode;
            }
        }
        throw new GeneralSecurityException("the cipher mode " + how);
    }

    private Cipher ecb(int direction, SecretKeySpec with) throws GeneralSecurityException {
        Cipher cipher = Crypto.cipher(algorithm, algorithm + "/ECB/NoPadding");
        cipher.init(direction, with);
        return cipher;
    }

    private Cipher chained() throws GeneralSecurityException {
        return Crypto.cipher(algorithm, algorithm + "/" + mode + "/NoPadding");
    }

    /** The same cipher, its key the hash of the whole key, as far as it is that long. */
    private Cipher secretIv(String hash, byte[] whole, int length) throws GeneralSecurityException {
        byte[] hashed = Crypto.digest(hash).digest(whole);
        int bytes = iv == Iv.ESSIV && isKeyLength(hashed.length) ? hashed.length : length;
        return ecb(Cipher.ENCRYPT_MODE, new SecretKeySpec(Arrays.copyOf(hashed, bytes), algorithm));
    }

    private static boolean isKeyLength(int bytes) {
        return bytes == 16 || bytes == 24 || bytes == 32;
    }

    /**
     * Encrypts or decrypts whole sectors where they are.
     *
     * @param sector number of the first one
     */
    void run(boolean encrypting, long sector, byte[] bytes, int at, int length) {
        try {
            switch (mode) {
                case XTS -> xts(encrypting ? encrypt : decrypt, sector, bytes, at, length);
                case ECB -> (encrypting ? encrypt : decrypt).doFinal(bytes, at, length, bytes, at);
                case CBC, CTR -> chain(encrypting, sector, bytes, at, length);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " fails on whole blocks", e);
        }
    }

    /** The initialization vectors of sectors that follow each other, {@code step} bytes apart. */
    private byte[] vectors(long sector, int sectors, int step) throws GeneralSecurityException {
        byte[] bytes = new byte[sectors * step];
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < sectors; i++) {
            numbers.putLong(i * step, iv == Iv.PLAIN ? sector + i & 0xffffffffL : sector + i);
        }
        if (iv == Iv.ESSIV) {
            secretIv.doFinal(bytes, 0, bytes.length, bytes, 0);
        }
        return bytes;
    }

    private void chain(boolean encrypting, long sector, byte[] bytes, int at, int length)
            throws GeneralSecurityException {
        byte[] vectors = vectors(sector, length / SECTOR, ivBytes);
        for (int done = 0; done < length; done += SECTOR) {
            decrypt.init(
                    encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                    key,
                    new IvParameterSpec(vectors, done / SECTOR * ivBytes, ivBytes));
            decrypt.doFinal(bytes, at + done, SECTOR, bytes, at + done);
        }
    }

    /** IEEE 1619, section 5.3: each block is masked before and after with the tweak, which doubles from block to block. */
    private void xts(Cipher cipher, long sector, byte[] bytes, int at, int length) throws GeneralSecurityException {
        if (work.length < length) {
            work = new byte[length];
            tweaks = new byte[length];
        }
        ByteBuffer masks = ByteBuffer.wrap(tweaks).order(ByteOrder.LITTLE_ENDIAN);
        // The first tweak of every sector in one call, then the doubling.
        int sectors = length / SECTOR;
        byte[] vectors = vectors(sector, sectors, XTS_BLOCK);
        tweak.doFinal(vectors, 0, vectors.length, vectors, 0);
        ByteBuffer first = ByteBuffer.wrap(vectors).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < sectors; i++) {
            long low = first.getLong(i * XTS_BLOCK);
            long high = first.getLong(i * XTS_BLOCK + 8);
            for (int block = i * SECTOR; block < (i + 1) * SECTOR; block += XTS_BLOCK) {
                masks.putLong(block, low).putLong(block + 8, high);
                long carry = high >> 63 & 0x87;
                high = high << 1 | low >>> 63;
                low = low << 1 ^ carry;
            }
        }
        ByteBuffer contents = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer masked = ByteBuffer.wrap(work).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i += 8) {
            masked.putLong(i, contents.getLong(at + i) ^ masks.getLong(i));
        }
        cipher.doFinal(work, 0, length, work, 0);
        for (int i = 0; i < length; i += 8) {
            contents.putLong(at + i, masked.getLong(i) ^ masks.getLong(i));
        }
    }
}
