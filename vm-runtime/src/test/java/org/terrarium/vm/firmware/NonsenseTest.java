package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.io.MemoryDisk;

/** A guest calls services with random registers and overwrites the BIOS's data: nothing may reach the host. */
final class NonsenseTest {
    private static final int CALLS = 4_000;

    @Test
    void randomCallsNeverThrow() {
        long seed = Long.getLong("terrarium.seed", 20_261_122L);
        Random random = new Random(seed);
        MemoryDisk cd = new MemoryDisk(2048 * 300, true);
        BiosRig rig = new BiosRig(List.of(
                        BiosDrive.floppy("fd", 0, () -> new MemoryDisk(1_000_000, false)),
                        BiosDrive.disk("hd", 0, 0, new MemoryDisk(1 << 20, false)),
                        BiosDrive.cdrom("cd", 1, 0, () -> cd)))
                .powerOn();
        TrapPoint[] points = TrapPoint.values();
        for (int k = 0; k < CALLS; k++) {
            for (int r = 0; r < 8; r++) {
                rig.guest.set(r, random.nextInt() >>> random.nextInt(32));
            }
            for (int s = 0; s < 6; s++) {
                rig.guest.loadRealSegment(s, random.nextInt(0x10000));
            }
            if (random.nextInt(4) == 0) {
                rig.guest.write(0x400 + random.nextInt(0x110), 1, random.nextInt(256));
            }
            if (random.nextInt(4) == 0) {
                rig.guest.set(GuestRegisters.EAX, random.nextInt(0x60) << 8 | random.nextInt(0x20));
            }
            TrapPoint drawn = points[random.nextInt(points.length)];
            TrapPoint point = drawn == TrapPoint.VBE_WINDOW ? TrapPoint.VIDEO : drawn; // that one is in the other ROM
            if (point == TrapPoint.VIDEO && (rig.guest.get(GuestRegisters.EAX) >> 8 & 0xFF) == 0x13) {
                rig.guest.set(GuestRegisters.ECX, random.nextInt(100)); // long strings only take time
            }
            rig.keys.clear();
            rig.keys.add(random.nextInt(256));
            try {
                if (point == TrapPoint.VIDEO && random.nextBoolean()) {
                    rig.service(TrapPoint.VIDEO, 0x4F00 | random.nextInt(0x18));
                } else {
                    rig.trap(point);
                }
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + ", call " + k + ", " + point + ", EAX "
                                + Integer.toHexString(rig.guest.get(GuestRegisters.EAX)),
                        e);
            }
        }
        rig.powerOn();
        assertTrue(rig.row(0).contains("Terrarium"), "a reset brings everything back: " + rig.row(0));
    }
}
