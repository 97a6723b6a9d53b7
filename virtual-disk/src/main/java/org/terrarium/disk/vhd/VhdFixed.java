package org.terrarium.disk.vhd;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.LinearFormat;
import org.terrarium.disk.Storage;

/** A fixed VHD image: the disk, with a footer behind it. */
final class VhdFixed extends LinearFormat {
    private VhdFooter footer;

    VhdFixed(Storage storage, VhdFooter footer) {
        super(storage, 0, footer.diskSize());
        this.footer = footer;
    }

    VhdFooter footer() {
        return footer;
    }

    @Override
    public void requireResize(long newSize) throws IOException {
        VhdCreator.requireSize(storage, newSize);
    }

    /** The new footer is at the new end before the old one is given up. */
    @Override
    public void resize(long newSize) throws IOException {
        long old = size();
        if (newSize == old) {
            return;
        }
        VhdFooter changed = footer.withSize(newSize);
        long footerAt = storage.size() - VhdFooter.LENGTH;
        storage.write(newSize, changed.toBytes());
        storage.sync();
        if (newSize > old) {
            storage.write(footerAt, ByteBuffer.allocate((int) Math.min(VhdFooter.LENGTH, newSize - footerAt)));
        } else {
            storage.setSize(newSize + VhdFooter.LENGTH);
        }
        storage.sync();
        footer = changed;
        setSize(newSize);
    }
}
