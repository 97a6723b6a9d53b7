package org.terrarium.vm.device.vga;

import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryBus;
import org.terrarium.vm.display.Frame;
import org.terrarium.vm.time.TimerQueue;
import org.terrarium.x86.mem.PhysicalMemory;

class VgaContractTest {
    private static Vga create(TimerQueue timers) {
        PhysicalMemory memory = new PhysicalMemory(1 << 20);
        return new Vga("vga", timers, new MemoryBus(memory), new MemoryBlock(memory, 0, 1 << 20), null);
    }

    @Test
    void keepsTheDeviceContract() {
        Frame frame = new Frame();
        DeviceContract.of(VgaContractTest::create)
                .change(vga -> vga.ports().write(0x3C2 - Vga.PORTS, 1, 0x67))
                .ports(Vga::ports, Vga.PORT_COUNT)
                .ports(Vga::dispiPorts, Vga.DISPI_PORT_COUNT)
                .mmio(Vga::window, Vga.WINDOW_BYTES)
                .mmio(Vga::registers, 0x1000)
                .outside(vga -> vga.render(frame))
                .withoutTwin("video memory is saved with the machine's memory")
                .verify();
    }
}
