package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** INT 15h, INT 1Ah, INT 11h and 12h, and what POST leaves in memory. */
final class SystemServiceTest {
    private final BiosRig rig = new BiosRig(List.of()).powerOn();

    @Test
    void memoryMapCoversRamWithoutGapsOrOverlap() {
        rig.call.setEbx(0);
        long usable = 0;
        long end = 0;
        int entries = 0;
        do {
            rig.call.setEs(0x900);
            rig.call.setDi(0);
            rig.call.setEcx(20);
            rig.call.setEdx(0x534D4150);
            rig.service(TrapPoint.SYSTEM, 0xE820);
            assertFalse(rig.carry());
            assertEquals(0x534D4150, rig.call.eax());
            long start = rig.call.memory.u64(0x9000);
            assertTrue(start >= end, "entry " + entries + " overlaps the one before");
            end = start + rig.call.memory.u64(0x9008);
            usable += rig.call.memory.u32(0x9010) == 1 ? rig.call.memory.u64(0x9008) : 0;
            entries++;
        } while (rig.call.ebx() != 0);
        assertEquals(0x9FC00 + (16 << 20) - (1 << 20) - 0x11000, usable);
        rig.call.setEdx(0);
        rig.service(TrapPoint.SYSTEM, 0xE820);
        assertTrue(rig.carry());
    }

    @Test
    void olderMemorySizesAgree() {
        rig.service(TrapPoint.SYSTEM, 0xE801);
        assertEquals((16 << 10) - 1024 - 68, rig.call.ax());
        assertEquals(0, rig.call.bx());
        rig.service(TrapPoint.SYSTEM, 0x8800);
        assertEquals((16 << 10) - 1024 - 68, rig.call.ax());
        rig.service(TrapPoint.MEMORY_SIZE, 0);
        assertEquals(639, rig.call.ax());
    }

    @Test
    void blockMoveCopiesAboveOneMegabyte() {
        byte[] data = {1, 2, 3, 4, 5, 6};
        rig.call.memory.write(0x9000, data);
        long table = 0x8000;
        rig.call.memory.fill(table, 48, 0);
        rig.call.memory.put32(table + 0x12, 0x009000);
        rig.call.memory.put32(table + 0x1A, 0x345678);
        rig.call.setEs(0x800);
        rig.call.setSi(0);
        rig.call.setCx(3);
        rig.service(TrapPoint.SYSTEM, 0x8700);
        assertEquals(0, rig.call.ah());
        assertArrayEquals(data, rig.call.memory.bytes(0x345678, 6));
    }

    @Test
    void unknownFunctionsFail() {
        rig.service(TrapPoint.SYSTEM, 0x4200);
        assertTrue(rig.carry());
        assertEquals(0x86, rig.call.ah());
    }

    @Test
    void waitEndsAfterItsTimeInRtcInterrupts() {
        rig.call.setCx(0);
        rig.call.setDx(2000);
        rig.service(TrapPoint.SYSTEM, 0x8600);
        assertNotEquals(rig.behind(TrapPoint.SYSTEM), rig.guest.ip(), "waits in the ROM");
        int interrupts = 0;
        while ((rig.call.memory.u8(Bda.WAIT_ACTIVE) & 0x80) == 0 && interrupts < 100) {
            rig.nanos += 977_000;
            rig.trap(TrapPoint.RTC_ARRIVED);
            interrupts++;
        }
        assertEquals(3, interrupts);
        rig.trap(TrapPoint.SYSTEM_WAITING);
        assertEquals(rig.behind(TrapPoint.SYSTEM_WAITING), rig.guest.ip());
    }

    @Test
    void clockIsReadInBcd() {
        rig.service(TrapPoint.TIME, 0x0200);
        assertEquals(0x1314, rig.call.cx());
        assertEquals(0x15, rig.call.dh());
        rig.service(TrapPoint.TIME, 0x0400);
        assertEquals(0x2026, rig.call.cx());
        assertEquals(0x1122, rig.call.dx());
    }

    @Test
    void ticksCountFromTheClockAndWrapAtMidnight() {
        rig.service(TrapPoint.TIME, 0x0000);
        int ticks = rig.call.cx() << 16 | rig.call.dx();
        double expected = (13 * 3600 + 14 * 60 + 15) * 1193182.0 / 65536;
        assertEquals(expected, ticks, 1);
        rig.call.memory.put32(Bda.TICKS, TimeService.TICKS_PER_DAY - 1);
        rig.trap(TrapPoint.TICK);
        rig.service(TrapPoint.TIME, 0x0000);
        assertEquals(0, rig.call.dx());
        assertEquals(1, rig.call.al());
        rig.service(TrapPoint.TIME, 0x0000);
        assertEquals(0, rig.call.al());
    }

    @Test
    void pciBiosFindsTheDisplay() {
        rig.service(TrapPoint.TIME, 0xB101);
        assertEquals(0x20494350, rig.call.edx());
        rig.call.setEcx(0x030000);
        rig.call.setSi(0);
        rig.service(TrapPoint.TIME, 0xB103);
        assertFalse(rig.carry());
        assertEquals(2 << 3, rig.call.bx());
        rig.call.setDi(0);
        rig.service(TrapPoint.TIME, 0xB10A);
        assertEquals(0x11111234, rig.call.ecx());
        rig.call.setSi(1);
        rig.call.setEcx(0x030000);
        rig.service(TrapPoint.TIME, 0xB103);
        assertEquals(0x86, rig.call.ah());
    }

    @Test
    void theServiceDirectoryFindsThePciBios() {
        rig.call.setEbx(0);
        rig.service(TrapPoint.BIOS32, 0x49435024);
        assertEquals(0, rig.call.al());
        assertEquals(0xF0000, rig.call.ebx());
        int entry = rig.call.ebx() + rig.call.edx();
        assertEquals(0xE6, rig.guest.ram[entry] & 0xFF, "the entry traps");
        assertEquals(0xCB, rig.guest.ram[entry + 2] & 0xFF, "and returns far");
        rig.call.setEbx(0);
        rig.service(TrapPoint.BIOS32, 0x12345678);
        assertEquals(0x80, rig.call.al());
        // The 32-bit entry returns carry in EFLAGS itself.
        rig.guest.setFlags(0x203);
        rig.service(TrapPoint.PCI32, 0xB101);
        assertEquals(0, rig.guest.flags() & 1);
        assertEquals(0x20494350, rig.call.edx());
    }

    @Test
    void apmIsThere() {
        rig.call.setBx(0);
        rig.service(TrapPoint.SYSTEM, 0x5300);
        assertEquals(0x0102, rig.call.ax());
        assertEquals(0x504D, rig.call.bx());
    }

    @Test
    void tablesAreFoundWhereSystemsLook() {
        String[] anchors = {"RSD PTR ", "_32_", "$PIR", "_SM_", "_MP_"};
        int[] lengths = {20, 16, 0, 31, 16};
        for (int k = 0; k < anchors.length; k++) {
            int at = find(anchors[k]);
            assertNotEquals(-1, at, anchors[k]);
            int length = lengths[k] == 0 ? rig.call.memory.u16(at + 6) : lengths[k];
            int sum = 0;
            for (byte b : rig.call.memory.bytes(at, length)) {
                sum += b;
            }
            assertEquals(0, sum & 0xFF, anchors[k] + " checksum");
        }
        int mp = find("_MP_");
        int table = rig.call.memory.u32(mp + 4);
        assertEquals("PCMP", new String(rig.call.memory.bytes(table, 4)));
    }

    private int find(String anchor) {
        for (int at = 0xF0000; at < 0x100000; at += 16) {
            if (new String(rig.call.memory.bytes(at, anchor.length()), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .equals(anchor)) {
                return at;
            }
        }
        return -1;
    }

    @Test
    void withoutABootDeviceItSaysSoAndKeyRestarts() {
        rig.call.memory.put32(Bda.TICKS, rig.call.memory.u32(Bda.TICKS) + 100);
        rig.trap(TrapPoint.BOOT_STEP);
        StringBuilder all = new StringBuilder();
        for (int k = 0; k < 25; k++) {
            all.append(rig.row(k)).append('\n');
        }
        assertTrue(all.toString().contains("No bootable device"), all.toString());
    }

    @Test
    void anOutFromElsewhereDoesNothing() {
        int[] before = rig.guest.general.clone();
        rig.guest.loadRealSegment(org.terrarium.vm.accel.GuestRegisters.CS, 0x1000);
        for (int ip = 0; ip < 0x100; ip++) {
            rig.guest.setIp(ip);
            rig.bios.write(0, 1, ip);
        }
        assertArrayEquals(before, rig.guest.general);
    }
}
