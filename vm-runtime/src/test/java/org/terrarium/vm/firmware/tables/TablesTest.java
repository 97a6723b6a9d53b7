package org.terrarium.vm.firmware.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ACPI, SMBIOS and interrupt tables: sums, pointers, and what acpica's and dmidecode's readers say. */
final class TablesTest {
    private static final long BASE = 0x7FE_F000;

    private final AcpiTables acpi = new AcpiTables(1, AcpiTables.PM_BASE);

    private static long u32(byte[] b, int at) {
        return b[at] & 0xFFL | (b[at + 1] & 0xFFL) << 8 | (b[at + 2] & 0xFFL) << 16 | (b[at + 3] & 0xFFL) << 24;
    }

    private static int sum(byte[] b, int from, int length) {
        int s = 0;
        for (int k = from; k < from + length; k++) {
            s += b[k];
        }
        return s & 0xFF;
    }

    private static String signature(byte[] b, int at) {
        return new String(b, at, 4, StandardCharsets.US_ASCII);
    }

    /** Follows root pointer and RSDT like a system does. */
    private static Map<String, byte[]> walk(byte[] root, byte[] tables, long base) {
        assertEquals(0, sum(root, 0, 20));
        assertEquals(0, sum(root, 0, 36));
        Map<String, byte[]> found = new HashMap<>();
        for (int at : new int[] {16, 24}) {
            int list = (int) (u32(root, at) - base);
            int length = (int) u32(tables, list + 4);
            assertEquals(0, sum(tables, list, length), signature(tables, list));
            int width = at == 16 ? 4 : 8;
            for (int k = 36; k < length; k += width) {
                int table = (int) (u32(tables, list + k) - base);
                int size = (int) u32(tables, table + 4);
                assertEquals(0, sum(tables, table, size), signature(tables, table));
                found.put(signature(tables, table), Arrays.copyOfRange(tables, table, table + size));
            }
        }
        byte[] fadt = found.get("FACP");
        int dsdt = (int) (u32(fadt, 40) - base);
        assertEquals("DSDT", signature(tables, dsdt));
        found.put("DSDT", Arrays.copyOfRange(tables, dsdt, dsdt + (int) u32(tables, dsdt + 4)));
        assertEquals(0, sum(found.get("DSDT"), 0, found.get("DSDT").length));
        int facs = (int) (u32(fadt, 36) - base);
        assertEquals("FACS", signature(tables, facs));
        assertEquals(0, (base + facs) % 64, "FACS alignment");
        return found;
    }

    @Test
    void everyTableIsReachedAndSumsToZero() {
        Map<String, byte[]> found = walk(acpi.rootPointer(BASE), acpi.placed(BASE), BASE);
        assertEquals(java.util.Set.of("FACP", "APIC", "HPET", "DSDT"), found.keySet());
        assertEquals(9, found.get("FACP")[46]);
        assertEquals(0xB000, u32(found.get("FACP"), 56));
    }

    @Test
    void theFwCfgLoaderMakesTheSameTables() {
        Map<String, byte[]> files = new HashMap<>();
        files.put("etc/acpi/tables", acpi.fwCfgTables());
        files.put("etc/acpi/rsdp", acpi.fwCfgRootPointer());
        Map<String, Long> places = new HashMap<>();
        byte[] commands = acpi.fwCfgLoader();
        assertEquals(0, commands.length % 128);
        for (int at = 0; at < commands.length; at += 128) {
            String file = name(commands, at + 4);
            switch ((int) u32(commands, at)) {
                case 1 -> places.put(file, file.endsWith("rsdp") ? 0xF5000L : BASE);
                case 2 -> {
                    String target = name(commands, at + 60);
                    int where = (int) u32(commands, at + 116);
                    int size = commands[at + 120];
                    byte[] in = files.get(file);
                    long value = 0;
                    for (int k = size - 1; k >= 0; k--) {
                        value = value << 8 | in[where + k] & 0xFF;
                    }
                    AcpiTables.put(in, where, size, value + places.get(target));
                }
                case 3 -> {
                    byte[] in = files.get(file);
                    int start = (int) u32(commands, at + 64);
                    int length = (int) u32(commands, at + 68);
                    int where = (int) u32(commands, at + 60);
                    in[where] = 0;
                    in[where] = (byte) -sum(in, start, length);
                }
                default -> throw new AssertionError("command " + u32(commands, at));
            }
        }
        assertArrayEquals(acpi.placed(BASE), files.get("etc/acpi/tables"));
        assertArrayEquals(acpi.rootPointer(BASE), files.get("etc/acpi/rsdp"));
    }

    private static String name(byte[] b, int at) {
        String s = new String(b, at, 56, StandardCharsets.US_ASCII);
        return s.substring(0, s.indexOf('\0'));
    }

    @Test
    void acpicaReadsTheTablesWithoutComplaint(@TempDir Path dir) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/iasl")), "iasl is not installed");
        Map<String, byte[]> found = walk(acpi.rootPointer(BASE), acpi.placed(BASE), BASE);
        for (Map.Entry<String, byte[]> e : found.entrySet()) {
            Path file = dir.resolve(e.getKey() + ".aml");
            Files.write(file, e.getValue());
            String said = run(dir, "iasl", "-d", file.toString());
            assertFalse(said.matches("(?is).*(error|warning|invalid|incorrect checksum).*"), e.getKey() + ": " + said);
        }
        String compiled = run(dir, "iasl", dir.resolve("DSDT.dsl").toString());
        assertTrue(compiled.contains("0 Errors, 0 Warnings"), compiled);
    }

    private static String run(Path dir, String... command) throws Exception {
        Process p = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(p.waitFor(30, TimeUnit.SECONDS), "iasl did not end");
        return out;
    }

    @Test
    void smbiosStructuresAreWellFormed() {
        SmBios s = new SmBios(
                "A processor", "box", new UUID(0x0123456789ABCDEFL, 0x1122334455667788L), 1L << 30, 1L << 30);
        byte[] b = s.structures();
        byte[] entry = s.entryPoint(0xF1000);
        assertEquals(0, sum(entry, 0, 31));
        assertEquals(0, sum(entry, 16, 15));
        int at = 0;
        int count = 0;
        StringBuilder types = new StringBuilder();
        while (at < b.length) {
            types.append(b[at] & 0xFF).append(' ');
            if (b[at] == 17) {
                assertEquals(2048, b[at + 12] & 0xFF | (b[at + 13] & 0xFF) << 8, "MiB of the memory device");
            }
            at += b[at + 1] & 0xFF;
            while (b[at] != 0 || b[at + 1] != 0) {
                at++;
            }
            at += 2;
            count++;
        }
        assertEquals("0 1 3 4 16 17 19 19 32 127 ", types.toString());
        assertEquals(count, entry[28] & 0xFF);
        assertEquals(b.length, entry[22] & 0xFF | (entry[23] & 0xFF) << 8);
    }

    @Test
    void routingTableGivesEverySlotItsPirqs() {
        byte[] pir = InterruptTables.pir();
        assertEquals(0, sum(pir, 0, pir.length));
        assertEquals(pir.length, pir[6] & 0xFF | (pir[7] & 0xFF) << 8);
        int slot2 = 32 + 16;
        assertEquals(2 << 3, pir[slot2 + 1] & 0xFF);
        assertEquals(0x61, pir[slot2 + 2]); // INTA# of slot 2 is PIRQB#
    }

    @Test
    void mpTableCountsItsEntries() {
        byte[] mp = InterruptTables.mp(0xF2000, 0x663, 0x201);
        assertEquals(0, sum(mp, 0, 16));
        int length = mp[20] & 0xFF | (mp[21] & 0xFF) << 8;
        assertEquals(mp.length - 16, length);
        assertEquals(0, sum(mp, 16, length));
        int count = 0;
        for (int at = 16 + 44; at < mp.length; at += mp[at] == 0 ? 20 : 8) {
            count++;
        }
        assertEquals(count, mp[16 + 34] & 0xFF | (mp[16 + 35] & 0xFF) << 8);
    }
}
