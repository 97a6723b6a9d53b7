package org.terrarium.vm.firmware;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryBus;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.pci.PciBus;
import org.terrarium.vm.device.rtc.Rtc;
import org.terrarium.vm.device.vga.Vga;
import org.terrarium.vm.time.TimerQueue;
import org.terrarium.x86.mem.PhysicalMemory;

/** A BIOS on a small board: graphics card, clock, PCI bus and scripted keyboard controller, with a guest that stands still. */
final class BiosRig {
    static final long LOW_RAM = 16 << 20;

    final FakeGuest guest = new FakeGuest((int) LOW_RAM);
    final PortBus ports = new PortBus();
    final List<Integer> keys = new ArrayList<>();
    final Vga vga;
    final BuiltinBios bios;
    final BiosCall call;
    long nanos;
    private final Map<String, Integer> entries;

    BiosRig(List<BiosDrive> drives) {
        this(drives, List.of(), Optional.empty());
    }

    BiosRig(List<BiosDrive> drives, List<BiosConfig.BootSource> order, Optional<KernelImage> kernel) {
        TimerQueue timers = new TimerQueue(() -> nanos);
        PhysicalMemory physical = new PhysicalMemory(16 << 20);
        vga = new Vga("vga", timers, new MemoryBus(physical), new MemoryBlock(physical, 0, 16 << 20), null);
        ports.map(Vga.PORTS, Vga.PORT_COUNT, vga.ports());
        ports.map(Vga.DISPI_PORTS, Vga.DISPI_PORT_COUNT, vga.dispiPorts());
        guest.video = vga.window();
        Rtc rtc = new Rtc("rtc", timers, () -> Instant.parse("2026-11-22T13:14:15Z"), ZoneOffset.UTC, IrqLine.NONE);
        ports.map(0x70, 2, rtc.ports());
        PciBus pci = new PciBus("pci");
        pci.attach(2, 0, vga);
        ports.map(PciBus.CONFADD, PciBus.PORTS, pci.ports());
        ports.map(0x60, 1, new org.terrarium.vm.bus.BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return keys.isEmpty() ? 0 : keys.removeFirst();
            }

            @Override
            public void writeByte(int offset, int value) {
                // commands to the keyboard go nowhere
            }
        });
        ports.map(0x64, 1, new org.terrarium.vm.bus.BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return keys.isEmpty() ? 0x1C : 0x1D;
            }

            @Override
            public void writeByte(int offset, int value) {
                // commands to the controller go nowhere
            }
        });
        BiosConfig config = new BiosConfig(
                "test", "Test processor", 0x663, 1 << 9, new UUID(1, 2), LOW_RAM, 0, order, true, kernel);
        bios = new BuiltinBios(guest, ports, guest, drives, config);
        System.arraycopy(bios.romImage(), 0, guest.ram, 0xF0000, BuiltinBios.ROM_SIZE);
        VideoFonts fonts = new VideoFonts();
        BiosRom rom = new BiosRom(fonts.font8());
        entries = new java.util.HashMap<>();
        rom.traps().forEach((offset, point) -> entries.put(point.name(), offset));
        call = new BiosCall(guest, new BiosMemory(guest, guest));
    }

    /** Lets the guest stand behind the OUT of a trap point, as the processor does when the port write arrives. */
    void trap(TrapPoint point) {
        guest.loadRealSegment(GuestRegisters.CS, BiosRom.SEGMENT);
        guest.setIp(entries.get(point.name()));
        bios.write(0, 1, 0);
    }

    /** Where the given trap point's code goes on. */
    int behind(TrapPoint point) {
        return entries.get(point.name());
    }

    BiosRig powerOn() {
        trap(TrapPoint.POST);
        return this;
    }

    /** Calls a service as INT does, with an empty flags image on the stack. */
    void service(TrapPoint point, int eax) {
        guest.set(GuestRegisters.EAX, eax);
        guest.set(GuestRegisters.ESP, FakeGuest.STACK);
        guest.loadRealSegment(GuestRegisters.SS, 0);
        call.memory.put16(FakeGuest.STACK + 4, 0x202);
        trap(point);
    }

    boolean carry() {
        return (call.callerFlags() & BiosCall.CARRY) != 0;
    }

    boolean zero() {
        return (call.callerFlags() & BiosCall.ZERO) != 0;
    }

    /** A byte arrives from the keyboard: what IRQ 1 does with it. */
    void scanCode(int value) {
        keys.add(value);
        trap(TrapPoint.KEY_ARRIVED);
        if (guest.ip() == behind(TrapPoint.KEY_ARRIVED)) {
            trap(TrapPoint.KEY_DECODE);
        }
    }

    /** Characters of a row of the text screen. */
    String row(int row) {
        StringBuilder s = new StringBuilder();
        for (int k = 0; k < 80; k++) {
            s.append((char) call.memory.u8(0xB8000 + 160L * row + 2L * k));
        }
        return s.toString().stripTrailing();
    }
}
