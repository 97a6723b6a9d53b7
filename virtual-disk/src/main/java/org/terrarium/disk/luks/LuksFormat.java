package org.terrarium.disk.luks;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.ImageContext;
import org.terrarium.disk.LinearFormat;
import org.terrarium.disk.Storage;

/**
 * A raw disk behind a LUKS header, as Linux's cryptsetup and QEMU's format luks make it; version 1. What nobody has written reads as
 * noise.
 */
public final class LuksFormat extends LinearFormat {
    private static final int SECTOR = SectorCipher.SECTOR;

    private final long payload;

    private LuksFormat(Storage contents, long payload) {
        super(contents, payload, contents.size() - payload & -SECTOR);
        this.payload = payload;
    }

    /** @throws DiskException when the passphrase is wrong or the header uses what this version lacks */
    public static LuksFormat open(Storage storage, ImageContext context) throws IOException {
        return new LuksFormat(Luks.openPayload(storage, context.passphrase()), Luks.payload(storage));
    }

    /** What the guest sees, bytes; known without the passphrase. */
    public static long size(Storage storage) throws IOException {
        return storage.size() - Luks.payload(storage) & -SECTOR;
    }

    /** How the contents are encrypted, in LUKS's words. */
    public static String cipher(Storage storage) throws IOException {
        return Luks.describe(storage);
    }

    /**
     * Fills an empty file with a header, whose random key the passphrase unlocks, and contents that nobody has written yet.
     *
     * @param size what the guest sees, bytes
     */
    public static void create(Storage storage, long size, String passphrase) throws IOException {
        create(storage, size, passphrase, LuksCipher.USUAL);
    }

    /** The same, encrypted in another way. */
    public static void create(Storage storage, long size, String passphrase, LuksCipher how) throws IOException {
        try {
            storage.write(0, Luks.create(how, passphrase, new SecureRandom()));
        } catch (GeneralSecurityException e) {
            throw new DiskException(
                    storage.path(), DiskException.NO_OFFSET, "cannot be encrypted with " + e.getMessage(), e);
        }
        storage.setSize(Luks.newLength(how) + size);
        storage.sync();
    }

    /** A hole would read as noise, so zeroes are stored. */
    @Override
    public long makeZero(long guestOffset, long length) {
        return 0;
    }

    /** Nothing is given back: which sectors are in use is nobody's business. */
    @Override
    public void discard(long guestOffset, long length) {}

    @Override
    public void requireResize(long newSize) {}

    @Override
    public void resize(long newSize) throws IOException {
        storage.setSize(payload + newSize);
        storage.sync();
        setSize(newSize);
    }
}
