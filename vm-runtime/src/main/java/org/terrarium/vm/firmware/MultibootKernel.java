package org.terrarium.vm.firmware;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Multiboot 1 kernel (Multiboot Specification 0.6.96): ELF, or placed by the address fields of its header. */
final class MultibootKernel {
    private static final int HEADER_MAGIC = 0x1BAD_B002;
    private static final int BOOT_MAGIC = 0x2BAD_B002;
    private static final int SEARCH = 8192;

    private static final int WANTS_VIDEO = 1 << 2;
    private static final int HAS_ADDRESSES = 1 << 16;
    /** Page-aligned modules, memory map, video: all are given anyway. */
    private static final int KNOWN_REQUIREMENTS = 0x0007;

    private static final int INFO_MEMORY = 1;
    private static final int INFO_BOOT_DEVICE = 1 << 1;
    private static final int INFO_COMMAND_LINE = 1 << 2;
    private static final int INFO_MODULES = 1 << 3;
    private static final int INFO_MEMORY_MAP = 1 << 6;
    private static final int INFO_LOADER_NAME = 1 << 9;
    private static final int INFO_FRAMEBUFFER = 1 << 12;

    private static final int INFO = 0x10000;
    private static final int INFO_BYTES = 128;
    private static final int INFO_LIMIT = 0x90000;
    private static final int PAGE = 4096;

    private final String name;
    private final byte[] file;
    private final List<byte[]> modules;
    private final List<String> moduleNames;
    private final String commandLine;
    private final ByteArrayOutputStream extra = new ByteArrayOutputStream();

    MultibootKernel(String name, byte[] file, List<byte[]> modules, List<String> moduleNames, String commandLine) {
        this.name = name;
        this.file = file;
        this.modules = modules;
        this.moduleNames = moduleNames;
        this.commandLine = commandLine;
    }

    /** Offset of the header, or -1. */
    static int header(byte[] file) {
        for (int at = 0; at + 12 <= Math.min(SEARCH, file.length); at += 4) {
            if (LittleEndian.u32(file, at) == HEADER_MAGIC
                    && HEADER_MAGIC + LittleEndian.u32(file, at + 4) + LittleEndian.u32(file, at + 8) == 0) {
                return at;
            }
        }
        return -1;
    }

    KernelImage.Start load(KernelImage.BootContext context) throws BootException {
        int header = header(file);
        int flags = LittleEndian.u32(file, header + 4);
        int unknown = flags & 0xFFFF & ~KNOWN_REQUIREMENTS;
        if (unknown != 0) {
            throw new BootException(
                    name + " needs Multiboot features this firmware does not have (flags %04X)".formatted(unknown));
        }
        long end;
        long entry;
        if ((flags & HAS_ADDRESSES) != 0) {
            end = loadByAddresses(context, header);
            entry = LittleEndian.u32(file, header + 28) & 0xFFFF_FFFFL;
        } else {
            ElfFile elf = new ElfFile(name, file);
            end = elf.load(context.memory(), context.usableEnd());
            entry = elf.entry();
        }
        byte[] info = new byte[INFO_BYTES];
        int present = INFO_MEMORY | INFO_BOOT_DEVICE | INFO_COMMAND_LINE | INFO_MEMORY_MAP | INFO_LOADER_NAME;
        LittleEndian.put32(info, 4, Bda.EBDA >> 10);
        LittleEndian.put32(info, 8, (int) (context.usableEnd() >> 10) - 1024);
        LittleEndian.put32(info, 12, context.diskCount() > 0 ? 0x80FF_FFFF : -1);
        LittleEndian.put32(info, 16, text((name + " " + commandLine).trim()));
        if (!modules.isEmpty()) {
            present |= INFO_MODULES;
            modules(context, info, Math.max(end, 0x100000));
        }
        memoryMap(context, info);
        LittleEndian.put32(info, 64, text("Terrarium"));
        present |= framebuffer(context, info, flags, header);
        LittleEndian.put32(info, 0, present);
        if (INFO + INFO_BYTES + extra.size() > INFO_LIMIT) {
            throw new BootException("the kernel command line and module names are too long");
        }
        byte[] rest = extra.toByteArray();
        context.memory().write(INFO, info, 0, info.length);
        context.memory().write(INFO + INFO_BYTES, rest, 0, rest.length);
        return new KernelImage.Start((int) entry, BOOT_MAGIC, INFO, 0, INFO);
    }

    private long loadByAddresses(KernelImage.BootContext context, int header) throws BootException {
        long headerAddress = u32(header + 12);
        long loadAddress = u32(header + 16);
        long loadEnd = u32(header + 20);
        long bssEnd = u32(header + 24);
        long offset = header - (headerAddress - loadAddress);
        long size = loadEnd == 0 ? file.length - offset : loadEnd - loadAddress;
        long end = Math.max(loadAddress + size, bssEnd);
        if (offset < 0 || size < 0 || offset + size > file.length) {
            throw new BootException(name + " is truncated: its Multiboot header asks for more than the file holds");
        }
        if (end > context.usableEnd()) {
            throw new BootException(name + " does not fit into the machine's memory");
        }
        context.memory().write(loadAddress, file, (int) offset, (int) size);
        ElfFile.zero(context.memory(), loadAddress + size, end - loadAddress - size);
        return end;
    }

    private long u32(int at) {
        return at + 4 <= file.length ? LittleEndian.u32(file, at) & 0xFFFF_FFFFL : 0;
    }

    /** Adds a string to the data behind the structure; returns its address. */
    private int text(String s) {
        int at = INFO + INFO_BYTES + extra.size();
        extra.writeBytes((s + "\0").getBytes(StandardCharsets.ISO_8859_1));
        return at;
    }

    private int aligned() {
        while (extra.size() % 4 != 0) {
            extra.write(0);
        }
        return INFO + INFO_BYTES + extra.size();
    }

    private void modules(KernelImage.BootContext context, byte[] info, long from) throws BootException {
        byte[] list = new byte[16 * modules.size()];
        long at = from;
        for (int k = 0; k < modules.size(); k++) {
            byte[] m = modules.get(k);
            at = at + PAGE - 1 & -PAGE;
            if (at + m.length > context.usableEnd()) {
                throw new BootException(moduleNames.get(k) + " does not fit into the machine's memory");
            }
            context.memory().write(at, m, 0, m.length);
            LittleEndian.put32(list, 16 * k, (int) at);
            LittleEndian.put32(list, 16 * k + 4, (int) (at + m.length));
            LittleEndian.put32(list, 16 * k + 8, text(moduleNames.get(k)));
            at += m.length;
        }
        LittleEndian.put32(info, 20, modules.size());
        LittleEndian.put32(info, 24, aligned());
        extra.writeBytes(list);
    }

    private void memoryMap(KernelImage.BootContext context, byte[] info) {
        List<KernelImage.Range> ranges = context.ranges();
        byte[] map = new byte[24 * ranges.size()];
        for (int k = 0; k < ranges.size(); k++) {
            KernelImage.Range r = ranges.get(k);
            LittleEndian.put32(map, 24 * k, 20);
            LittleEndian.put64(map, 24 * k + 4, r.start());
            LittleEndian.put64(map, 24 * k + 12, r.length());
            LittleEndian.put32(map, 24 * k + 20, r.type());
        }
        LittleEndian.put32(info, 44, map.length);
        LittleEndian.put32(info, 48, aligned());
        extra.writeBytes(map);
    }

    /** Describes the screen: the graphics mode the header asks for if there is one like it, else the text screen. */
    private int framebuffer(KernelImage.BootContext context, byte[] info, int flags, int header) {
        KernelImage.Framebuffer f = null;
        if ((flags & WANTS_VIDEO) != 0 && u32(header + 32) == 0) {
            int width = (int) (u32(header + 36) == 0 ? 1024 : u32(header + 36));
            int height = (int) (u32(header + 40) == 0 ? 768 : u32(header + 40));
            int depth = (int) (u32(header + 44) == 0 ? 32 : u32(header + 44));
            f = context.graphics(width, height, depth);
        }
        if (f == null) {
            LittleEndian.put64(info, 88, 0xB8000);
            LittleEndian.put32(info, 96, 160);
            LittleEndian.put32(info, 100, 80);
            LittleEndian.put32(info, 104, 25);
            info[108] = 16;
            info[109] = 2; // EGA text
            return INFO_FRAMEBUFFER;
        }
        LittleEndian.put64(info, 88, f.address());
        LittleEndian.put32(info, 96, f.pitch());
        LittleEndian.put32(info, 100, f.width());
        LittleEndian.put32(info, 104, f.height());
        info[108] = (byte) f.depth();
        info[109] = 1; // direct colour
        int[] mask = switch (f.depth()) {
            case 15 -> new int[] {10, 5, 5, 5, 0, 5};
            case 16 -> new int[] {11, 5, 5, 6, 0, 5};
            default -> new int[] {16, 8, 8, 8, 0, 8};
        };
        for (int k = 0; k < mask.length; k++) {
            info[110 + k] = (byte) mask[k];
        }
        return INFO_FRAMEBUFFER;
    }
}
