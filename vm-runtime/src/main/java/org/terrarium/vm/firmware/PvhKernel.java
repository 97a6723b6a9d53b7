package org.terrarium.vm.firmware;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** An ELF kernel with a PVH entry (Xen x86/HVM direct boot ABI): EBX points at a start_info structure. */
final class PvhKernel {
    private static final int PHYS32_ENTRY = 18;
    private static final int MAGIC = 0x336E_C578;
    private static final int INFO = 0x10000;
    private static final int MODULES = INFO + 0x40;
    private static final int MEMORY_MAP = INFO + 0x80;
    private static final int COMMAND_LINE = INFO + 0x1000;
    private static final int MAX_COMMAND_LINE = 0x8000;
    private static final int PAGE = 4096;

    private final String name;
    private final byte[] file;
    private final byte[] initrd;
    private final String commandLine;

    PvhKernel(String name, byte[] file, byte[] initrd, String commandLine) {
        this.name = name;
        this.file = file;
        this.initrd = initrd;
        this.commandLine = commandLine;
    }

    static boolean recognises(byte[] file) {
        try {
            return ElfFile.isElf(file) && new ElfFile("", file).note("Xen", PHYS32_ENTRY) >= 0;
        } catch (BootException e) {
            return false;
        }
    }

    KernelImage.Start load(KernelImage.BootContext context) throws BootException {
        ElfFile elf = new ElfFile(name, file);
        long end = elf.load(context.memory(), context.usableEnd());
        byte[] info = new byte[MEMORY_MAP - INFO];
        LittleEndian.put32(info, 0, MAGIC);
        LittleEndian.put32(info, 4, 1);
        if (initrd.length > 0) {
            long at = context.usableEnd() - initrd.length & -PAGE;
            if (at < end) {
                throw new BootException(
                        "the initial RAM disk does not fit into the machine's memory beside the kernel");
            }
            context.memory().write(at, initrd, 0, initrd.length);
            LittleEndian.put32(info, 12, 1);
            LittleEndian.put64(info, 16, MODULES);
            LittleEndian.put64(info, MODULES - INFO, at);
            LittleEndian.put64(info, MODULES - INFO + 8, initrd.length);
        }
        byte[] text = (commandLine + "\0").getBytes(StandardCharsets.ISO_8859_1);
        if (text.length > MAX_COMMAND_LINE) {
            throw new BootException("the kernel command line is too long");
        }
        context.memory().write(COMMAND_LINE, text, 0, text.length);
        LittleEndian.put64(info, 24, COMMAND_LINE);
        List<KernelImage.Range> ranges = context.ranges();
        byte[] map = new byte[24 * ranges.size()];
        for (int k = 0; k < ranges.size(); k++) {
            KernelImage.Range r = ranges.get(k);
            LittleEndian.put64(map, 24 * k, r.start());
            LittleEndian.put64(map, 24 * k + 8, r.length());
            LittleEndian.put32(map, 24 * k + 16, r.type());
        }
        LittleEndian.put64(info, 40, MEMORY_MAP);
        LittleEndian.put32(info, 48, ranges.size());
        LittleEndian.put64(info, 32, context.rootPointer());
        context.memory().write(INFO, info, 0, info.length);
        context.memory().write(MEMORY_MAP, map, 0, map.length);
        return new KernelImage.Start((int) elf.note("Xen", PHYS32_ENTRY), 0, INFO, 0, INFO);
    }
}
