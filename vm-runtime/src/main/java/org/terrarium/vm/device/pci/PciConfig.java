package org.terrarium.vm.device.pci;

import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.bus.IrqLine;

/**
 * The 256-byte configuration space of one function: a type 0 header with write masks, base address registers that can be
 * sized and moved, a capability list, and the INTx# pin with its status and disable bits. PCI Local Bus Specification 3.0,
 * chapter 6.
 */
public final class PciConfig {
    // Header registers (PCI 3.0, 6.1).
    public static final int VENDOR_ID = 0x00;
    public static final int DEVICE_ID = 0x02;
    public static final int COMMAND = 0x04;
    public static final int STATUS = 0x06;
    public static final int REVISION_ID = 0x08;
    public static final int CLASS_CODE = 0x09;
    public static final int CACHE_LINE_SIZE = 0x0C;
    public static final int LATENCY_TIMER = 0x0D;
    public static final int HEADER_TYPE = 0x0E;
    public static final int BASE_ADDRESS_0 = 0x10;
    public static final int SUBSYSTEM_VENDOR_ID = 0x2C;
    public static final int SUBSYSTEM_ID = 0x2E;
    public static final int EXPANSION_ROM = 0x30;
    public static final int CAPABILITIES_POINTER = 0x34;
    public static final int INTERRUPT_LINE = 0x3C;
    public static final int INTERRUPT_PIN = 0x3D;

    // Command register (PCI 3.0, 6.2.2).
    public static final int COMMAND_IO = 1;
    public static final int COMMAND_MEMORY = 1 << 1;
    public static final int COMMAND_MASTER = 1 << 2;
    public static final int COMMAND_PARITY = 1 << 6;
    public static final int COMMAND_SERR = 1 << 8;
    public static final int COMMAND_INTX_DISABLE = 1 << 10;

    // Status register (PCI 3.0, 6.2.3).
    public static final int STATUS_INTERRUPT = 1 << 3;
    public static final int STATUS_CAPABILITIES = 1 << 4;
    private static final int STATUS_WRITE_ONE_TO_CLEAR = 0xF900;

    // Capability identifiers (PCI 3.0, appendix H).
    public static final int CAPABILITY_POWER = 0x01;
    public static final int CAPABILITY_MSI = 0x05;
    public static final int CAPABILITY_VENDOR = 0x09;
    public static final int CAPABILITY_MSIX = 0x11;

    private static final int SIZE = 256;
    private static final int MULTIFUNCTION = 0x80;
    private static final int BAR_IO = 1;
    private static final int BAR_64 = 4;
    private static final int BAR_PREFETCH = 8;
    private static final int ROM_ENABLE = 1;

    /** Told after a configuration write changed registers; {@code offset} and {@code size} are those of the write. */
    @FunctionalInterface
    public interface WriteListener {
        void written(int offset, int size);
    }

    private final byte[] initial;
    private final byte[] writable;
    private final byte[] clearable;
    private final byte[] bytes = new byte[SIZE];
    private final List<Bar> bars;
    private final IrqLine line;
    private final WriteListener listener;
    private boolean interrupt;
    private boolean pinHigh;

    private PciConfig(Builder b) {
        initial = b.initial.clone();
        writable = b.writable.clone();
        clearable = b.clearable.clone();
        bars = new ArrayList<>(b.bars);
        line = b.line;
        listener = b.listener;
        System.arraycopy(initial, 0, bytes, 0, SIZE);
    }

    /** Starts the description of a function; {@code classCode} is the 24-bit class, subclass and interface. */
    public static Builder of(int vendor, int device, int classCode) {
        return new Builder(vendor, device, classCode);
    }

    /** Adds an expansion ROM of {@code bytes}, a power of two of at least 2048, to a card that was made without; see the builder's. */
    void expansionRom(long bytes, BarListener moved) {
        Builder.put(writable, EXPANSION_ROM, 4, (int) -bytes | ROM_ENABLE);
        bars.add(new Bar(EXPANSION_ROM, bytes, false, false, moved));
    }

    /** A configuration read, by the guest or from the chip's side; {@code size} is 1, 2 or 4; bytes beyond the space read as 0. */
    public int read(int offset, int size) {
        int value = 0;
        for (int k = 0; k < size && offset + k < SIZE; k++) {
            value |= (bytes[offset + k & 0xFF] & 0xFF) << 8 * k;
        }
        return value;
    }

    /** A configuration write by the guest: only writable bits change, then decoders and the owner are told. */
    public void write(int offset, int size, int value) {
        for (int k = 0; k < size && offset + k < SIZE; k++) {
            int at = offset + k & 0xFF;
            int v = value >>> 8 * k;
            int kept = bytes[at] & ~writable[at] & ~(v & clearable[at]);
            bytes[at] = (byte) (kept | v & writable[at]);
        }
        if (offset < CAPABILITIES_POINTER) {
            updateBars();
            updatePin();
        }
        listener.written(offset, size);
    }

    /** Sets a register from the chip's side, whatever its write mask; BARs are not re-examined. */
    public void set(int offset, int size, int value) {
        for (int k = 0; k < size; k++) {
            bytes[offset + k] = (byte) (value >>> 8 * k);
        }
    }

    /** Whether the function may start memory cycles (DMA and MSI). */
    public boolean busMaster() {
        return (bytes[COMMAND] & COMMAND_MASTER) != 0;
    }

    /** Drives the INTx# pin as far as the command register allows it. */
    public void setInterrupt(boolean high) {
        interrupt = high;
        updatePin();
    }

    /** Where the capability with this identifier starts, or 0. */
    public int capability(int id) {
        int at = bytes[CAPABILITIES_POINTER] & 0xFC;
        for (int guard = 0; at != 0 && guard < 48; guard++) {
            if ((bytes[at] & 0xFF) == id) {
                return at;
            }
            at = bytes[at + 1] & 0xFC;
        }
        return 0;
    }

    /** RST#: every register back to its initial value, no range decoded, INTx# released. */
    public void reset() {
        System.arraycopy(initial, 0, bytes, 0, SIZE);
        interrupt = false;
        updateBars();
        updatePin();
    }

    public PciConfigState save() {
        return new PciConfigState(bytes, interrupt);
    }

    /** Takes over saved registers and moves the decoded ranges accordingly. */
    public void restore(PciConfigState state) {
        System.arraycopy(state.bytes(), 0, bytes, 0, SIZE);
        interrupt = state.interrupt();
        updateBars();
        updatePin();
    }

    private void updateBars() {
        for (Bar bar : bars) {
            bar.update(this);
        }
    }

    private void updatePin() {
        int status = bytes[STATUS] & ~STATUS_INTERRUPT;
        bytes[STATUS] = (byte) (interrupt ? status | STATUS_INTERRUPT : status);
        boolean high = interrupt && (read(COMMAND, 2) & COMMAND_INTX_DISABLE) == 0;
        if (high != pinHigh) {
            pinHigh = high;
            line.set(high);
        }
    }

    /** One decoded range and where it decodes now. */
    private static final class Bar {
        private final int register;
        private final long size;
        private final boolean io;
        private final boolean wide;
        private final BarListener listener;
        private long base;
        private boolean enabled;

        Bar(int register, long size, boolean io, boolean wide, BarListener listener) {
            this.register = register;
            this.size = size;
            this.io = io;
            this.wide = wide;
            this.listener = listener;
        }

        void update(PciConfig c) {
            long raw = c.read(register, 4) & 0xFFFF_FFFFL;
            if (wide) {
                raw |= (long) c.read(register + 4, 4) << 32;
            }
            long at = raw & -size;
            int command = c.bytes[COMMAND];
            boolean on = (command & (io ? COMMAND_IO : COMMAND_MEMORY)) != 0;
            if (register == EXPANSION_ROM) {
                on &= (raw & ROM_ENABLE) != 0;
            }
            // Address 0 means "not assigned", and a register full of ones is a guest asking for the size.
            long last = at + size - 1;
            long limit = io ? 0xFFFF : wide ? 0xF_FFFF_FFFF_FFFFL : 0xFFFF_FFFEL;
            on &= at > 0 && last > at && last <= limit;
            if (!on) {
                at = 0;
            }
            if (on != enabled || at != base) {
                enabled = on;
                base = at;
                listener.moved(at, on);
            }
        }
    }

    /** Describes a function before it exists: initial values, write masks, ranges, capabilities. */
    public static final class Builder {
        private final byte[] initial = new byte[SIZE];
        private final byte[] writable = new byte[SIZE];
        private final byte[] clearable = new byte[SIZE];
        private final List<Bar> bars = new ArrayList<>();
        private IrqLine line = IrqLine.NONE;
        private WriteListener listener = (offset, size) -> {};
        private int lastCapability;
        private int nextCapability = 0x40;

        private Builder(int vendor, int device, int classCode) {
            put(initial, VENDOR_ID, 2, vendor);
            put(initial, DEVICE_ID, 2, device);
            put(initial, CLASS_CODE, 3, classCode);
            put(writable, CACHE_LINE_SIZE, 1, 0xFF);
            put(writable, LATENCY_TIMER, 1, 0xF8);
            put(
                    writable,
                    COMMAND,
                    2,
                    COMMAND_IO
                            | COMMAND_MEMORY
                            | COMMAND_MASTER
                            | COMMAND_PARITY
                            | COMMAND_SERR
                            | COMMAND_INTX_DISABLE);
            put(clearable, STATUS, 2, STATUS_WRITE_ONE_TO_CLEAR);
        }

        public Builder revision(int revision) {
            put(initial, REVISION_ID, 1, revision);
            return this;
        }

        public Builder subsystem(int vendor, int device) {
            put(initial, SUBSYSTEM_VENDOR_ID, 2, vendor);
            put(initial, SUBSYSTEM_ID, 2, device);
            return this;
        }

        /** This device has more than one function (set it on function 0). */
        public Builder multifunction() {
            initial[HEADER_TYPE] |= (byte) MULTIFUNCTION;
            return this;
        }

        /** The function uses an interrupt pin, 1 (INTA#) to 4 (INTD#), wired to {@code wire}. */
        public Builder interrupt(int pin, IrqLine wire) {
            put(initial, INTERRUPT_PIN, 1, pin);
            put(writable, INTERRUPT_LINE, 1, 0xFF);
            line = wire;
            return this;
        }

        /** A 32-bit memory range; {@code bytes} is a power of two of at least 16. */
        public Builder memoryBar(int index, long bytes, boolean prefetchable, BarListener moved) {
            return bar(index, bytes, prefetchable ? BAR_PREFETCH : 0, moved);
        }

        /** A 64-bit memory range; it takes the register after {@code index} too. */
        public Builder memoryBar64(int index, long bytes, boolean prefetchable, BarListener moved) {
            return bar(index, bytes, BAR_64 | (prefetchable ? BAR_PREFETCH : 0), moved);
        }

        /** An I/O port range; {@code ports} is a power of two of at least 4. */
        public Builder ioBar(int index, int ports, BarListener moved) {
            return bar(index, ports, BAR_IO, moved);
        }

        private Builder bar(int index, long bytes, int type, BarListener moved) {
            int register = BASE_ADDRESS_0 + 4 * index;
            boolean wide = (type & BAR_64) != 0;
            put(initial, register, 4, type);
            put(writable, register, 4, (int) -bytes);
            if (wide) {
                put(writable, register + 4, 4, (int) (-bytes >>> 32));
            }
            bars.add(new Bar(register, bytes, (type & BAR_IO) != 0, wide, moved));
            return this;
        }

        /** An expansion ROM of {@code bytes}, a power of two of at least 2048. */
        public Builder expansionRom(long bytes, BarListener moved) {
            put(writable, EXPANSION_ROM, 4, (int) -bytes | ROM_ENABLE);
            bars.add(new Bar(EXPANSION_ROM, bytes, false, false, moved));
            return this;
        }

        /** Initial value and writable bits of a register, of the chip's own or where the header differs from the usual. */
        public Builder register(int offset, int size, int value, int writeMask) {
            put(initial, offset, size, value);
            put(writable, offset, size, writeMask);
            return this;
        }

        /** Bits of a register that a written 1 clears. */
        public Builder writeOneToClear(int offset, int size, int mask) {
            put(clearable, offset, size, mask);
            return this;
        }

        /**
         * Appends a capability. {@code body} is what follows the identifier and next pointer, {@code bodyMask} its writable
         * bits (as long as {@code body}).
         */
        public Builder capability(int id, byte[] body, byte[] bodyMask) {
            int at = nextCapability;
            put(initial, lastCapability == 0 ? CAPABILITIES_POINTER : lastCapability + 1, 1, at);
            put(initial, at, 1, id);
            System.arraycopy(body, 0, initial, at + 2, body.length);
            System.arraycopy(bodyMask, 0, writable, at + 2, bodyMask.length);
            initial[STATUS] |= STATUS_CAPABILITIES;
            lastCapability = at;
            nextCapability = at + 2 + body.length + 3 & ~3;
            return this;
        }

        /** Where the capability that is appended next will be. */
        public int nextCapability() {
            return nextCapability;
        }

        public Builder onWrite(WriteListener written) {
            listener = written;
            return this;
        }

        public PciConfig build() {
            return new PciConfig(this);
        }

        private static void put(byte[] array, int offset, int size, int value) {
            for (int k = 0; k < size; k++) {
                array[offset + k] = (byte) (value >>> 8 * k);
            }
        }
    }
}
