package org.terrarium.vm.firmware;

import java.util.List;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.DmaMemory;

/** Starts a kernel that the user has given, without any drive: shows its loader the machine and enters it. */
final class KernelStarter implements KernelImage.BootContext {
    private final BiosMemory memory;
    private final MemoryLayout layout;
    private final DiskService disks;
    private final VideoService video;
    private KernelImage.Start start;

    KernelStarter(BiosMemory memory, MemoryLayout layout, DiskService disks, VideoService video) {
        this.memory = memory;
        this.layout = layout;
        this.disks = disks;
        this.video = video;
    }

    /** Puts the kernel into memory. */
    void load(KernelImage kernel) throws BootException {
        start = kernel.load(this);
    }

    void forget() {
        start = null;
    }

    /** The ROM has switched to flat 32-bit mode: loads the kernel's registers. */
    void enter(GuestRegisters cpu) {
        KernelImage.Start s = start;
        if (s == null) {
            return;
        }
        cpu.set(GuestRegisters.EAX, s.eax());
        cpu.set(GuestRegisters.EBX, s.ebx());
        cpu.set(GuestRegisters.ECX, 0);
        cpu.set(GuestRegisters.EDX, 0);
        cpu.set(GuestRegisters.ESI, s.esi());
        cpu.set(GuestRegisters.EDI, 0);
        cpu.set(GuestRegisters.EBP, 0);
        cpu.set(GuestRegisters.ESP, s.esp());
        cpu.setIp(s.eip());
        start = null;
    }

    @Override
    public DmaMemory memory() {
        return memory.physical();
    }

    @Override
    public List<KernelImage.Range> ranges() {
        return layout.ranges().stream()
                .map(r -> new KernelImage.Range(r.start(), r.length(), r.type()))
                .toList();
    }

    @Override
    public long usableEnd() {
        return layout.facs();
    }

    @Override
    public int cursorRow() {
        return memory.u8(Bda.CURSOR_POSITION + 1);
    }

    @Override
    public int cursorColumn() {
        return memory.u8(Bda.CURSOR_POSITION);
    }

    @Override
    public KernelImage.Framebuffer graphics(int width, int height, int depth) {
        VbeService vbe = video.vbe();
        for (VbeMode m : VbeMode.ALL) {
            boolean fits = m.width() == width && m.height() == height && m.bpp() == depth;
            if (fits && vbe.framebuffer() != 0 && vbe.setMode(m.number() | VbeService.MODE_LINEAR)) {
                long address = vbe.framebuffer() & 0xFFFF_FFFFL;
                return new KernelImage.Framebuffer(address, vbe.stride(), width, height, depth);
            }
        }
        return null;
    }

    @Override
    public long rootPointer() {
        return ((long) BiosRom.SEGMENT << 4) + BiosRom.TABLES;
    }

    @Override
    public int diskCount() {
        return disks.count(true);
    }
}
