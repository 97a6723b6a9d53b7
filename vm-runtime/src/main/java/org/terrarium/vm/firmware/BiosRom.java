package org.terrarium.vm.firmware;

import java.util.Map;

/**
 * The system BIOS image of segment F000h: entry points at the addresses that programs of the PC/AT know by heart, each a trap
 * to the Java side, and the few loops that must run on the processor (waiting with HLT, calling user hooks).
 */
final class BiosRom {
    static final int SIZE = 0x10000;
    static final int SEGMENT = 0xF000;

    /** Where {@link #image} has room for tables that are known only at POST: MP, $PIR, SMBIOS, the ACPI root pointer. */
    static final int TABLES = 0x0100;

    static final int TABLES_END = 0xDF00;

    /** Port of the trap; its value carries nothing. Not decoded by any device of the board. */
    static final int TRAP_PORT = 0xE4;

    static final int CONFIG_TABLE = 0xE6F5;
    static final int DISKETTE_TABLE = 0xEFC7;
    static final int FONT8 = 0xFA6E;
    static final int MODEL = 0xFFFE;

    private final byte[] image;
    private final RomEmitter rom = new RomEmitter(SIZE, TRAP_PORT);

    BiosRom(byte[] font8) {
        loops();
        entryPoints(font8);
        image = rom.finish();
    }

    byte[] image() {
        return image;
    }

    /** Offset of a named piece of code. */
    int address(String label) {
        return rom.address(label);
    }

    Map<Integer, TrapPoint> traps() {
        return rom.traps();
    }

    private void loops() {
        rom.at(TABLES_END);
        // BOOT: Java looks at time and keys, then lets the processor sleep until something happens.
        rom.label("bootLoop").db(0xFB, 0xF4).trap(TrapPoint.BOOT_STEP).shortJump(0xEB, "bootLoop");
        rom.label("bootAgain").trap(TrapPoint.BOOT_AGAIN).jmp("bootLoop");
        // A service that waits goes to sleep with interrupts on, then asks again; the caller's registers stay
        // untouched.
        rom.label("keyboardWait").db(0xFB, 0xF4, 0xFA).trap(TrapPoint.KEYBOARD).iret();
        rom.label("systemWait")
                .db(0xFB, 0xF4, 0xFA)
                .trap(TrapPoint.SYSTEM_WAITING)
                .iret();
        rom.label("idleReturn").db(0xFB, 0xF4, 0xCF);
        rom.label("stop").db(0xFA, 0xF4).shortJump(0xEB, "stop");
        hardwareInterrupts();
        protectedEntries();
    }

    private void hardwareInterrupts() {
        rom.label("irq0").db(0x1E, 0x50, 0x52).trap(TrapPoint.TICK);
        rom.db(0xCD, 0x1C, 0xFA).trap(TrapPoint.TICK_DONE).db(0x5A, 0x58, 0x1F).iret();

        rom.label("irq1").db(0x50, 0x1E).trap(TrapPoint.KEY_ARRIVED); // AX = 4F00h + scan code
        rom.db(0xF9, 0xCD, 0x15).shortJump(0x73, "keyDone").trap(TrapPoint.KEY_DECODE);
        rom.label("keyDone").db(0xFA).trap(TrapPoint.KEY_DONE).db(0x1F, 0x58).iret();
        rom.label("keyBreak").db(0xCD, 0x1B).shortJump(0xEB, "keyDone");
        rom.label("keyPrint").db(0xCD, 0x05).shortJump(0xEB, "keyDone");
        rom.label("keySysReq").db(0xCD, 0x15).shortJump(0xEB, "keyDone");

        rom.label("irq8").db(0x50, 0x52, 0x1E).trap(TrapPoint.RTC_ARRIVED);
        rom.label("rtcDone")
                .db(0xFA)
                .trap(TrapPoint.RTC_DONE)
                .db(0x1F, 0x5A, 0x58)
                .iret();
        rom.label("rtcAlarm").db(0xCD, 0x4A).shortJump(0xEB, "rtcDone");

        // The mouse handler is called far with four words on the stack (status, X, Y, Z); Java pushes them.
        rom.label("irq12").db(0x66, 0x60, 0x1E, 0x06).trap(TrapPoint.MOUSE_ARRIVED);
        rom.label("mouseDone")
                .db(0xFA)
                .trap(TrapPoint.MOUSE_DONE)
                .db(0x07, 0x1F, 0x66, 0x61)
                .iret();
        rom.label("mouseCall")
                .db(0xFB, 0x26, 0xFF, 0x1E)
                .dw(0x22)
                .db(0x83, 0xC4, 0x08)
                .shortJump(0xEB, "mouseDone");

        rom.label("irq14").trap(TrapPoint.DISK_IRQ).iret();
        rom.label("irq13").trap(TrapPoint.COPROCESSOR_IRQ).db(0xCD, 0x02).iret();
        rom.label("irq9").db(0xCD, 0x0A).iret();
        rom.label("irqMaster").trap(TrapPoint.SPURIOUS_IRQ_MASTER).iret();
        rom.label("irqSlave").trap(TrapPoint.SPURIOUS_IRQ_SLAVE).iret();
    }

    private void protectedEntries() {
        rom.label("bios32").trap(TrapPoint.BIOS32).db(0xCB);
        rom.label("pci32").trap(TrapPoint.PCI32).db(0xCB);
        rom.label("apm32").trap(TrapPoint.APM32).db(0xCB);
        rom.label("apm16").trap(TrapPoint.APM16).db(0xCB);

        // Into flat 32-bit mode for a directly booted kernel: CS 10h and DS 18h as the Linux boot protocol asks.
        rom.at(rom.position() + 7 & ~7).label("kernelGdt");
        rom.dd(0).dd(0).dd(0).dd(0);
        rom.dd(0x0000FFFF).dd(0x00CF9B00);
        rom.dd(0x0000FFFF).dd(0x00CF9300);
        rom.label("kernelGdtr").dw(31).offsetOf("kernelGdt").dw(0x000F);
        rom.label("kernelEntry").db(0xFA, 0x2E, 0x66, 0x0F, 0x01, 0x16).offsetOf("kernelGdtr");
        rom.db(0x0F, 0x20, 0xC0, 0x0C, 0x01, 0x0F, 0x22, 0xC0);
        rom.db(0x66, 0xEA).offsetOf("kernel32").dw(0x000F, 0x0010);
        rom.label("kernel32").db(0xB8).dd(0x18);
        rom.db(0x8E, 0xD8, 0x8E, 0xC0, 0x8E, 0xD0, 0x8E, 0xE0, 0x8E, 0xE8);
        rom.trap(TrapPoint.KERNEL_GO).shortJump(0xEB, "kernel32");
    }

    /** Where a card's program comes back to, and what it may ask the firmware (Plug and Play BIOS Specification 1.0A, 4). */
    private void optionRoms() {
        rom.label("optionRomDone").db(0xFA).trap(TrapPoint.OPTION_ROM_DONE).jmp("bootLoop");
        rom.label("pnp16").trap(TrapPoint.PLUG_AND_PLAY).db(0xCB);
        rom.label("pnp32").db(0xB8, 0x82, 0x00, 0xCB); // in protected mode: FUNCTION_NOT_SUPPORTED
    }

    private void entryPoints(byte[] font8) {
        rom.at(0xE05B)
                .label("post")
                .db(0xFA, 0xFC, 0x31, 0xC0, 0x8E, 0xD0, 0xBC, 0x00, 0x7C)
                .trap(TrapPoint.POST);
        rom.jmp("bootLoop");
        rom.at(0xE2C3).label("int02").iret();
        rom.at(0xE3FE).jmp("int13");
        optionRoms();
        rom.at(0xE6F2).label("int19").jmp("bootAgain19");
        // System configuration table (INT 15h AH=C0h): AT, second PIC, RTC, keyboard intercept, EBDA.
        rom.at(CONFIG_TABLE).dw(8).db(0xFC, 0x00, 0x01, 0x74, 0x40, 0, 0, 0);
        rom.at(0xE729);
        rom.dw(0x0417, 0x0300, 0x0180, 0x00C0, 0x0060, 0x0030, 0x0018, 0x000C); // baud rate divisors
        rom.at(0xE739).label("int14").trap(TrapPoint.SERIAL).iret();
        rom.label("bootAgain19")
                .db(0xFA, 0x31, 0xC0, 0x8E, 0xD0, 0xBC, 0x00, 0x7C)
                .jmp("bootAgain");
        rom.at(0xE82E).label("int16").trap(TrapPoint.KEYBOARD).iret();
        rom.at(0xE987).jmp("irq1");
        rom.at(0xEC59).label("int13").trap(TrapPoint.DISK).iret();
        rom.at(0xEF57).label("irq6").trap(TrapPoint.FLOPPY_IRQ).iret();
        rom.at(DISKETTE_TABLE).db(0xAF, 0x02, 0x25, 0x02, 18, 0x1B, 0xFF, 0x6C, 0xF6, 0x0F, 0x08);
        rom.at(0xEFD2).label("int17").trap(TrapPoint.PRINTER).iret();
        rom.at(0xF065).label("int10").trap(TrapPoint.VIDEO).iret();
        rom.at(0xF841).label("int12").trap(TrapPoint.MEMORY_SIZE).iret();
        rom.at(0xF84D).label("int11").trap(TrapPoint.EQUIPMENT).iret();
        rom.at(0xF859).label("int15").trap(TrapPoint.SYSTEM).iret();
        rom.at(FONT8).bytes(java.util.Arrays.copyOf(font8, 0x400));
        rom.at(0xFE6E).label("int1A").trap(TrapPoint.TIME).iret();
        rom.label("int18").db(0xFA).trap(TrapPoint.NO_BOOT_DEVICE).jmp("bootLoop");
        rom.at(0xFEA5).jmp("irq0");
        rom.at(0xFF53).label("iret").iret();
        rom.at(0xFF54).label("int05").trap(TrapPoint.PRINT_SCREEN).iret();
        rom.at(0xFFF0).db(0xEA).dw(0xE05B, SEGMENT).ascii("11/22/26");
        rom.at(MODEL).db(0xFC, 0x00);
    }
}
