package org.terrarium.vm.device.apic;

import java.util.Arrays;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MmioDevice;

/**
 * 82093AA I/O APIC: 24 inputs, each with a redirection entry. Inputs carry "asserted", whatever their electrical polarity,
 * so the polarity bit of an entry is stored but changes nothing.
 */
public final class IoApic implements Device<IoApicState>, MmioDevice {
    /** Where a PC has it, and how large its range is. */
    public static final long DEFAULT_BASE = 0xFEC0_0000L;

    public static final long BYTES = 0x1000;

    /** Number of inputs. */
    public static final int PINS = 24;

    // Memory-mapped registers (82093AA datasheet, 3.1).
    public static final int IOREGSEL = 0x00;
    public static final int IOWIN = 0x10;

    // Indirect registers (82093AA datasheet, 3.2).
    public static final int IOAPICID = 0x00;
    public static final int IOAPICVER = 0x01;
    public static final int IOAPICARB = 0x02;
    public static final int IOREDTBL = 0x10;

    private static final int VERSION_VALUE = 0x11 | PINS - 1 << 16;

    // Redirection entry (82093AA datasheet, 3.2.4).
    private static final long LOGICAL = 1 << 11;
    private static final long REMOTE_IRR = 1 << 14;
    private static final long LEVEL = 1 << 15;
    private static final long MASKED = 1 << 16;
    private static final long WRITABLE = 0xFF00_0000_0001_AFFFL;

    private final String label;
    private final LocalApic processor;
    private final long[] redirection = new long[PINS];
    private int select;
    private int id;
    private int inputs;
    private boolean external;

    /** {@code processor} is the local APIC at the other end of the interrupt bus; its EOI broadcasts come here. */
    public IoApic(String label, LocalApic processor) {
        this.label = label;
        this.processor = processor;
        processor.onEoi(this::endOfInterrupt);
        maskAll();
    }

    /** The wire into input {@code pin}, 0..23. */
    public IrqLine input(int pin) {
        int bit = 1 << pin;
        return high -> {
            boolean rising = high && (inputs & bit) == 0;
            inputs = high ? inputs | bit : inputs & ~bit;
            serve(pin, rising);
        };
    }

    /** Sends the pin's interrupt if its entry says so; {@code rising} tells whether an edge arrived just now. */
    private void serve(int pin, boolean rising) {
        long entry = redirection[pin];
        int mode = (int) (entry >> 8) & 7;
        if (mode == InterruptMessage.EXT_INT) {
            forwardExternal();
            return;
        }
        if ((entry & MASKED) != 0) {
            return;
        }
        boolean level = (entry & LEVEL) != 0;
        boolean request = level ? (inputs >> pin & 1) != 0 && (entry & REMOTE_IRR) == 0 : rising;
        if (!request) {
            return;
        }
        boolean taken = processor.deliver(
                new InterruptMessage((int) (entry >>> 56), (entry & LOGICAL) != 0, mode, (int) entry & 0xFF, level));
        if (level && taken && mode <= InterruptMessage.LOWEST_PRIORITY) {
            redirection[pin] |= REMOTE_IRR;
        }
    }

    private void forwardExternal() {
        boolean high = false;
        for (int pin = 0; pin < PINS; pin++) {
            boolean extInt = (redirection[pin] >> 8 & 7) == InterruptMessage.EXT_INT;
            high |= extInt && (redirection[pin] & MASKED) == 0 && (inputs >> pin & 1) != 0;
        }
        if (high != external) {
            external = high;
            processor.externalInterrupt(high);
        }
    }

    private void endOfInterrupt(int vector) {
        for (int pin = 0; pin < PINS; pin++) {
            long entry = redirection[pin];
            if ((entry & REMOTE_IRR) != 0 && (entry & 0xFF) == vector) {
                redirection[pin] = entry & ~REMOTE_IRR;
                serve(pin, false);
            }
        }
    }

    @Override
    public long read(long offset, int size) {
        int lane = (int) offset & 0xF;
        if (lane >= 4) {
            return 0;
        }
        int value = switch ((int) offset & 0xFF0) {
            case IOREGSEL -> select;
            case IOWIN -> readRegister();
            default -> 0;
        };
        long v = (value & 0xFFFF_FFFFL) >>> 8 * lane;
        return size >= 4 ? v : v & (1L << 8 * size) - 1;
    }

    private int readRegister() {
        if (select >= IOREDTBL && select < IOREDTBL + 2 * PINS) {
            long entry = redirection[select - IOREDTBL >> 1];
            return (int) ((select & 1) == 0 ? entry : entry >>> 32);
        }
        return switch (select) {
            case IOAPICID, IOAPICARB -> id << 24;
            case IOAPICVER -> VERSION_VALUE;
            default -> 0;
        };
    }

    @Override
    public void write(long offset, int size, long value) {
        if (offset == IOREGSEL) {
            select = (int) value & 0xFF;
        } else if (offset == IOWIN && size >= 4) {
            writeRegister((int) value);
        }
    }

    private void writeRegister(int value) {
        if (select == IOAPICID) {
            id = value >> 24 & 0xF;
        } else if (select >= IOREDTBL && select < IOREDTBL + 2 * PINS) {
            int pin = select - IOREDTBL >> 1;
            long entry = redirection[pin];
            long v = value & 0xFFFF_FFFFL;
            long next = (select & 1) == 0 ? entry & ~0xFFFF_FFFFL | v : entry & 0xFFFF_FFFFL | v << 32;
            next = next & WRITABLE | entry & REMOTE_IRR;
            if ((next & LEVEL) == 0) {
                // Changing an entry to edge mode forgets an unfinished level interrupt; Linux relies on it.
                next &= ~REMOTE_IRR;
            }
            redirection[pin] = next;
            forwardExternal();
            serve(pin, false);
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        select = 0;
        id = 0;
        maskAll();
        forwardExternal();
    }

    private void maskAll() {
        Arrays.fill(redirection, MASKED);
    }

    @Override
    public IoApicState save() {
        return new IoApicState(select, id, redirection.clone(), inputs);
    }

    @Override
    public void restore(IoApicState s) {
        select = s.select();
        id = s.id();
        System.arraycopy(s.redirection(), 0, redirection, 0, PINS);
        inputs = s.inputs();
        forwardExternal();
    }
}
