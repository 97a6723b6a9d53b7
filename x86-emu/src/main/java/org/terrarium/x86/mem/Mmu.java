package org.terrarium.x86.mem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.sys.Modes;

/**
 * Linear to physical: the software TLB with separate read, write and execute entries for user and supervisor, and all the
 * processor's loads and stores. Methods that access guest memory throw the processor's GuestFault: #PF, #AC, or for a
 * non-canonical address #GP(0) (with {@link GuestFault#nonCanonical} set: it is #SS(0) if the reference was to the stack).
 *
 * <p>Why so many methods of one shape: each fast path is about 50 bytecodes, so HotSpot inlines it into its caller (limit
 * 325). Comparing {@code lin + size - 1} with the tag makes page-crossing accesses miss, and everything else that is unusual
 * (devices, ROM, code pages, clean tracked pages, data breakpoints, alignment checks) is a miss too.
 */
public final class Mmu {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long PAGE = ~0xFFFL;

    /** Entries that never match, in effect while alignment is checked. */
    private static final long[] NEVER = new long[2 * Tlb.SLOTS];

    static {
        Arrays.fill(NEVER, 1);
    }

    private final PhysicalMemory memory;
    private final MemorySegment backing;
    private Cpu c;
    private Paging paging;

    private final Tlb supervisorRead = new Tlb();
    private final Tlb supervisorWrite = new Tlb();
    private final Tlb supervisorExecute = new Tlb();
    private final Tlb userRead = new Tlb();
    private final Tlb userWrite = new Tlb();
    private final Tlb userExecute = new Tlb();

    // Those of the current privilege level.
    private Tlb readTlb = supervisorRead;
    private Tlb writeTlb = supervisorWrite;
    private Tlb executeTlb = supervisorExecute;
    private long[] readEntries = NEVER;
    private long[] writeEntries = NEVER;

    /**
     * Translated code runs: an access that would reach a device, or change bytes that were decoded as code, throws
     * {@link LeaveTranslation} before it has any effect, and the interpreter makes it.
     */
    public boolean translated;

    private StoreJournal journal;
    private boolean user;
    private boolean alignmentChecked;
    private long pagingKey = -1;
    private int generation;

    // Data breakpoints: DR number of each, and what it covers.
    private int watchCount;
    private final int[] watchBit = new int[4];
    private final long[] watchAddress = new long[4];
    private final int[] watchLength = new int[4];
    private final boolean[] watchReads = new boolean[4];

    public Mmu(PhysicalMemory memory) {
        this.memory = memory;
        this.backing = memory.backing();
        memory.attach(this);
    }

    /** Called once by the processor that uses this unit. */
    public void attach(Cpu cpu) {
        c = cpu;
        paging = new Paging(memory, cpu);
        modeChanged();
    }

    /** The memory behind it. */
    public PhysicalMemory memory() {
        return memory;
    }

    // Data accesses at the current privilege; lin is a wrapped linear address; any alignment; page-crossing is exact
    // (both pages are checked before a byte of a store is written). 8- and 16-bit loads are zero-extended.

    public int read8(long lin) {
        long[] t = readEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin & PAGE)) {
            return backing.get(BYTE, lin + t[k + 1]) & 0xFF;
        }
        return (int) slowRead(lin, 1);
    }

    public int read16(long lin) {
        long[] t = readEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 1 & PAGE)) {
            return backing.get(SHORT, lin + t[k + 1]) & 0xFFFF;
        }
        return (int) slowRead(lin, 2);
    }

    public int read32(long lin) {
        long[] t = readEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 3 & PAGE)) {
            return backing.get(INT, lin + t[k + 1]);
        }
        return (int) slowRead(lin, 4);
    }

    public long read64(long lin) {
        long[] t = readEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 7 & PAGE)) {
            return backing.get(LONG, lin + t[k + 1]);
        }
        return slowRead(lin, 8);
    }

    public void write8(long lin, int value) {
        long[] t = writeEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin & PAGE)) {
            backing.set(BYTE, lin + t[k + 1], (byte) value);
        } else {
            slowWrite(lin, 1, value);
        }
    }

    public void write16(long lin, int value) {
        long[] t = writeEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 1 & PAGE)) {
            backing.set(SHORT, lin + t[k + 1], (short) value);
        } else {
            slowWrite(lin, 2, value);
        }
    }

    public void write32(long lin, int value) {
        long[] t = writeEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 3 & PAGE)) {
            backing.set(INT, lin + t[k + 1], value);
        } else {
            slowWrite(lin, 4, value);
        }
    }

    public void write64(long lin, long value) {
        long[] t = writeEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 7 & PAGE)) {
            backing.set(LONG, lin + t[k + 1], value);
        } else {
            slowWrite(lin, 8, value);
        }
    }

    // Read-modify-write: readForUpdateN faults exactly as a store would (before anything is changed), then writeN
    // follows.

    public int readForUpdate8(long lin) {
        long[] t = writeEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin & PAGE)) {
            return backing.get(BYTE, lin + t[k + 1]) & 0xFF;
        }
        return (int) slowReadForUpdate(lin, 1);
    }

    public int readForUpdate16(long lin) {
        long[] t = writeEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 1 & PAGE)) {
            return backing.get(SHORT, lin + t[k + 1]) & 0xFFFF;
        }
        return (int) slowReadForUpdate(lin, 2);
    }

    public int readForUpdate32(long lin) {
        long[] t = writeEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 3 & PAGE)) {
            return backing.get(INT, lin + t[k + 1]);
        }
        return (int) slowReadForUpdate(lin, 4);
    }

    public long readForUpdate64(long lin) {
        long[] t = writeEntries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 7 & PAGE)) {
            return backing.get(LONG, lin + t[k + 1]);
        }
        return slowReadForUpdate(lin, 8);
    }

    // Implicit supervisor accesses: descriptor tables, TSS, interrupt stacks.

    public int readSystem8(long lin) {
        return (int) systemRead(lin, 1);
    }

    public int readSystem16(long lin) {
        return (int) systemRead(lin, 2);
    }

    public int readSystem32(long lin) {
        return (int) systemRead(lin, 4);
    }

    public long readSystem64(long lin) {
        long[] t = supervisorRead.entries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin + 7 & PAGE)) {
            return backing.get(LONG, lin + t[k + 1]);
        }
        return systemRead(lin, 8);
    }

    public void writeSystem8(long lin, int value) {
        systemWrite(lin, 1, value);
    }

    public void writeSystem16(long lin, int value) {
        systemWrite(lin, 2, value);
    }

    public void writeSystem32(long lin, int value) {
        systemWrite(lin, 4, value);
    }

    public void writeSystem64(long lin, long value) {
        systemWrite(lin, 8, value);
    }

    /**
     * Where the code byte at {@code lin} is, checked for execution at the current privilege: its backing offset, or the complement
     * of its guest-physical address where that is a device's.
     */
    public long translateCode(long lin) {
        long[] t = executeTlb.entries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        if (t[k] == (lin & PAGE)) {
            return lin + t[k + 1];
        }
        checkCanonical(lin);
        long pa = paging.translate(lin, Paging.EXECUTE, user);
        long where = memory.backingOffset(pa);
        if (where < 0) {
            return ~pa;
        }
        executeTlb.put(lin & PAGE, where - lin, paging.pageShift, paging.global);
        return where;
    }

    /** As {@link #translateCode} where that needs no page walk, else -1. Changes nothing. */
    public long cachedCode(long lin) {
        long[] t = executeTlb.entries;
        int k = (int) (lin >>> 11) & Tlb.INDEX_MASK;
        return t[k] == (lin & PAGE) ? lin + t[k + 1] : -1;
    }

    /** What translated code uses to reach memory at a privilege: constant for the processor's life. */
    public FastMemory fastMemory(boolean asUser) {
        Tlb reads = asUser ? userRead : supervisorRead;
        Tlb writes = asUser ? userWrite : supervisorWrite;
        Tlb executes = asUser ? userExecute : supervisorExecute;
        return new FastMemory(reads.entries, writes.entries, executes.entries, backing, this);
    }

    /** As {@link #fastMemory}, but every store goes through {@link #write8} and its kin: for {@link #journal}. */
    public FastMemory journalledMemory(boolean asUser) {
        FastMemory m = fastMemory(asUser);
        return new FastMemory(m.reads(), NEVER, m.executes(), backing, this);
    }

    /** Guest-physical address behind {@code lin} as a supervisor reads it, A20 gate applied; throws the fault when unmapped. */
    public long translateSystem(long lin) {
        return paging.translate(lin, Paging.READ, false);
    }

    /** Checks that {@code bytes} (within two pages) at {@code lin} can be written at the current privilege, or faults. */
    public void probeWrite(long lin, int bytes) {
        probe(writeTlb, lin, bytes, user);
    }

    /** As {@link #probeWrite} for a supervisor's implicit store. */
    public void probeSystemWrite(long lin, int bytes) {
        probe(supervisorWrite, lin, bytes, false);
    }

    /** Stores 128 bits that lie in two pages: nothing is written when the second half cannot be. */
    public void write128(long lin, long low, long high) {
        probeWrite(lin, 16);
        write64(lin, low);
        write64(lin + 8 & c.linearMask, high);
    }

    private void probe(Tlb tlb, long lin, int bytes, boolean asUser) {
        resolve(tlb, lin, Paging.WRITE, asUser);
        long last = lin + bytes - 1 & c.linearMask;
        if (((lin ^ last) & PAGE) != 0) {
            resolve(tlb, last & PAGE, Paging.WRITE, asUser);
        }
    }

    /**
     * For whole runs of loads (string instructions): the backing offset of {@code lin}, valid to the end of its page, or -1
     * where every access must be made by itself. Faults as a load would.
     */
    public long directRead(long lin) {
        if (watchCount != 0 || alignmentChecked) {
            return -1;
        }
        long where = resolve(readTlb, lin, Paging.READ, user);
        return where >= 0 ? where : -1;
    }

    /** As {@link #directRead} for stores; afterwards {@link #directWritten} must be called for the bytes written. */
    public long directWrite(long lin) {
        if (watchCount != 0 || alignmentChecked || journal != null) {
            return -1;
        }
        long where = resolve(writeTlb, lin, Paging.WRITE, user);
        return where >= 0 && !(translated && memory.holdsCode(where)) ? where : -1;
    }

    /** Bytes within one page were stored at an offset from {@link #directWrite}. */
    public void directWritten(long backingOffset, int length) {
        memory.stored(backingOffset, length);
    }

    /** Privilege, CR0.WP, CR4 or EFER bits that matter to paging have changed. */
    public void modeChanged() {
        user = c.cpl == 3;
        alignmentChecked = user && (c.eflags & Cpu.AC) != 0 && (c.cr0 & Cpu.CR0_AM) != 0;
        readTlb = user ? userRead : supervisorRead;
        writeTlb = user ? userWrite : supervisorWrite;
        executeTlb = user ? userExecute : supervisorExecute;
        selectEntries();
        long key = (long) (c.cr0 & (Cpu.CR0_PG | Cpu.CR0_WP)) << 32
                | c.cr4 & (Cpu.CR4_PSE | Cpu.CR4_PAE | Cpu.CR4_PGE)
                | (c.efer & (Cpu.EFER_LMA | Cpu.EFER_NXE)) << 12;
        if (key != pagingKey) {
            pagingKey = key;
            paging.modeChanged();
            flushAll();
        }
    }

    private void selectEntries() {
        readEntries = alignmentChecked ? NEVER : readTlb.entries;
        writeEntries = alignmentChecked || journal != null ? NEVER : writeTlb.entries;
    }

    /**
     * From now on every store to memory is reported before it is made (null: no more). For the comparison of two tiers; slow.
     */
    public void setJournal(StoreJournal j) {
        journal = j;
        selectEntries();
    }

    /**
     * Reads the four page-directory-pointer entries that PAE paging uses from the table at {@code cr3}; false when a
     * reserved bit is set in a present one (the caller raises #GP).
     */
    public boolean loadPdptes(long cr3) {
        return paging.loadPdptes(cr3);
    }

    /** The four page-directory-pointer entries that PAE paging has loaded; a copy. */
    public long[] pdptes() {
        return paging.pdpte.clone();
    }

    /** Puts back what {@link #pdptes} gave. */
    public void setPdptes(long[] entries) {
        System.arraycopy(entries, 0, paging.pdpte, 0, paging.pdpte.length);
        flushAll();
    }

    /** CR3 was loaded: drops non-global entries. */
    public void flushNonGlobal() {
        generation++;
        supervisorRead.clearNonGlobal();
        supervisorWrite.clearNonGlobal();
        supervisorExecute.clearNonGlobal();
        userRead.clearNonGlobal();
        userWrite.clearNonGlobal();
        userExecute.clearNonGlobal();
    }

    public void flushAll() {
        generation++;
        supervisorRead.clear();
        supervisorWrite.clear();
        supervisorExecute.clear();
        userRead.clear();
        userWrite.clear();
        userExecute.clear();
    }

    /** INVLPG. */
    public void flushPage(long lin) {
        generation++;
        supervisorRead.clearPage(lin);
        supervisorWrite.clearPage(lin);
        supervisorExecute.clearPage(lin);
        userRead.clearPage(lin);
        userWrite.clearPage(lin);
        userExecute.clearPage(lin);
    }

    /** A page lost the right to be written without notice. */
    void flushWrites() {
        supervisorWrite.clear();
        userWrite.clear();
    }

    /** Rises whenever a translation may have changed; caches keyed by linear address (and privilege) compare it. */
    public int generation() {
        return generation;
    }

    /** Removes all data breakpoints. */
    public void clearWatches() {
        if (watchCount != 0) {
            watchCount = 0;
            flushAll();
        }
    }

    /**
     * Adds a data breakpoint: a store (and if {@code reads} a load) that touches the range sets {@code bit} in
     * {@code Cpu.pendingDebug}.
     */
    public void addWatch(int bit, long lin, int length, boolean reads) {
        watchBit[watchCount] = bit;
        watchAddress[watchCount] = lin;
        watchLength[watchCount] = length;
        watchReads[watchCount] = reads;
        watchCount++;
        flushAll();
    }

    private boolean watched(long page) {
        for (int n = 0; n < watchCount; n++) {
            if ((watchAddress[n] & PAGE) == page) {
                return true;
            }
        }
        return false;
    }

    private void noteWatched(long lin, int size, boolean write) {
        for (int n = 0; n < watchCount; n++) {
            if ((write || watchReads[n]) && lin < watchAddress[n] + watchLength[n] && watchAddress[n] < lin + size) {
                c.pendingDebug |= watchBit[n];
            }
        }
    }

    long slowRead(long lin, int size) {
        checkAccess(lin, size);
        long value = read(readTlb, lin, size, Paging.READ, user);
        if (watchCount != 0) {
            noteWatched(lin, size, false);
        }
        return value;
    }

    long slowReadForUpdate(long lin, int size) {
        checkAccess(lin, size);
        return read(writeTlb, lin, size, Paging.WRITE, user);
    }

    void slowWrite(long lin, int size, long value) {
        checkAccess(lin, size);
        write(writeTlb, lin, size, value, user);
        if (watchCount != 0) {
            noteWatched(lin, size, true);
        }
    }

    private long systemRead(long lin, int size) {
        return read(supervisorRead, lin, size, Paging.READ, false);
    }

    private void systemWrite(long lin, int size, long value) {
        write(supervisorWrite, lin, size, value, false);
    }

    /**
     * Alignment, and the end of a flat 4 GiB segment: an operand that wraps there is beyond the limit. (Accesses through other
     * segments were checked before, and their linear addresses may wrap.)
     */
    private void checkAccess(long lin, int size) {
        if (lin + size - 1 > c.linearMask
                && c.linearMask != ~0L
                && (c.modeKey & Modes.KEY_FLAT_DATA) == Modes.KEY_FLAT_DATA) {
            throw outside();
        }
        if (alignmentChecked && (lin & size - 1) != 0) {
            throw c.fault(GuestFault.AC, 0);
        }
    }

    /** #GP(0), or #SS(0) if the reference was to the stack. */
    private GuestFault outside() {
        GuestFault fault = c.fault(GuestFault.GP, 0);
        fault.nonCanonical = true;
        return fault;
    }

    private void checkCanonical(long lin) {
        if (lin << 16 >> 16 != lin) {
            throw outside();
        }
    }

    private long read(Tlb tlb, long lin, int size, int access, boolean asUser) {
        long first = resolve(tlb, lin, access, asUser);
        int inPage = 0x1000 - ((int) lin & 0xFFF);
        if (size <= inPage) {
            return load(first, size);
        }
        long second = resolve(tlb, lin + inPage & c.linearMask, access, asUser);
        long value = 0;
        for (int n = 0; n < size; n++) {
            value |= load(n < inPage ? plus(first, n) : plus(second, n - inPage), 1) << 8 * n;
        }
        return value;
    }

    private void write(Tlb tlb, long lin, int size, long value, boolean asUser) {
        long first = resolve(tlb, lin, Paging.WRITE, asUser);
        int inPage = 0x1000 - ((int) lin & 0xFFF);
        if (size <= inPage) {
            store(first, size, value);
            return;
        }
        long second = resolve(tlb, lin + inPage & c.linearMask, Paging.WRITE, asUser);
        if (translated) {
            // before the first byte: a read-modify-write must find in memory what was there
            leaveIfSpecial(first, inPage);
            leaveIfSpecial(second, size - inPage);
        }
        for (int n = 0; n < size; n++) {
            store(n < inPage ? plus(first, n) : plus(second, n - inPage), 1, value >>> 8 * n);
        }
    }

    private static long plus(long where, int n) {
        return where >= 0 ? where + n : where - n;
    }

    /**
     * Translates, checks, and fills the TLB. Returns where the access goes to: a backing offset, or the complement of a
     * guest-physical address that needs the bus.
     */
    private long resolve(Tlb tlb, long lin, int access, boolean asUser) {
        int k = Tlb.index(lin);
        long page = lin & PAGE;
        long tag = tlb.entries[k];
        if (tag == page) {
            return lin + tlb.entries[k + 1];
        }
        boolean known = tag == (page | Tlb.SLOW);
        long pa;
        if (known) {
            pa = lin + tlb.entries[k + 1];
        } else {
            checkCanonical(lin);
            pa = paging.translate(lin, access, asUser);
        }
        int entry = memory.page(pa);
        int kind = entry & PhysicalMemory.KIND;
        int backingPage = entry >>> 2;
        long at = (long) backingPage << 12 | pa & 0xFFF;
        boolean direct = access == Paging.READ ? kind != PhysicalMemory.DEVICE : kind == PhysicalMemory.RAM;
        if (direct && access == Paging.WRITE) {
            memory.aboutToWrite(backingPage);
        }
        boolean fast = direct
                && (watchCount == 0 || !watched(page))
                && (access == Paging.READ || memory.cacheForWriting(backingPage));
        if (known) {
            if (fast) {
                tlb.makeFast(k, page, at - lin);
            }
        } else if (fast) {
            tlb.put(page, at - lin, paging.pageShift, paging.global);
        } else {
            tlb.put(page | Tlb.SLOW, pa - lin, paging.pageShift, paging.global);
        }
        return direct ? at : ~pa;
    }

    private long load(long where, int size) {
        long at = where;
        if (at < 0) {
            at = memory.backingOffset(~where);
            if (at < 0) {
                if (translated) {
                    throw LeaveTranslation.INSTANCE;
                }
                return c.bus.mmioRead(~where, size);
            }
        }
        return switch (size) {
            case 1 -> backing.get(BYTE, at) & 0xFF;
            case 2 -> backing.get(SHORT, at) & 0xFFFF;
            case 4 -> backing.get(INT, at) & 0xFFFF_FFFFL;
            default -> backing.get(LONG, at);
        };
    }

    /** Translated code must not store to devices or code. */
    private void leaveIfSpecial(long where, int size) {
        if (where < 0 || memory.touchesCode(where, size)) {
            throw LeaveTranslation.INSTANCE;
        }
    }

    private void store(long where, int size, long value) {
        if (translated) {
            leaveIfSpecial(where, size);
        }
        if (where < 0) {
            c.bus.mmioWrite(~where, size, size == 8 ? value : value & (1L << 8 * size) - 1);
            return;
        }
        if (journal != null) {
            journal.before(where, size);
        }
        switch (size) {
            case 1 -> backing.set(BYTE, where, (byte) value);
            case 2 -> backing.set(SHORT, where, (short) value);
            case 4 -> backing.set(INT, where, (int) value);
            default -> backing.set(LONG, where, value);
        }
        memory.stored(where, size);
    }
}
