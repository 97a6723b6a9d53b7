package org.terrarium.disk.luks;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Key derivation and anti-forensic splitting with one hash (LUKS1 on-disk format 1.2.3, sections 2.3 and 2.4). */
final class LuksHash {
    static final int STRIPES = 4000;

    private final String name;
    private final MessageDigest digest;

    /** @param name as the header has it */
    LuksHash(String name) throws GeneralSecurityException {
        this.name = name;
        digest = Crypto.digest(name);
    }

    /** RFC 8018, section 5.2. The JDK's own takes characters only, and the key's digest is made of bytes. */
    byte[] pbkdf2(byte[] password, byte[] salt, int iterations, int length) throws GeneralSecurityException {
        Mac mac = Crypto.mac(name);
        mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, mac.getAlgorithm()));
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

    /** Puts the stripes together again. */
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
