package org.terrarium.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random operations on images of every kind, by us and by QEMU in turn: writes, zeroes, discards, packed clusters, commits,
 * snapshots, other sizes. After every turn QEMU's check finds nothing and both see the same contents, in the snapshots too.
 *
 * <p>{@code -Dterrarium.disk.rounds=N} for more turns, {@code -Dterrarium.disk.seed=N} for other ones.
 */
class RandomOperationsTest {
    private static final int ROUNDS = Integer.getInteger("terrarium.disk.rounds", 2);
    /** Bytes packed at once: large clusters take long. */
    private static final int MOST_PACKED = 512 << 10;

    private static final long SEED = Long.getLong("terrarium.disk.seed", 0);

    @TempDir
    Path folder;

    private Path image;
    private Path scratch;
    private Random random;
    private byte[] expected;
    private final Map<String, byte[]> snapshots = new LinkedHashMap<>();
    private int cluster;
    private boolean encrypted;
    private boolean packs;
    private boolean qemuPacks;
    private boolean keepsSnapshots;
    private boolean resizes;
    private Path base;
    private String failure;

    @ParameterizedTest
    @CsvSource({
        "1000, 512, refcount_bits=16, none, 1500000",
        "1001, 1024, refcount_bits=1, none, 3000320",
        "1002, 4096, 'refcount_bits=2,lazy_refcounts=on', none, 5000192",
        "1003, 4096, refcount_bits=4, raw, 5000192",
        "1004, 8192, 'refcount_bits=8,lazy_refcounts=on', qcow2, 8000000",
        "1005, 16384, 'refcount_bits=32,compression_type=zstd', raw, 8000512",
        "1006, 32768, refcount_bits=64, qcow2, 9000448",
        "1007, 65536, compression_type=zstd, qcow2, 20000256",
        "1008, 65536, lazy_refcounts=on, raw, 20000256",
        "1009, 65536, compat=0.10, raw, 20000256",
        "1010, 512, compat=0.10, none, 1500160",
        "1011, 2097152, '', qcow2, 12000256",
        "1012, 512, 'refcount_bits=64,lazy_refcounts=on', qcow2, 4000256",
        "1013, 16384, extended_l2=on, none, 6000128",
        "1014, 65536, 'extended_l2=on,lazy_refcounts=on', raw, 12000256",
        "1015, 131072, 'extended_l2=on,compression_type=zstd', qcow2, 16000512",
        "1016, 65536, data_file=DATA, none, 12000256",
        "1017, 4096, 'data_file=DATA,lazy_refcounts=on', raw, 5000192",
        "1018, 65536, 'data_file=DATA,extended_l2=on', raw, 5000192",
        "1019, 65536, 'data_file=DATA,data_file_raw=on', none, 5000192",
        "1020, 65536, 'encrypt.format=luks,encrypt.iter-time=1', raw, 9000448",
        "1021, 4096,"
            + " 'encrypt.format=luks,encrypt.iter-time=1,encrypt.cipher-mode=cbc,encrypt.ivgen-alg=essiv,encrypt.ivgen-hash-alg=sha256',"
            + " none, 3000320",
        "1022, 16384, 'encrypt.format=luks,encrypt.iter-time=1,extended_l2=on', none, 3000320",
        "1023, 65536, preallocation=metadata, none, 5000192",
        "1024, 2097152, 'extended_l2=on', raw, 9000448",
    })
    void qemuAndWeAgree(long seed, int clusterSize, String options, String backing, int size) throws IOException {
        random = new Random(seed + SEED);
        failure = "seed " + (seed + SEED);
        size = (size + 511) & -512;
        image = folder.resolve("image.qcow2");
        scratch = folder.resolve("scratch");
        cluster = clusterSize;
        expected = new byte[size];
        encrypted = options.contains("luks");
        boolean dataFile = options.contains("DATA");
        packs = !encrypted && !dataFile;
        // In version 2 a discarded cluster over a backing file still holds something for QEMU.
        qemuPacks = packs && (backing.equals("none") || !options.contains("compat=0.10"));
        // Narrow counts are soon exhausted.
        keepsSnapshots = !dataFile && !options.matches("refcount_bits=[124](,.*)?");
        resizes = !options.contains("preallocation") && !options.contains("raw=on");
        String all = "cluster_size=" + cluster
                + (options.isEmpty() ? "" : "," + options.replace("DATA", folder.resolve("data.raw") + ""))
                + (encrypted ? ",encrypt.key-secret=sec0" : "");
        List<String> create = Qemu.line("qemu-img", "create", "-q", Qemu.SECRET, "-f", "qcow2", "-o", all);
        if (!backing.equals("none")) {
            create.addAll(List.of("-b", makeBacking(backing), "-F", backing));
        }
        create.addAll(List.of(image.toString(), String.valueOf(size)));
        Qemu.ok(create);
        takeTurns(ROUNDS);
    }

    private void takeTurns(int rounds) throws IOException {
        for (int round = 0; round < rounds; round++) {
            ourOperations();
            agree();
            commit();
            ourManagement();
            qemuOperations();
            agree();
            qemuManagement();
        }
        snapshotsHold();
    }

    @ParameterizedTest
    @CsvSource({
        "2000, 65536, 2, 16, false, false, false, none",
        "2001, 4096, 3, 1, true, false, false, none",
        "2002, 16384, 3, 32, true, true, false, none",
        "2003, 32768, 3, 16, true, false, true, none",
        "2004, 131072, 3, 64, false, true, true, none",
        "2005, 65536, 3, 16, false, false, false, cooked",
        "2006, 4096, 3, 16, true, false, false, raw",
        "2007, 512, 3, 64, false, true, false, none",
    })
    void qemuAgreesWithWhatWeCreate(
            long seed,
            int clusterSize,
            int version,
            int refcountBits,
            boolean lazy,
            boolean zstd,
            boolean extended,
            String dataFile)
            throws IOException {
        random = new Random(seed + SEED);
        failure = "seed " + (seed + SEED);
        image = folder.resolve("image.qcow2");
        scratch = folder.resolve("scratch");
        cluster = clusterSize;
        expected = new byte[4_000_256];
        packs = dataFile.equals("none");
        qemuPacks = packs;
        keepsSnapshots = packs && refcountBits > 4;
        resizes = packs;
        String data =
                dataFile.equals("none") ? null : folder.resolve("data.raw").toString();
        Qcow2Options options =
                new Qcow2Options(version, refcountBits, lazy, zstd, extended, data, dataFile.equals("raw"), null);
        DiskFormats.create(
                image,
                CreateOptions.qcow2(expected.length).withClusterSize(cluster).withQcow2(options));
        agree();
        takeTurns(Math.max(1, ROUNDS / 2));
        if (dataFile.equals("raw")) {
            requireContents(expected, Files.readAllBytes(Path.of(data)), "the data file itself");
        }
    }

    private OpenOptions how(boolean writable) {
        OpenOptions options = writable ? OpenOptions.readWrite() : OpenOptions.readOnly();
        return options.withPassphrase(Qemu.PASSPHRASE);
    }

    private void agree() throws IOException {
        Qemu.checkClean(image, encrypted);
        requireContents(expected, Qemu.contents(image, scratch, encrypted), "seen by QEMU");
        try (VirtualDisk disk = DiskFormats.open(image, how(false))) {
            assertEquals(expected.length, disk.size(), failure);
            requireContents(expected, readAll(disk), "seen by us");
        }
    }

    private void requireContents(byte[] wanted, byte[] found, String where) {
        assertEquals(-1, Arrays.mismatch(wanted, found), () -> failure + ", " + where + ": first byte that differs");
    }

    private void snapshotsHold() throws IOException {
        for (var snapshot : snapshots.entrySet()) {
            try (VirtualDisk disk = DiskSnapshots.open(image, how(false), snapshot.getKey())) {
                requireContents(snapshot.getValue(), readAll(disk), "snapshot " + snapshot.getKey());
            }
        }
    }

    /** A backing file shorter than the image, of random contents with holes. */
    private String makeBacking(String format) throws IOException {
        int length = expected.length / 3 * 2 & -512;
        byte[] contents = new byte[length];
        random.nextBytes(contents);
        Arrays.fill(contents, length / 4, length / 2, (byte) 0);
        System.arraycopy(contents, 0, expected, 0, length);
        base = Files.write(folder.resolve("base.raw"), contents);
        if (format.equals("qcow2")) {
            // Compressed, so that unpacking is tried too.
            Path raw = base;
            base = folder.resolve("base.qcow2");
            Qemu.ok("qemu-img", "convert", "-c", "-O", "qcow2", raw.toString(), base.toString());
        }
        return base.getFileName().toString();
    }

    private void ourOperations() throws IOException {
        try (VirtualDisk disk = DiskFormats.open(image, how(true))) {
            assertEquals(expected.length, disk.size());
            for (int i = 0; i < 60; i++) {
                int at = random.nextInt(expected.length);
                int length = length(at);
                switch (random.nextInt(9)) {
                    case 0 -> {
                        disk.writeZeroes(at, length);
                        Arrays.fill(expected, at, at + length, (byte) 0);
                    }
                    case 1 -> {
                        disk.discard(at, length);
                        // Whatever it reads as now is what it has to stay.
                        System.arraycopy(read(disk, at, length), 0, expected, at, length);
                    }
                    case 2 -> disk.flush();
                    case 3 ->
                        requireContents(
                                Arrays.copyOfRange(expected, at, at + length), read(disk, at, length), "while open");
                    case 4 -> writePacked(disk, at);
                    default -> {
                        byte[] bytes = new byte[length];
                        random.nextBytes(bytes);
                        disk.write(at, ByteBuffer.wrap(bytes));
                        System.arraycopy(bytes, 0, expected, at, length);
                    }
                }
            }
            requireContents(expected, readAll(disk), "before closing");
        }
    }

    private void writePacked(VirtualDisk disk, int near) throws IOException {
        assertEquals(packs ? cluster : 0, disk.packUnit());
        int end = Math.min(expected.length, near + Math.clamp(MOST_PACKED, 1, 4 * cluster));
        for (int at = near & -cluster; packs && at < end; at += cluster) {
            byte[] bytes = new byte[Math.min(cluster, expected.length - at)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : i >> 7);
            }
            disk.writePacked(at, ByteBuffer.wrap(bytes));
            System.arraycopy(bytes, 0, expected, at, bytes.length);
        }
    }

    private void ourManagement() throws IOException {
        if (keepsSnapshots && snapshots.size() < 2) {
            String name = "ours" + random.nextInt(1000);
            DiskSnapshots.create(image, how(true), name, Instant.ofEpochSecond(1_700_000_000));
            snapshots.put(name, expected.clone());
            try (VirtualDisk disk = DiskFormats.open(image, how(true))) {
                byte[] bytes = new byte[cluster * 2 + 700];
                random.nextBytes(bytes);
                disk.write(cluster / 2, ByteBuffer.wrap(bytes));
                System.arraycopy(bytes, 0, expected, cluster / 2, bytes.length);
            }
            agree();
        } else if (keepsSnapshots) {
            String name = anySnapshot();
            if (random.nextBoolean()) {
                DiskSnapshots.apply(image, how(true), name);
                expected = snapshots.get(name).clone();
                agree();
            }
            snapshotsHold();
            DiskSnapshots.delete(image, how(true), name);
            snapshots.remove(name);
            agree();
        }
        if (resizes && snapshots.isEmpty()) {
            int change = (random.nextInt(3) - 1) * (512 + random.nextInt(expected.length / 4)) & -512;
            DiskResize.resize(image, how(true), expected.length + change, true, Progress.NONE);
            expected = Arrays.copyOf(expected, expected.length + change);
            agree();
        }
    }

    /** Into the backing file, which snapshots of the image show too: so only while there are none. */
    private void commit() throws IOException {
        if (base == null || !snapshots.isEmpty()) {
            return;
        }
        boolean keep = random.nextBoolean();
        // QEMU's options for encrypted images do not reach the older of its programs.
        if (encrypted || random.nextBoolean()) {
            DiskCommit.commit(image, how(true), null, keep, Progress.NONE);
        } else {
            Qemu.ok(Qemu.line("qemu-img", "commit", "-q", keep ? List.of("-d") : List.of(), "-f", "qcow2", image));
        }
        agree();
        String format = base.endsWith("base.raw") ? "raw" : "qcow2";
        byte[] committed = Qemu.contents(format, base, scratch);
        requireContents(expected, Arrays.copyOf(committed, expected.length), "in the backing file");
    }

    private String anySnapshot() {
        return new ArrayList<>(snapshots.keySet()).get(random.nextInt(snapshots.size()));
    }

    private int length(int at) {
        int longest = random.nextInt(4) == 0 ? 600_000 : 9_000;
        return 1 + random.nextInt(Math.min(longest, expected.length - at));
    }

    private void qemuOperations() throws IOException {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            int at = random.nextInt(expected.length) & -512;
            int length = Math.max(512, length(at) & -512);
            boolean zero = random.nextInt(4) == 0;
            int pattern = zero ? 0 : 1 + random.nextInt(255);
            commands.add((zero ? "write -z -u " : "write -P " + pattern + " ") + at + " " + length);
            Arrays.fill(expected, at, at + length, (byte) pattern);
        }
        Qemu.io(image, encrypted, commands);
        if (qemuPacks) {
            qemuPacks();
        }
    }

    /**
     * QEMU packs only into clusters that hold nothing yet. Its version 7.2 overwrites others when clusters are freed between
     * packed writes (qemu-io alone shows it), so all are freed first.
     */
    private void qemuPacks() throws IOException {
        List<String> commands = new ArrayList<>();
        Set<Integer> chosen = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            int at = random.nextInt(expected.length) & -cluster;
            if (at + cluster <= expected.length) {
                chosen.add(at);
            }
        }
        chosen.forEach(at -> commands.add("discard " + at + " " + cluster));
        for (int at : chosen) {
            int pattern = 1 + random.nextInt(255);
            commands.add("write -c -P " + pattern + " " + at + " " + cluster);
            Arrays.fill(expected, at, at + cluster, (byte) pattern);
        }
        Qemu.io(image, encrypted, commands);
    }

    private void qemuManagement() throws IOException {
        // As with commits.
        if (!keepsSnapshots || encrypted) {
            return;
        }
        if (snapshots.size() < 2) {
            String name = "theirs" + random.nextInt(1000);
            Qemu.ok("qemu-img", "snapshot", "-c", name, image.toString());
            snapshots.put(name, expected.clone());
            agree();
        } else {
            String name = anySnapshot();
            Qemu.ok("qemu-img", "snapshot", "-a", name, image.toString());
            expected = snapshots.get(name).clone();
            agree();
            Qemu.ok("qemu-img", "snapshot", "-d", name, image.toString());
            snapshots.remove(name);
            agree();
        }
    }

    private static byte[] read(VirtualDisk disk, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        disk.read(at, bytes);
        return bytes.array();
    }

    private static byte[] readAll(VirtualDisk disk) throws IOException {
        return read(disk, 0, (int) disk.size());
    }
}
