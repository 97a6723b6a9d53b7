package org.terrarium.vm.firmware;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.PortDevice;

/**
 * The built-in PC/AT BIOS. The guest sees a ROM whose entry points execute an OUT to {@link #TRAP_PORT}; that write arrives
 * here, the service runs on the guest's registers and memory, and the ROM goes on. Where the OUT stood says which service is
 * meant, so an OUT from anywhere else does nothing. Waiting is done by the guest in HLT, never here.
 */
public final class BuiltinBios implements PortDevice, Device<BiosState> {
    /** About what the loop of a ROM takes: fetch, wait for the printer, strobe. */
    private static final int INSTRUCTIONS_PER_PRINTED_CHARACTER = 40;

    /** The port to map this device at; one port. */
    public static final int TRAP_PORT = BiosRom.TRAP_PORT;

    /** Bytes of {@link #romImage()}. */
    public static final int ROM_SIZE = BiosRom.SIZE;

    private static final long ROM_BASE = (long) BiosRom.SEGMENT << 4;
    private static final long VIDEO_BASE = (long) VideoRom.SEGMENT << 4;
    private static final int KEYBOARD_PULSE_RESET = 0xFE;

    private final GuestRegisters cpu;
    private final PortBus ports;
    private final BiosMemory memory;
    private final BiosRom rom;
    private final Map<Long, TrapPoint> traps = new HashMap<>();
    private final BiosCall call;
    private final BiosCall farCall;
    private final VideoService video;
    private final DiskService disks;
    private final KeyboardService keyboard;
    private final TimeService time;
    private final SystemService system;
    private final MousePort mouse;
    private final PortServices portServices;
    private final Apm apm;
    private final PciBios pciBios;
    private final PciSetup pciSetup;
    private final Post post;
    private final BootManager boot;
    private final OptionRoms optionRoms;

    /**
     * Builds the BIOS of one machine.
     *
     * @param ports the board's ports, used as the processor uses them
     * @param ram guest-physical RAM
     * @param drives the drives in INT 13h order of each kind
     */
    public BuiltinBios(GuestRegisters cpu, PortBus ports, DmaMemory ram, List<BiosDrive> drives, BiosConfig config) {
        this.cpu = cpu;
        this.ports = ports;
        memory = new BiosMemory(cpu, ram);
        MemoryLayout layout = new MemoryLayout(config.lowRam(), config.highRam());
        VideoFonts fonts = new VideoFonts();
        rom = new BiosRom(fonts.font8());
        VideoRom videoRom = new VideoRom(fonts);
        rom.traps().forEach((offset, point) -> traps.put(ROM_BASE + offset, point));
        videoRom.traps().forEach((offset, point) -> traps.put(VIDEO_BASE + offset, point));
        call = new BiosCall(cpu, memory);
        farCall = new BiosCall(cpu, memory, true);
        Cmos cmos = new Cmos(ports);
        PciConfig pciConfig = new PciConfig(ports);
        pciSetup = new PciSetup(ports, pciConfig);
        pciBios = new PciBios(pciConfig, rom);
        video = new VideoService(new Vga(ports), memory, videoRom, fonts);
        disks = new DiskService(memory, drives);
        keyboard = new KeyboardService(ports, memory);
        time = new TimeService(memory, cmos);
        mouse = new MousePort(ports, memory);
        apm = new Apm(ports, rom);
        system = new SystemService(ports, memory, layout, time, mouse, apm);
        portServices = new PortServices(ports, memory);
        post = new Post(ports, memory, config, layout, rom, videoRom, cmos, pciSetup, disks);
        optionRoms = new OptionRoms(call, pciConfig, rom);
        boot = new BootManager(call, config, layout, disks, keyboard, video, cmos, pciConfig, optionRoms);
    }

    /** The ROM to show at F0000h and just below 4 GiB: 64 KiB. */
    public byte[] romImage() {
        return rom.image().clone();
    }

    @Override
    public int read(int offset, int size) {
        return size == 4 ? -1 : (1 << 8 * size) - 1;
    }

    @Override
    public void write(int offset, int size, int value) {
        long pa = cpu.physical(cpu.base(GuestRegisters.CS) + (cpu.ip() & 0xFFFF_FFFFL));
        TrapPoint point = traps.get(pa);
        if (point != null) {
            try {
                serve(point);
            } catch (RepeatCall e) {
                cpu.setIp(cpu.ip() - RomEmitter.TRAP_BYTES);
            }
        }
    }

    private void goTo(String label) {
        cpu.setIp(rom.address(label));
    }

    private void serve(TrapPoint point) {
        switch (point) {
            case POST -> powerOn();
            case BOOT_STEP -> follow(boot.step());
            case BOOT_AGAIN -> follow(boot.again());
            case NO_BOOT_DEVICE -> {
                cpu.loadRealSegment(GuestRegisters.SS, 0);
                cpu.set(GuestRegisters.ESP, 0x7C00);
                follow(boot.next());
            }
            case VIDEO -> video.call(call);
            case VBE_WINDOW -> video.vbe().windowFunction(farCall);
            case EQUIPMENT -> call.setAx(memory.u16(Bda.EQUIPMENT));
            case MEMORY_SIZE -> call.setAx(memory.u16(Bda.MEMORY_KIB));
            case DISK -> disks.call(call);
            case SERIAL -> portServices.serial(call);
            case PRINTER -> portServices.printer(call);
            case PRINT_SCREEN -> cpu.spend(portServices.printScreen() * INSTRUCTIONS_PER_PRINTED_CHARACTER);
            case SYSTEM -> {
                switch (system.call(call)) {
                    case WAIT -> goTo("systemWait");
                    case IDLE_RETURN -> goTo("idleReturn");
                    case RETURN -> {
                        // the ROM goes on to its IRET
                    }
                }
            }
            case SYSTEM_WAITING -> {
                if (!system.waitOver(call)) {
                    goTo("systemWait");
                }
            }
            case KEYBOARD -> {
                switch (keyboard.call(call)) {
                    case WAIT -> goTo("keyboardWait");
                    case IDLE_RETURN -> goTo("idleReturn");
                    case RETURN -> {
                        // the ROM goes on to its IRET
                    }
                }
            }
            case TIME -> {
                if (call.ah() == 0xB1) {
                    pciBios.call(call);
                } else {
                    time.call(call);
                }
            }
            case BIOS32 -> pciBios.directory(farCall);
            case PCI32 -> {
                if (farCall.ah() == 0xB1) {
                    pciBios.call(farCall);
                } else {
                    farCall.fail(0x81);
                }
            }
            case APM16, APM32 -> apm.protectedMode(farCall);
            case KERNEL_GO -> boot.enterKernel(cpu);
            case OPTION_ROM_DONE -> optionRoms(optionRoms.returned());
            case PLUG_AND_PLAY -> optionRoms.plugAndPlay(farCall);
            default -> interrupt(point);
        }
    }

    private void interrupt(TrapPoint point) {
        switch (point) {
            case TICK -> time.tick();
            case TICK_DONE, SPURIOUS_IRQ_MASTER, KEY_DONE -> endOfInterrupt(false);
            case SPURIOUS_IRQ_SLAVE, RTC_DONE, MOUSE_DONE, COPROCESSOR_IRQ -> {
                if (point == TrapPoint.COPROCESSOR_IRQ) {
                    ports.write(0xF0, 1, 0);
                }
                endOfInterrupt(true);
            }
            case FLOPPY_IRQ -> {
                memory.change8(Bda.FLOPPY_CALIBRATED, 0, 0x80);
                endOfInterrupt(false);
            }
            case DISK_IRQ -> {
                memory.put8(Bda.DISK_INTERRUPT, 0xFF);
                endOfInterrupt(true);
            }
            case KEY_ARRIVED -> {
                int value = keyboard.arrived();
                if (value < 0 || keyboard.answer(value)) {
                    goTo("keyDone");
                } else {
                    cpu.set(GuestRegisters.EAX, cpu.get(GuestRegisters.EAX) & 0xFFFF_0000 | 0x4F00 | value);
                }
            }
            case KEY_DECODE -> key(call.al());
            case RTC_ARRIVED -> {
                if (time.clockInterrupt()) {
                    goTo("rtcAlarm");
                }
            }
            case MOUSE_ARRIVED -> goTo(mouse.interrupt(call) ? "mouseCall" : "mouseDone");
            default -> throw new IllegalStateException("trap point without service: " + point);
        }
    }

    private void key(int scanCode) {
        switch (keyboard.decode(scanCode)) {
            case BREAK -> goTo("keyBreak");
            case PRINT_SCREEN -> goTo("keyPrint");
            case SYSTEM_REQUEST -> {
                call.setAx(0x8500);
                goTo("keySysReq");
            }
            case RESET -> {
                resetMachine();
                goTo("stop");
            }
            case NOTHING -> {
                // the ROM goes on to the end of interrupt
            }
        }
    }

    private void resetMachine() {
        ports.write(KeyboardService.STATUS, 1, KEYBOARD_PULSE_RESET);
    }

    private void endOfInterrupt(boolean slave) {
        if (slave) {
            ports.write(0xA0, 1, 0x20);
        }
        ports.write(0x20, 1, 0x20);
    }

    private void powerOn() {
        int resume = post.resumePoint();
        if (resume != 0) {
            cpu.loadRealSegment(GuestRegisters.CS, resume >>> 16);
            cpu.setIp(resume & 0xFFFF);
            return;
        }
        disks.elTorito().reset();
        post.chips();
        keyboard.initialise();
        time.initialise();
        video.vbe().framebuffer((int) pciSetup.framebuffer());
        video.modes().set(3, true);
        optionRoms(optionRoms.begin());
    }

    /** The cards' own programs run before anything is booted, one after the other. */
    private void optionRoms(boolean running) {
        if (!running) {
            post.finish();
            follow(boot.start());
        }
    }

    private void follow(BootManager.Next next) {
        switch (next) {
            case WAIT -> goTo("bootLoop");
            case RESTART -> {
                resetMachine();
                goTo("stop");
            }
            case KERNEL -> goTo("kernelEntry");
            case STARTED -> {
                // registers already point at the loaded program
            }
        }
    }

    @Override
    public String label() {
        return "bios";
    }

    @Override
    public void reset() {
        disks.elTorito().reset();
        boot.reset();
        video.vbe().framebuffer(0);
    }

    @Override
    public BiosState save() {
        return new BiosState(
                boot.save(), disks.elTorito().save(disks.cds()), video.vbe().framebuffer());
    }

    @Override
    public void restore(BiosState state) {
        boot.restore(state.boot());
        disks.elTorito().restore(state.cdBoot(), disks.cds());
        video.vbe().framebuffer(state.framebuffer());
    }
}
