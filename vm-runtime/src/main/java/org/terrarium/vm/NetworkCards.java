package org.terrarium.vm;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.terrarium.net.link.Cable;
import org.terrarium.vm.MachineBuilder.NicOption;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.e1000.E1000;
import org.terrarium.vm.device.ne2000.Ne2000;
import org.terrarium.vm.device.nic.NetworkCard;
import org.terrarium.vm.device.pci.ExpansionRom;
import org.terrarium.vm.device.pci.MsixTable;
import org.terrarium.vm.device.pci.PciBus;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.device.rtl8139.Rtl8139;
import org.terrarium.vm.device.virtio.VirtioPci;
import org.terrarium.vm.device.virtionet.VirtioNet;
import org.terrarium.vm.device.virtionet.VirtioNetState;
import org.terrarium.vm.firmware.HostFiles;
import org.terrarium.vm.time.TimerQueue;

/** The machine's network cards: a slot each from the third on, with what comes through its cable brought to it. */
final class NetworkCards {
    /** The first card's slot; ISA cards leave theirs empty. */
    static final int FIRST_SLOT = 3;

    private static final int MAX_ROM = 512 << 10;
    private static final int ISA_BASE = 0x300;
    private static final int ISA_IRQ = 5;

    private NetworkCards() {}

    /**
     * The parts of the board that a card is wired to.
     *
     * @param isaWire gives a driver of an ISA interrupt
     * @param messages takes message-signalled interrupts
     */
    record Wiring(
            TimerQueue timers,
            DmaMemory dma,
            BoardMemory memory,
            PortBus ports,
            PciBus pci,
            IntFunction<IrqLine> isaWire,
            MsixTable.Messages messages) {}

    /**
     * Builds the cards that {@code b} names.
     *
     * @param add makes a chip part of the board
     * @param machine the machine's thread
     * @param answerExpected called when a card has sent something
     * @throws IOException in a sentence when a card's ROM cannot be used
     */
    static void plug(MachineBuilder b, Wiring w, Consumer<Device<?>> add, Executor machine, Runnable answerExpected)
            throws IOException {
        for (int n = 0; n < b.nics().size(); n++) {
            NicOption nic = b.nics().get(n);
            if (nic.model() == NicModel.VIRTIO) {
                listen(nic.cable(), virtio(nic, n, w, add), machine, answerExpected);
                continue;
            }
            Device<?> card = build(nic, n, w);
            add.accept(card);
            if (nic.model() == NicModel.NE2000_ISA) {
                w.ports().map(ISA_BASE, Ne2000.PORTS, ((Ne2000) card).ports());
            } else {
                attach(nic, n, w, (PciFunction) card);
            }
            listen(nic.cable(), (NetworkCard) card, machine, answerExpected);
        }
    }

    private static VirtioNet virtio(NicOption nic, int n, Wiring w, Consumer<Device<?>> add) throws IOException {
        VirtioNet card = new VirtioNet(w.timers(), nic.cable(), nic.mac());
        IrqLine wire = w.pci().interruptLine(FIRST_SLOT + n, 1);
        VirtioPci<VirtioNetState> function =
                new VirtioPci<>(label(nic, n), card, w.dma(), w.memory().map, w.ports(), wire, w.messages());
        add.accept(function);
        attach(nic, n, w, function);
        return card;
    }

    private static void attach(NicOption nic, int n, Wiring w, PciFunction card) throws IOException {
        if (nic.rom() != null) {
            PciConfig config = card.config();
            int vendor = config.read(PciConfig.VENDOR_ID, 2);
            int device = config.read(PciConfig.DEVICE_ID, 2);
            try {
                ExpansionRom.of(HostFiles.read(nic.rom(), MAX_ROM, "an expansion ROM"), vendor, device)
                        .plugInto(config, w.memory().map);
            } catch (IllegalArgumentException e) {
                throw new IOException(nic.rom() + " " + e.getMessage(), e);
            }
        }
        w.pci().attach(FIRST_SLOT + n, 0, card);
    }

    /** The slots that have a card in them, a bit each. */
    static int slots(MachineBuilder b) {
        int slots = 0;
        for (int n = 0; n < b.nics().size(); n++) {
            slots |= b.nics().get(n).model() == NicModel.NE2000_ISA ? 0 : 1 << FIRST_SLOT + n;
        }
        return slots;
    }

    private static String label(NicOption nic, int n) {
        return nic.model().id() + "-" + n;
    }

    private static Device<?> build(NicOption nic, int n, Wiring w) {
        String label = label(nic, n);
        IrqLine wire = w.pci().interruptLine(FIRST_SLOT + n, 1);
        MemoryMap map = w.memory().map;
        return switch (nic.model()) {
            case E1000 -> new E1000(label, w.timers(), w.dma(), map, w.ports(), wire, nic.cable(), nic.mac());
            case RTL8139 -> new Rtl8139(label, w.timers(), w.dma(), map, w.ports(), wire, nic.cable(), nic.mac());
            case NE2000 -> Ne2000.pci(label, w.ports(), wire, nic.cable(), nic.mac());
            case VIRTIO -> throw new IllegalStateException("a virtio card is no device of its own");
            case NE2000_ISA -> Ne2000.isa(label, w.isaWire().apply(ISA_IRQ), nic.cable(), nic.mac());
        };
    }

    /** Cables speak from their network's thread, cards belong to the machine's. */
    private static void listen(Cable cable, NetworkCard card, Executor machine, Runnable answerExpected) {
        cable.listen(new Cable.Listener() {
            @Override
            public void arrived() {
                machine.execute(card::framesArrived);
            }

            @Override
            public void linkChanged() {
                machine.execute(card::linkChanged);
            }

            @Override
            public void sent() {
                answerExpected.run();
            }
        });
    }
}
