package org.terrarium.disk;

import java.util.List;
import org.terrarium.disk.vmdk.VmdkCreator;

/** The image formats that can be opened. */
public enum DiskFormat {
    RAW("raw", List.of("sparse")),
    ISO("iso", List.of()),
    QCOW2("qcow2", List.of("qcow2")),
    VMDK("vmdk", VmdkCreator.VARIANTS),
    VDI("vdi", List.of("dynamic", "fixed")),
    VHD("vhd", List.of("dynamic", "fixed")),
    VHDX("vhdx", List.of("dynamic", "fixed")),
    /** A raw disk encrypted as a whole. */
    LUKS("luks", List.of("luks1")),
    /** An image of any of the other formats in one file packed as a whole; read-only. */
    GZIP("gz", List.of()),
    XZ("xz", List.of()),
    ZSTD("zst", List.of());

    /** QEMU's name for VHD, after the program that had it first. */
    private static final String VPC = "vpc";

    private final String label;
    private final List<String> variants;

    DiskFormat(String label, List<String> variants) {
        this.label = label;
        this.variants = variants;
    }

    /** The name used in settings files and on the command line. */
    public String label() {
        return label;
    }

    /** The name inside qcow2 headers: that of QEMU's driver, where there is one. A CD image is raw as a disk. */
    public String driver() {
        return switch (this) {
            case ISO -> RAW.label;
            case VHD -> VPC;
            default -> label;
        };
    }

    /** The kinds of new images of this format, the usual one first; empty when none can be made. */
    public List<String> variants() {
        return variants;
    }

    /** New images of this format can be made. */
    public boolean creatable() {
        return !variants.isEmpty();
    }

    /** The format of that name, or null; QEMU's name for VHD is known too. */
    public static DiskFormat byLabel(String label) {
        for (DiskFormat format : values()) {
            if (format.label.equalsIgnoreCase(label)) {
                return format;
            }
        }
        return VPC.equalsIgnoreCase(label) ? VHD : null;
    }
}
