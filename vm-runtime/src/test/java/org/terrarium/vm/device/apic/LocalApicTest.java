package org.terrarium.vm.device.apic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.time.TimerQueue;

class LocalApicTest {
    private long now = 1000;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final List<String> log = new ArrayList<>();
    private final Map map = new Map();
    private boolean intr;
    private final LocalApic apic = new LocalApic("lapic", timers, new Pins(), () -> 0x08, map);
    private final IoApic io = new IoApic("ioapic", apic);

    private final class Pins implements ProcessorPins {
        @Override
        public void interrupt(boolean high) {
            intr = high;
        }

        @Override
        public void nmi() {
            log.add("nmi");
        }

        @Override
        public void init() {
            log.add("init");
        }
    }

    /** Remembers where the one page is. */
    private static final class Map implements MemoryMap {
        private final List<Long> places = new ArrayList<>();

        @Override
        public Placement ram(long pa, int priority, MemoryBlock block) {
            throw new AssertionError();
        }

        @Override
        public Placement rom(long pa, int priority, MemoryBlock block, MmioDevice writes) {
            throw new AssertionError();
        }

        @Override
        public Placement device(long pa, long bytes, int priority, MmioDevice device) {
            places.add(pa);
            return () -> places.remove(pa);
        }
    }

    private void out(int register, int value) {
        apic.write(register, 4, value);
    }

    private int in(int register) {
        return (int) apic.read(register, 4);
    }

    private void enable() {
        out(ApicRegisters.SVR, 0x1FF);
    }

    private void entry(int pin, long value) {
        io.write(IoApic.IOREGSEL, 4, IoApic.IOREDTBL + 2 * pin);
        io.write(IoApic.IOWIN, 4, value & 0xFFFF_FFFFL);
        io.write(IoApic.IOREGSEL, 4, IoApic.IOREDTBL + 2 * pin + 1);
        io.write(IoApic.IOWIN, 4, value >>> 32);
    }

    private int entryLow(int pin) {
        io.write(IoApic.IOREGSEL, 4, IoApic.IOREDTBL + 2 * pin);
        return (int) io.read(IoApic.IOWIN, 4);
    }

    private void advance(long nanos) {
        now += nanos;
        timers.runDue(now);
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(queue -> new LocalApic(
                        "lapic",
                        queue,
                        new ProcessorPins() {
                            @Override
                            public void interrupt(boolean high) {}

                            @Override
                            public void nmi() {}

                            @Override
                            public void init() {}
                        },
                        () -> 8,
                        new Map()))
                .change(a -> a.write(ApicRegisters.TPR, 4, 0x20))
                .mmio(a -> a, LocalApic.PAGE)
                .outside(a -> a.deliver(new InterruptMessage(0, false, InterruptMessage.FIXED, 0x55, true)))
                .outside(LocalApic::acknowledgeInterrupt)
                .verify();
        DeviceContract.of(queue -> new IoApic("ioapic", apic))
                .change(a -> a.write(IoApic.IOREGSEL, 4, 0x10))
                .mmio(a -> a, 0x20)
                .withoutTwin("an EOI goes to the local APIC's last I/O APIC")
                .verify();
    }

    @Test
    void resetStateIsThatOfAVirtualWire() {
        assertEquals(0x0005_0014, in(ApicRegisters.VERSION));
        assertEquals(0xFF, in(ApicRegisters.SVR));
        assertEquals(-1, in(ApicRegisters.DFR));
        assertEquals(0x10000, in(ApicRegisters.LVT_TIMER));
        apic.lint0().set(true);
        assertTrue(intr, "the PIC reaches the processor before any firmware ran");
        assertEquals(8, apic.acknowledgeInterrupt());
        apic.lint0().set(false);
        assertFalse(intr);
        assertEquals(-1, apic.acknowledgeInterrupt());
    }

    @Test
    void lint0ObeysItsMask() {
        enable();
        out(ApicRegisters.LVT_LINT0, 0x10700);
        apic.lint0().set(true);
        assertFalse(intr);
        out(ApicRegisters.LVT_LINT0, 0x700);
        assertTrue(intr);
        apic.setApicBase(LocalApic.DEFAULT_BASE);
        assertTrue(intr, "an APIC that is switched off lets the PIC through");
    }

    @Test
    void servesTheHighestPriorityAndNests() {
        enable();
        apic.deliver(new InterruptMessage(0, false, InterruptMessage.FIXED, 0x41, false));
        assertEquals(0x41, apic.acknowledgeInterrupt());
        assertEquals(0x40, in(ApicRegisters.PPR));
        apic.deliver(new InterruptMessage(0, false, InterruptMessage.FIXED, 0x4F, false));
        assertFalse(intr, "the same priority class waits");
        apic.deliver(new InterruptMessage(0, false, InterruptMessage.FIXED, 0x51, false));
        assertTrue(intr);
        assertEquals(0x51, apic.acknowledgeInterrupt());
        assertEquals(1 << 17 | 1 << 1, in(ApicRegisters.ISR + 0x20), "41h and 51h in service");
        out(ApicRegisters.EOI, 0);
        assertFalse(intr, "41h is still in service");
        out(ApicRegisters.EOI, 0);
        assertTrue(intr);
        assertEquals(0x4F, apic.acknowledgeInterrupt());
        out(ApicRegisters.EOI, 0);
        assertEquals(0, in(ApicRegisters.PPR));
    }

    @Test
    void taskPriorityHoldsInterruptsBack() {
        enable();
        apic.setTaskPriority(5);
        assertEquals(0x50, in(ApicRegisters.TPR));
        apic.deliver(new InterruptMessage(0, false, InterruptMessage.FIXED, 0x52, false));
        assertFalse(intr);
        assertEquals(1 << 18, in(ApicRegisters.IRR + 0x20));
        out(ApicRegisters.TPR, 0x4F);
        assertEquals(4, apic.taskPriority());
        assertTrue(intr);
    }

    @Test
    void softwareDisableMasksTheLocalVectorTable() {
        enable();
        out(ApicRegisters.LVT_TIMER, 0x20);
        out(ApicRegisters.SVR, 0xFF);
        assertEquals(0x10020, in(ApicRegisters.LVT_TIMER));
        out(ApicRegisters.LVT_TIMER, 0x20);
        assertEquals(0x10020, in(ApicRegisters.LVT_TIMER), "cannot be unmasked");
    }

    @Test
    void timerCountsOnceOrPeriodically() {
        enable();
        out(ApicRegisters.DIVIDE, 0xB); // by 1
        out(ApicRegisters.LVT_TIMER, 0x30);
        out(ApicRegisters.INITIAL_COUNT, 10_000);
        advance(4_000);
        assertEquals(6_000, in(ApicRegisters.CURRENT_COUNT));
        advance(6_000);
        assertEquals(0x30, apic.acknowledgeInterrupt());
        out(ApicRegisters.EOI, 0);
        assertEquals(0, in(ApicRegisters.CURRENT_COUNT));
        advance(50_000);
        assertFalse(intr, "one-shot");

        out(ApicRegisters.DIVIDE, 0x3); // by 16
        out(ApicRegisters.LVT_TIMER, 0x20031);
        out(ApicRegisters.INITIAL_COUNT, 1_000);
        for (int k = 0; k < 5; k++) {
            advance(15_999);
            assertFalse(intr);
            advance(1);
            assertEquals(0x31, apic.acknowledgeInterrupt());
            out(ApicRegisters.EOI, 0);
        }
        advance(8_000);
        assertEquals(500, in(ApicRegisters.CURRENT_COUNT));
        out(ApicRegisters.INITIAL_COUNT, 0);
        advance(1_000_000);
        assertFalse(intr, "stopped");
    }

    @Test
    void sendsInterruptsToItself() {
        enable();
        out(ApicRegisters.ICR_LOW, 0x40000 | 0x61);
        assertEquals(0x61, apic.acknowledgeInterrupt());
        out(ApicRegisters.ICR_HIGH, 0);
        out(ApicRegisters.ICR_LOW, 0x62);
        assertEquals(1 << 2, in(ApicRegisters.IRR + 0x30));
        out(ApicRegisters.ICR_HIGH, 5 << 24);
        out(ApicRegisters.ICR_LOW, 0x400);
        assertEquals(List.of(), log, "nobody has identifier 5");
        out(ApicRegisters.ICR_HIGH, 0);
        out(ApicRegisters.ICR_LOW, 0x400);
        out(ApicRegisters.ICR_LOW, 0x4500);
        assertEquals(List.of("nmi", "init"), log);
        assertEquals(0xFF, in(ApicRegisters.SVR), "INIT resets the APIC");
    }

    @Test
    void reportsIllegalVectors() {
        enable();
        out(ApicRegisters.LVT_ERROR, 0xF0);
        out(ApicRegisters.ICR_LOW, 0x40005);
        assertEquals(0xF0, apic.acknowledgeInterrupt());
        assertEquals(0, in(ApicRegisters.ESR), "latched by a write only");
        out(ApicRegisters.ESR, 0);
        assertEquals(0x20, in(ApicRegisters.ESR));
        apic.deliver(new InterruptMessage(0, false, InterruptMessage.FIXED, 3, false));
        out(ApicRegisters.ESR, 0);
        assertEquals(0x40, in(ApicRegisters.ESR));
    }

    @Test
    void logicalDestinations() {
        enable();
        out(ApicRegisters.LDR, 0x0100_0000);
        assertTrue(apic.deliver(new InterruptMessage(0x81, true, InterruptMessage.LOWEST_PRIORITY, 0x70, false)));
        assertFalse(apic.deliver(new InterruptMessage(0x02, true, InterruptMessage.FIXED, 0x71, false)));
        out(ApicRegisters.DFR, 0x0FFF_FFFF);
        out(ApicRegisters.LDR, 0x2200_0000);
        assertTrue(apic.deliver(new InterruptMessage(0x23, true, InterruptMessage.FIXED, 0x72, false)));
        assertFalse(apic.deliver(new InterruptMessage(0x13, true, InterruptMessage.FIXED, 0x73, false)));
        assertTrue(apic.deliver(InterruptMessage.ofMsi(0xFEE0_0000L, 0x0075)));
        assertTrue(apic.deliver(InterruptMessage.ofMsi(0xFEEF_F000L, 0x0076)), "broadcast");
        assertEquals(0x76, apic.acknowledgeInterrupt());
    }

    @Test
    void theRegisterPageMoves() {
        assertEquals(List.of(0xFEE0_0000L), map.places);
        apic.setApicBase(0xFEC1_0000L | ApicRegisters.BASE_ENABLE);
        assertEquals(List.of(0xFEC1_0000L), map.places);
        assertEquals(0xFEC1_0000L | ApicRegisters.BASE_ENABLE | ApicRegisters.BASE_BSP, apic.apicBase());
        apic.setApicBase(0xFEC1_0000L);
        assertEquals(List.of(), map.places);
        apic.reset();
        assertEquals(List.of(0xFEE0_0000L), map.places);
    }

    @Test
    void ioApicEdgeAndMask() {
        enable();
        assertEquals(0x10000, entryLow(4));
        io.input(4).set(true);
        entry(4, 0x44);
        assertFalse(intr, "an edge while masked is lost");
        io.input(4).set(false);
        io.input(4).set(true);
        assertEquals(0x44, apic.acknowledgeInterrupt());
        io.input(4).set(true);
        assertFalse(intr, "no new edge");
        out(ApicRegisters.EOI, 0);
        io.input(4).pulse();
        assertEquals(0x44, apic.acknowledgeInterrupt());
    }

    @Test
    void ioApicLevelUntilTheDeviceIsQuiet() {
        enable();
        entry(17, 0x8000 | 0x2000 | 0x91);
        io.input(17).set(true);
        assertEquals(0x91, apic.acknowledgeInterrupt());
        assertEquals(1 << 14, entryLow(17) & 1 << 14, "remote IRR");
        out(ApicRegisters.EOI, 0);
        assertTrue(intr, "still asserted: again");
        assertEquals(0x91, apic.acknowledgeInterrupt());
        io.input(17).set(false);
        out(ApicRegisters.EOI, 0);
        assertFalse(intr);
        assertEquals(0, entryLow(17) & 1 << 14);
        io.input(17).set(true);
        assertEquals(0x91, apic.acknowledgeInterrupt());
        entry(17, 0x10091); // masked and edge: forgets remote IRR
        assertEquals(0, entryLow(17) & 1 << 14);
    }

    @Test
    void ioApicPassesThePicThrough() {
        enable();
        out(ApicRegisters.LVT_LINT0, 0x10700);
        entry(0, 0x700);
        io.input(0).set(true);
        assertTrue(intr);
        assertEquals(8, apic.acknowledgeInterrupt());
        entry(0, 0x10700);
        assertFalse(intr);
    }

    @Test
    void ioApicRegisters() {
        io.write(IoApic.IOREGSEL, 4, IoApic.IOAPICVER);
        assertEquals(0x0017_0011, io.read(IoApic.IOWIN, 4));
        io.write(IoApic.IOREGSEL, 4, IoApic.IOAPICID);
        io.write(IoApic.IOWIN, 4, 0xFF00_0000L);
        assertEquals(0x0F00_0000, io.read(IoApic.IOWIN, 4));
        entry(3, 0xFFFF_FFFF_FFFF_FFFFL);
        assertEquals(0x0001_AFFF, entryLow(3));
    }

    @Test
    void nmiPin() {
        enable();
        apic.lint1().set(true);
        assertEquals(List.of(), log, "masked after reset");
        apic.lint1().set(false);
        out(ApicRegisters.LVT_LINT1, 0x400);
        apic.lint1().set(true);
        assertEquals(List.of("nmi"), log);
    }
}
