package org.terrarium.vm;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.terrarium.vm.accel.Accelerator;
import org.terrarium.vm.accel.EmulatedAccelerator;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.ac97.Ac97;
import org.terrarium.vm.device.ahci.AhciController;
import org.terrarium.vm.device.apic.InterruptMessage;
import org.terrarium.vm.device.apic.IoApic;
import org.terrarium.vm.device.apic.LocalApic;
import org.terrarium.vm.device.apic.ProcessorPins;
import org.terrarium.vm.device.debugport.DebugPort;
import org.terrarium.vm.device.debugport.PostCode;
import org.terrarium.vm.device.dma.Dma;
import org.terrarium.vm.device.floppy.FloppyController;
import org.terrarium.vm.device.hpet.Hpet;
import org.terrarium.vm.device.i8042.A20Gate;
import org.terrarium.vm.device.i8042.I8042;
import org.terrarium.vm.device.i8042.Port92;
import org.terrarium.vm.device.ide.AtaChannel;
import org.terrarium.vm.device.ide.AtaDisk;
import org.terrarium.vm.device.ide.AtapiDrive;
import org.terrarium.vm.device.ide.DriveIdentity;
import org.terrarium.vm.device.ide.SataDrive;
import org.terrarium.vm.device.lpt.Lpt;
import org.terrarium.vm.device.pci.MsixTable;
import org.terrarium.vm.device.pci.PciBus;
import org.terrarium.vm.device.pic.Pic;
import org.terrarium.vm.device.piix.CoprocessorError;
import org.terrarium.vm.device.piix.I440fx;
import org.terrarium.vm.device.piix.IrqWires;
import org.terrarium.vm.device.piix.Piix3;
import org.terrarium.vm.device.piix.Piix4Pm;
import org.terrarium.vm.device.piix.PiixIde;
import org.terrarium.vm.device.pit.Pit;
import org.terrarium.vm.device.pit.Port61;
import org.terrarium.vm.device.rtc.Rtc;
import org.terrarium.vm.device.uart.Uart;
import org.terrarium.vm.device.vga.Vga;
import org.terrarium.vm.device.virtio.VirtioPci;
import org.terrarium.vm.device.virtioblk.VirtioBlk;
import org.terrarium.vm.device.vmmouse.VmMouse;
import org.terrarium.vm.display.Screen;
import org.terrarium.vm.display.ScreenRefresh;
import org.terrarium.vm.display.TextScreen;
import org.terrarium.vm.input.InputHub;
import org.terrarium.vm.state.CapturedState;
import org.terrarium.vm.state.FrozenMemory;
import org.terrarium.vm.state.MachineShape;
import org.terrarium.vm.state.PageSource;
import org.terrarium.vm.state.RamImage;
import org.terrarium.vm.state.StateException;
import org.terrarium.vm.state.StateSection;
import org.terrarium.vm.time.TimerQueue;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.sys.CpuModel;

/**
 * The machine's board: every chip, what it is wired to, and at which address it answers. This is the only place that knows
 * addresses; read it as a parts list.
 */
final class Board {
    /** A machine that counts its time starts its calendar here. */
    private static final Instant DETERMINISTIC_START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int ISA_WIRES = 16;
    private static final int VGA_SLOT = 2;
    private static final int PIIX_SLOT = 1;

    private static final int SOUND_SLOT = 12;
    private static final int SOUND_PIN = 2;

    private static final int AHCI_SLOT = 15;

    /** The first of the virtio disks' slots. */
    private static final int VIRTIO_BLK_SLOT = 16;

    private static final int WINDOW_PRIORITY = 5;
    private static final int APIC_PRIORITY = 20;

    private final VirtualClock clock;
    private final TimerQueue timers;
    private final BoardMemory memory;
    private final PortBus ports = new PortBus();
    private final CpuModel cpu;
    private final Accelerator accel;
    private final List<Device<?>> devices = new ArrayList<>();
    private final Screen screen = new Screen();
    private final ScreenRefresh refresh;
    private final Media media;
    private final SharedFolders shares;
    private final InputHub input;
    private final Piix4Pm power;
    private final Rtc rtc;
    private final Nvram nvram;
    private final SerialLog[] serialLogs = {new SerialLog(), new SerialLog()};
    private final SerialPort[] serialPorts = new SerialPort[2];
    private final SerialLog debugLog = new SerialLog();
    private volatile boolean resetRequested;
    private volatile boolean offRequested;
    private volatile Consumer<IOException> trouble = e -> {};
    private Executor machineThread = Runnable::run;
    private Runnable answerExpected = () -> {};

    /** Opens the files and wires everything; nothing stays open when it fails. */
    static Board assemble(MachineBuilder b) throws IOException {
        Media[] media = new Media[1];
        Board[] board = new Board[1];
        media[0] = Media.open(b, e -> board[0].trouble.accept(e));
        try {
            board[0] = new Board(b, media[0]);
            return board[0];
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            media[0].close();
            throw e;
        }
    }

    private Board(MachineBuilder b, Media media) throws IOException {
        this.media = media;
        Firmware firmware = Firmware.read(b);
        memory = new BoardMemory(b.memoryMib(), b.videoMemoryMib(), firmware.romBytes(), firmware.lowBytes());
        clock = b.deterministic()
                ? VirtualClock.counted(this::retiredInstructions)
                : VirtualClock.realTime(System::nanoTime);
        timers = new TimerQueue(clock);
        media.useTimers(b.deterministic() ? timers : null);
        InstantSource wall = b.deterministic() ? () -> DETERMINISTIC_START.plusNanos(clock.nanos()) : b.wallClock();
        PhysicalMemory physical = memory.physical;
        DmaMemory dmaMemory = memory.dma();

        // The processor and its interrupt controllers.
        BoardBus bus = new BoardBus(ports, memory.map, clock, this::requestReset);
        // When translated code is ready depends on the host, and it stops at other places than interpreted code.
        boolean translates = b.accel().translates() && !b.deterministic();
        cpu = b.cpu();
        accel = new EmulatedAccelerator(b.cpu(), physical, bus, translates ? b.translator() : null);
        Pic[] behindApic = new Pic[1];
        LocalApic localApic = add(new LocalApic(
                "apic0",
                timers,
                pins(),
                () -> behindApic[0].acknowledge(),
                b.cpu().localApic() ? memory.map : MemoryMap.NOWHERE));
        Pic pic = add(new Pic("pic", localApic.lint0()));
        behindApic[0] = pic;
        IoApic ioApic = add(new IoApic("ioapic0", localApic));
        if (b.cpu().localApic()) {
            memory.map.device(IoApic.DEFAULT_BASE, IoApic.BYTES, APIC_PRIORITY, ioApic);
        }
        ports.map(0x20, 2, pic.masterPorts());
        ports.map(0xA0, 2, pic.slavePorts());
        ports.map(0x4D0, 2, pic.elcrPorts());
        IrqWires wires = add(new IrqWires("irq", interruptWires(pic, ioApic)));
        CoprocessorError coprocessorError = add(new CoprocessorError("ferr", wires.driver(13)));
        ports.map(CoprocessorError.PORT, 1, coprocessorError.port());
        bus.connect(localApic, coprocessorError);

        // Timers.
        LegacyIrq timerIrq = new LegacyIrq(wires.driver(0));
        LegacyIrq clockIrq = new LegacyIrq(wires.driver(8));
        Pit pit = add(new Pit("pit", timers, timerIrq));
        pic.onAcknowledge(irq -> {
            if (irq == 0) {
                pit.tickTaken();
            }
        });
        ports.map(0x40, 4, pit.ports());
        ports.map(0x61, 1, add(new Port61("port61", pit, timers, hertz -> {})).port());
        Piix4Pm[] powerEvents = new Piix4Pm[1];
        rtc = add(new Rtc("rtc", timers, wall, ZoneOffset.UTC, high -> {
            clockIrq.set(high);
            if (high) {
                powerEvents[0].rtcAlarm(); // IRQ8# is an ACPI fixed event too
            }
        }));
        nvram = Nvram.load(b, rtc);
        ports.map(0x70, 2, rtc.ports());
        ports.map(0x72, 2, rtc.extendedPorts());
        List<IrqLine> hpetWires = new ArrayList<>();
        for (int n = 0; n < IoApic.PINS; n++) {
            hpetWires.add(wires.driver(n));
        }
        Hpet hpet = add(new Hpet("hpet", timers, hpetWires, on -> {
            timerIrq.replaced(on);
            clockIrq.replaced(on);
        }));
        memory.map.device(Hpet.DEFAULT_BASE, Hpet.BYTES, APIC_PRIORITY, hpet);

        // ISA devices.
        Dma dma = add(new Dma("dma", dmaMemory));
        ports.map(0x00, 16, dma.byteController());
        ports.map(0xC0, 32, dma.wordController());
        ports.map(0x80, 16, dma.pageRegisters());
        ports.map(0x80, 1, add(new PostCode("postcode", dma.pageRegisters())).port());
        A20Gate a20 = add(new A20Gate("a20", physical::setA20));
        I8042 keyboardController =
                add(new I8042("i8042", timers, wires.driver(1), wires.driver(12), a20, this::requestReset));
        ports.map(0x60, 1, keyboardController.dataPort());
        ports.map(0x64, 1, keyboardController.commandPort());
        ports.map(0x92, 1, add(new Port92("port92", a20, this::requestReset)).port());
        VmMouse pointer = add(new VmMouse("vmmouse", accel::registers, keyboardController.mouse()::trigger));
        pointer.frequencies(BoardBus.TSC_PER_NANO * 1_000_000_000, 1_000_000_000);
        ports.map(VmMouse.PORT, VmMouse.PORTS, pointer.port());
        input = new InputHub(timers, keyboardController, pointer, work -> machineThread.execute(work));
        int[] serialBases = {0x3F8, 0x2F8};
        int[] serialIrqs = {4, 3};
        for (int n = 0; n < 2; n++) {
            serialPorts[n] = new SerialPort(
                    serialLogs[n], n < b.serialSinks().size() ? b.serialSinks().get(n) : null);
            Uart uart = add(new Uart("uart" + n, timers, wires.driver(serialIrqs[n]), serialPorts[n].pipe(), true));
            serialPorts[n].connect(uart);
            ports.map(serialBases[n], 8, uart.ports());
        }
        ports.map(0x378, 3, add(new Lpt("lpt0", wires.driver(7), b.printer())).ports());
        ports.map(0xE9, 1, new DebugPort(debugLog::append));
        FloppyController floppies = add(new FloppyController("floppy", timers, wires.driver(6), dma.channel(2), 2));
        ports.map(FloppyController.BASE, FloppyController.PORTS, floppies.registers());
        ports.map(FloppyController.DIR, 1, floppies.digitalInput());
        for (int n = 0; n < 2; n++) {
            if (media.floppyAttachment(n) != null) {
                floppies.insert(n, media.floppyAttachment(n));
            }
        }

        // IDE: disks on primary master, primary slave and secondary slave, the CD drive is the secondary master.
        AtapiDrive cdDrive = new AtapiDrive(
                "cd0",
                timers,
                media.cdAttachment(),
                new DriveIdentity("TERRARIUM CD-ROM", "TC0001", "1.0"),
                media::trayMoved);
        AtaDisk[] ideDisks = ideDisks();
        boolean serialCd = b.cdController() == DiskController.AHCI;
        AtaChannel primary = add(new AtaChannel("ide0", wires.driver(14), ideDisks[0], ideDisks[1]));
        AtaChannel secondary = add(new AtaChannel("ide1", wires.driver(15), serialCd ? null : cdDrive, ideDisks[2]));
        media.connect(cdDrive.tray(), floppies);
        ports.map(AtaChannel.PRIMARY_COMMAND, AtaChannel.COMMAND_PORTS, primary.commandBlock());
        ports.map(AtaChannel.PRIMARY_CONTROL, 1, primary.controlBlock());
        ports.map(AtaChannel.SECONDARY_COMMAND, AtaChannel.COMMAND_PORTS, secondary.commandBlock());
        ports.map(AtaChannel.SECONDARY_CONTROL, 1, secondary.controlBlock());

        // PCI: host bridge, the PIIX's functions, the graphics card.
        PciBus pci = add(new PciBus("pci"));
        ports.map(PciBus.CONFADD, PciBus.PORTS, pci.ports());
        I440fx hostBridge =
                add(new I440fx("i440fx", memory.map, memory.shadowRam, memory.firmwareLow(), b.memoryMib()));
        Piix3 isaBridge = add(new Piix3("piix3", wires, hard -> requestReset()));
        ports.map(Piix3.RC, 1, isaBridge.resetControl());
        PiixIde ide = add(new PiixIde("piix3.ide", dmaMemory, ports, primary, secondary));
        power = add(new Piix4Pm("piix4.pm", timers, ports, wires.driver(9), this::requestPowerOff));
        powerEvents[0] = power;
        ports.map(Piix4Pm.APM, 2, power.apm());
        ports.map(Piix4Pm.GPE, Piix4Pm.GPE_PORTS, power.generalPurposeEvents());
        ports.map(Piix4Pm.HOT_PLUG, Piix4Pm.HOT_PLUG_PORTS, power.hotPlug());

        Vga vga = add(new Vga("vga", clock, memory.map, memory.video, firmware.videoRom(memory)));
        ports.map(Vga.PORTS, Vga.PORT_COUNT, vga.ports());
        ports.map(Vga.DISPI_PORTS, Vga.DISPI_PORT_COUNT, vga.dispiPorts());
        memory.map.device(Vga.WINDOW, Vga.WINDOW_BYTES, WINDOW_PRIORITY, vga.window());
        pci.attach(0, 0, hostBridge);
        pci.attach(PIIX_SLOT, 0, isaBridge);
        pci.attach(PIIX_SLOT, 1, ide);
        pci.attach(PIIX_SLOT, 3, power);
        pci.attach(VGA_SLOT, 0, vga);
        MsixTable.Messages messages = (address, data) -> {
            if (address >> 20 == LocalApic.DEFAULT_BASE >> 20) {
                localApic.deliver(InterruptMessage.ofMsi(address, data));
            }
        };
        List<Integer> serialDisks = disksOn(DiskController.AHCI);
        if (serialCd || !serialDisks.isEmpty()) {
            AhciController ahci =
                    add(new AhciController("ahci", dmaMemory, memory.map, pci.interruptLine(AHCI_SLOT, 1), messages));
            int port = 0;
            for (int n : serialDisks) {
                ahci.install(port++, SataDrive.disk("hd" + n, timers, media.diskAttachment(n), identity(n)));
            }
            if (serialCd) {
                ahci.install(AhciController.PORT_COUNT - 1, SataDrive.cd(cdDrive));
            }
            pci.attach(AHCI_SLOT, 0, ahci);
        }
        int virtioSlot = VIRTIO_BLK_SLOT;
        for (int n : disksOn(DiskController.VIRTIO)) {
            VirtioBlk disk = new VirtioBlk(media.diskAttachment(n), identity(n).serial());
            IrqLine line = pci.interruptLine(virtioSlot, 1);
            pci.attach(
                    virtioSlot++,
                    0,
                    add(new VirtioPci<>("virtio-blk" + n, disk, dmaMemory, memory.map, ports, line, messages)));
        }
        NetworkCards.plug(
                b,
                new NetworkCards.Wiring(timers, dmaMemory, memory, ports, pci, wires::driver, messages),
                this::add,
                work -> machineThread.execute(work),
                () -> answerExpected.run());
        shares = SharedFolders.plug(
                b,
                new SharedFolders.Wiring(dmaMemory, memory, ports, pci, messages),
                this::add,
                work -> machineThread.execute(work));
        power.connectSlots(NetworkCards.slots(b), slot -> ((Device<?>) pci.function(slot, 0)).reset());
        b.sound().ifPresent(output -> {
            IrqLine line = pci.interruptLine(SOUND_SLOT, SOUND_PIN);
            pci.attach(SOUND_SLOT, 0, add(new Ac97("ac97", timers, dmaMemory, ports, line, output)));
        });
        pci.connect(isaBridge);
        firmware.install(memory, ports, accel.registers(), rtc, media, this::add);
        refresh = new ScreenRefresh(vga, screen, timers);
        resetChips();
        refresh.start();
    }

    private long retiredInstructions() {
        return accel == null ? 0 : accel.retired();
    }

    private <D extends Device<?>> D add(D device) {
        devices.add(device);
        return device;
    }

    private ProcessorPins pins() {
        return new ProcessorPins() {
            @Override
            public void interrupt(boolean high) {
                accel.setInterruptLine(high);
            }

            @Override
            public void nmi() {
                if (!rtc.nmiDisabled()) {
                    accel.raiseNmi();
                }
            }

            @Override
            public void init() {
                accel.init();
            }
        };
    }

    /** An ISA interrupt reaches both the PICs and the I/O APIC; the timer's is input 2 there (MP specification 1.4, 3.6.2). */
    private static List<IrqLine> interruptWires(Pic pic, IoApic ioApic) {
        List<IrqLine> wires = new ArrayList<>();
        for (int n = 0; n < IoApic.PINS; n++) {
            IrqLine toApic = ioApic.input(n == 0 ? 2 : n);
            IrqLine toPic = n < ISA_WIRES ? pic.input(n) : IrqLine.NONE;
            wires.add(high -> {
                toPic.set(high);
                toApic.set(high);
            });
        }
        return wires;
    }

    /** The disks of the IDE controller in their places; null where there is none. */
    private AtaDisk[] ideDisks() {
        AtaDisk[] places = new AtaDisk[DiskController.IDE.places()];
        int next = 0;
        for (int n : disksOn(DiskController.IDE)) {
            places[next++] = new AtaDisk("hd" + n, timers, media.diskAttachment(n), identity(n));
        }
        return places;
    }

    /** Numbers of the machine's disks that hang on this controller. */
    private List<Integer> disksOn(DiskController controller) {
        List<Integer> numbers = new ArrayList<>();
        for (int n = 0; n < media.options().size(); n++) {
            if (media.options().get(n).controller() == controller) {
                numbers.add(n);
            }
        }
        return numbers;
    }

    private static DriveIdentity identity(int n) {
        return new DriveIdentity("TERRARIUM HARDDISK", "TD%04d".formatted(n + 1), "1.0");
    }

    /** Hardware reset of everything; RAM keeps its contents. */
    void reset() {
        storeNvram(); // a setup program ends like this
        resetChips();
    }

    private void resetChips() {
        resetRequested = false;
        for (Device<?> d : devices) {
            d.reset();
        }
        media.reset();
        accel.reset();
    }

    private void storeNvram() {
        try {
            nvram.store();
        } catch (IOException e) {
            trouble.accept(e);
        }
    }

    /**
     * Brings every disk request in flight to rest, as saving the board's state requires. False when requests are held back
     * until the host has space; the state cannot be saved then.
     */
    boolean settle() {
        shares.settle();
        return media.settle();
    }

    /**
     * Brings disk work to rest and saves everything but memory, which is frozen as it is now: the guest may run on while the
     * other is written. The result belongs to the caller, who releases the memory.
     *
     * @throws StateException when the guest waits for space on the host
     */
    CapturedState capture() throws StateException {
        if (!settle()) {
            throw new StateException(
                    "the machine waits for space on the host's disk, so its state cannot be saved; make space first");
        }
        if (clock.counted()) {
            accel.forget(); // a deterministic run must not depend on whether it was saved or restored here
            refresh.start();
        }
        byte[] state = state().save();
        return new CapturedState(
                state,
                new FrozenMemory(
                        memory.physical, List.of(memory.video, memory.shadowRam, memory.firmware, memory.vgaRom)),
                0);
    }

    /** Takes over a saved state; the board has just been built. A StateException leaves it unusable. */
    void restore(Map<String, StateSection> sections, RamImage ram) throws StateException {
        state().requireFits(sections);
        if ((long) ram.pages() * PageSource.PAGE_BYTES
                != memory.physical.backing().byteSize()) {
            throw new StateException("the saved memory does not belong to this machine");
        }
        ram.copyTo(memory.physical.backing());
        state().restore(sections);
        refresh.start();
    }

    private BoardState state() {
        return new BoardState(
                new MachineShape(
                        cpu.id(),
                        (int) (memory.lowRam + memory.highRam >> 20),
                        (int) (memory.video.size() >> 20),
                        devices.stream().<String>map(Device::label).toList(),
                        clock.counted()),
                clock,
                accel,
                devices);
    }

    /**
     * Takes a network card out and puts it in again, with the address it was built with, as soon as the system lets go of it.
     * False where the card has no slot that allows it.
     */
    boolean replugCard(int number) {
        return power.replug(NetworkCards.FIRST_SLOT + number);
    }

    /** The shared folders. */
    SharedFolders shares() {
        return shares;
    }

    /** The hard disks. */
    DiskSwitch disks() {
        return media;
    }

    /** Who is told, on any thread, when the guest must wait for the host to make space. */
    void onSpace(DiskHosting.SpaceListener listener) {
        media.onSpace(listener);
    }

    /** Tries again what is held back for want of space; returns how many requests that were. */
    int retryHeld() {
        return media.retryHeld();
    }

    /**
     * From now on the board belongs to this thread.
     *
     * @param expected to be told, on that thread, that others have been given something to answer
     */
    void attach(Executor machine, Runnable expected) {
        machineThread = machine;
        answerExpected = expected;
        media.attach(machine);
    }

    /** Any thread: a reset as soon as the running instruction is done. */
    void requestReset() {
        resetRequested = true;
        accel.requestExit();
    }

    private void requestPowerOff() {
        offRequested = true;
        accel.requestExit();
    }

    boolean takeResetRequest() {
        return resetRequested;
    }

    boolean takePowerOffRequest() {
        return offRequested;
    }

    void pressPowerButton() {
        power.pressPowerButton();
    }

    /** {@code listener} is told, on any thread, about the host's trouble with disk images while the guest runs. */
    void onTrouble(Consumer<IOException> listener) {
        trouble = listener;
    }

    Accelerator accelerator() {
        return accel;
    }

    TimerQueue timers() {
        return timers;
    }

    VirtualClock clock() {
        return clock;
    }

    Screen screen() {
        return screen;
    }

    PortBus ports() {
        return ports;
    }

    BoardMemory memory() {
        return memory;
    }

    InputHub input() {
        return input;
    }

    Drives drives() {
        return media;
    }

    SerialLog serialLog(int port) {
        return serialLogs[port];
    }

    SerialLog debugLog() {
        return debugLog;
    }

    void serialInput(int port, byte[] bytes) {
        serialPorts[port].send(bytes);
    }

    void refreshScreen() {
        refresh.refresh();
    }

    /** The text screen, brought up to date; empty in graphics modes. */
    Optional<TextScreen> textScreen() {
        refresh.refresh();
        TextScreen text = screen.text();
        return text == TextScreen.NONE ? Optional.empty() : Optional.of(text);
    }

    void close() throws IOException {
        storeNvram();
        for (SerialPort p : serialPorts) {
            p.close();
        }
        debugLog.close();
        shares.close();
        media.close();
    }
}
