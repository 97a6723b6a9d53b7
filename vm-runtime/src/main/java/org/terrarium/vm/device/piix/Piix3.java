package org.terrarium.vm.device.piix;

import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.pci.PciBus;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;

/**
 * 82371SB (PIIX3) function 0, the PCI-to-ISA bridge (Intel 290550): routes the PCI interrupts to ISA interrupts and to the
 * I/O APIC's inputs 16 to 19, and holds the reset control register.
 */
public final class Piix3 implements Device<Piix3State>, PciFunction, PciBus.PirqListener {
    /** Port of the reset control register; map one port to {@link #resetControl()}, over the PCI bus's CONFADD range. */
    public static final int RC = 0xCF9;

    // Configuration registers (PIIX3 datasheet, 2.2).
    public static final int IORT = 0x4C;
    public static final int XBCS = 0x4E;
    public static final int PIRQRCA = 0x60;
    public static final int TOM = 0x69;
    public static final int MBIRQ0 = 0x70;
    public static final int APICBASE = 0x80;
    public static final int DLC = 0x82;

    private static final int PIRQ_NOT_ROUTED = 0x80;
    private static final int PIRQS = 4;
    private static final int FIRST_IOAPIC_INPUT = 16;

    /** ISA interrupts a PIRQ may be routed to: not 0, 1, 2, 8 and 13 (PIIX3 datasheet, 2.2.5). */
    private static final int ROUTABLE = 0xDEF8;

    private static final int RC_SYSTEM_RESET = 1 << 1;
    private static final int RC_RESET_CPU = 1 << 2;

    private final String label;
    private final PciConfig config;
    private final IrqLine[][] isa = new IrqLine[PIRQS][16];
    private final IrqLine[] ioApic = new IrqLine[PIRQS];
    private final int[] route = new int[PIRQS];
    private final ResetLine resetLine;
    private int resetControl;
    private int pirqs;

    public Piix3(String label, IrqWires wires, ResetLine resetLine) {
        this.label = label;
        this.resetLine = resetLine;
        for (int p = 0; p < PIRQS; p++) {
            for (int irq = 0; irq < 16; irq++) {
                isa[p][irq] = (ROUTABLE >> irq & 1) != 0 ? wires.driver(irq) : IrqLine.NONE;
            }
            ioApic[p] = wires.driver(FIRST_IOAPIC_INPUT + p);
            route[p] = PIRQ_NOT_ROUTED;
        }
        PciConfig.Builder b = PciConfig.of(0x8086, 0x7000, 0x060100)
                .multifunction()
                .subsystem(BoardId.VENDOR, BoardId.DEVICE)
                .register(PciConfig.COMMAND, 2, 0x0007, 0x0108)
                .register(PciConfig.STATUS, 2, 0x0200, 0)
                .register(IORT, 1, 0x4D, 0xFF)
                .register(XBCS, 2, 0x0003, 0x03FF)
                .register(TOM, 1, 0x02, 0xFE)
                .register(MBIRQ0, 2, 0x8080, 0xFFFF)
                .register(0x76, 2, 0x0C0C, 0x8F8F)
                .register(0x78, 2, 0x0002, 0xFFFF)
                .register(APICBASE, 1, 0, 0x7F)
                .register(DLC, 1, 0, 0x0F)
                .register(0xA0, 1, 0x08, 0x1F)
                .register(0xA2, 2, 0, 0xFFFF)
                .register(0xA4, 4, 0, -1)
                .register(0xA8, 1, 0x0F, 0xFF)
                .register(0xAA, 2, 0, 0x00FF)
                .register(0xAC, 1, 0, 0xFF)
                .register(0xAE, 1, 0, 0xFF);
        for (int p = 0; p < PIRQS; p++) {
            b.register(PIRQRCA + p, 1, PIRQ_NOT_ROUTED, 0x8F);
        }
        config = b.onWrite((offset, size) -> {
                    if (offset < PIRQRCA + PIRQS && offset + size > PIRQRCA) {
                        reroute();
                    }
                })
                .build();
    }

    @Override
    public PciConfig config() {
        return config;
    }

    @Override
    public void pirq(int index, boolean asserted) {
        pirqs = asserted ? pirqs | 1 << index : pirqs & ~(1 << index);
        ioApic[index].set(asserted);
        if ((route[index] & PIRQ_NOT_ROUTED) == 0) {
            isa[index][route[index] & 0xF].set(asserted);
        }
    }

    private void reroute() {
        for (int p = 0; p < PIRQS; p++) {
            int next = config.read(PIRQRCA + p, 1);
            if (next != route[p]) {
                if ((route[p] & PIRQ_NOT_ROUTED) == 0) {
                    isa[p][route[p] & 0xF].set(false);
                }
                route[p] = next;
                pirq(p, (pirqs >> p & 1) != 0);
            }
        }
    }

    /** Reset control (PIIX3 datasheet, 2.5.6.2): a 0 to 1 change of RCPU resets; SRST says whether the board or the processor. */
    public PortDevice resetControl() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return resetControl;
            }

            @Override
            public void writeByte(int offset, int value) {
                boolean reset = (value & RC_RESET_CPU) != 0 && (resetControl & RC_RESET_CPU) == 0;
                resetControl = value & (RC_SYSTEM_RESET | RC_RESET_CPU);
                if (reset) {
                    resetLine.request((value & RC_SYSTEM_RESET) != 0);
                    resetControl &= ~RC_RESET_CPU;
                }
            }
        };
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        config.reset();
        resetControl = 0;
        reroute();
    }

    @Override
    public Piix3State save() {
        return new Piix3State(config.save(), resetControl, pirqs);
    }

    @Override
    public void restore(Piix3State s) {
        config.restore(s.config());
        resetControl = s.resetControl();
        pirqs = s.pirqs();
        for (int p = 0; p < PIRQS; p++) {
            route[p] = config.read(PIRQRCA + p, 1);
        }
    }
}
