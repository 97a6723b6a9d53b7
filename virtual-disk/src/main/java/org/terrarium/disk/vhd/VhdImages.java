package org.terrarium.disk.vhd;

import java.io.IOException;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.ImageFormat;
import org.terrarium.disk.Storage;

/** Opens VHD images of all three kinds. */
public final class VhdImages {
    private VhdImages() {}

    /** A footer's signature is where one has to be: at the start of a file that grows, at the end of a fixed one. */
    public static boolean recognizes(Storage storage) throws IOException {
        return VhdFooter.isAt(storage, 0) || hasFooterAtEnd(storage);
    }

    private static boolean hasFooterAtEnd(Storage storage) throws IOException {
        long at = storage.size() - VhdFooter.LENGTH;
        return at >= 0 && VhdFooter.isAt(storage, at);
    }

    /**
     * The footer that counts.
     *
     * @throws DiskException when there is none, or one of a kind this version lacks
     */
    static VhdFooter footer(Storage storage) throws IOException {
        boolean copy = VhdFooter.isAt(storage, 0);
        if (!copy && !hasFooterAtEnd(storage)) {
            throw new DiskException(storage.path(), "is not a VHD image, or a truncated one: it has no footer");
        }
        VhdFooter footer = VhdFooter.read(storage, copy ? 0 : storage.size() - VhdFooter.LENGTH);
        switch (footer.type()) {
            case VhdFooter.DYNAMIC, VhdFooter.DIFFERENCING -> {
                if (!copy) {
                    throw DiskException.corrupt(storage.path(), 0, "the copy of the VHD footer is missing");
                }
            }
            case VhdFooter.FIXED -> {}
            default ->
                throw new DiskException(
                        storage.path(), 60, "is a VHD image of the unknown kind " + footer.type(), null);
        }
        return footer;
    }

    /** The image's kind: fixed, dynamic or differencing. */
    public static String variant(Storage storage) throws IOException {
        return switch (footer(storage).type()) {
            case VhdFooter.FIXED -> "fixed";
            case VhdFooter.DYNAMIC -> "dynamic";
            default -> "differencing";
        };
    }

    /** @throws DiskException when it is damaged, truncated or of a kind this version lacks */
    public static ImageFormat open(Storage storage) throws IOException {
        VhdFooter footer = footer(storage);
        if (footer.type() != VhdFooter.FIXED) {
            return VhdFormat.open(storage, footer);
        }
        if (footer.diskSize() <= 0) {
            throw DiskException.corrupt(storage.path(), 48, "its disk has " + footer.diskSize() + " bytes");
        }
        if (storage.size() - VhdFooter.LENGTH < footer.diskSize()) {
            throw new DiskException(
                    storage.path(),
                    "the VHD image is truncated: its disk has " + footer.diskSize() + " bytes, the file "
                            + storage.size());
        }
        return new VhdFixed(storage, footer);
    }
}
