package org.terrarium.disk.qcow2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts sectors of 512 bytes with AES, in the modes that LUKS names {@code xts-plain64} and its likes. The JDK
 * has AES but not XTS; that is built here from the JDK's AES blocks as IEEE 1619 says. Not thread-safe.
 */
final class SectorCipher {
    static final int SECTOR = 512;

    private static final int BLOCK = 16;

    /** How the sector number becomes an initialization vector (LUKS1 on-disk format 1.2, section 2.1). */
    private enum Iv {
        PLAIN,
        PLAIN64,
        ESSIV
    }

    private final boolean xts;
    private final Iv iv;
    private final Cipher encrypt;
    private final Cipher decrypt;
    private final Cipher tweak;
    private final SecretKeySpec key;
    private byte[] work = new byte[0];
    private byte[] tweaks = new byte[0];

    /**
     * @param mode such as {@code xts-plain64} or {@code cbc-essiv:sha256}
     * @throws GeneralSecurityException when there is no such cipher, mode or key length
     */
    SectorCipher(String cipher, String mode, byte[] key) throws GeneralSecurityException {
        if (!cipher.equals("aes")) {
            throw new GeneralSecurityException("the cipher " + cipher);
        }
        switch (mode) {
            case "xts-plain64", "cbc-plain64" -> iv = Iv.PLAIN64;
            case "xts-plain", "cbc-plain" -> iv = Iv.PLAIN;
            case "cbc-essiv:sha256" -> iv = Iv.ESSIV;
            default -> throw new GeneralSecurityException("the cipher mode " + mode);
        }
        xts = mode.startsWith("xts");
        int half = xts ? key.length / 2 : key.length;
        this.key = new SecretKeySpec(key, 0, half, "AES");
        if (xts) {
            encrypt = ecb(Cipher.ENCRYPT_MODE, this.key);
            decrypt = ecb(Cipher.DECRYPT_MODE, this.key);
            tweak = ecb(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, half, key.length - half, "AES"));
        } else {
            encrypt = Cipher.getInstance("AES/CBC/NoPadding");
            decrypt = encrypt;
            byte[] hashed = MessageDigest.getInstance("SHA-256").digest(key);
            tweak = ecb(Cipher.ENCRYPT_MODE, new SecretKeySpec(hashed, "AES"));
        }
    }

    private static Cipher ecb(int mode, SecretKeySpec key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(mode, key);
        return cipher;
    }

    /**
     * Encrypts or decrypts whole sectors where they are.
     *
     * @param sector number of the first one
     */
    void run(boolean encrypting, long sector, byte[] bytes, int at, int length) {
        try {
            if (xts) {
                xts(encrypting ? encrypt : decrypt, sector, bytes, at, length);
            } else {
                cbc(encrypting, sector, bytes, at, length);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES fails on whole blocks", e);
        }
    }

    private byte[] iv(long sector) throws GeneralSecurityException {
        byte[] bytes = new byte[BLOCK];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(iv == Iv.PLAIN ? sector & 0xffffffffL : sector);
        return iv == Iv.ESSIV ? tweak.doFinal(bytes) : bytes;
    }

    private void cbc(boolean encrypting, long sector, byte[] bytes, int at, int length)
            throws GeneralSecurityException {
        for (int done = 0; done < length; done += SECTOR) {
            encrypt.init(
                    encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                    key,
                    new IvParameterSpec(iv(sector + done / SECTOR)));
            encrypt.doFinal(bytes, at + done, SECTOR, bytes, at + done);
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
        byte[] numbers = new byte[sectors * BLOCK];
        ByteBuffer ivs = ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < sectors; i++) {
            ivs.putLong(i * BLOCK, iv == Iv.PLAIN ? sector + i & 0xffffffffL : sector + i);
        }
        tweak.doFinal(numbers, 0, numbers.length, numbers, 0);
        for (int i = 0; i < sectors; i++) {
            long low = ivs.getLong(i * BLOCK);
            long high = ivs.getLong(i * BLOCK + 8);
            for (int block = i * SECTOR; block < (i + 1) * SECTOR; block += BLOCK) {
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
