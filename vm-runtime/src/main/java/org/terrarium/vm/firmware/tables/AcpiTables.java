package org.terrarium.vm.firmware.tables;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The ACPI tables (ACPI specification 6.4, chapter 5) as relocatable blobs: pointers hold offsets into the table blob until
 * {@link #placed} or the loader of a fw_cfg firmware adds the place.
 */
public final class AcpiTables {
    /** Where the built-in BIOS puts the power management ports. */
    public static final int PM_BASE = 0xB000;

    /** Where SeaBIOS puts them. */
    public static final int SEABIOS_PM_BASE = 0x600;

    private static final String OEM = "TERRAR";
    private static final String OEM_TABLE = "TERRARIU";
    private static final int HEADER = 36;
    private static final int SCI = 9;
    private static final int FACS_BYTES = 64;

    /** A pointer of {@code size} bytes at offset {@code at} of the tables. */
    record Pointer(int at, int size) {}

    /** A checksum byte at {@code at} over {@code length} bytes from {@code start}. */
    record Checksum(int start, int length, int at) {}

    private final List<Pointer> pointers = new ArrayList<>();
    private final List<Checksum> checksums = new ArrayList<>();
    private final byte[] tables;
    private final int rsdt;
    private final int xsdt;

    private final int pmBase;

    /** Builds the tables of this board with {@code processors} processors, power management ports at {@code pmBase}. */
    public AcpiTables(int processors, int pmBase) {
        this.pmBase = pmBase;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(facs());
        int dsdt = append(out, table("DSDT", 2, Dsdt.aml(pmBase)));
        int fadt = append(out, table("FACP", 3, fadt()));
        int madt = append(out, table("APIC", 3, madt(processors)));
        int hpet = append(out, table("HPET", 1, hpet()));
        int[] listed = {fadt, madt, hpet};
        rsdt = append(out, table("RSDT", 1, new byte[4 * listed.length]));
        xsdt = append(out, table("XSDT", 1, new byte[8 * listed.length]));
        tables = out.toByteArray();
        point(fadt + 36, 4, 0);
        point(fadt + 40, 4, dsdt);
        point(fadt + 132, 8, 0);
        point(fadt + 140, 8, dsdt);
        for (int k = 0; k < listed.length; k++) {
            point(rsdt + HEADER + 4 * k, 4, listed[k]);
            point(xsdt + HEADER + 8 * k, 8, listed[k]);
        }
    }

    private void point(int at, int size, int target) {
        put(tables, at, size, target);
        pointers.add(new Pointer(at, size));
    }

    private int append(ByteArrayOutputStream out, byte[] table) {
        while (out.size() % 16 != 0) {
            out.write(0);
        }
        int at = out.size();
        out.writeBytes(table);
        checksums.add(new Checksum(at, table.length, at + 9));
        return at;
    }

    private static byte[] table(String signature, int revision, byte[] body) {
        return Aml.concat(
                signature.getBytes(StandardCharsets.US_ASCII),
                Aml.dword(HEADER + body.length),
                Aml.bytes(revision, 0),
                OEM.getBytes(StandardCharsets.US_ASCII),
                OEM_TABLE.getBytes(StandardCharsets.US_ASCII),
                Aml.dword(1),
                "TERR".getBytes(StandardCharsets.US_ASCII),
                Aml.dword(1),
                body);
    }

    private static byte[] facs() {
        byte[] f = new byte[FACS_BYTES];
        System.arraycopy("FACS".getBytes(StandardCharsets.US_ASCII), 0, f, 0, 4);
        put(f, 4, 4, FACS_BYTES);
        f[32] = 1; // version
        return f;
    }

    /** The body of the FADT, revision 3, 244 bytes with header. */
    private byte[] fadt() {
        byte[] f = new byte[244];
        f[45] = 1; // desktop
        put(f, 46, 2, SCI);
        put(f, 48, 4, 0xB2); // SMI command port: the PIIX4 itself takes the two commands
        f[52] = (byte) 0xF1;
        f[53] = (byte) 0xF0;
        put(f, 56, 4, pmBase);
        put(f, 64, 4, pmBase + 4);
        put(f, 76, 4, pmBase + 8);
        put(f, 80, 4, pmBase + 0x0C);
        f[88] = 4;
        f[89] = 2;
        f[91] = 4;
        f[92] = 4;
        put(f, 96, 2, 0x0FFF); // no C2
        put(f, 98, 2, 0x0FFF); // no C3
        f[106] = 0; // day alarm: none
        f[108] = 0x32; // century register
        put(f, 109, 2, 0x0003); // legacy devices, 8042
        // WBINVD works, C1 works, no sleep button as a fixed feature, RTC wake not fixed, reset register
        put(f, 112, 4, 1 | 1 << 2 | 1 << 5 | 1 << 6 | 1 << 10);
        gas(f, 116, 1, 8, 0, 1, 0xCF9);
        f[128] = 0x06; // reset: RCPU and SRST
        gas(f, 148, 1, 32, 0, 2, pmBase);
        gas(f, 172, 1, 16, 0, 2, pmBase + 4);
        gas(f, 208, 1, 32, 0, 3, pmBase + 8);
        gas(f, 220, 1, 32, 0, 1, pmBase + 0x0C);
        return java.util.Arrays.copyOfRange(f, HEADER, f.length);
    }

    /** A generic address structure in I/O space. */
    private static void gas(byte[] b, int at, int space, int width, int offset, int access, long address) {
        b[at] = (byte) space;
        b[at + 1] = (byte) width;
        b[at + 2] = (byte) offset;
        b[at + 3] = (byte) access;
        put(b, at + 4, 8, address);
    }

    private static byte[] madt(int processors) {
        byte[] m = Aml.concat(Aml.dword(0xFEE0_0000L), Aml.dword(1)); // a PC with two 8259
        for (int k = 0; k < processors; k++) {
            m = Aml.concat(m, Aml.bytes(0, 8, k, k), Aml.dword(1));
        }
        return Aml.concat(
                m,
                Aml.bytes(1, 12, processors, 0),
                Aml.dword(0xFEC0_0000L),
                Aml.dword(0),
                override(0, 2, 0x0000), // the timer is on input 2
                override(SCI, SCI, 0x000D), // SCI: active high, level
                Aml.bytes(4, 6, 0xFF, 0, 0, 1)); // NMI on LINT1 of all processors
    }

    private static byte[] override(int irq, int input, int flags) {
        return Aml.concat(Aml.bytes(2, 10, 0, irq), Aml.dword(input), Aml.word(flags));
    }

    private static byte[] hpet() {
        byte[] h = new byte[20];
        put(h, 0, 4, 0x8086_A201L); // vendor 8086h, legacy replacement, 64-bit counter, three comparators, revision 1
        h[4] = 0;
        h[5] = 64;
        put(h, 8, 8, 0xFED0_0000L);
        h[16] = 0;
        put(h, 17, 2, 100); // minimum tick in periodic mode
        h[19] = 0;
        return h;
    }

    static void put(byte[] b, int at, int size, long value) {
        for (int k = 0; k < size; k++) {
            b[at + k] = (byte) (value >>> 8 * k);
        }
    }

    static byte checksum(byte[] b, int start, int length) {
        int sum = 0;
        for (int k = start; k < start + length; k++) {
            sum += b[k];
        }
        return (byte) -sum;
    }

    /** The tables as they must stand at guest-physical {@code base}, which must be a multiple of 64; the FACS is first. */
    public byte[] placed(long base) {
        byte[] b = tables.clone();
        for (Pointer p : pointers) {
            long offset = 0;
            for (int k = p.size - 1; k >= 0; k--) {
                offset = offset << 8 | b[p.at + k] & 0xFF;
            }
            put(b, p.at, p.size, base + offset);
        }
        for (Checksum c : checksums) {
            b[c.at] = 0;
            b[c.at] = checksum(b, c.start, c.length);
        }
        return b;
    }

    /** The root pointer, 36 bytes, for tables placed at {@code base}. */
    public byte[] rootPointer(long base) {
        byte[] r = rootPointerTemplate();
        put(r, 16, 4, base + rsdt);
        put(r, 24, 8, base + xsdt);
        r[8] = checksum(r, 0, 20);
        r[32] = checksum(r, 0, 36);
        return r;
    }

    private static byte[] rootPointerTemplate() {
        byte[] r = new byte[36];
        System.arraycopy("RSD PTR ".getBytes(StandardCharsets.US_ASCII), 0, r, 0, 8);
        System.arraycopy(OEM.getBytes(StandardCharsets.US_ASCII), 0, r, 9, 6);
        r[15] = 2;
        put(r, 20, 4, 36);
        return r;
    }

    /** fw_cfg file {@code etc/acpi/tables}: pointers are offsets, checksums open. */
    public byte[] fwCfgTables() {
        return tables.clone();
    }

    /** fw_cfg file {@code etc/acpi/rsdp}: pointers are offsets, checksums open. */
    public byte[] fwCfgRootPointer() {
        byte[] r = rootPointerTemplate();
        put(r, 16, 4, rsdt);
        put(r, 24, 8, xsdt);
        return r;
    }

    /** fw_cfg file {@code etc/table-loader}: the commands that place and finish the two files above. */
    public byte[] fwCfgLoader() {
        return new TableLoader().write(pointers, checksums);
    }
}
