package org.terrarium.vm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.terrarium.vm.io.SlowDisk;

/** A guest that writes while the host's disk is full: it stands still until there is space, and nothing is lost. */
class HostFullTest {
    /** Writes the boot sector to sector 2 (LBA 1) by INT 13h. */
    private static final int[] BY_FIRMWARE = {
        0xB8,
        0x01,
        0x03, // mov ax,0301h
        0xB9,
        0x02,
        0x00, // mov cx,2
        0xBA,
        0x80,
        0x00, // mov dx,80h
        0xBB,
        0x00,
        0x7C, // mov bx,7C00h
        0xCD,
        0x13, // int 13h
        0x72,
        0x04, // jc failed
        0xB0,
        0x57, // mov al,'W'
        0xEB,
        0x02, // jmp tell
        0xB0,
        0x46, // failed: mov al,'F'
        0xE6,
        0xE9, // tell: out E9h,al
        0xF4,
        0xEB,
        0xFD // hlt; again
    };

    /** The same by programmed I/O on the IDE channel. */
    private static final int[] BY_IDE = {
        0xFA, // cli
        0xBA, 0xF6, 0x01, 0xB0, 0xE0, 0xEE, // device: LBA, device 0
        0xBA, 0xF2, 0x01, 0xB0, 0x01, 0xEE, // one sector
        0xBA, 0xF3, 0x01, 0xB0, 0x01, 0xEE, // LBA 1
        0xBA, 0xF4, 0x01, 0xB0, 0x00, 0xEE, //
        0xBA, 0xF5, 0x01, 0xB0, 0x00, 0xEE, //
        0xBA, 0xF7, 0x01, 0xB0, 0x30, 0xEE, // WRITE SECTORS
        0xEC, 0xA8, 0x08, 0x74, 0xFB, // wait for DRQ
        0xBE, 0x00, 0x7C, // mov si,7C00h
        0xB9, 0x00, 0x01, // mov cx,256
        0xBA, 0xF0, 0x01, // mov dx,1F0h
        0xF3, 0x6F, // rep outsw
        0xBA, 0xF7, 0x01, // mov dx,1F7h
        0xEC, 0xA8, 0x80, 0x75, 0xFB, // wait while BSY
        0xA8, 0x01, 0x75, 0x04, // test al,ERR; jnz failed
        0xB0, 0x57, 0xEB, 0x02, // 'W'
        0xB0, 0x46, // failed: 'F'
        0xE6, 0xE9, 0xF4, 0xEB, 0xFD
    };

    private static SlowDisk diskWith(int[] program) {
        ByteArrayOutputStream sector = new ByteArrayOutputStream();
        for (int b : program) {
            sector.write(b);
        }
        SlowDisk disk = new SlowDisk(1 << 20, 0, 1);
        byte[] code = sector.toByteArray();
        System.arraycopy(code, 0, disk.bytes, 0, code.length);
        disk.bytes[510] = 0x55;
        disk.bytes[511] = (byte) 0xAA;
        return disk;
    }

    private static void assertWaitsAndGoesOn(int[] program, boolean resumedByTheUser) throws Exception {
        SlowDisk disk = diskWith(program);
        BlockingQueue<MachineState> states = new ArrayBlockingQueue<>(100);
        try (Machine m = Machine.builder()
                .memory(8)
                .bootMenu(false)
                .disk(disk, DiskController.IDE)
                .build()) {
            disk.full = true;
            m.addListener(states::add);
            m.start();
            awaitState(states, MachineState.PAUSED);
            String why = m.waitingFor().orElse("");
            assertTrue(
                    why.startsWith("slow.img: ")
                            && why.contains("is full; make some space there and try again (the machine stands still"),
                    why);
            assertEquals("", m.debugPort().text(), "the guest must not have been told anything yet");
            m.resume(); // too early: it stops again
            awaitState(states, MachineState.PAUSED);
            disk.full = false;
            if (resumedByTheUser) {
                m.resume();
            }
            assertTrue(
                    m.debugPort().await("W", Duration.ofSeconds(60).toNanos()),
                    () -> "the guest says " + m.debugPort().text());
            assertFalse(m.waitingFor().isPresent());
            assertEquals(MachineState.RUNNING, m.state());
        }
        assertArrayEquals(Arrays.copyOf(disk.bytes, 512), Arrays.copyOfRange(disk.bytes, 512, 1024));
    }

    private static void awaitState(BlockingQueue<MachineState> states, MachineState wanted) throws Exception {
        MachineState s;
        do {
            s = states.poll(60, TimeUnit.SECONDS);
            assertTrue(s != null, "the machine did not become " + wanted);
        } while (s != wanted);
    }

    @Test
    void anIdeWriteIsTriedAgainWhenTheUserResumes() throws Exception {
        assertWaitsAndGoesOn(BY_IDE, true);
    }

    @Test
    void aFirmwareWriteIsTriedAgainByItself() throws Exception {
        assertWaitsAndGoesOn(BY_FIRMWARE, false);
    }

    /** The built-in firmware boots from every controller and writes through INT 13h. */
    @ParameterizedTest
    @EnumSource(DiskController.class)
    void theFirmwareServesDisksOfEveryController(DiskController controller) throws Exception {
        SlowDisk disk = diskWith(BY_FIRMWARE);
        try (Machine m = Machine.builder()
                .memory(8)
                .bootMenu(false)
                .disk(disk, controller)
                .build()) {
            m.start();
            assertTrue(m.debugPort().await("W", Duration.ofSeconds(60).toNanos()), () -> m.screenText());
        }
        assertArrayEquals(Arrays.copyOf(disk.bytes, 512), Arrays.copyOfRange(disk.bytes, 512, 1024));
    }

    @Test
    void aWaitingMachineCanBeSwitchedOff() throws Exception {
        SlowDisk disk = diskWith(BY_IDE);
        disk.full = true;
        BlockingQueue<MachineState> states = new ArrayBlockingQueue<>(100);
        Machine m = Machine.builder()
                .memory(8)
                .bootMenu(false)
                .disk(disk, DiskController.IDE)
                .build();
        m.addListener(states::add);
        m.start();
        awaitState(states, MachineState.PAUSED);
        m.close();
        assertEquals(MachineState.OFF, m.state());
        assertTrue(disk.closed);
    }
}
