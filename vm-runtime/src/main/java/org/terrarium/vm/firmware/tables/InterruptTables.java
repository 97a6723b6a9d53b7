package org.terrarium.vm.firmware.tables;

import java.nio.charset.StandardCharsets;

/** The tables of systems without ACPI: MultiProcessor Specification 1.4 and the PCI IRQ routing table ($PIR 1.0). */
public final class InterruptTables {
    private static final int LEVEL_LOW = 0x000F;
    private static final int LEVEL_HIGH = 0x000D;
    private static final int SLOTS = 32;

    private InterruptTables() {}

    /**
     * The MP floating pointer followed by the configuration table.
     *
     * @param address where the result will stand
     * @param signature CPUID 1 EAX
     * @param features CPUID 1 EDX
     */
    public static byte[] mp(long address, int signature, int features) {
        byte[] entries = new byte[0];
        int count = 0;
        entries = Aml.concat(entries, Aml.bytes(0, 0, 0x14, 3), Aml.dword(signature), Aml.dword(features), new byte[8]);
        entries = Aml.concat(entries, Aml.bytes(1, 0), ascii("PCI   "), Aml.bytes(1, 1), ascii("ISA   "));
        entries = Aml.concat(entries, Aml.bytes(2, 1, 0x11, 1), Aml.dword(0xFEC0_0000L));
        count += 4;
        for (int slot = 1; slot < SLOTS; slot++) {
            for (int pin = 0; pin < 4; pin++) {
                entries = Aml.concat(entries, interrupt(0, LEVEL_LOW, 0, slot << 2 | pin, 16 + (slot - 1 + pin & 3)));
                count++;
            }
        }
        for (int irq = 0; irq < 16; irq++) {
            if (irq != 2) {
                entries = Aml.concat(entries, interrupt(0, irq == 9 ? LEVEL_HIGH : 0, 1, irq, irq == 0 ? 2 : irq));
                count++;
            }
        }
        entries = Aml.concat(entries, local(3, 0), local(1, 1));
        count += 2;
        byte[] table = Aml.concat(
                ascii("PCMP"),
                Aml.word(44 + entries.length),
                Aml.bytes(4, 0),
                ascii("TERRARIU"),
                ascii("VIRTUAL PC  "),
                Aml.dword(0),
                Aml.word(0),
                Aml.word(count),
                Aml.dword(0xFEE0_0000L),
                Aml.dword(0),
                entries);
        table[7] = AcpiTables.checksum(table, 0, table.length);
        byte[] pointer = Aml.concat(ascii("_MP_"), Aml.dword(address + 16), Aml.bytes(1, 4, 0, 0, 0, 0, 0, 0));
        pointer[10] = AcpiTables.checksum(pointer, 0, 16);
        return Aml.concat(pointer, table);
    }

    private static byte[] interrupt(int type, int flags, int bus, int source, int input) {
        return Aml.bytes(3, type, flags, flags >> 8, bus, source, 1, input);
    }

    /** Local interrupt: ExtINT on LINT0, NMI on LINT1. */
    private static byte[] local(int type, int input) {
        return Aml.bytes(4, type, 0, 0, 1, 0, 0xFF, input);
    }

    /** The routing table for all slots of bus 0; links are the PIIX3 registers 60h..63h. */
    public static byte[] pir() {
        byte[] t = Aml.concat(
                ascii("$PIR"),
                Aml.bytes(0, 1),
                Aml.word(32 + 16 * (SLOTS - 1)),
                Aml.bytes(0, 1 << 3),
                Aml.word(0),
                Aml.dword(0x7000_8086L),
                Aml.dword(0),
                new byte[12]);
        for (int slot = 1; slot < SLOTS; slot++) {
            byte[] entry = Aml.bytes(0, slot << 3);
            for (int pin = 0; pin < 4; pin++) {
                entry = Aml.concat(entry, Aml.bytes(0x60 + (slot - 1 + pin & 3)), Aml.word(0x0C20)); // IRQ 5, 10, 11
            }
            t = Aml.concat(t, entry, Aml.bytes(0, 0));
        }
        t[31] = AcpiTables.checksum(t, 0, t.length);
        return t;
    }

    /** The BIOS32 service directory, 16 bytes. */
    public static byte[] bios32(long entry) {
        byte[] t = Aml.concat(ascii("_32_"), Aml.dword(entry), Aml.bytes(0, 1, 0, 0, 0, 0, 0, 0));
        t[10] = AcpiTables.checksum(t, 0, 16);
        return t;
    }

    private static byte[] ascii(String s) {
        return s.getBytes(StandardCharsets.US_ASCII);
    }
}
