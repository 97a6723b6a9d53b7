package org.terrarium.vm.device.ne2000;

import org.terrarium.net.MacAddress;
import org.terrarium.net.link.Cable;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.nic.NetworkCard;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.device.pci.PortWindow;

/** An NE2000 network card, as an ISA card at fixed ports or as a PCI card with Realtek's RTL8029AS (its datasheet, chapter 5). */
public final class Ne2000 implements Device<Ne2000State>, PciFunction, NetworkCard {
    /** How many ports the card takes. */
    public static final int PORTS = Dp8390.PORTS;

    private static final int VENDOR = 0x10EC;
    private static final int DEVICE = 0x8029;

    private final String label;
    private final PciConfig config;
    private final Dp8390 chip;

    private Ne2000(String label, PciConfig.Builder function, PortBus ports, Cable cable, MacAddress mac, IrqLine isa) {
        this.label = label;
        PciConfig[] made = new PciConfig[1];
        chip = new Dp8390(
                cable,
                mac,
                high -> {
                    if (isa != null) {
                        isa.set(high);
                    } else if (made[0] != null) {
                        made[0].setInterrupt(high);
                    }
                },
                isa == null);
        if (isa == null) {
            function.ioBar(0, PORTS, new PortWindow(ports, PORTS, chip));
        }
        config = function.build();
        made[0] = config;
    }

    /** The PCI card; {@code wire} is its INTA# pin. */
    public static Ne2000 pci(String label, PortBus ports, IrqLine wire, Cable cable, MacAddress mac) {
        PciConfig.Builder function = PciConfig.of(VENDOR, DEVICE, 0x020000).interrupt(1, wire);
        return new Ne2000(label, function, ports, cable, mac, null);
    }

    /** The ISA card: map {@link #PORTS} of {@link #ports} where its jumpers say; {@code irq} is its wire. */
    public static Ne2000 isa(String label, IrqLine irq, Cable cable, MacAddress mac) {
        return new Ne2000(label, PciConfig.of(VENDOR, DEVICE, 0x020000), null, cable, mac, irq);
    }

    /** The card's ports. */
    public PortDevice ports() {
        return chip;
    }

    @Override
    public void framesArrived() {
        chip.arrived();
    }

    /** The chip has no way to see its cable. */
    @Override
    public void linkChanged() {
        chip.arrived();
    }

    @Override
    public PciConfig config() {
        return config;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        chip.reset();
        chip.clearMemory();
        config.reset();
    }

    @Override
    public Ne2000State save() {
        return new Ne2000State(config.save(), chip.saveRegisters(), chip.saveMemory());
    }

    @Override
    public void restore(Ne2000State s) {
        config.restore(s.config());
        chip.restore(s.registers(), s.memory());
    }
}
