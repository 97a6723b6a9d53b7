package org.terrarium.vm.firmware;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.accel.GuestRegisters;

/**
 * The cards' own programs: copied from their expansion ROMs into shadow RAM and begun at POST (PCI Firmware Specification 3.0,
 * 5.2), later started where they can boot a system (Plug and Play BIOS Specification 1.0A, 3.2; BIOS Boot Specification 1.01).
 * What is under way stands on the guest's stack, so nothing of it is kept here.
 */
final class OptionRoms {
    private static final int FIRST = 0xC800;
    private static final int END = 0xF000;
    private static final int STEP = 0x80; // 2 KiB, in paragraphs
    private static final int BLOCK = 512;
    private static final int SIGNATURE = 0xAA55;
    private static final int LENGTH = 2;
    private static final int INIT = 3;
    private static final int DATA = 0x18;
    private static final int DATA_SIGNATURE = 0x52494350; // "PCIR"
    private static final int DATA_IMAGE_LENGTH = 16;
    private static final int DATA_CODE_TYPE = 20;
    private static final int DATA_INDICATOR = 21;
    private static final int MAX_IMAGES = 8;
    private static final int PNP = 0x1A;
    private static final int PNP_SIGNATURE = 0x506E5024; // "$PnP"
    private static final int PNP_NEXT = 0x06;
    private static final int PNP_PRODUCT = 0x10;
    private static final int PNP_BEV = 0x1A;
    private static final int MAX_HEADERS = 8;
    private static final int DISPLAY_CLASS = 0x03;
    private static final int STACK = 0x7C00;
    private static final int GET_VERSION = 0x60;
    private static final int BBS_VERSION = 0x0101;
    private static final int NOT_SUPPORTED = 0x82;

    private final BiosCall call;
    private final BiosMemory memory;
    private final PciConfig pci;
    private final BiosRom rom;

    OptionRoms(BiosCall call, PciConfig pci, BiosRom rom) {
        this.call = call;
        this.memory = call.memory;
        this.pci = pci;
        this.rom = rom;
    }

    /** Where POST has put the expansion ROM of a card that is no display; 0 when it has none. */
    static long address(PciConfig pci, int bdf) {
        boolean display = pci.read(bdf, PciConfig.CLASS, 2) >> 8 == DISPLAY_CLASS;
        boolean plain = (pci.read(bdf, PciConfig.HEADER_TYPE, 1) & 0x7F) == 0;
        return display || !plain ? 0 : pci.read(bdf, PciConfig.ROM_BAR, 4) & 0xFFFF_F800L;
    }

    /** The Plug and Play installation check structure (4.4), by which a card's program knows what it can ask. */
    static byte[] plugAndPlayTable(BiosRom rom) {
        byte[] t = new byte[0x21];
        LittleEndian.put32(t, 0, PNP_SIGNATURE);
        t[4] = 0x10;
        t[5] = (byte) t.length;
        LittleEndian.put16(t, 0x0D, rom.address("pnp16"));
        LittleEndian.put16(t, 0x0F, BiosRom.SEGMENT);
        LittleEndian.put16(t, 0x11, rom.address("pnp32"));
        LittleEndian.put32(t, 0x13, BiosRom.SEGMENT << 4);
        LittleEndian.put16(t, 0x1B, Bda.EBDA_SEG);
        LittleEndian.put32(t, 0x1D, Bda.EBDA_SEG << 4);
        RomEmitter.checksum(t, 0, t.length, 8);
        return t;
    }

    /** Begins with the first card; false when there is none to be begun with. */
    boolean begin() {
        boolean any = false;
        for (int bdf : pci.functions()) {
            any |= address(pci, bdf) != 0;
        }
        if (any) {
            memory.fill((long) FIRST << 4, END - FIRST << 4, 0); // what an earlier run has left there
        }
        return any && initialize(0, FIRST);
    }

    /** A card's program has come back: goes on with the next card; false when there is none. */
    boolean returned() {
        int segment = memory.u16(call.stack(0));
        int card = memory.u16(call.stack(2));
        boolean sane = segment >= FIRST && segment < END && segment % STEP == 0 && card < 0x100;
        call.cpu.loadRealSegment(GuestRegisters.SS, 0);
        call.cpu.set(GuestRegisters.ESP, STACK);
        if (!sane) {
            return false;
        }
        int length = memory.u8(((long) segment << 4) + LENGTH) * BLOCK; // it may have become shorter, or want to go
        return initialize(card + 1, segment + paragraphs(length));
    }

    private static int paragraphs(int length) {
        return (length + (STEP << 4) - 1) / (STEP << 4) * STEP;
    }

    /** Begins the first card from {@code from} on whose program can be used. */
    private boolean initialize(int from, int segment) {
        int[] functions = pci.functions();
        for (int card = from; card < functions.length; card++) {
            long at = address(pci, functions[card]);
            if (at != 0 && copied(functions[card], at, segment)) {
                push(card);
                push(segment);
                start(segment, INIT, rom.address("optionRomDone"), functions[card]);
                return true;
            }
        }
        return false;
    }

    private boolean copied(int bdf, long at, int segment) {
        pci.write(bdf, PciConfig.ROM_BAR, 4, (int) at | 1);
        try {
            long image = image(at);
            if (image == 0) {
                return false;
            }
            int length = memory.u8(image + LENGTH) * BLOCK;
            if (length == 0 || segment + paragraphs(length) > END) {
                return false; // no room left below the system's own ROM
            }
            for (int k = 0; k < length; k += 4) {
                memory.put32(((long) segment << 4) + k, memory.u32(image + k));
            }
            return true;
        } finally {
            pci.write(bdf, PciConfig.ROM_BAR, 4, (int) at);
        }
    }

    /** The image for a PC BIOS among those of a ROM; 0 when there is none. */
    private long image(long rom) {
        long at = rom;
        for (int n = 0; n < MAX_IMAGES && memory.u16(at) == SIGNATURE; n++) {
            long data = at + memory.u16(at + DATA);
            if (memory.u32(data) != DATA_SIGNATURE) {
                return 0;
            }
            if (memory.u8(data + DATA_CODE_TYPE) == 0) {
                return at;
            }
            int length = memory.u16(data + DATA_IMAGE_LENGTH) * BLOCK;
            if ((memory.u8(data + DATA_INDICATOR) & 0x80) != 0 || length == 0) {
                return 0;
            }
            at += length;
        }
        return 0;
    }

    private void push(int word) {
        GuestRegisters cpu = call.cpu;
        cpu.set(GuestRegisters.ESP, cpu.get(GuestRegisters.ESP) - 2 & 0xFFFF);
        memory.put16(call.stack(0), word);
    }

    /** Calls a program far: AX, BX and DX say which card it is for, ES:DI where the Plug and Play table is (PCI FW 3.0, 5.2.1). */
    private void start(int segment, int offset, int back, int bdf) {
        push(BiosRom.SEGMENT);
        push(back);
        GuestRegisters cpu = call.cpu;
        cpu.set(GuestRegisters.EAX, bdf);
        cpu.set(GuestRegisters.EBX, 0xFFFF); // no card selection number: that is for ISA
        cpu.set(GuestRegisters.EDX, 0xFFFF);
        cpu.loadRealSegment(GuestRegisters.ES, BiosRom.SEGMENT);
        cpu.set(GuestRegisters.EDI, plugAndPlay());
        cpu.loadRealSegment(GuestRegisters.DS, 0);
        cpu.loadRealSegment(GuestRegisters.CS, segment);
        cpu.setIp(offset);
        cpu.setFlags(0x0202);
    }

    private int plugAndPlay() {
        for (int at = BiosRom.TABLES; at < BiosRom.TABLES_END; at += 16) {
            if (memory.u32(((long) BiosRom.SEGMENT << 4) + at) == PNP_SIGNATURE) {
                return at;
            }
        }
        return 0;
    }

    /** The programs that can boot a system, in the order of their cards. */
    List<BootRom> bootable() {
        List<BootRom> found = new ArrayList<>();
        for (int segment = FIRST; plugAndPlay() != 0 && segment < END; ) {
            long at = (long) segment << 4;
            if (memory.u16(at) != SIGNATURE) {
                segment += STEP;
                continue;
            }
            int header = memory.u16(at + PNP);
            for (int n = 0; n < MAX_HEADERS && header != 0 && memory.u32(at + header) == PNP_SIGNATURE; n++) {
                int entry = memory.u16(at + header + PNP_BEV);
                if (entry != 0) {
                    found.add(new BootRom(segment, entry, text(at, memory.u16(at + header + PNP_PRODUCT))));
                }
                header = memory.u16(at + header + PNP_NEXT);
            }
            segment += Math.max(STEP, paragraphs(memory.u8(at + LENGTH) * BLOCK));
        }
        return found;
    }

    private String text(long rom, int at) {
        byte[] b = memory.bytes(rom + at, 48);
        int length = 0;
        while (at != 0 && length < b.length && b[length] >= ' ' && b[length] < 0x7F) {
            length++;
        }
        return length == 0 ? "a card" : new String(b, 0, length, StandardCharsets.US_ASCII).strip();
    }

    /** Starts a program that boots; when it comes back, the next boot device is tried. */
    void boot(BootRom b) {
        call.cpu.loadRealSegment(GuestRegisters.SS, 0);
        call.cpu.set(GuestRegisters.ESP, STACK);
        start(b.segment(), b.entry(), rom.address("int18"), 0);
    }

    /** A call of the Plug and Play entry in real mode: only what the BIOS Boot Specification adds is there (appendix A). */
    void plugAndPlay(BiosCall c) {
        if (memory.u16(c.stack(4)) != GET_VERSION) {
            c.setAx(NOT_SUPPORTED);
            return;
        }
        long to = ((long) memory.u16(c.stack(8)) << 4) + memory.u16(c.stack(6));
        memory.put16(to, BBS_VERSION);
        c.setAx(0);
    }
}
