package org.terrarium.disk.vhd;

import org.terrarium.disk.LinearFormat;
import org.terrarium.disk.Storage;

/** A fixed VHD image: the disk, with a footer behind it. */
final class VhdFixed extends LinearFormat {
    private final VhdFooter footer;

    VhdFixed(Storage storage, VhdFooter footer) {
        super(storage, 0, footer.diskSize());
        this.footer = footer;
    }

    VhdFooter footer() {
        return footer;
    }
}
