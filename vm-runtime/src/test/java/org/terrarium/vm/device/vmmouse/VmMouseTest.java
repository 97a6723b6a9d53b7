package org.terrarium.vm.device.vmmouse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.DeviceContract;

class VmMouseTest {
    private static final int MAGIC = 0x564D5868;

    private final int[] registers = new int[8];
    private int triggers;
    private final VmMouse mouse = new VmMouse("vmmouse", () -> access(registers), () -> triggers++);

    /** Only get and set are used by the device; anything else would fail the test. */
    private static GuestRegisters access(int[] registers) {
        return (GuestRegisters) Proxy.newProxyInstance(
                VmMouseTest.class.getClassLoader(), new Class<?>[] {GuestRegisters.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "get" -> {
                            return registers[(int) args[0]];
                        }
                        case "set" -> {
                            registers[(int) args[0]] = (int) args[1];
                            return null;
                        }
                        default -> throw new AssertionError("unexpected " + method);
                    }
                });
    }

    /** IN EAX, DX with a command; afterwards the registers hold the answer. */
    private int call(int command, int argument) {
        registers[GuestRegisters.EAX] = MAGIC;
        registers[GuestRegisters.EBX] = argument;
        registers[GuestRegisters.ECX] = command;
        registers[GuestRegisters.EDX] = 0x5658;
        registers[GuestRegisters.EAX] = mouse.port().read(0, 4);
        return registers[GuestRegisters.EAX];
    }

    private void enableAbsolute() {
        call(41, 0x45414552);
        assertEquals(1, call(40, 0));
        assertEquals(0x3442554A, call(39, 1));
        call(41, 0x53424152);
    }

    private int[] event() {
        call(39, 4);
        return new int[] {
            registers[GuestRegisters.EAX],
            registers[GuestRegisters.EBX],
            registers[GuestRegisters.ECX],
            registers[GuestRegisters.EDX]
        };
    }

    @Test
    void keepsTheDeviceContract() {
        int[] regs = new int[8];
        DeviceContract.<VmMouse, VmMouseState>of(queue -> {
                    Arrays.fill(regs, 0);
                    return new VmMouse("vmmouse", () -> access(regs), () -> {});
                })
                .change(m -> commandOn(m, regs, 41, 0x45414552))
                .ports(VmMouse::port, 4)
                .outside(m -> commandOn(m, regs, 41, 0x45414552))
                .outside(m -> commandOn(m, regs, 41, 0x53424152))
                .outside(m -> commandOn(m, regs, 39, 4))
                .outside(m -> commandOn(m, regs, 39, 99))
                .outside(m -> m.moveTo(-5, 70_000))
                .outside(m -> m.button(1, true))
                .outside(m -> m.wheel(1))
                .verify();
    }

    private static void commandOn(VmMouse m, int[] regs, int command, int argument) {
        regs[GuestRegisters.EAX] = MAGIC;
        regs[GuestRegisters.ECX] = command;
        regs[GuestRegisters.EBX] = argument;
        m.port().read(0, 4);
    }

    @Test
    void linuxDetectsIt() {
        assertEquals(6, call(10, ~MAGIC));
        assertEquals(MAGIC, registers[GuestRegisters.EBX]);
        registers[GuestRegisters.EAX] = 0;
        assertEquals(-1, mouse.port().read(0, 4), "without the magic number nobody is there");
        assertEquals(0xFF, mouse.port().read(0, 1));
        assertEquals(-1, call(99, 0));
    }

    @Test
    void tellsClockFrequencies() {
        assertEquals(-1, call(45, -1));
        assertEquals(-1, registers[GuestRegisters.EBX]);
        mouse.frequencies(5_000_000_000L, 1_000_000_000);
        assertEquals(705_032_704, call(45, -1));
        assertEquals(1, registers[GuestRegisters.EBX]);
        assertEquals(1_000_000_000, registers[GuestRegisters.ECX]);
    }

    @Test
    void reportsAbsolutePositions() {
        assertFalse(mouse.active());
        mouse.moveTo(1, 1);
        assertEquals(0, triggers);
        enableAbsolute();
        assertTrue(mouse.active());
        assertEquals(0, call(40, 0));
        mouse.moveTo(0x8000, 0x4000);
        mouse.button(0, true);
        mouse.wheel(-1);
        assertEquals(3, triggers);
        assertEquals(12, call(40, 0));
        assertArrayEquals(new int[] {0, 0x8000, 0x4000, 0}, event());
        assertArrayEquals(new int[] {0x20, 0x8000, 0x4000, 0}, event());
        assertArrayEquals(new int[] {0x20, 0x8000, 0x4000, -1}, event());
        mouse.button(0, false);
        mouse.button(1, true);
        mouse.button(2, true);
        event();
        event();
        assertArrayEquals(new int[] {0x18, 0x8000, 0x4000, 0}, event());
        assertEquals(0, call(40, 0));
    }

    @Test
    void mergesMotionForASlowGuest() {
        enableAbsolute();
        for (int k = 0; k < 1000; k++) {
            mouse.moveTo(k, 0);
        }
        assertEquals(16, call(40, 0));
        event();
        event();
        event();
        assertEquals(999, event()[1]);
    }

    @Test
    void askingForTooMuchIsAnErrorUntilEnabledAgain() {
        enableAbsolute();
        call(39, 4);
        assertEquals(0xFFFF0000, call(40, 0) & 0xFFFF0000);
        assertFalse(mouse.active());
        enableAbsolute();
        assertTrue(mouse.active());
        call(41, 0xF5);
        assertFalse(mouse.active());
        assertEquals(0xFFFF0000, call(40, 0));
    }

    @Test
    void relativeModeLeavesItToThePs2Mouse() {
        enableAbsolute();
        call(41, 0x4C455252);
        assertFalse(mouse.active());
    }
}
