package org.terrarium.vm.device.pci;

import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;

/**
 * PCI bus 0 behind the 82441FX: configuration mechanism #1 (PCI Local Bus Specification 3.0, 3.2.2.3.2; 82441FX datasheet,
 * 3.1) and the wiring of the slots' interrupt pins to the four PIRQ inputs of the PIIX3. It has no other buses behind it.
 */
public final class PciBus implements Device<PciBusState> {
    /** Ports from {@link #CONFADD}: map {@link #PORTS} of them to {@link #ports()}. */
    public static final int CONFADD = 0xCF8;

    public static final int PORTS = 8;

    private static final int CONFADD_ENABLE = 0x8000_0000;
    private static final int CONFADD_WRITABLE = 0x80FF_FFFC;
    private static final int CONFDATA = 4;
    private static final int FUNCTIONS = 32 * 8;
    private static final int PIRQS = 4;

    /** The interrupt router: told when a PIRQ wire (0 = PIRQA#) becomes asserted or released. */
    @FunctionalInterface
    public interface PirqListener {
        void pirq(int index, boolean asserted);
    }

    private final String label;
    private final PciFunction[] functions = new PciFunction[FUNCTIONS];
    private final long[] asserted = new long[2 * PIRQS];
    private PirqListener router = (index, high) -> {};
    private int configAddress;

    public PciBus(String label) {
        this.label = label;
    }

    /** Puts a function on the bus; {@code slot} 0..31, {@code function} 0..7. */
    public void attach(int slot, int function, PciFunction f) {
        functions[slot << 3 | function] = f;
    }

    /** Connects the interrupt router; it is told the wires' present levels. */
    public void connect(PirqListener pirqRouter) {
        router = pirqRouter;
        drivePirqs();
    }

    /** The wire of a slot's interrupt pin, 1 (INTA#) to 4 (INTD#); pins rotate over the PIRQs from slot to slot. */
    public IrqLine interruptLine(int slot, int pin) {
        int pirq = pirqOf(slot, pin);
        int source = slot * 4 + pin - 1;
        int word = 2 * pirq + (source >> 6);
        long bit = 1L << (source & 63);
        return high -> {
            boolean before = pirqAsserted(pirq);
            asserted[word] = high ? asserted[word] | bit : asserted[word] & ~bit;
            if (before != pirqAsserted(pirq)) {
                router.pirq(pirq, high);
            }
        };
    }

    /** Which PIRQ input (0..3) a slot's pin (1..4) is wired to: slot 1 straight, every next slot one further. */
    public static int pirqOf(int slot, int pin) {
        return slot + pin - 2 & 3;
    }

    /** CONFADD at offset 0 (doubleword accesses only) and CONFDATA at offset 4. */
    public PortDevice ports() {
        return new PortDevice() {
            @Override
            public int read(int offset, int size) {
                if (offset >= CONFDATA) {
                    return readData(offset - CONFDATA, size);
                }
                return offset == 0 && size == 4 ? configAddress : ones(size);
            }

            @Override
            public void write(int offset, int size, int value) {
                if (offset >= CONFDATA) {
                    writeData(offset - CONFDATA, size, value);
                } else if (offset == 0 && size == 4) {
                    configAddress = value & CONFADD_WRITABLE;
                }
            }
        };
    }

    /** The function, or null when the place is empty. */
    public PciFunction function(int slot, int function) {
        return functions[slot << 3 | function];
    }

    private int readData(int lane, int size) {
        if ((configAddress & CONFADD_ENABLE) == 0) {
            return ones(size);
        }
        PciFunction f = addressed();
        return f == null ? ones(size) : f.readConfig(configAddress & 0xFC | lane, size);
    }

    private void writeData(int lane, int size, int value) {
        if ((configAddress & CONFADD_ENABLE) == 0) {
            return;
        }
        PciFunction f = addressed();
        if (f != null) {
            f.writeConfig(configAddress & 0xFC | lane, size, value);
        }
    }

    private PciFunction addressed() {
        return (configAddress >> 16 & 0xFF) != 0 ? null : functions[configAddress >> 8 & 0xFF];
    }

    private static int ones(int size) {
        return size == 4 ? -1 : (1 << 8 * size) - 1;
    }

    private boolean pirqAsserted(int pirq) {
        return (asserted[2 * pirq] | asserted[2 * pirq + 1]) != 0;
    }

    private void drivePirqs() {
        for (int k = 0; k < PIRQS; k++) {
            router.pirq(k, pirqAsserted(k));
        }
    }

    @Override
    public String label() {
        return label;
    }

    /** Forgets the address latch; the functions release their pins by their own reset. */
    @Override
    public void reset() {
        configAddress = 0;
    }

    @Override
    public PciBusState save() {
        return new PciBusState(configAddress, asserted);
    }

    @Override
    public void restore(PciBusState state) {
        configAddress = state.configAddress() & CONFADD_WRITABLE;
        System.arraycopy(state.asserted(), 0, asserted, 0, asserted.length);
        drivePirqs();
    }
}
