package org.terrarium.vm;

import java.util.Locale;

/** What a hard disk is connected to. */
public enum DiskController {
    /** The PIIX3's parallel ATA channels, which every system knows; three places beside the CD drive. */
    IDE(3),
    /** A serial ATA host controller of six ports, with queued commands. */
    AHCI(6),
    /** A paravirtual disk on a PCI card of its own: the fastest, where the guest has a driver. */
    VIRTIO(12);

    private final int places;

    DiskController(int places) {
        this.places = places;
    }

    /** How many disks there can be. */
    public int places() {
        return places;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The controller of that name; IllegalArgumentException with a sentence otherwise. */
    public static DiskController parse(String name) {
        for (DiskController c : values()) {
            if (c.id().equals(name)) {
                return c;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no disk controller; choose ide, ahci or virtio");
    }
}
