package org.terrarium.disk.luks;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Where ciphers and hashes come from: the JDK what it has, as it uses the processor's instructions for AES and SHA, and Bouncy Castle
 * the others that QEMU writes. That provider is only used here, never installed.
 */
final class Crypto {
    /** LUKS's names of hashes, and Java's. */
    private static final Map<String, String> HASHES = Map.of(
            "md5", "MD5",
            "sha1", "SHA-1",
            "sha224", "SHA-224",
            "sha256", "SHA-256",
            "sha384", "SHA-384",
            "sha512", "SHA-512",
            "ripemd160", "RIPEMD160");

    private static final class Others {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }

    private Crypto() {}

    static Cipher cipher(String algorithm, String transformation) throws GeneralSecurityException {
        return algorithm.equals("AES")
                ? Cipher.getInstance(transformation)
                : Cipher.getInstance(transformation, Others.PROVIDER);
    }

    /** @param name as LUKS calls it */
    static MessageDigest digest(String name) throws GeneralSecurityException {
        String hash = javaName(name);
        return inJdk(hash) ? MessageDigest.getInstance(hash) : MessageDigest.getInstance(hash, Others.PROVIDER);
    }

    /** HMAC (RFC 2104) with a hash as LUKS calls it. */
    static Mac mac(String name) throws GeneralSecurityException {
        String hash = javaName(name);
        String mac = "Hmac" + hash.replace("-", "");
        return inJdk(hash) ? Mac.getInstance(mac) : Mac.getInstance(mac, Others.PROVIDER);
    }

    private static boolean inJdk(String hash) {
        return !hash.equals("RIPEMD160");
    }

    private static String javaName(String name) throws GeneralSecurityException {
        String hash = HASHES.get(name.toLowerCase(Locale.ROOT).replace("-", ""));
        if (hash == null) {
            throw new GeneralSecurityException("the hash " + name);
        }
        return hash;
    }
}
