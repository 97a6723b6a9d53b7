package org.terrarium.vm.firmware.tables;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands of the fw_cfg file {@code etc/table-loader}, 128 bytes each, as SeaBIOS and OVMF carry them out. */
final class TableLoader {
    private static final int ENTRY = 128;
    private static final int FILE_NAME = 56;
    private static final int ALLOCATE = 1;
    private static final int ADD_POINTER = 2;
    private static final int ADD_CHECKSUM = 3;
    private static final int ZONE_HIGH = 1;
    private static final int ZONE_FSEG = 2;
    private static final String TABLES = "etc/acpi/tables";
    private static final String RSDP = "etc/acpi/rsdp";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] write(List<AcpiTables.Pointer> pointers, List<AcpiTables.Checksum> checksums) {
        allocate(RSDP, 16, ZONE_FSEG);
        allocate(TABLES, 64, ZONE_HIGH);
        for (AcpiTables.Pointer p : pointers) {
            pointer(TABLES, p.at(), p.size());
        }
        for (AcpiTables.Checksum c : checksums) {
            sum(TABLES, c.at(), c.start(), c.length());
        }
        pointer(RSDP, 16, 4);
        pointer(RSDP, 24, 8);
        sum(RSDP, 8, 0, 20);
        sum(RSDP, 32, 0, 36);
        return out.toByteArray();
    }

    private static byte[] file(String name) {
        return java.util.Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), FILE_NAME);
    }

    private void entry(byte[]... parts) {
        out.writeBytes(java.util.Arrays.copyOf(Aml.concat(parts), ENTRY));
    }

    private void allocate(String name, int alignment, int zone) {
        entry(Aml.dword(ALLOCATE), file(name), Aml.dword(alignment), Aml.bytes(zone));
    }

    private void pointer(String in, int at, int size) {
        entry(Aml.dword(ADD_POINTER), file(in), file(TABLES), Aml.dword(at), Aml.bytes(size));
    }

    private void sum(String in, int at, int start, int length) {
        entry(Aml.dword(ADD_CHECKSUM), file(in), Aml.dword(at), Aml.dword(start), Aml.dword(length));
    }
}
