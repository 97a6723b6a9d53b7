package org.terrarium.vm.firmware.tables;

import static org.terrarium.vm.firmware.tables.Aml.*;

import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.device.piix.Piix4Pm;

/** The DSDT's contents: the PCI root with its interrupt routing, the ISA devices, S5. */
final class Dsdt {
    private static final int SLOTS = 32;
    private static final String[] LINKS = {"LNKA", "LNKB", "LNKC", "LNKD"};
    private static final String[] ROUTES = {"PRQA", "PRQB", "PRQC", "PRQD"};
    private static final int IOAPIC_FIRST_PCI = 16;
    private static final int FIRST_CARD = 3;

    private Dsdt() {}

    /** The AML behind the table header. */
    static byte[] aml(int pmBase) {
        return concat(
                nameObject("\\PICF", ZERO),
                method("\\_PIC", 1, store(ARG0, name("\\PICF"))),
                nameObject("\\_S5", packageOf(ZERO, ZERO, ZERO, ZERO)),
                scope("\\_SB", pciRoot(pmBase), hpet(), links(), processor()),
                scope("\\_GPE", method("_E01", 0, name("\\_SB.PCI0.PCNT"))));
    }

    private static byte[] processor() {
        return device("CPU0", nameObject("_HID", string("ACPI0007")), nameObject("_UID", ZERO));
    }

    private static byte[] pciRoot(int pmBase) {
        return device(
                "PCI0",
                nameObject("_HID", eisaId("PNP0A03")),
                nameObject("_UID", ZERO),
                nameObject("_BBN", ZERO),
                nameObject(
                        "_CRS",
                        resources(
                                busNumbers(0, 0xFF),
                                io(0xCF8, 8),
                                ioWindow(0x0000, 0x0CF7),
                                ioWindow(0x0D00, 0xFFFF),
                                memoryWindow(0xA0000, 0xBFFFF, true),
                                memoryWindow(0xE000_0000L, 0xFEBF_FFFFL, false))),
                nameObject("PRTP", routing(false)),
                nameObject("PRTA", routing(true)),
                method("_PRT", 0, ifThen(name("\\PICF"), returnOf(name("PRTA"))), returnOf(name("PRTP"))),
                isaBridge(pmBase),
                device("PM", nameObject("_ADR", integer(0x00010003))),
                portRegion("PCST", Piix4Pm.HOT_PLUG, 8),
                dwordFields("PCST", "PCIU", "PCID"),
                portRegion("SEJ", Piix4Pm.HOT_PLUG + 8, 4),
                dwordFields("SEJ", "B0EJ"),
                cards());
    }

    /** The network cards' slots: they can be ejected, and general purpose event 1 says which is to go or has come. */
    private static byte[] cards() {
        byte[] devices = new byte[0];
        byte[] notices = concat(store(name("PCIU"), LOCAL0), store(name("PCID"), LOCAL1));
        for (int slot = FIRST_CARD; slot < FIRST_CARD + MachineBuilder.MAX_NICS; slot++) {
            byte[] bit = integer(1L << slot);
            String card = "S%02d_".formatted(slot);
            devices = concat(
                    devices,
                    device(
                            card,
                            nameObject("_SUN", integer(slot)),
                            nameObject("_ADR", integer((long) slot << 16)),
                            method("_EJ0", 1, store(bit, name("B0EJ")))));
            notices = concat(
                    notices,
                    ifThen(and(LOCAL0, bit), notice(name(card), 1)),
                    ifThen(and(LOCAL1, bit), notice(name(card), 3)));
        }
        return concat(devices, method("PCNT", 0, notices));
    }

    /** Interrupt pins of all slots: to the link devices, or straight to I/O APIC inputs 16 to 19. */
    private static byte[] routing(boolean apic) {
        byte[][] entries = new byte[SLOTS * 4][];
        for (int slot = 0; slot < SLOTS; slot++) {
            for (int pin = 0; pin < 4; pin++) {
                int pirq = slot - 1 + pin & 3;
                entries[slot * 4 + pin] = packageOf(
                        integer((long) slot << 16 | 0xFFFF),
                        integer(pin),
                        apic ? ZERO : name(LINKS[pirq]),
                        apic ? integer(IOAPIC_FIRST_PCI + pirq) : ZERO);
            }
        }
        return packageOf(entries);
    }

    private static byte[] isaBridge(int pmBase) {
        return device(
                "ISA",
                nameObject("_ADR", integer(0x00010000)),
                pciConfigRegion("PIRR", 0x60, 4),
                byteFields("PIRR", ROUTES),
                isa("PIC", "PNP0000", -1, io(0x20, 2), io(0xA0, 2), io(0x4D0, 2), irq(2)),
                isa("DMAC", "PNP0200", -1, io(0x00, 16), io(0x80, 16), io(0xC0, 32), dma(4)),
                isa("TMR", "PNP0100", -1, io(0x40, 4), irq(0)),
                isa("RTC", "PNP0B00", -1, io(0x70, 2), irq(8)),
                isa("SPKR", "PNP0800", -1, io(0x61, 1)),
                isa("FPU", "PNP0C04", -1, io(0xF0, 1), irq(13)),
                isa("KBD", "PNP0303", -1, io(0x60, 1), io(0x64, 1), irq(1)),
                isa("MOU", "PNP0F13", -1, irq(12)),
                isa("FDC0", "PNP0700", -1, io(0x3F2, 4), io(0x3F7, 1), irq(6), dma(2)),
                isa("COM1", "PNP0501", 1, io(0x3F8, 8), irq(4)),
                isa("COM2", "PNP0501", 2, io(0x2F8, 8), irq(3)),
                isa("LPT1", "PNP0400", -1, io(0x378, 8), irq(7)),
                isa(
                        "SYSR",
                        "PNP0C02",
                        -1,
                        io(pmBase, 0x40),
                        io(0xB100, 0x10),
                        io(Piix4Pm.HOT_PLUG, Piix4Pm.HOT_PLUG_PORTS),
                        io(0x92, 1),
                        io(0xB2, 2),
                        io(0xE4, 1),
                        memory32Fixed(0xFEC0_0000L, 0x1000, true),
                        memory32Fixed(0xFEE0_0000L, 0x1000, true)));
    }

    private static byte[] isa(String device, String id, int uid, byte[]... resources) {
        byte[] unique = uid < 0 ? new byte[0] : nameObject("_UID", integer(uid));
        return device(device, nameObject("_HID", eisaId(id)), unique, nameObject("_CRS", resources(resources)));
    }

    private static byte[] hpet() {
        return device(
                "HPET",
                nameObject("_HID", eisaId("PNP0103")),
                nameObject("_CRS", resources(memory32Fixed(0xFED0_0000L, 0x400, true))));
    }

    private static byte[] links() {
        byte[] all = new byte[0];
        for (int k = 0; k < 4; k++) {
            all = concat(all, link(LINKS[k], "\\_SB.PCI0.ISA." + ROUTES[k], k));
        }
        return all;
    }

    /** An interrupt link: which ISA interrupt a PIRQ is routed to by a register of the PIIX3; bit 7 means none. */
    private static byte[] link(String device, String route, int uid) {
        byte[] register = name(route);
        int firstNumber = 5; // offset of the interrupt number in the descriptor
        return device(
                device,
                nameObject("_HID", eisaId("PNP0C0F")),
                nameObject("_UID", integer(uid)),
                nameObject("_PRS", resources(interrupts(5, 10, 11))),
                method(
                        "_STA",
                        0,
                        ifThen(and(register, integer(0x80)), returnOf(integer(0x09))),
                        returnOf(integer(0x0B))),
                method("_DIS", 0, or(register, integer(0x80), register)),
                nameObject("CRES", resources(interrupts(0))),
                method(
                        "_CRS",
                        0,
                        createDwordField(name("CRES"), firstNumber, "IRQC"),
                        store(and(register, integer(0x0F)), name("IRQC")),
                        returnOf(name("CRES"))),
                method("_SRS", 1, createDwordField(ARG0, firstNumber, "IRQS"), store(name("IRQS"), register)));
    }
}
