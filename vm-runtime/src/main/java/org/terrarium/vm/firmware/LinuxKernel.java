package org.terrarium.vm.firmware;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A bzImage, started at its 32-bit entry (Linux Documentation/arch/x86/boot.rst, protocols 2.00 to 2.15). */
final class LinuxKernel {
    private static final int HEADER = 0x1F1;
    private static final int SETUP_SECTS = 0x1F1;
    private static final int BOOT_FLAG = 0x1FE;
    private static final int JUMP_LENGTH = 0x201;
    private static final int MAGIC = 0x202;
    private static final int VERSION = 0x206;
    private static final int TYPE_OF_LOADER = 0x210;
    private static final int LOADFLAGS = 0x211;
    private static final int CODE32_START = 0x214;
    private static final int RAMDISK_IMAGE = 0x218;
    private static final int RAMDISK_SIZE = 0x21C;
    private static final int HEAP_END_PTR = 0x224;
    private static final int CMD_LINE_PTR = 0x228;
    private static final int INITRD_ADDR_MAX = 0x22C;
    private static final int RELOCATABLE = 0x234;
    private static final int CMDLINE_SIZE = 0x238;
    private static final int PREF_ADDRESS = 0x258;
    private static final int INIT_SIZE = 0x260;

    private static final int HDRS = 0x53726448;
    private static final int LOADED_HIGH = 0x01;
    private static final int CAN_USE_HEAP = 0x80;

    private static final int BOOT_PARAMS = 0x90000;
    private static final int COMMAND_LINE = 0x99000;
    private static final int E820_COUNT = 0x1E8;
    private static final int E820_TABLE = 0x2D0;
    private static final long OLD_INITRD_MAX = 0x37FF_FFFFL;
    private static final int PAGE = 4096;

    private final String name;
    private final byte[] file;
    private final byte[] initrd;
    private final String commandLine;

    LinuxKernel(String name, byte[] file, byte[] initrd, String commandLine) {
        this.name = name;
        this.file = file;
        this.initrd = initrd;
        this.commandLine = commandLine;
    }

    static boolean recognises(byte[] file) {
        return file.length > 0x1000
                && LittleEndian.u16(file, BOOT_FLAG) == 0xAA55
                && LittleEndian.u32(file, MAGIC) == HDRS;
    }

    private long u32(int at) {
        return LittleEndian.u32(file, at) & 0xFFFF_FFFFL;
    }

    KernelImage.Start load(KernelImage.BootContext context) throws BootException {
        int version = LittleEndian.u16(file, VERSION);
        if (version < 0x200 || (file[LOADFLAGS] & LOADED_HIGH) == 0) {
            throw new BootException(name + " is an old zImage kernel; only bzImage kernels can be started directly");
        }
        int setup = (file[SETUP_SECTS] & 0xFF) == 0 ? 4 : file[SETUP_SECTS] & 0xFF;
        int start = (setup + 1) * 512;
        if (start >= file.length) {
            throw new BootException(name + " is truncated: its setup part reaches beyond its end");
        }
        long entry = 0x100000;
        int size = file.length - start;
        long end = entry + size;
        if (version >= 0x20A) {
            long runs = file[RELOCATABLE] != 0 ? Math.max(entry, LittleEndian.u64(file, PREF_ADDRESS)) : entry;
            end = Math.max(end, runs + u32(INIT_SIZE));
        }
        long ram = context.usableEnd();
        if (entry + size > ram) {
            throw new BootException(name + " does not fit into the machine's memory");
        }
        context.memory().write(entry, file, start, size);

        byte[] params = new byte[PAGE];
        int headerEnd = Math.min(MAGIC + (file[JUMP_LENGTH] & 0xFF), start);
        System.arraycopy(file, HEADER, params, HEADER, headerEnd - HEADER);
        params[TYPE_OF_LOADER] = (byte) 0xFF;
        params[LOADFLAGS] |= (byte) CAN_USE_HEAP;
        LittleEndian.put16(params, HEAP_END_PTR, 0xFE00 - 0x200);
        LittleEndian.put32(params, CODE32_START, (int) entry);
        commandLine(context, version, params);
        initrd(context, version, params, end);
        screen(context, params);
        memoryMap(context, params);
        context.memory().write(BOOT_PARAMS, params, 0, params.length);
        return new KernelImage.Start((int) entry, 0, 0, BOOT_PARAMS, BOOT_PARAMS);
    }

    private void commandLine(KernelImage.BootContext context, int version, byte[] params) throws BootException {
        byte[] text = (commandLine + "\0").getBytes(StandardCharsets.ISO_8859_1);
        long limit = version >= 0x206 ? u32(CMDLINE_SIZE) : 255;
        long room = Math.min(limit, 0x9FC00 - COMMAND_LINE - 1);
        if (text.length - 1 > room) {
            throw new BootException("the kernel command line has " + (text.length - 1) + " characters, but " + name
                    + " takes at most " + room);
        }
        context.memory().write(COMMAND_LINE, text, 0, text.length);
        if (version >= 0x202) {
            LittleEndian.put32(params, CMD_LINE_PTR, COMMAND_LINE);
        } else {
            LittleEndian.put16(params, 0x20, 0xA33F); // protocol before 2.02: offset from the start of the parameters
            LittleEndian.put16(params, 0x22, COMMAND_LINE - BOOT_PARAMS);
        }
    }

    private void initrd(KernelImage.BootContext context, int version, byte[] params, long kernelEnd)
            throws BootException {
        if (initrd.length == 0) {
            LittleEndian.put32(params, RAMDISK_IMAGE, 0);
            LittleEndian.put32(params, RAMDISK_SIZE, 0);
            return;
        }
        long max = version >= 0x203 ? u32(INITRD_ADDR_MAX) : OLD_INITRD_MAX;
        long top = Math.min(max + 1, context.usableEnd());
        long at = top - initrd.length & -PAGE;
        if (at < 0x100000 || at < kernelEnd && at < 0x100000 + file.length) {
            throw new BootException("the initial RAM disk of " + (initrd.length >> 20)
                    + " MiB does not fit into the machine's memory beside the kernel");
        }
        context.memory().write(at, initrd, 0, initrd.length);
        LittleEndian.put32(params, RAMDISK_IMAGE, (int) at);
        LittleEndian.put32(params, RAMDISK_SIZE, initrd.length);
    }

    /** The screen_info structure: 80x25 colour text on a VGA. */
    private static void screen(KernelImage.BootContext context, byte[] params) {
        params[0x00] = (byte) context.cursorColumn();
        params[0x01] = (byte) context.cursorRow();
        params[0x06] = 3;
        params[0x07] = 80;
        LittleEndian.put16(params, 0x0A, 3);
        params[0x0E] = 25;
        params[0x0F] = 1;
        LittleEndian.put16(params, 0x10, 16);
    }

    private static void memoryMap(KernelImage.BootContext context, byte[] params) {
        List<KernelImage.Range> ranges = context.ranges();
        params[E820_COUNT] = (byte) ranges.size();
        int at = E820_TABLE;
        for (KernelImage.Range r : ranges) {
            LittleEndian.put64(params, at, r.start());
            LittleEndian.put64(params, at + 8, r.length());
            LittleEndian.put32(params, at + 16, r.type());
            at += 20;
        }
        long extended = (context.usableEnd() >> 10) - 1024;
        LittleEndian.put16(params, 0x02, (int) Math.min(0xFC00, extended));
        LittleEndian.put32(params, 0x1E0, (int) extended);
    }
}
