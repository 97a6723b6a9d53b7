package org.terrarium.x86.mem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.CpuBus;
import org.terrarium.x86.GuestFault;

/**
 * Page-table walks (Intel SDM volume 3, chapter 4): no paging, 32-bit with PSE and PSE-36, PAE, 4-level. Sets accessed and
 * dirty flags, raises #PF with CR2 and the exact error code.
 */
final class Paging {
    static final int READ = 0;
    static final int WRITE = 1;
    static final int EXECUTE = 2;

    // Page-fault error code (4.7).
    private static final int ERROR_PRESENT = 1;
    private static final int ERROR_WRITE = 1 << 1;
    private static final int ERROR_USER = 1 << 2;
    private static final int ERROR_RESERVED = 1 << 3;
    private static final int ERROR_FETCH = 1 << 4;

    // Paging-structure entries (4.3 to 4.5).
    private static final int PRESENT = 1;
    private static final int WRITABLE = 1 << 1;
    private static final int USER = 1 << 2;
    private static final int ACCESSED = 1 << 5;
    private static final int DIRTY = 1 << 6;
    private static final int PAGE_SIZE = 1 << 7;
    private static final int GLOBAL = 1 << 8;
    private static final long NO_EXECUTE = 1L << 63;
    private static final long FRAME = 0x000F_FFFF_FFFF_F000L;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private enum Kind {
        NONE,
        BITS_32,
        PAE,
        LEVEL_4
    }

    private final PhysicalMemory memory;
    private final MemorySegment backing;
    private final Cpu c;

    /** The four page-directory-pointer entries of PAE paging, loaded with CR3 (4.4.1). */
    final long[] pdpte = new long[4];

    private Kind kind = Kind.NONE;
    private boolean largePages;
    private boolean writeProtect;
    private boolean noExecute;
    private boolean globalPages;
    private final boolean pse36;
    private final boolean gigabytePages;
    private final long reservedFrame;

    /** Of the last translation: log2 of the page size, and whether CR3 loads keep it. */
    int pageShift = 12;

    boolean global;

    Paging(PhysicalMemory memory, Cpu c) {
        this.memory = memory;
        this.backing = memory.backing();
        this.c = c;
        pse36 = c.model.largePages36();
        gigabytePages = c.model.gigabytePages();
        reservedFrame = FRAME & ~((1L << c.model.physicalAddressBits()) - 1);
    }

    /** CR0, CR4 or EFER changed. */
    void modeChanged() {
        if ((c.cr0 & Cpu.CR0_PG) == 0) {
            kind = Kind.NONE;
        } else if ((c.cr4 & Cpu.CR4_PAE) == 0) {
            kind = Kind.BITS_32;
        } else {
            kind = (c.efer & Cpu.EFER_LMA) != 0 ? Kind.LEVEL_4 : Kind.PAE;
        }
        largePages = (c.cr4 & Cpu.CR4_PSE) != 0;
        writeProtect = (c.cr0 & Cpu.CR0_WP) != 0;
        noExecute = (c.efer & Cpu.EFER_NXE) != 0 && (c.cr4 & Cpu.CR4_PAE) != 0;
        globalPages = (c.cr4 & Cpu.CR4_PGE) != 0;
    }

    /**
     * Guest-physical address (on the bus, A20 applied) of {@code lin}, or a page fault. A canonical address is the caller's
     * business.
     */
    long translate(long lin, int access, boolean user) {
        long pa = switch (kind) {
            case NONE -> {
                pageShift = 12;
                global = true;
                yield lin;
            }
            case BITS_32 -> walk32(lin, access, user);
            case PAE -> walkPae(lin, access, user);
            case LEVEL_4 -> walk4Level(lin, access, user);
        };
        return memory.onBus(pa);
    }

    private long walk32(long lin, int access, boolean user) {
        long pdeAt = (c.cr3 & 0xFFFF_F000L) | (lin >>> 20 & 0xFFC);
        int pde = read32(pdeAt);
        if ((pde & PRESENT) == 0) {
            throw fault(lin, 0, access, user);
        }
        if ((pde & PAGE_SIZE) != 0 && largePages) {
            // Bits 20..13 are address bits 39..32 with PSE-36 (those beyond the model's width reserved); bit 21 is
            // reserved.
            long high = pse36 ? (long) (pde >>> 13 & 0xFF) << 32 : 0;
            int mustBeZero = pse36 ? pde & 1 << 21 : pde & 0x3F_F000;
            if (mustBeZero != 0 || (high & reservedFrame) != 0) {
                throw fault(lin, ERROR_PRESENT | ERROR_RESERVED, access, user);
            }
            checkRights(lin, access, user, pde, 0);
            setFlags32(pdeAt, pde, access == WRITE ? ACCESSED | DIRTY : ACCESSED);
            pageShift = 22;
            global = globalPages && (pde & GLOBAL) != 0;
            return high | pde & 0xFFC0_0000L | lin & 0x3F_FFFF;
        }
        setFlags32(pdeAt, pde, ACCESSED);
        long pteAt = (pde & 0xFFFF_F000L) | (lin >>> 10 & 0xFFC);
        int pte = read32(pteAt);
        if ((pte & PRESENT) == 0) {
            throw fault(lin, 0, access, user);
        }
        checkRights(lin, access, user, pde & pte, 0);
        setFlags32(pteAt, pte, access == WRITE ? ACCESSED | DIRTY : ACCESSED);
        pageShift = 12;
        global = globalPages && (pte & GLOBAL) != 0;
        return pte & 0xFFFF_F000L | lin & 0xFFF;
    }

    private long walkPae(long lin, int access, boolean user) {
        long entry = pdpte[(int) (lin >>> 30) & 3];
        if ((entry & PRESENT) == 0) {
            throw fault(lin, 0, access, user);
        }
        // Bits 62..52 are reserved here, unlike in 4-level paging.
        return walkDirectory(lin, access, user, entry & FRAME, USER | WRITABLE, 0, 0x7FF0_0000_0000_0000L);
    }

    private long walk4Level(long lin, int access, boolean user) {
        long pml4eAt = (c.cr3 & FRAME) | (lin >>> 36 & 0xFF8);
        long pml4e = entry(lin, pml4eAt, access, user, PAGE_SIZE);
        setFlags64(pml4eAt, pml4e, ACCESSED);
        long pdpteAt = (pml4e & FRAME) | (lin >>> 27 & 0xFF8);
        long pointer = entry(lin, pdpteAt, access, user, gigabytePages ? 0 : PAGE_SIZE);
        long rights = pml4e & pointer;
        long noExecuteBit = (pml4e | pointer) & NO_EXECUTE;
        if ((pointer & PAGE_SIZE) != 0) {
            if ((pointer & 0x3FFF_E000L) != 0) {
                throw fault(lin, ERROR_PRESENT | ERROR_RESERVED, access, user);
            }
            return large(lin, access, user, pdpteAt, pointer, (int) rights, noExecuteBit, 30);
        }
        setFlags64(pdpteAt, pointer, ACCESSED);
        return walkDirectory(lin, access, user, pointer & FRAME, (int) rights, noExecuteBit, 0);
    }

    /** The two lowest levels, common to PAE and 4-level paging. */
    private long walkDirectory(
            long lin, int access, boolean user, long directory, int rights, long noExecuteAbove, long reserved) {
        long pdeAt = directory | (lin >>> 18 & 0xFF8);
        long pde = entry(lin, pdeAt, access, user, reserved);
        long noExecuteBit = noExecuteAbove | pde & NO_EXECUTE;
        if ((pde & PAGE_SIZE) != 0) {
            if ((pde & 0x1F_E000L) != 0) {
                throw fault(lin, ERROR_PRESENT | ERROR_RESERVED, access, user);
            }
            return large(lin, access, user, pdeAt, pde, rights & (int) pde, noExecuteBit, 21);
        }
        setFlags64(pdeAt, pde, ACCESSED);
        long pteAt = (pde & FRAME) | (lin >>> 9 & 0xFF8);
        long pte = entry(lin, pteAt, access, user, reserved);
        checkRights(lin, access, user, rights & (int) (pde & pte), noExecuteBit | pte & NO_EXECUTE);
        setFlags64(pteAt, pte, access == WRITE ? ACCESSED | DIRTY : ACCESSED);
        pageShift = 12;
        global = globalPages && (pte & GLOBAL) != 0;
        return pte & FRAME | lin & 0xFFF;
    }

    private long large(
            long lin, int access, boolean user, long at, long entry, int rights, long noExecuteBit, int shift) {
        checkRights(lin, access, user, rights, noExecuteBit);
        setFlags64(at, entry, access == WRITE ? ACCESSED | DIRTY : ACCESSED);
        pageShift = shift;
        global = globalPages && (entry & GLOBAL) != 0;
        long inside = (1L << shift) - 1;
        return entry & FRAME & ~inside | lin & inside;
    }

    /** Reads a 64-bit entry and checks that it is present and its reserved bits are 0. */
    private long entry(long lin, long at, int access, boolean user, long reserved) {
        long e = read64(at);
        if ((e & PRESENT) == 0) {
            throw fault(lin, 0, access, user);
        }
        if ((e & (reserved | reservedFrame)) != 0 || (e < 0 && !noExecute)) {
            throw fault(lin, ERROR_PRESENT | ERROR_RESERVED, access, user);
        }
        return e;
    }

    private void checkRights(long lin, int access, boolean user, int rights, long noExecuteBit) {
        if (user && (rights & USER) == 0
                || access == WRITE && (rights & WRITABLE) == 0 && (user || writeProtect)
                || access == EXECUTE && noExecuteBit != 0) {
            throw fault(lin, ERROR_PRESENT, access, user);
        }
    }

    private GuestFault fault(long lin, int code, int access, boolean user) {
        int error = code;
        if (access == WRITE) {
            error |= ERROR_WRITE;
        }
        if (access == EXECUTE && noExecute) {
            error |= ERROR_FETCH;
        }
        if (user) {
            error |= ERROR_USER;
        }
        c.cr2 = lin;
        return c.fault(GuestFault.PF, error);
    }

    /** Loads the PDPTEs from CR3; false when one has a reserved bit set (then none is changed). */
    boolean loadPdptes(long cr3) {
        long base = cr3 & 0xFFFF_FFE0L;
        long[] loaded = new long[4];
        long reserved = reservedFrame | 0xFFF0_0000_0000_01E6L;
        for (int n = 0; n < 4; n++) {
            loaded[n] = read64(base + 8L * n);
            if ((loaded[n] & PRESENT) != 0 && (loaded[n] & reserved) != 0) {
                return false;
            }
        }
        System.arraycopy(loaded, 0, pdpte, 0, 4);
        return true;
    }

    /** The bus, for tables that lie in a device; translated code may not reach that. */
    private CpuBus device() {
        if (c.mmu.translated) {
            throw LeaveTranslation.INSTANCE;
        }
        return c.bus;
    }

    private int read32(long address) {
        long pa = memory.onBus(address);
        long at = memory.backingOffset(pa);
        return at >= 0 ? backing.get(INT, at) : (int) device().mmioRead(pa, 4);
    }

    private long read64(long address) {
        long pa = memory.onBus(address);
        long at = memory.backingOffset(pa);
        return at >= 0 ? backing.get(LONG, at) : device().mmioRead(pa, 8);
    }

    private void setFlags32(long address, int entry, int flags) {
        if ((entry & flags) == flags) {
            return;
        }
        long pa = memory.onBus(address);
        int page = memory.page(pa);
        if ((page & PhysicalMemory.KIND) == PhysicalMemory.RAM) {
            long at = memory.backingOffset(pa);
            memory.aboutToWrite(page >>> 2);
            backing.set(INT, at, entry | flags);
            memory.stored(at, 4);
        } else {
            device().mmioWrite(pa, 4, (entry | flags) & 0xFFFF_FFFFL);
        }
    }

    private void setFlags64(long address, long entry, int flags) {
        if ((entry & flags) == flags) {
            return;
        }
        long pa = memory.onBus(address);
        int page = memory.page(pa);
        if ((page & PhysicalMemory.KIND) == PhysicalMemory.RAM) {
            long at = memory.backingOffset(pa);
            memory.aboutToWrite(page >>> 2);
            backing.set(LONG, at, entry | flags);
            memory.stored(at, 8);
        } else {
            device().mmioWrite(pa, 8, entry | flags);
        }
    }
}
