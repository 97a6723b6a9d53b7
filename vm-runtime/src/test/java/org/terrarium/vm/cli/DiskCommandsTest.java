package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskCancelledException;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.disk.DiskTools;
import org.terrarium.vm.disk.Passphrases;

/** The disk commands, beside qemu-img's answers. */
@Timeout(120)
class DiskCommandsTest {
    private static final int SIZE = 5 << 20;

    @TempDir
    Path folder;

    private Cli cli;
    private byte[] contents;
    private Path raw;

    @BeforeEach
    void makeSource() throws IOException {
        cli = new Cli(folder.resolve("home"));
        contents = new byte[SIZE];
        new Random(1).nextBytes(contents);
        java.util.Arrays.fill(contents, 1 << 20, 3 << 20, (byte) 0);
        raw = Files.write(folder.resolve("source.raw"), contents);
    }

    private String ok(Object... args) {
        Cli.Result result = cli.run(words(args));
        assertEquals("", result.err());
        assertEquals(0, result.status(), result.out());
        return result.out();
    }

    private static String[] words(Object... args) {
        List<String> words = new ArrayList<>(List.of("disk"));
        for (Object arg : args) {
            words.add(arg.toString());
        }
        return words.toArray(String[]::new);
    }

    private void refused(int status, String sentence, Object... args) {
        Cli.Result result = cli.run(words(args));
        assertTrue(result.err().contains(sentence), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals(status, result.status());
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }

    private static JsonNode qemuImg(Object... args) throws IOException {
        List<String> line = new ArrayList<>(List.of("qemu-img"));
        for (Object arg : args) {
            line.add(arg.toString());
        }
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.onExit().join().exitValue(), line + ": " + output);
        return output.startsWith("{") || output.startsWith("[") ? json(output) : null;
    }

    @ParameterizedTest
    @CsvSource({
        "qcow2, , qcow2",
        "raw, , raw",
        "vmdk, monolithicSparse, vmdk",
        "vmdk, streamOptimized, vmdk",
        "vdi, fixed, vdi",
        "vhd, dynamic, vpc",
        "vhdx, dynamic, vhdx",
    })
    void convertInfoMapAndCompareAgreeWithQemu(String format, String variant, String qemuFormat) throws IOException {
        Path target = folder.resolve("target." + format);
        List<Object> line = new ArrayList<>(List.of("convert", raw, target, "--json"));
        if (variant != null) {
            line.addAll(List.of("--variant", variant));
        }
        JsonNode made = json(ok(line.toArray()));
        assertEquals(format, made.get("format").asText());
        JsonNode info = json(ok("info", target, "--json"));
        JsonNode theirs = qemuImg("info", "-f", qemuFormat, "--output=json", target);
        assertEquals(theirs.get("virtual-size").asLong(), info.get("size").asLong());
        assertEquals(format, info.get("format").asText());
        if (variant != null) {
            assertEquals(variant, info.at("/details/variant").asText());
        }
        qemuImg("compare", "-f", "raw", "-F", qemuFormat, raw, target);
        assertTrue(ok("compare", raw, target).contains("the contents are the same"));
        assertMapsAgree(json(ok("map", target, "--json")), qemuImg("map", "-f", qemuFormat, "--output=json", target));
        try (VirtualDisk disk = DiskFormats.open(target, OpenOptions.readOnly())) {
            ByteBuffer all = ByteBuffer.allocate(SIZE);
            disk.read(0, all);
            assertArrayEquals(contents, all.array());
        }
        assertTrue(ok("info", target).contains("5 MiB"));
        refused(1, "is a file, not a folder", "create", target.resolve("in it"), "--size", "1M");
    }

    /** Which bytes are data and where, whatever the maps call one stretch or several. */
    private void assertMapsAgree(JsonNode ours, JsonNode theirs) {
        long end = 0;
        for (JsonNode entry : ours) {
            assertEquals(end, entry.get("start").asLong(), () -> "a gap in " + ours);
            end += entry.get("length").asLong();
        }
        assertEquals(SIZE, end);
        for (long at = 0; at < SIZE; at += 4096) {
            JsonNode here = entryAt(ours, at);
            JsonNode there = entryAt(theirs, at);
            long place = at;
            if (here.get("data").asBoolean()) {
                assertTrue(there.get("data").asBoolean(), () -> "only we have data at " + place + ": " + ours + theirs);
            }
            if (here.get("zero").asBoolean()) {
                // QEMU does not look into the file for holes, so that its map may know less.
                int from = (int) at;
                boolean zero = java.util.Arrays.equals(contents, from, from + 4096, new byte[4096], 0, 4096);
                assertTrue(zero, () -> "not zero at " + place + ": " + ours);
            }
            if (here.has("offset") && there.has("offset")) {
                assertEquals(
                        there.get("offset").asLong() - there.get("start").asLong(),
                        here.get("offset").asLong() - here.get("start").asLong(),
                        () -> "at " + place + ": " + ours + theirs);
            }
        }
    }

    private static JsonNode entryAt(JsonNode map, long at) {
        for (JsonNode entry : map) {
            if (at < entry.get("start").asLong() + entry.get("length").asLong()) {
                return entry;
            }
        }
        throw new AssertionError("nothing at " + at + " in " + map);
    }

    @Test
    void packedSourcesAndTargets() throws IOException {
        qemuImg("convert", "-f", "raw", "-O", "qcow2", raw, folder.resolve("plain.qcow2"));
        new ProcessBuilder("gzip", "-k", raw.toString())
                .inheritIO()
                .start()
                .onExit()
                .join();
        Path packed = folder.resolve("source.raw.gz");
        assertEquals(SIZE, json(ok("info", packed, "--json")).get("size").asLong());
        Path target = folder.resolve("packed.qcow2");
        ok("convert", packed, target, "--compress", "--zstd", "--threads", "2");
        qemuImg("compare", "-f", "raw", "-F", "qcow2", raw, target);
        qemuImg("check", target);
        refused(1, "cannot be packed", "convert", raw, folder.resolve("x.vdi"), "--compress");
        assertFalse(Files.exists(folder.resolve("x.vdi")));
    }

    @Test
    void checkFindsAndRepairs() throws IOException {
        Path image = folder.resolve("image.qcow2");
        ok("convert", raw, image);
        assertTrue(ok("check", image).contains("nothing is wrong"));
        // One more cluster at the end of the file, that is counted and that nothing uses.
        byte[] bytes = Files.readAllBytes(image);
        int cluster = (bytes.length + 65535) / 65536;
        bytes = java.util.Arrays.copyOf(bytes, (cluster + 1) * 65536);
        int refcountTable = (int) ByteBuffer.wrap(bytes).getLong(48);
        int refcountBlock = (int) ByteBuffer.wrap(bytes).getLong(refcountTable);
        bytes[refcountBlock + 2 * cluster + 1] = 1;
        Files.write(image, bytes);
        Cli.Result found = cli.run(words("check", image, "--json"));
        assertEquals(1, found.status());
        assertEquals(1, json(found.out()).get("leaks").asInt());
        assertEquals(
                1,
                json(ok("check", image, "--repair", "--json")).get("leaksFixed").asInt());
        qemuImg("check", image);
        for (String format : new String[] {"vdi", "vhd", "vhdx", "vmdk"}) {
            Path other = folder.resolve("image." + format);
            ok("convert", raw, other);
            assertTrue(ok("check", other).contains("nothing is wrong"), format);
        }
        Path vdi = folder.resolve("image.vdi");
        bytes = Files.readAllBytes(vdi);
        bytes[512] = bytes[512 + 3 * 4];
        Files.write(vdi, bytes);
        Cli.Result wrong = cli.run(words("check", vdi));
        assertEquals(1, wrong.status());
        assertTrue(wrong.out().contains("two blocks share the space"), wrong.out());
        refused(1, "no tables that could be checked", "check", raw);
        refused(2, "choose all or leaks", "check", image, "--repair=some");
    }

    @Test
    void overlaysAreCommittedRebasedResizedAndCompacted() throws IOException {
        Path base = folder.resolve("base.qcow2");
        Path overlay = folder.resolve("overlay.qcow2");
        ok("convert", raw, base);
        JsonNode made = json(ok("create", overlay, "--backing", base, "--json"));
        assertEquals("qcow2", made.get("format").asText());
        assertEquals(SIZE, made.get("size").asLong());
        JsonNode chain = json(ok("info", overlay, "--chain", "--json"));
        JsonNode theirs = qemuImg("info", "--backing-chain", "--output=json", overlay);
        assertEquals(2, chain.size());
        for (int i = 0; i < theirs.size(); i++) {
            assertEquals(
                    theirs.get(i).get("virtual-size").asLong(),
                    chain.get(i).get("size").asLong());
            assertEquals(
                    theirs.get(i).get("filename").asText(),
                    chain.get(i).get("file").asText());
        }
        try (VirtualDisk disk = DiskFormats.open(overlay, OpenOptions.readWrite())) {
            disk.write(100, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        Cli.Result differ = cli.run(words("compare", raw, overlay));
        assertEquals(1, differ.status());
        assertTrue(differ.out().contains("differ at byte 100"), differ.out());
        ok("commit", overlay);
        assertTrue(ok("compare", base, overlay, "--strict").contains("same"));

        Path moved = Files.move(base, folder.resolve("moved.qcow2"));
        refused(1, "does not exist", "map", overlay);
        ok("rebase", overlay, "--backing", moved, "--backing-format", "qcow2", "--unsafe");
        ok("rebase", overlay);
        assertTrue(json(ok("info", overlay, "--json")).get("backingFile").isNull());
        assertTrue(ok("compare", moved, overlay).contains("same"));

        assertEquals(
                (5 << 20) + (1 << 20),
                json(ok("resize", overlay, "+1M", "--json")).get("size").asLong());
        Path larger = folder.resolve("larger.vmdk");
        ok("convert", overlay, larger, "--size", "8M");
        assertEquals(8 << 20, json(ok("info", larger, "--json")).get("size").asLong());
        refused(1, "--size", "resize", larger, "9M");
        refused(1, "would be smaller", "convert", overlay, folder.resolve("smaller.vdi"), "--size", "1M");
        assertTrue(Files.notExists(folder.resolve("smaller.vdi")), "nothing is left of a refused conversion");
        refused(1, "shrink", "resize", overlay, "5M");
        ok("resize", overlay, "5M", "--shrink");
        refused(2, "is no size", "resize", overlay, "big");
        try (VirtualDisk disk = DiskFormats.open(overlay, OpenOptions.readWrite())) {
            disk.write(0, ByteBuffer.allocate(SIZE));
        }
        long before = Files.size(overlay);
        assertTrue(ok("compact", overlay).contains("is shorter by"));
        assertTrue(Files.size(overlay) < before / 2, Files.size(overlay) + " of " + before);
        qemuImg("check", overlay);
    }

    @Test
    void snapshotsInsideAnImage() throws IOException {
        Path image = folder.resolve("image.qcow2");
        ok("convert", raw, image);
        assertTrue(ok("snapshot", "list", image).contains("no snapshots"));
        JsonNode kept = json(ok("snapshot", "create", image, "before", "--json"));
        assertEquals("before", kept.get("snapshot").asText());
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            disk.write(0, ByteBuffer.allocate(4096));
        }
        JsonNode list = json(ok("snapshot", "list", image, "--json"));
        assertEquals("before", list.get(0).get("name").asText());
        ok("convert", image, folder.resolve("then.raw"), "--snapshot", "before");
        assertArrayEquals(contents, Files.readAllBytes(folder.resolve("then.raw")));
        ok("snapshot", "apply", image, "before");
        assertTrue(ok("compare", raw, image).contains("same"));
        ok("snapshot", "delete", image, "before");
        assertEquals("[ ]", ok("snapshot", "list", image, "--json").strip());
        refused(1, raw.toString(), "snapshot", "create", raw, "x");
    }

    @Test
    void encryptedImagesWantTheirPassphrase() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "correct horse\n");
        Path image = folder.resolve("image.luks");
        refused(1, "give a passphrase", "create", image, "--size", "1M");
        ok("create", image, "--size", "1M", "--passphrase-file", secret);
        assertTrue(ok("info", image).contains("aes-xts-plain64"));
        refused(1, "give its passphrase", "map", image);
        Path wrong = Files.writeString(folder.resolve("wrong"), "battery staple\n");
        refused(1, "cannot be unlocked", "map", image, "--passphrase-file", wrong);
        ok("convert", image, folder.resolve("copy.raw"), "--passphrase-file", secret);
        assertEquals(1 << 20, Files.size(folder.resolve("copy.raw")));
        // As a machine opens its disks.
        OpenOptions how = OpenOptions.readOnly();
        try (VirtualDisk disk = DiskFormats.open(
                image, how.withPassphrases(Passphrases.of(Map.of(Passphrases.VARIABLE, secret.toString()))))) {
            assertEquals(1 << 20, disk.size());
        }
        Path missing = folder.resolve("missing");
        refused(1, "does not exist", "map", image, "--passphrase-file", missing);
        Path empty = Files.createFile(folder.resolve("empty"));
        refused(1, "empty first line", "map", image, "--passphrase-file", empty);
        Path binary = Files.write(folder.resolve("binary"), new byte[] {-1, -2});
        refused(1, "no text", "map", image, "--passphrase-file", binary);
        refused(2, "can be encrypted", "create", folder.resolve("x.vdi"), "--size", "1M", "--passphrase-file", secret);
    }

    @Test
    void imagesOpenOnlyWhatTheyAreAllowedTo() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path overlay = inside.resolve("overlay.qcow2");
        ok("create", overlay, "--backing", raw, "--backing-format", "raw");
        refused(1, "not allowed to open", "map", overlay);
        refused(1, "not allowed to open", "convert", overlay, folder.resolve("copy.raw"));
        ok("convert", overlay, folder.resolve("copy.raw"), "--allow", folder);
        assertArrayEquals(contents, Files.readAllBytes(folder.resolve("copy.raw")));
    }

    @Test
    void aProgressBarIsDrawnWhenAskedFor() {
        Cli.Result result = cli.run(words("convert", raw, folder.resolve("target.qcow2"), "--progress"));
        assertEquals(0, result.status(), result.err());
        assertTrue(
                result.err().contains("Converting source.raw [########################################] 100%"),
                result.err());
    }

    @Test
    void jobsAreStoppedInOrder() throws IOException, InterruptedException {
        Path large = folder.resolve("large.raw");
        DiskFormats.create(large, CreateOptions.raw(256 << 20));
        try (VirtualDisk disk = DiskFormats.open(large, OpenOptions.readWrite())) {
            for (int at = 0; at < 256; at++) {
                disk.write((long) at << 20, ByteBuffer.wrap(contents, 0, 1 << 20));
            }
        }
        Path target = folder.resolve("target.vmdk");
        DiskJob<Void> job = DiskTools.convert(new DiskTools.Conversion(
                large,
                OpenOptions.readOnly(),
                null,
                target,
                CreateOptions.of(org.terrarium.disk.DiskFormat.VMDK, 0).withVariant("streamOptimized"),
                true,
                1));
        while (job.step().done() == 0 && !job.finished()) {
            Thread.sleep(1);
        }
        job.cancel();
        org.junit.jupiter.api.Assertions.assertThrows(DiskCancelledException.class, job::await);
        assertTrue(job.finished());
        assertFalse(Files.exists(target));
    }

    @Test
    void measuresWhatQemuMeasures() throws IOException {
        JsonNode ours = json(ok("measure", raw, "--json", "--cluster-size", "4K"));
        JsonNode theirs = qemuImg("measure", "--output=json", "-O", "qcow2", "-o", "cluster_size=4096", raw);
        assertEquals(theirs.get("required").asLong(), ours.get("required").asLong());
        assertEquals(
                theirs.get("fully-allocated").asLong(),
                ours.get("fullyAllocated").asLong());
        theirs = qemuImg("measure", "--output=json", "-O", "qcow2", "--size", "10G");
        String empty = ok("measure", "--size", "10G");
        assertTrue(empty.startsWith(theirs.get("required").asLong() + " bytes ("), empty);
        refused(2, "only raw and qcow2 images can be measured", "measure", raw, "--format", "vdi");
        refused(2, "either the image to convert or --size", "measure");
    }

    @Test
    void amendsOptionsInPlace() throws IOException {
        Path image = folder.resolve("old.qcow2");
        ok("convert", raw, image, "--qcow2-version", "2");
        assertEquals("0.10", compat(image));
        ok("amend", image, "--qcow2-version", "3", "--lazy-refcounts");
        assertEquals("1.1", compat(image));
        assertTrue(data(image).get("lazy-refcounts").asBoolean());
        assertEquals(
                image.toString(),
                json(ok("amend", image, "--no-lazy-refcounts", "--json"))
                        .get("file")
                        .asText());
        assertFalse(data(image).get("lazy-refcounts").asBoolean());
        ok("compare", raw, image);
        refused(1, "cannot become version 2", "amend", image, "--qcow2-version", "2");
        refused(1, "has no options that can be changed", "amend", raw, "--lazy-refcounts");
        refused(2, "name what is to change", "amend", image);
    }

    private static JsonNode data(Path image) throws IOException {
        return qemuImg("info", "--output=json", image).get("format-specific").get("data");
    }

    private static String compat(Path image) throws IOException {
        return data(image).get("compat").asText();
    }
}
