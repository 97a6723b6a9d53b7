package org.terrarium.vm.firmware;

import java.util.List;
import org.terrarium.vm.bus.PortBus;

/** INT 15h: memory sizes, A20, block move, waits, configuration; APM and the mouse are passed on. */
final class SystemService {
    private static final int SMAP = 0x534D4150;
    private static final int UNSUPPORTED = 0x86;
    private static final int FAST_A20 = 0x92;

    private final PortBus ports;
    private final BiosMemory memory;
    private final MemoryLayout layout;
    private final TimeService time;
    private final MousePort mouse;
    private final Apm apm;

    SystemService(PortBus ports, BiosMemory memory, MemoryLayout layout, TimeService time, MousePort mouse, Apm apm) {
        this.ports = ports;
        this.memory = memory;
        this.layout = layout;
        this.time = time;
        this.mouse = mouse;
        this.apm = apm;
    }

    /** What the ROM does after {@link #call}. */
    enum Outcome {
        RETURN,
        WAIT,
        IDLE_RETURN
    }

    /** Serves one INT 15h. */
    Outcome call(BiosCall c) {
        switch (c.ah()) {
            case 0x24 -> a20(c);
            case 0x4F -> c.setCarry(true); // the default keyboard intercept: use the key as it is
            case 0x53 -> {
                return apm.realMode(c) ? Outcome.IDLE_RETURN : Outcome.RETURN;
            }
            case 0x80, 0x81, 0x82, 0x85, 0x90, 0x91 -> c.ok();
            case 0x83 -> eventWait(c);
            case 0x86 -> {
                int microseconds = c.cx() << 16 | c.dx();
                if (time.startWait(microseconds, 0)) {
                    return Outcome.WAIT;
                }
                c.fail(0x83);
            }
            case 0x87 -> blockMove(c);
            case 0x88 -> {
                c.setAx((int) Math.min(0xFC00, (layout.facs() - (1 << 20)) >> 10));
                c.setCarry(false);
            }
            case 0x8A -> {
                int kib = (int) (layout.facs() - (1 << 20) >> 10);
                c.setAx(kib);
                c.setDx(kib >>> 16);
                c.setCarry(false);
            }
            case 0xC0 -> {
                c.setEs(BiosRom.SEGMENT);
                c.setBx(BiosRom.CONFIG_TABLE);
                c.ok();
            }
            case 0xC1 -> {
                c.setEs(memory.u16(Bda.EBDA_SEGMENT));
                c.setCarry(false);
            }
            case 0xC2 -> mouse.call(c);
            case 0xE8 -> extendedMemory(c);
            default -> c.fail(UNSUPPORTED);
        }
        return Outcome.RETURN;
    }

    /** AH=86h after an interrupt: whether the wait is over; the registers are then final. */
    boolean waitOver(BiosCall c) {
        if (!time.waitOver()) {
            return false;
        }
        time.cancelWait();
        c.ok();
        return true;
    }

    private void a20(BiosCall c) {
        int port = ports.read(FAST_A20, 1);
        switch (c.al()) {
            case 0 -> ports.write(FAST_A20, 1, port & ~0x03);
            case 1 -> ports.write(FAST_A20, 1, port & ~0x01 | 0x02);
            case 2 -> c.setAl(port >> 1 & 1);
            case 3 -> c.setBx(3); // keyboard controller and port 92h
            default -> {
                c.fail(UNSUPPORTED);
                return;
            }
        }
        c.ok();
    }

    private void eventWait(BiosCall c) {
        if (c.al() == 1) {
            time.cancelWait();
            c.ok();
        } else if (c.al() == 0) {
            int flag = (int) (c.es(0) >> 4) << 16 | c.bx();
            if (time.startWait(c.cx() << 16 | c.dx(), flag)) {
                c.ok();
            } else {
                c.fail(0x83);
            }
        } else {
            c.fail(UNSUPPORTED);
        }
    }

    /** Copies CX words between the addresses of two descriptors in the table at ES:SI. */
    private void blockMove(BiosCall c) {
        long table = c.es(c.si());
        long source = descriptorBase(table + 0x10);
        long target = descriptorBase(table + 0x18);
        int bytes = c.cx() * 2;
        byte[] data = new byte[bytes];
        memory.physical().read(source, data, 0, bytes);
        memory.physical().write(target, data, 0, bytes);
        c.ok();
    }

    private long descriptorBase(long at) {
        return memory.u16(at + 2) | (long) memory.u8(at + 4) << 16 | (long) memory.u8(at + 7) << 24;
    }

    private void extendedMemory(BiosCall c) {
        switch (c.al()) {
            case 0x01 -> {
                c.setAx(layout.kib1To16());
                c.setBx(layout.blocksAbove16());
                c.setCx(layout.kib1To16());
                c.setDx(layout.blocksAbove16());
                c.setCarry(false);
            }
            case 0x20 -> e820(c);
            case 0x81 -> {
                c.setEax(layout.kib1To16());
                c.setEbx(layout.blocksAbove16());
                c.setEcx(layout.kib1To16());
                c.setEdx(layout.blocksAbove16());
                c.setCarry(false);
            }
            default -> c.fail(UNSUPPORTED);
        }
    }

    private void e820(BiosCall c) {
        List<MemoryLayout.Range> ranges = layout.ranges();
        int index = c.ebx();
        if (c.edx() != SMAP || index < 0 || index >= ranges.size() || c.ecx() < 20) {
            c.fail(UNSUPPORTED);
            return;
        }
        MemoryLayout.Range r = ranges.get(index);
        long at = c.es(c.di());
        memory.put64(at, r.start());
        memory.put64(at + 8, r.length());
        memory.put32(at + 16, r.type());
        c.setEax(SMAP);
        c.setEbx(index + 1 == ranges.size() ? 0 : index + 1);
        c.setEcx(20);
        c.setCarry(false);
    }
}
