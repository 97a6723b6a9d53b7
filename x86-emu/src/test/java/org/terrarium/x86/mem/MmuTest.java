package org.terrarium.x86.mem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.sys.CpuModel;

/** The Mmu by itself; the assembled programs paging32 and long64 test it together with the processor. */
class MmuTest {
    private static final int PAGE = 4096;
    private static final int RAM_PAGES = 64;
    private static final int DEVICE = 0x20_0000;

    // Page tables of 32-bit paging: linear 0..4 MiB through the table at 2000h.
    private static final int DIRECTORY = 0x1000;
    private static final int TABLE = 0x2000;
    private static final int PRESENT = 1;
    private static final int WRITABLE = 2;
    private static final int USER = 4;
    private static final int GLOBAL = 1 << 8;

    private final PhysicalMemory memory = new PhysicalMemory(RAM_PAGES * PAGE);
    private final FakeBus bus = new FakeBus();
    private final Mmu mmu = new Mmu(memory);
    private final Cpu c = new Cpu(CpuModel.X86_64_V2, mmu, bus);
    private final MemorySegment ram = memory.backing();

    @BeforeEach
    void mapRam() {
        memory.mapRam(0, RAM_PAGES * PAGE, 0);
    }

    private void poke(long pa, int value) {
        ram.set(ValueLayout.JAVA_INT_UNALIGNED, pa, value);
    }

    private int peek(long pa) {
        return ram.get(ValueLayout.JAVA_INT_UNALIGNED, pa);
    }

    /** Turns 32-bit paging on with linear page n at physical page n, all rights. */
    private void page() {
        poke(DIRECTORY, TABLE | PRESENT | WRITABLE | USER);
        for (int n = 0; n < RAM_PAGES; n++) {
            entry(n, n, PRESENT | WRITABLE | USER);
        }
        c.cr0 |= Cpu.CR0_PE | Cpu.CR0_PG;
        c.cr3 = DIRECTORY;
        mmu.modeChanged();
    }

    private void entry(int linPage, int frame, int rights) {
        poke(TABLE + 4 * linPage, frame << 12 | rights);
    }

    private void level(int cpl) {
        c.cpl = cpl;
        mmu.modeChanged();
    }

    private void assertFault(int vector, int code, Executable access) {
        GuestFault f = assertThrows(GuestFault.class, access);
        assertEquals(vector, f.vector, "vector");
        assertEquals(code, f.errorCode, "error code");
    }

    @Test
    void loadsAndStoresOfEverySizeAndAlignment() {
        Random random = new Random(1);
        byte[] model = new byte[4 * PAGE];
        for (int n = 0; n < 20_000; n++) {
            int size = 1 << random.nextInt(4);
            int at = random.nextInt(model.length - 8);
            long value = random.nextLong();
            switch (size) {
                case 1 -> mmu.write8(at, (int) value);
                case 2 -> mmu.write16(at, (int) value);
                case 4 -> mmu.write32(at, (int) value);
                default -> mmu.write64(at, value);
            }
            for (int b = 0; b < size; b++) {
                model[at + b] = (byte) (value >>> 8 * b);
            }
            int from = random.nextInt(model.length - 8);
            long wanted = 0;
            for (int b = 7; b >= 0; b--) {
                wanted = wanted << 8 | model[from + b] & 0xFF;
            }
            assertEquals(wanted, mmu.read64(from), "seed 1, step " + n);
            assertEquals((int) wanted, mmu.read32(from));
            assertEquals((int) wanted & 0xFFFF, mmu.read16(from));
            assertEquals((int) wanted & 0xFF, mmu.read8(from));
            assertEquals(wanted, mmu.readForUpdate64(from));
            assertEquals((int) wanted & 0xFFFF, mmu.readForUpdate16(from));
        }
    }

    @Test
    void userAndSupervisorSeeOnePageDifferently() {
        page();
        entry(5, 5, PRESENT | WRITABLE);
        poke(5 * PAGE, 0x1234);
        assertEquals(0x1234, mmu.read32(5 * PAGE));
        level(3);
        assertFault(GuestFault.PF, 5, () -> mmu.read32(5 * PAGE));
        assertEquals(5 * PAGE, c.cr2);
        assertEquals(0x1234, mmu.readSystem32(5 * PAGE), "an implicit access is the supervisor's");
        level(0);
        assertEquals(0x1234, mmu.read32(5 * PAGE));
    }

    @Test
    void readForUpdateFaultsAsAStore() {
        page();
        entry(5, 5, PRESENT | USER);
        level(3);
        assertFault(GuestFault.PF, 7, () -> mmu.readForUpdate32(5 * PAGE + 8));
        assertEquals(5 * PAGE + 8, c.cr2);
    }

    @Test
    void aStoreAcrossAFaultChangesNothing() {
        page();
        entry(6, 6, 0);
        poke(5 * PAGE + 0xFFC, 0x11111111);
        assertFault(GuestFault.PF, 2, () -> mmu.write64(5 * PAGE + 0xFFC, -1));
        assertEquals(6 * PAGE, c.cr2);
        assertEquals(0x11111111, peek(5 * PAGE + 0xFFC));
        assertFault(GuestFault.PF, 2, () -> mmu.probeWrite(5 * PAGE + 0xFF8, 16));
    }

    @Test
    void pagesSwappedInLinearSpaceAreCrossedRight() {
        page();
        entry(5, 9, PRESENT | WRITABLE);
        entry(6, 8, PRESENT | WRITABLE);
        mmu.write32(5 * PAGE + 0xFFE, 0x44332211);
        assertEquals(0x2211, peek(9 * PAGE + 0xFFC) >>> 16);
        assertEquals(0x4433, peek(8 * PAGE) & 0xFFFF);
        assertEquals(0x44332211, mmu.read32(5 * PAGE + 0xFFE));
    }

    @Test
    void setsAccessedAndDirtyFlags() {
        page();
        mmu.read8(7 * PAGE);
        assertEquals(0x27, peek(TABLE + 28) & 0xFFF);
        mmu.write8(7 * PAGE, 0);
        assertEquals(0x67, peek(TABLE + 28) & 0xFFF);
        assertEquals(0x27, peek(DIRECTORY) & 0xFFF);
    }

    @Test
    void keepsTranslationsUntilTheyAreFlushed() {
        page();
        poke(8 * PAGE, 8);
        poke(9 * PAGE, 9);
        assertEquals(8, mmu.read32(8 * PAGE));
        entry(8, 9, PRESENT | WRITABLE);
        assertEquals(8, mmu.read32(8 * PAGE));
        int generation = mmu.generation();
        mmu.flushPage(8 * PAGE + 0x123);
        assertNotEquals(generation, mmu.generation());
        assertEquals(9, mmu.read32(8 * PAGE));
    }

    @Test
    void aLoadOfCr3KeepsGlobalPages() {
        c.cr4 |= Cpu.CR4_PGE;
        page();
        entry(8, 8, PRESENT | WRITABLE | GLOBAL);
        poke(8 * PAGE, 8);
        poke(9 * PAGE, 9);
        poke(10 * PAGE, 10);
        mmu.read32(8 * PAGE);
        mmu.read32(9 * PAGE);
        entry(8, 10, PRESENT | WRITABLE | GLOBAL);
        entry(9, 10, PRESENT | WRITABLE);
        mmu.flushNonGlobal();
        assertEquals(8, mmu.read32(8 * PAGE));
        assertEquals(10, mmu.read32(9 * PAGE));
        mmu.flushAll();
        assertEquals(10, mmu.read32(8 * PAGE));
    }

    /** More non-global pages than the TLB lists one by one. */
    @Test
    void aLoadOfCr3DropsEverythingElse() {
        page();
        for (int n = 0; n < 3000; n++) {
            poke(TABLE + 4 * (16 + n % 1000), 8 << 12 | PRESENT);
            mmu.flushPage((16 + n % 1000) * PAGE);
            mmu.read8((16 + n % 1000) * PAGE);
        }
        poke(8 * PAGE, 8);
        poke(9 * PAGE, 9);
        for (int n = 0; n < 1000; n++) {
            poke(TABLE + 4 * (16 + n), 9 << 12 | PRESENT);
        }
        mmu.flushNonGlobal();
        for (int n = 0; n < 1000; n++) {
            assertEquals(9, mmu.read32((16 + n) * PAGE));
        }
    }

    @Test
    void turningWriteProtectOnTakesRightsAway() {
        page();
        entry(5, 5, PRESENT);
        mmu.write32(5 * PAGE, 1);
        c.cr0 |= Cpu.CR0_WP;
        mmu.modeChanged();
        assertFault(GuestFault.PF, 3, () -> mmu.write32(5 * PAGE, 2));
        assertEquals(1, peek(5 * PAGE));
    }

    @Test
    void devicesAndRomGoToTheBus() {
        memory.mapRom(DEVICE, PAGE, 3 * PAGE);
        poke(3 * PAGE, 0x55);
        assertEquals(0x44332211, mmu.read32(DEVICE + PAGE));
        assertEquals(0x44332211, mmu.read32(DEVICE + PAGE + 2), "again, from the TLB's slow entry");
        mmu.write16(DEVICE + PAGE + 4, 0xABCD);
        assertEquals(0x55, mmu.read32(DEVICE));
        mmu.write32(DEVICE, -1);
        assertEquals(0x55, mmu.readForUpdate32(DEVICE));
        mmu.write64(DEVICE + PAGE, -2L);
        assertEquals(
                List.of("r4 201000", "r4 201002", "w2 201004 abcd", "w4 200000 ffffffff", "w8 201000 fffffffffffffffe"),
                bus.accesses);
        assertEquals(0x55, peek(3 * PAGE));
    }

    @Test
    void theA20GateFoldsBit20() {
        memory.mapRam(0x10_0000, PAGE, 9 * PAGE);
        poke(0, 0xAA);
        poke(9 * PAGE, 0xBB);
        assertEquals(0xBB, mmu.read32(0x10_0000));
        memory.setA20(false);
        assertEquals(0xAA, mmu.read32(0x10_0000));
        assertEquals(0, mmu.translateCode(0x10_0000));
        memory.setA20(true);
        assertEquals(0xBB, mmu.read32(0x10_0000));
    }

    @Test
    void aNewMappingIsSeenAtOnce() {
        memory.mapRam(DEVICE, PAGE, 4 * PAGE);
        mmu.write32(DEVICE, 0x77);
        assertEquals(0x77, peek(4 * PAGE));
        memory.mapRom(DEVICE, PAGE, 4 * PAGE);
        mmu.write32(DEVICE, 0x88);
        assertEquals(0x77, mmu.read32(DEVICE));
    }

    @Test
    void storesMarkTrackedPagesDirtyEveryTime() {
        mmu.write8(6 * PAGE, 1); // cached for writing before tracking starts
        memory.trackDirty(6 * PAGE, PAGE, true);
        memory.takeDirty(6 * PAGE);
        for (int n = 0; n < 3; n++) {
            assertFalse(memory.takeDirty(6 * PAGE));
            mmu.write8(6 * PAGE + n, n);
            mmu.write8(6 * PAGE + n, n);
            assertTrue(memory.takeDirty(6 * PAGE), "round " + n);
        }
        assertEquals(1, mmu.readForUpdate8(6 * PAGE + 1));
        mmu.write8(6 * PAGE + 1, 7);
        assertTrue(memory.takeDirty(6 * PAGE), "after a read for update");
    }

    @Test
    void walksMarkTheirTablesDirty() {
        page();
        memory.trackDirty(TABLE, PAGE, true);
        memory.takeDirty(TABLE);
        mmu.read8(7 * PAGE);
        assertTrue(memory.takeDirty(TABLE), "the accessed flag was stored");
        mmu.read8(7 * PAGE);
        assertFalse(memory.takeDirty(TABLE));
    }

    @Test
    void storesToCodeAreReportedThroughEveryAlias() {
        List<String> told = new ArrayList<>();
        memory.setCodeListener((offset, length) -> told.add(Long.toHexString(offset) + "+" + length));
        memory.mapRam(DEVICE, PAGE, 6 * PAGE);
        mmu.write32(6 * PAGE, 0);
        mmu.write32(DEVICE, 0);
        memory.markCode(6 * PAGE + 0x40, 10);
        mmu.write32(6 * PAGE, 0);
        assertEquals(List.of(), told, "beside the code");
        mmu.write32(6 * PAGE + 0x48, 0);
        mmu.write8(DEVICE + 0x41, 0);
        mmu.write16(6 * PAGE + 0x3F, 0);
        mmu.write64(5 * PAGE + 0xFFE, 0);
        assertEquals(List.of("6048+4", "6041+1", "603f+2"), told);
        memory.unmarkCode(6 * PAGE);
        mmu.write32(6 * PAGE + 0x48, 0);
        assertEquals(3, told.size());
    }

    @Test
    void codeWrittenSeesTheNewBytes() {
        int[] seen = new int[1];
        memory.setCodeListener((offset, length) -> seen[0] = peek(offset));
        memory.markCode(6 * PAGE, 4);
        mmu.write32(6 * PAGE, 0x1234_5678);
        assertEquals(0x1234_5678, seen[0]);
    }

    @Test
    void nonCanonicalAddressesAreMarkedForTheStackRule() {
        c.linearMask = ~0L;
        GuestFault f = assertThrows(GuestFault.class, () -> mmu.read8(1L << 47));
        assertEquals(GuestFault.GP, f.vector);
        assertTrue(f.nonCanonical);
        assertFault(GuestFault.GP, 0, () -> mmu.translateCode(0x8000_0000_0000_0000L));
        c.fault(GuestFault.GP, 0);
        assertFalse(c.fault().nonCanonical);
    }

    @Test
    void linearAddressesWrapAt4Gigabytes() {
        memory.mapRam(0xFFFF_F000L, PAGE, 7 * PAGE);
        poke(7 * PAGE + 0xFFC, 0x2211_0000);
        poke(0, 0x4433);
        assertEquals(0x4433_2211, mmu.read32(0xFFFF_FFFEL));
    }

    @Test
    void alignmentIsCheckedForUsersWithAcOnly() {
        c.cr0 |= Cpu.CR0_AM;
        c.eflags |= Cpu.AC;
        mmu.modeChanged();
        mmu.read32(1);
        level(3);
        assertFault(GuestFault.AC, 0, () -> mmu.read32(1));
        assertFault(GuestFault.AC, 0, () -> mmu.write16(3, 0));
        mmu.read32(4);
        mmu.read8(5);
        c.eflags &= ~Cpu.AC;
        mmu.modeChanged();
        mmu.read32(1);
    }

    @Test
    void dataBreakpointsNoteWhatTouchesThem() {
        mmu.write32(0x5000, 1);
        mmu.addWatch(1, 0x5004, 4, false);
        mmu.addWatch(2, 0x6000, 1, true);
        mmu.write32(0x5000, 1);
        mmu.read32(0x5004);
        assertEquals(0, c.pendingDebug);
        mmu.write8(0x5007, 1);
        assertEquals(1, c.pendingDebug);
        mmu.read16(0x5FFF);
        assertEquals(3, c.pendingDebug);
        c.pendingDebug = 0;
        mmu.clearWatches();
        mmu.write32(0x5004, 1);
        assertEquals(0, c.pendingDebug);
    }

    @Test
    void directOffsetsAreGivenForMemoryOnly() {
        assertEquals(5 * PAGE + 3, mmu.directRead(5 * PAGE + 3));
        assertEquals(5 * PAGE + 3, mmu.directWrite(5 * PAGE + 3));
        assertEquals(-1, mmu.directRead(DEVICE));
        memory.mapRom(DEVICE, PAGE, 3 * PAGE);
        assertEquals(3 * PAGE, mmu.directRead(DEVICE));
        assertEquals(-1, mmu.directWrite(DEVICE));
    }
}
