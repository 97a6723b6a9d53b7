package org.terrarium.disk;

/**
 * What only a qcow2 image can have.
 *
 * @param version 2 or 3
 * @param refcountBits width of a reference count: 1, 2, 4, 8, 16, 32 or 64; always 16 in version 2
 * @param lazyRefcounts reference counts are written only when the image is closed
 * @param zstd contents are packed with zstd, else with deflate
 * @param extendedL2 allocation in units of a 32nd of a cluster
 * @param dataFile name of the file that holds the guest's data, relative to the image's folder unless absolute; or null
 * @param rawDataFile the data file can be used as a raw image on its own
 * @param passphrase encrypts the contents with LUKS; or null
 */
public record Qcow2Options(
        int version,
        int refcountBits,
        boolean lazyRefcounts,
        boolean zstd,
        boolean extendedL2,
        String dataFile,
        boolean rawDataFile,
        String passphrase) {
    public static final Qcow2Options DEFAULT = new Qcow2Options(3, 16, false, false, false, null, false, null);

    public Qcow2Options {
        if (version != 2 && version != 3) {
            throw new IllegalArgumentException("there is no qcow2 version " + version + "; choose 2 or 3");
        }
        if (refcountBits < 1 || refcountBits > 64 || Integer.bitCount(refcountBits) != 1) {
            throw new IllegalArgumentException("a reference count has 1, 2, 4, 8, 16, 32 or 64 bits");
        }
        if (version == 2 && (refcountBits != 16 || lazyRefcounts || zstd || extendedL2 || dataFile != null)) {
            throw new IllegalArgumentException("that needs qcow2 version 3");
        }
        if (rawDataFile && dataFile == null) {
            throw new IllegalArgumentException("there is no data file that could be raw");
        }
        if (dataFile != null && passphrase != null) {
            throw new IllegalArgumentException("an encrypted image cannot have a data file");
        }
        if (passphrase != null && passphrase.isEmpty()) {
            throw new IllegalArgumentException("the passphrase is empty");
        }
    }

    public Qcow2Options withVersion(int number) {
        return new Qcow2Options(
                number, refcountBits, lazyRefcounts, zstd, extendedL2, dataFile, rawDataFile, passphrase);
    }

    public Qcow2Options withRefcountBits(int bits) {
        return new Qcow2Options(version, bits, lazyRefcounts, zstd, extendedL2, dataFile, rawDataFile, passphrase);
    }

    public Qcow2Options withLazyRefcounts() {
        return new Qcow2Options(version, refcountBits, true, zstd, extendedL2, dataFile, rawDataFile, passphrase);
    }

    public Qcow2Options withZstd() {
        return new Qcow2Options(
                version, refcountBits, lazyRefcounts, true, extendedL2, dataFile, rawDataFile, passphrase);
    }

    public Qcow2Options withExtendedL2() {
        return new Qcow2Options(version, refcountBits, lazyRefcounts, zstd, true, dataFile, rawDataFile, passphrase);
    }

    public Qcow2Options withDataFile(String name, boolean raw) {
        return new Qcow2Options(version, refcountBits, lazyRefcounts, zstd, extendedL2, name, raw, passphrase);
    }

    public Qcow2Options withPassphrase(String text) {
        return new Qcow2Options(version, refcountBits, lazyRefcounts, zstd, extendedL2, dataFile, rawDataFile, text);
    }
}
