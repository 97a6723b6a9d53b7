package org.terrarium.vm.firmware;

import org.terrarium.vm.bus.DmaMemory;

/** The loadable parts of a 32- or 64-bit little-endian ELF file (System V ABI, chapters 4 and 5). */
final class ElfFile {
    private static final int PT_LOAD = 1;
    private static final int PT_NOTE = 4;
    private static final long FOUR_GIB = 1L << 32;

    private final String name;
    private final byte[] file;
    private final boolean wide;
    private final int headers;
    private final int headerSize;
    private final int headerCount;

    private record Segment(int type, long offset, long vaddr, long paddr, long fileSize, long memorySize) {}

    ElfFile(String name, byte[] file) throws BootException {
        this.name = name;
        this.file = file;
        if (!isElf(file) || file.length < 64) {
            throw new BootException(name + " is no ELF file");
        }
        wide = file[4] == 2;
        long start = wide ? LittleEndian.u64(file, 32) : LittleEndian.u32(file, 28) & 0xFFFF_FFFFL;
        headerSize = LittleEndian.u16(file, wide ? 54 : 42);
        headerCount = LittleEndian.u16(file, wide ? 56 : 44);
        boolean sane =
                start >= 0 && headerSize >= (wide ? 56 : 32) && start + (long) headerSize * headerCount <= file.length;
        if (!sane) {
            throw new BootException(name + " is truncated: its ELF program headers lie beyond its end");
        }
        headers = (int) start;
    }

    static boolean isElf(byte[] file) {
        return file.length > 20
                && LittleEndian.u32(file, 0) == 0x464C457F
                && (file[4] == 1 || file[4] == 2)
                && file[5] == 1;
    }

    private Segment segment(int index) {
        int at = headers + index * headerSize;
        int type = LittleEndian.u32(file, at);
        if (wide) {
            return new Segment(type, u64(at + 8), u64(at + 16), u64(at + 24), u64(at + 32), u64(at + 40));
        }
        return new Segment(type, u32(at + 4), u32(at + 8), u32(at + 12), u32(at + 16), u32(at + 20));
    }

    private long u32(int at) {
        return LittleEndian.u32(file, at) & 0xFFFF_FFFFL;
    }

    private long u64(int at) {
        return LittleEndian.u64(file, at);
    }

    /**
     * Copies all loadable segments to their physical addresses.
     *
     * @param limit end of usable RAM
     * @return the address behind the last one
     */
    long load(DmaMemory memory, long limit) throws BootException {
        long end = 0;
        for (int k = 0; k < headerCount; k++) {
            Segment s = segment(k);
            if (s.type != PT_LOAD || s.memorySize == 0) {
                continue;
            }
            boolean inFile = s.offset >= 0 && s.fileSize >= 0 && s.offset + s.fileSize <= file.length;
            if (!inFile || s.fileSize > s.memorySize) {
                throw new BootException(name + " is truncated: an ELF segment lies beyond its end");
            }
            if (s.paddr < 0 || s.memorySize < 0 || s.memorySize > FOUR_GIB || s.paddr + s.memorySize > limit) {
                throw new BootException(name + " does not fit into the machine's memory");
            }
            memory.write(s.paddr, file, (int) s.offset, (int) s.fileSize);
            zero(memory, s.paddr + s.fileSize, s.memorySize - s.fileSize);
            end = Math.max(end, s.paddr + s.memorySize);
        }
        if (end == 0) {
            throw new BootException(name + " has nothing to load");
        }
        return end;
    }

    static void zero(DmaMemory memory, long at, long length) {
        byte[] zero = new byte[65536];
        for (long done = 0; done < length; done += zero.length) {
            memory.write(at + done, zero, 0, (int) Math.min(zero.length, length - done));
        }
    }

    /** The entry point as a physical address. */
    long entry() {
        long entry = wide ? u64(24) : u32(24);
        for (int k = 0; k < headerCount; k++) {
            Segment s = segment(k);
            if (s.type == PT_LOAD && entry - s.vaddr >= 0 && entry - s.vaddr < s.memorySize) {
                return entry - s.vaddr + s.paddr;
            }
        }
        return entry;
    }

    /** The 32-bit value of the note with this owner and type, or -1. */
    long note(String owner, int type) {
        for (int k = 0; k < headerCount; k++) {
            Segment s = segment(k);
            if (s.type != PT_NOTE || s.offset < 0 || s.fileSize < 0 || s.offset + s.fileSize > file.length) {
                continue;
            }
            int at = (int) s.offset;
            int end = (int) (s.offset + s.fileSize);
            while (at + 12 <= end) {
                long nameSize = u32(at);
                long size = u32(at + 4);
                long next = at + 12 + (nameSize + 3 & ~3L) + (size + 3 & ~3L);
                if (next > end) {
                    break;
                }
                int description = (int) (at + 12 + (nameSize + 3 & ~3L));
                boolean same = nameSize == owner.length() + 1;
                for (int c = 0; same && c < owner.length(); c++) {
                    same = file[at + 12 + c] == owner.charAt(c);
                }
                if (same && LittleEndian.u32(file, at + 8) == type && size >= 4) {
                    return u32(description);
                }
                at = (int) next;
            }
        }
        return -1;
    }
}
