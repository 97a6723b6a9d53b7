package org.terrarium.disk.luks;

/**
 * How a new image is encrypted.
 *
 * @param cipher aes, serpent, twofish or cast5
 * @param mode in LUKS's words, such as {@code xts-plain64} or {@code cbc-essiv:sha256}
 * @param keyBytes length of the whole key; XTS takes two keys of the cipher's
 * @param hash that passphrases and keys go through, such as {@code sha256}
 * @param iterations how often, for a passphrase; for the key itself an eighth of that
 */
public record LuksCipher(String cipher, String mode, int keyBytes, String hash, int iterations) {
    /** The number of iterations is what the OWASP Password Storage Cheat Sheet, 2023, recommends with SHA-256. */
    public static final LuksCipher USUAL = new LuksCipher("aes", "xts-plain64", 64, "sha256", 600_000);
}
