package org.terrarium.vm.firmware;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.terrarium.vm.bus.PortBus;

/**
 * What POST does to the PCI bus: base addresses, interrupt routing, the fixed blocks of the PIIX chips, shadow RAM.
 * Intel 82441FX, 82371SB (PIIX3) and 82371AB (PIIX4) datasheets.
 */
final class PciSetup {
    static final int PM_BASE = 0xB000;
    static final int SMBUS_BASE = 0xB100;
    static final long MEMORY_START = 0xE000_0000L;
    static final long MEMORY_END = 0xFEBF_FFFFL;
    static final int IO_START = 0xC000;

    /** Interrupts of PIRQA#..PIRQD#. */
    static final int[] PIRQ_IRQS = {10, 10, 11, 11};

    private static final int PIRQ_ROUTE = 0x60;
    private static final int ELCR1 = 0x4D0;
    private static final int ELCR2 = 0x4D1;
    private static final int PAM0 = 0x59;
    private static final int INTEL = 0x8086;
    private static final int HOST_BRIDGE = 0x1237;
    private static final int PIIX3_ISA = 0x7000;
    private static final int PIIX3_IDE = 0x7010;
    private static final int PIIX4_ISA = 0x7110;
    private static final int PIIX4_IDE = 0x7111;
    private static final int PIIX4_PM = 0x7113;

    private record Bar(int bdf, int register, long size, boolean io, boolean wide) {}

    private final PortBus ports;
    private final PciConfig config;
    private long framebuffer;

    PciSetup(PortBus ports, PciConfig config) {
        this.ports = ports;
        this.config = config;
    }

    /** Guest-physical address of the display's linear framebuffer, 0 when there is none. */
    long framebuffer() {
        return framebuffer;
    }

    /** Whether a card besides the display has an expansion ROM that was given an address. */
    boolean hasOptionRoms() {
        for (int bdf : config.functions()) {
            if (OptionRoms.address(config, bdf) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Makes segments C000h..FFFFh readable and writable RAM ({@code open}), or F000h read-only RAM again. */
    void shadow(boolean open) {
        if (config.vendor(0) != INTEL || config.read(0, PciConfig.DEVICE, 2) != HOST_BRIDGE) {
            return;
        }
        config.write(0, PAM0, 1, open ? 0x30 : 0x10);
        for (int k = 1; k <= 6; k++) {
            boolean video = k <= 2;
            config.write(0, PAM0 + k, 1, open || !video ? 0x33 : 0x11);
        }
    }

    void configure() {
        int[] functions = config.functions();
        List<Bar> bars = new ArrayList<>();
        for (int bdf : functions) {
            config.write(bdf, PciConfig.COMMAND, 2, config.read(bdf, PciConfig.COMMAND, 2) & ~7);
            sizeBars(bdf, bars);
        }
        assign(bars);
        for (int bdf : functions) {
            fixedBlocks(bdf);
            route(bdf);
            int enable = PciConfig.IO_ENABLE | PciConfig.MEMORY_ENABLE;
            if (config.read(bdf, PciConfig.CLASS, 2) == 0x0101) {
                enable |= PciConfig.BUS_MASTER;
            }
            config.write(bdf, PciConfig.COMMAND, 2, config.read(bdf, PciConfig.COMMAND, 2) | enable);
        }
    }

    private void sizeBars(int bdf, List<Bar> bars) {
        if ((config.read(bdf, PciConfig.HEADER_TYPE, 1) & 0x7F) != 0) {
            return;
        }
        for (int k = 0; k < 7; k++) {
            int register = k == 6 ? PciConfig.ROM_BAR : PciConfig.BAR0 + 4 * k;
            int old = config.read(bdf, register, 4);
            config.write(bdf, register, 4, k == 6 ? 0xFFFF_F800 : -1);
            int mask = config.read(bdf, register, 4);
            config.write(bdf, register, 4, old);
            if (mask == 0 || mask == -1) {
                continue;
            }
            boolean io = k != 6 && (mask & 1) != 0;
            boolean wide = !io && k != 6 && (mask & 6) == 4;
            long size =
                    io ? (~(mask & ~0x03) & 0xFFFF) + 1 : (~(mask & (k == 6 ? 0xFFFF_F800 : ~0x0F)) & 0xFFFF_FFFFL) + 1;
            bars.add(new Bar(bdf, register, size, io, wide));
            if (wide) {
                k++;
            }
        }
    }

    private void assign(List<Bar> bars) {
        long memory = MEMORY_START;
        int io = IO_START;
        bars.sort(Comparator.comparingLong(Bar::size).reversed());
        for (Bar b : bars) {
            if (b.io) {
                int at = (int) (io + b.size - 1 & -b.size);
                config.write(b.bdf, b.register, 4, at);
                io = (int) (at + b.size);
                continue;
            }
            long step = Math.max(b.size, 0x1000);
            long at = memory + step - 1 & -step;
            if (at + step - 1 > MEMORY_END) {
                continue; // does not fit below the interrupt controllers: stays disabled
            }
            config.write(b.bdf, b.register, 4, (int) at);
            if (b.wide) {
                config.write(b.bdf, b.register + 4, 4, 0);
            }
            memory = at + step;
            if (framebuffer == 0 && b.register == PciConfig.BAR0 && config.read(b.bdf, PciConfig.CLASS, 2) == 0x0300) {
                framebuffer = at;
            }
        }
    }

    private void fixedBlocks(int bdf) {
        if (config.vendor(bdf) != INTEL) {
            return;
        }
        switch (config.read(bdf, PciConfig.DEVICE, 2)) {
            case PIIX3_ISA, PIIX4_ISA -> {
                int levels = 0;
                for (int k = 0; k < 4; k++) {
                    config.write(bdf, PIRQ_ROUTE + k, 1, PIRQ_IRQS[k]);
                    levels |= 1 << PIRQ_IRQS[k];
                }
                ports.write(ELCR1, 1, levels & 0xFF);
                ports.write(ELCR2, 1, levels >> 8);
            }
            case PIIX3_IDE, PIIX4_IDE -> {
                config.write(bdf, 0x40, 2, 0x8000); // decode the primary and secondary ports
                config.write(bdf, 0x42, 2, 0x8000);
            }
            case PIIX4_PM -> {
                config.write(bdf, PciConfig.INTERRUPT_LINE, 1, 9);
                config.write(bdf, 0x40, 4, PM_BASE | 1);
                config.write(bdf, 0x80, 1, 0x01);
                config.write(bdf, 0x90, 4, SMBUS_BASE | 1);
                config.write(bdf, 0xD2, 1, 0x09);
                ports.write(
                        PM_BASE + 4, 2, 0x0001); // power events raise SCI: the machine is in ACPI mode from the start
            }
            default -> {
                // no fixed blocks
            }
        }
    }

    /** The PIRQ (0..3) that interrupt pin 1..4 of a device is wired to. */
    static int pirq(int device, int pin) {
        return device - 1 + pin - 1 & 3;
    }

    private void route(int bdf) {
        int pin = config.read(bdf, PciConfig.INTERRUPT_PIN, 1);
        if (pin >= 1 && pin <= 4 && !isPowerManagement(bdf)) {
            config.write(bdf, PciConfig.INTERRUPT_LINE, 1, PIRQ_IRQS[pirq(bdf >> 3, pin)]);
        }
    }

    private boolean isPowerManagement(int bdf) {
        return config.vendor(bdf) == INTEL && config.read(bdf, PciConfig.DEVICE, 2) == PIIX4_PM;
    }
}
