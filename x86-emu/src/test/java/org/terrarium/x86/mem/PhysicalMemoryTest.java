package org.terrarium.x86.mem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhysicalMemoryTest {
    private static final int PAGE = 4096;
    private final PhysicalMemory memory = new PhysicalMemory(16 * PAGE);

    private byte backing(long at) {
        return memory.backing().get(ValueLayout.JAVA_BYTE, at);
    }

    @Test
    void mapsRamRomAndDevices() {
        memory.mapRam(0x10_0000, 2 * PAGE, 3 * PAGE);
        memory.mapRom(0xF_FFFF_F000L, PAGE, 5 * PAGE);
        assertEquals(3 * PAGE + 0x123, memory.backingOffset(0x10_0123));
        assertEquals(4 * PAGE, memory.backingOffset(0x10_1000));
        assertEquals(5 * PAGE + 7, memory.backingOffset(0xF_FFFF_F007L));
        assertEquals(-1, memory.backingOffset(0x10_2000));
        assertEquals(-1, memory.backingOffset(0));
        memory.mapDevice(0x10_0000, PAGE);
        assertEquals(-1, memory.backingOffset(0x10_0000));
        assertEquals(4 * PAGE, memory.backingOffset(0x10_1000));
    }

    @Test
    void hugeMappingsOfNothingAreCheap() {
        memory.mapDevice(0, 1L << 40);
        assertEquals(-1, memory.backingOffset((1L << 40) - 1));
    }

    @Test
    void refusesWhatIsNotPageAlignedOrOutside() {
        assertThrows(IllegalArgumentException.class, () -> memory.mapRam(0x800, PAGE, 0));
        assertThrows(IllegalArgumentException.class, () -> memory.mapRam(0, PAGE, 16 * PAGE));
        assertThrows(IllegalArgumentException.class, () -> memory.mapRam((1L << 40) - PAGE, 2 * PAGE, 0));
        assertThrows(IllegalArgumentException.class, () -> new PhysicalMemory(PAGE + 1));
    }

    @Test
    void backingStartsAsZeros() {
        PhysicalMemory large = new PhysicalMemory(64L << 30);
        assertEquals(0, large.backing().get(ValueLayout.JAVA_BYTE, (64L << 30) - 1));
        assertEquals(64L << 30, large.backing().byteSize());
    }

    @Test
    void dmaReachesRamAndRomOnly() {
        memory.mapRam(0x1000, PAGE, 0);
        memory.mapRom(0x2000, PAGE, PAGE);
        memory.backing().set(ValueLayout.JAVA_BYTE, PAGE, (byte) 0x77);
        byte[] data = {1, 2, 3, 4};
        memory.write(0x1FFE, data, 0, 4);
        assertEquals(1, backing(0xFFE));
        assertEquals(2, backing(0xFFF));
        assertEquals(0x77, backing(PAGE), "ROM keeps its contents");
        byte[] read = new byte[6];
        memory.read(0x1FFE, read, 1, 4);
        assertArrayEquals(new byte[] {0, 1, 2, 0x77, 0, 0}, read);
        byte[] outside = new byte[3];
        memory.read(0x2FFF, outside, 0, 3);
        assertArrayEquals(new byte[] {0, (byte) 0xFF, (byte) 0xFF}, outside);
    }

    @Test
    void dmaIgnoresTheA20Gate() {
        memory.mapRam(0, PAGE, 0);
        memory.mapRam(0x10_0000, PAGE, PAGE);
        memory.setA20(false);
        memory.write(0x10_0000, new byte[] {9}, 0, 1);
        assertEquals(9, backing(PAGE));
        assertEquals(0, backing(0));
    }

    @Test
    void tracksDirtyPages() {
        memory.mapRam(0, 4 * PAGE, 0);
        memory.trackDirty(PAGE, 2 * PAGE, true);
        assertTrue(memory.takeDirty(PAGE), "a page counts as dirty when tracking starts");
        assertFalse(memory.takeDirty(PAGE));
        memory.write(PAGE + 5, new byte[1], 0, 1);
        assertTrue(memory.takeDirty(PAGE));
        assertFalse(memory.takeDirty(PAGE));
        memory.write(0, new byte[1], 0, 1);
        assertFalse(memory.takeDirty(0), "not tracked");
        memory.takeDirty(2 * PAGE);
        memory.trackDirty(PAGE, 2 * PAGE, false);
        memory.write(2 * PAGE, new byte[1], 0, 1);
        assertFalse(memory.takeDirty(2 * PAGE));
    }

    @Test
    void tellsOfWritesToCodeByBackingOffsetAndPiece() {
        List<String> told = new ArrayList<>();
        memory.setCodeListener((offset, length) -> told.add(offset + "+" + length));
        memory.mapRam(0, 2 * PAGE, 0);
        memory.mapRam(0x8000, 2 * PAGE, 0); // an alias
        memory.markCode(PAGE - 8, 16); // across two pages
        memory.write(0x20, new byte[4], 0, 4);
        memory.write(PAGE - 32, new byte[16], 0, 16);
        assertEquals(List.of(), told, "beside the code");
        memory.write(PAGE - 16, new byte[1], 0, 1);
        memory.write(0x8000 + PAGE - 2, new byte[4], 0, 4);
        assertEquals(List.of(PAGE - 16 + "+1", PAGE - 2 + "+2", PAGE + "+2"), told);
        told.clear();
        memory.unmarkCode(PAGE);
        memory.write(PAGE - 2, new byte[4], 0, 4);
        assertEquals(List.of(PAGE - 2 + "+2"), told);
    }
}
