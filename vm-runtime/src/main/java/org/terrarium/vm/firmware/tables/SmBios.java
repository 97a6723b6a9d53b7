package org.terrarium.vm.firmware.tables;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The SMBIOS 2.8 structure table (DMTF DSP0134) and its entry point. */
public final class SmBios {
    /** Bytes of {@link #entryPoint}. */
    public static final int ENTRY_BYTES = 31;

    private static final int MAJOR = 2;
    private static final int MINOR = 8;
    private static final long MIB = 1 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int structures;
    private int largest;

    /**
     * @param processor the processor's brand text
     * @param name the machine's name, reported as the product
     * @param lowRam bytes of RAM below the PCI hole
     * @param highRam bytes of RAM from 4 GiB
     */
    public SmBios(String processor, String name, UUID uuid, long lowRam, long highRam) {
        long total = lowRam + highRam;
        add(
                0,
                0x0000,
                body -> {
                    strings(body, 1, 2);
                    word(body, 0xF000);
                    body.write(3);
                    body.write(0);
                    quad(
                            body,
                            1L << 7 | 1L << 11 | 1L << 15 | 1L << 16
                                    | 1L << 19); // PCI, flash, CD, selectable boot, EDD
                    body.writeBytes(
                            new byte[] {0x01, 0x04}); // ACPI; targeted content distribution, as SMBIOS 2.8 wants
                    body.writeBytes(new byte[] {1, 0, (byte) 0xFF, (byte) 0xFF});
                },
                "Terrarium",
                "1.0",
                "11/22/2026");
        add(
                1,
                0x0100,
                body -> {
                    strings(body, 1, 2, 3, 4);
                    body.writeBytes(uuidBytes(uuid));
                    body.write(6); // power switch
                    strings(body, 0, 5);
                },
                "Terrarium",
                name,
                "1.0",
                "0",
                "Virtual PC");
        add(
                3,
                0x0300,
                body -> {
                    body.writeBytes(new byte[] {1, 1, 0, 0, 0, 3, 3, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0});
                },
                "Terrarium");
        add(4, 0x0400, body -> processor(body), "CPU 0", "Terrarium", processor);
        add(16, 0x1000, body -> {
            body.writeBytes(new byte[] {1, 3, 6});
            dword(body, total / 1024 >= 0x8000_0000L ? 0x8000_0000L : total / 1024);
            word(body, 0xFFFE);
            word(body, 1);
            quad(body, total / 1024 >= 0x8000_0000L ? total : 0);
        });
        add(17, 0x1100, body -> memoryDevice(body, total), "DIMM 0", "Terrarium");
        add(19, 0x1300, body -> mappedRange(body, 0, lowRam));
        if (highRam > 0) {
            add(19, 0x1301, body -> mappedRange(body, 1L << 32, highRam));
        }
        add(32, 0x2000, body -> body.writeBytes(new byte[7]));
        add(127, 0x7F00, body -> {});
    }

    private static void processor(ByteArrayOutputStream body) {
        body.writeBytes(new byte[] {1, 3, 1, 2}); // socket text 1, central processor, family other, maker text 2
        quad(body, 0);
        strings(body, 3);
        body.write(0);
        word(body, 0);
        word(body, 2000);
        word(body, 2000);
        body.writeBytes(new byte[] {0x41, 1}); // populated and enabled, no upgrade
        word(body, 0xFFFF);
        word(body, 0xFFFF);
        word(body, 0xFFFF);
        body.writeBytes(new byte[] {0, 0, 0, 1, 1, 1});
        word(body, 0x0002); // characteristics unknown
        word(body, 1);
    }

    private static void memoryDevice(ByteArrayOutputStream body, long total) {
        long mib = total / MIB;
        word(body, 0x1000);
        word(body, 0xFFFE);
        word(body, 64);
        word(body, 64);
        word(body, mib >= 0x7FFF ? 0x7FFF : (int) mib);
        body.writeBytes(new byte[] {9, 0, 1, 0, 7}); // DIMM, no set, text 1, no bank, RAM
        word(body, 0x0002);
        word(body, 0);
        strings(body, 2, 0, 0, 0);
        body.write(0);
        dword(body, mib >= 0x7FFF ? mib : 0);
        word(body, 0);
        word(body, 0);
        word(body, 0);
        word(body, 0);
    }

    private static void mappedRange(ByteArrayOutputStream body, long start, long length) {
        boolean wide = (start + length - 1) / 1024 >= 0xFFFF_FFFFL;
        dword(body, wide ? -1 : start / 1024);
        dword(body, wide ? -1 : (start + length) / 1024 - 1);
        word(body, 0x1000);
        body.write(1);
        quad(body, wide ? start : 0);
        quad(body, wide ? start + length - 1 : 0);
    }

    private static byte[] uuidBytes(UUID u) {
        byte[] b = new byte[16];
        long high = u.getMostSignificantBits();
        AcpiTables.put(b, 0, 4, high >>> 32);
        AcpiTables.put(b, 4, 2, high >>> 16);
        AcpiTables.put(b, 6, 2, high);
        long low = u.getLeastSignificantBits();
        for (int k = 0; k < 8; k++) {
            b[8 + k] = (byte) (low >>> 8 * (7 - k));
        }
        return b;
    }

    private static void strings(ByteArrayOutputStream body, int... numbers) {
        for (int n : numbers) {
            body.write(n);
        }
    }

    private static void word(ByteArrayOutputStream body, int v) {
        body.writeBytes(Aml.word(v));
    }

    private static void dword(ByteArrayOutputStream body, long v) {
        body.writeBytes(Aml.dword(v));
    }

    private static void quad(ByteArrayOutputStream body, long v) {
        dword(body, v);
        dword(body, v >>> 32);
    }

    private void add(int type, int handle, java.util.function.Consumer<ByteArrayOutputStream> fill, String... texts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fill.accept(body);
        int start = out.size();
        out.write(type);
        out.write(4 + body.size());
        out.writeBytes(Aml.word(handle));
        out.writeBytes(body.toByteArray());
        for (String t : texts) {
            out.writeBytes((t.isEmpty() ? " " : t).getBytes(StandardCharsets.US_ASCII));
            out.write(0);
        }
        out.write(0);
        if (texts.length == 0) {
            out.write(0);
        }
        structures++;
        largest = Math.max(largest, out.size() - start);
    }

    /** All structures; the same bytes are fw_cfg's {@code etc/smbios/smbios-tables}. */
    public byte[] structures() {
        return out.toByteArray();
    }

    /** The 32-bit entry point for structures at {@code address}; fw_cfg's {@code etc/smbios/smbios-anchor} with 0. */
    public byte[] entryPoint(long address) {
        byte[] e = new byte[ENTRY_BYTES];
        System.arraycopy("_SM_".getBytes(StandardCharsets.US_ASCII), 0, e, 0, 4);
        e[5] = ENTRY_BYTES;
        e[6] = MAJOR;
        e[7] = MINOR;
        AcpiTables.put(e, 8, 2, largest);
        System.arraycopy("_DMI_".getBytes(StandardCharsets.US_ASCII), 0, e, 16, 5);
        AcpiTables.put(e, 22, 2, out.size());
        AcpiTables.put(e, 24, 4, address);
        AcpiTables.put(e, 28, 2, structures);
        e[30] = MAJOR << 4 | MINOR;
        e[21] = AcpiTables.checksum(e, 16, 15);
        e[4] = AcpiTables.checksum(e, 0, ENTRY_BYTES);
        return e;
    }
}
