package org.terrarium.vm.firmware;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.terrarium.disk.VirtualDisk;

/**
 * A drive as INT 13h sees it. The firmware reads media directly, beside the controller, because at that time nobody else
 * uses them; the medium is asked for anew at each access, so it may be changed while the machine runs.
 */
public final class BiosDrive {
    /** What kind of drive it is; it decides the INT 13h number and the boot order class. */
    public enum Kind {
        FLOPPY,
        DISK,
        CDROM
    }

    private static final int SECTOR = 512;

    private final Kind kind;
    private final String name;
    private final int channel;
    private final int unit;
    private final Supplier<VirtualDisk> medium;
    private final int[] geometry;

    private BiosDrive(Kind kind, String name, int channel, int unit, int[] geometry, Supplier<VirtualDisk> medium) {
        this.kind = kind;
        this.name = name;
        this.channel = channel;
        this.unit = unit;
        this.geometry = geometry;
        this.medium = medium;
    }

    /** A fixed disk on an IDE channel (0 or 1) as unit 0 or 1, or channel -1 when it hangs on another controller. */
    public static BiosDrive disk(String name, int channel, int unit, VirtualDisk disk) {
        return new BiosDrive(Kind.DISK, name, channel, unit, null, () -> disk);
    }

    /** A CD drive; {@code medium} gives null while it is empty. */
    public static BiosDrive cdrom(String name, int channel, int unit, Supplier<VirtualDisk> medium) {
        return new BiosDrive(Kind.CDROM, name, channel, unit, null, medium);
    }

    /** Floppy drive 0 or 1; {@code medium} gives null while it is empty. */
    public static BiosDrive floppy(String name, int unit, Supplier<VirtualDisk> medium) {
        return new BiosDrive(Kind.FLOPPY, name, -1, unit, null, medium);
    }

    /** A drive emulated from part of another (El Torito), with a fixed geometry. */
    static BiosDrive emulated(Kind kind, String name, int cylinders, int heads, int sectors, VirtualDisk part) {
        return new BiosDrive(kind, name, -1, 0, new int[] {cylinders, heads, sectors}, () -> part);
    }

    public Kind kind() {
        return kind;
    }

    /** For boot menus: model or file name. */
    public String name() {
        return name;
    }

    /** IDE channel, or -1. */
    public int channel() {
        return channel;
    }

    public int unit() {
        return unit;
    }

    /** The medium's identity, to notice a change; null when there is none. */
    VirtualDisk medium() {
        return medium.get();
    }

    boolean present() {
        return medium.get() != null;
    }

    boolean readOnly() {
        VirtualDisk m = medium.get();
        return m == null || kind == Kind.CDROM || m.readOnly();
    }

    /** Bytes of a sector: 2048 for a CD, else 512. */
    int sectorBytes() {
        return kind == Kind.CDROM ? 2048 : SECTOR;
    }

    long sectors() {
        VirtualDisk m = medium.get();
        return m == null ? 0 : m.size() / sectorBytes();
    }

    /** Cylinders, heads, sectors a track as INT 13h reports them. */
    int[] geometry() {
        if (geometry != null) {
            return geometry.clone();
        }
        return kind == Kind.FLOPPY ? floppyGeometry(sectors()) : translated(sectors());
    }

    /** The standard format of this size; an odd size counts as 1.44 MB. */
    static int[] floppyGeometry(long sectors) {
        return switch ((int) Math.min(sectors, 10_000)) {
            case 320 -> new int[] {40, 1, 8};
            case 360 -> new int[] {40, 1, 9};
            case 640 -> new int[] {40, 2, 8};
            case 720 -> new int[] {40, 2, 9};
            case 1440 -> new int[] {80, 2, 9};
            case 2400 -> new int[] {80, 2, 15};
            case 3360 -> new int[] {80, 2, 21};
            case 3444 -> new int[] {82, 2, 21};
            case 5760 -> new int[] {80, 2, 36};
            default -> new int[] {80, 2, 18};
        };
    }

    /** Logical geometry: 63 sectors and as few heads as hold the disk in 1024 cylinders (Phoenix EDD 3.0, assisted LBA). */
    private static int[] translated(long sectors) {
        int heads = 16;
        for (int h : new int[] {16, 32, 64, 128, 255}) {
            heads = h;
            if (sectors <= 1024L * h * 63) {
                break;
            }
        }
        long cylinders = Math.max(1, Math.min(1024, sectors / (heads * 63L)));
        return new int[] {(int) cylinders, heads, 63};
    }

    /** CMOS drive type of a floppy: 1 360K, 2 1.2M, 3 720K, 4 1.44M, 5 2.88M. An empty drive is 1.44M. */
    int floppyType() {
        int[] g = sectors() == 0 ? floppyGeometry(2880) : floppyGeometry(sectors());
        if (g[0] <= 42) {
            return 1;
        }
        return switch (g[2]) {
            case 9 -> 3;
            case 15 -> 2;
            case 36 -> 5;
            default -> 4;
        };
    }

    void read(long sector, int count, byte[] dst, int offset) throws IOException {
        VirtualDisk m = need();
        int size = sectorBytes();
        int bytes = (int) Math.min((long) count * size, Math.max(0, m.size() - sector * size));
        if (bytes > 0) {
            m.read(sector * size, ByteBuffer.wrap(dst, offset, bytes));
        }
    }

    void write(long sector, int count, byte[] src, int offset) throws IOException {
        int size = sectorBytes();
        need().write(sector * size, ByteBuffer.wrap(src, offset, count * size));
    }

    void flush() throws IOException {
        need().flush();
    }

    private VirtualDisk need() throws IOException {
        VirtualDisk m = medium.get();
        if (m == null) {
            throw new IOException(name + ": no medium");
        }
        return m;
    }
}
