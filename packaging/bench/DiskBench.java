import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskConvert;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;

/**
 * The same accesses to equal images by us and by QEMU, in turn, best of some rounds. QEMU's sequential ones are done by
 * {@code qemu-img bench}, its random ones by {@code qemu-io}, whose start and end are taken off.
 */
public final class DiskBench {
    private static final int DEPTH = 4;
    private static final int DIRECT = 1 << 20;

    private final Path folder;
    private final long size;
    private final int rounds;
    private final Random random = new Random(1);

    private DiskBench(Path folder, long size, int rounds) {
        this.folder = folder;
        this.size = size;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        long megabytes = 1024;
        int rounds = 3;
        Path folder = null;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--megabytes" -> megabytes = Long.parseLong(args[i + 1]);
                case "--rounds" -> rounds = Integer.parseInt(args[i + 1]);
                case "--folder" -> folder = Path.of(args[i + 1]);
                default -> throw new IllegalArgumentException(args[i] + " is not an option");
            }
        }
        Path place = Files.createTempDirectory(folder == null ? Path.of("/tmp") : folder, "bench-disk-");
        try {
            new DiskBench(place, megabytes << 20, rounds).run();
        } finally {
            try (var files = Files.walk(place)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private interface Work {
        double seconds() throws Exception;
    }

    private void run() throws Exception {
        System.out.printf("%-44s %12s %12s %8s%n", "best of " + rounds + ", " + (size >> 20) + " MiB", "ours", "QEMU", "ratio");
        for (boolean write : new boolean[] {false, true}) {
            for (boolean allocated : new boolean[] {true, false}) {
                for (int block : new int[] {4096, 1 << 20}) {
                    for (boolean sequential : new boolean[] {true, false}) {
                        for (int depth : sequential ? new int[] {1, DEPTH} : new int[] {1}) {
                            access(write, allocated, block, sequential, depth);
                        }
                    }
                }
            }
        }
        createSparse();
        convert();
    }

    private void print(String what, Work ours, Work theirs, double operations) throws Exception {
        double best = Double.MAX_VALUE;
        double bestTheirs = Double.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            best = Math.min(best, ours.seconds());
            bestTheirs = Math.min(bestTheirs, theirs.seconds());
        }
        System.out.printf(
                Locale.ROOT,
                "%-44s %9.1f us %9.1f us %8.2f%n",
                what,
                best / operations * 1e6,
                bestTheirs / operations * 1e6,
                bestTheirs / best);
    }

    // ---- reading and writing ----

    private void access(boolean write, boolean allocated, int block, boolean sequential, int depth) throws Exception {
        int operations = (int) Math.min(size / block, block == 4096 ? 40_000 : 400);
        long[] offsets = new long[operations];
        for (int i = 0; i < operations; i++) {
            offsets[i] = sequential ? (long) i * block : random.nextLong(size / block) * block;
        }
        String what = (sequential ? "sequential " : "random ") + (write ? "write " : "read ") + (block >> 10) + " KiB "
                + (allocated ? "allocated" : "unallocated") + (depth > 1 ? ", " + depth + " in flight" : "");
        Path ours = folder.resolve("ours.qcow2");
        Path theirs = folder.resolve("theirs.qcow2");
        if (allocated) {
            fill(ours);
            fill(theirs);
        }
        print(
                what,
                () -> {
                    if (!allocated) {
                        fresh(ours);
                    }
                    return ours(ours, offsets, block, write, depth, !sequential);
                },
                () -> {
                    if (!allocated) {
                        fresh(theirs);
                    }
                    return sequential
                            ? bench(theirs, operations, block, write, depth)
                            : io(theirs, offsets, block, write) - io(theirs, new long[0], block, write);
                },
                operations);
        Files.deleteIfExists(ours);
        Files.deleteIfExists(theirs);
    }

    private void fresh(Path image) throws Exception {
        Files.deleteIfExists(image);
        DiskFormats.create(image, CreateOptions.qcow2(size));
    }

    private void fill(Path image) throws Exception {
        fresh(image);
        ByteBuffer piece = ByteBuffer.allocate(4 << 20);
        random.nextBytes(piece.array());
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
            for (long at = 0; at < size; at += piece.capacity()) {
                disk.write(at, piece.clear());
            }
        }
    }

    /**
     * As in QEMU's benchmark, memory and threads are there before the clock starts.
     *
     * @param whole closing counts too, as it does where a whole process of QEMU's is timed
     */
    private static double ours(Path image, long[] offsets, int block, boolean write, int depth, boolean whole)
            throws Exception {
        OpenOptions how = write ? OpenOptions.readWrite() : OpenOptions.readOnly();
        long start;
        long end;
        ExecutorService threads = depth == 1 ? null : Executors.newFixedThreadPool(depth);
        try (VirtualDisk disk = DiskFormats.open(image, how)) {
            List<ByteBuffer> buffers = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                // Large transfers go to and from memory outside the heap, as QEMU's do; small ones through arrays, as our devices' do.
                buffers.add(block >= DIRECT ? ByteBuffer.allocateDirect(block) : ByteBuffer.allocate(block));
            }
            if (depth == 1) {
                start = System.nanoTime();
                work(disk, offsets, buffers.getFirst(), write, new AtomicInteger());
            } else {
                CountDownLatch ready = new CountDownLatch(depth);
                CountDownLatch go = new CountDownLatch(1);
                AtomicInteger next = new AtomicInteger();
                List<Future<?>> running = new ArrayList<>();
                for (ByteBuffer buffer : buffers) {
                    running.add(threads.submit(() -> {
                        ready.countDown();
                        go.await();
                        work(disk, offsets, buffer, write, next);
                        return null;
                    }));
                }
                ready.await();
                start = System.nanoTime();
                go.countDown();
                for (Future<?> one : running) {
                    one.get();
                }
            }
            end = System.nanoTime();
        } finally {
            if (threads != null) {
                threads.shutdownNow();
            }
        }
        return ((whole ? System.nanoTime() : end) - start) / 1e9;
    }

    private static void work(VirtualDisk disk, long[] offsets, ByteBuffer buffer, boolean write, AtomicInteger next)
            throws IOException {
        for (int i = next.getAndIncrement(); i < offsets.length; i = next.getAndIncrement()) {
            buffer.clear();
            if (write) {
                disk.write(offsets[i], buffer);
            } else {
                disk.read(offsets[i], buffer);
            }
        }
    }

    private static double bench(Path image, int operations, int block, boolean write, int depth) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "qemu-img", "bench", "-f", "qcow2", "-t", "writeback", "-c", String.valueOf(operations), "-d",
                String.valueOf(depth), "-s", String.valueOf(block)));
        if (write) {
            command.add("-w");
        }
        command.add(image.toString());
        String said = run(command, new byte[0]);
        return Double.parseDouble(said.replaceAll("(?s).*completed in ([0-9.]+) seconds.*", "$1"));
    }

    private static double io(Path image, long[] offsets, int block, boolean write) throws Exception {
        StringBuilder commands = new StringBuilder();
        for (long offset : offsets) {
            commands.append(write ? "write -q " : "read -q ").append(offset).append(' ').append(block).append('\n');
        }
        byte[] input = commands.append("quit\n").toString().getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        run(List.of("qemu-io", "-t", "writeback", "-f", "qcow2", image.toString()), input);
        return (System.nanoTime() - start) / 1e9;
    }

    private static String run(List<String> command, byte[] input) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread feeder = Thread.ofVirtual().start(() -> {
            try (OutputStream out = process.getOutputStream()) {
                out.write(input);
            } catch (IOException e) {
                // The process has said why it ended.
            }
        });
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        feeder.join();
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }

    // ---- whole images ----

    private void createSparse() throws Exception {
        Path ours = folder.resolve("sparse-ours.qcow2");
        Path theirs = folder.resolve("sparse-theirs.qcow2");
        print(
                "create sparse 100 GiB",
                () -> {
                    Files.deleteIfExists(ours);
                    long start = System.nanoTime();
                    DiskFormats.create(ours, CreateOptions.qcow2(100L << 30));
                    return (System.nanoTime() - start) / 1e9;
                },
                () -> timed("qemu-img", "create", "-q", "-f", "qcow2", theirs.toString(), "100G"),
                1);
        System.out.printf(
                "%-44s %9d B  %9d B %n", "  length of that file", Files.size(ours), Files.size(theirs));
    }

    private static double timed(String... command) throws Exception {
        long start = System.nanoTime();
        run(Arrays.asList(command), new byte[0]);
        return (System.nanoTime() - start) / 1e9;
    }

    private void convert() throws Exception {
        Path raw = folder.resolve("source.raw");
        ByteBuffer piece = ByteBuffer.allocate(1 << 20);
        try (var out = Files.newByteChannel(
                raw, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            for (long at = 0; at < size; at += piece.capacity()) {
                // A third is zeroes, the rest can be packed to about a half.
                boolean zero = at / piece.capacity() % 3 == 0;
                for (int i = 0; i < piece.capacity(); i++) {
                    piece.array()[i] = zero ? 0 : (byte) ((i & 1) == 0 ? random.nextInt() : i >> 10);
                }
                out.write(piece.clear());
            }
        }
        Path ours = folder.resolve("converted-ours.qcow2");
        Path theirs = folder.resolve("converted-theirs.qcow2");
        for (boolean packed : new boolean[] {false, true}) {
            print(
                    "convert raw to qcow2" + (packed ? ", packed" : ""),
                    () -> {
                        Files.deleteIfExists(ours);
                        long start = System.nanoTime();
                        convertOurs(raw, ours, packed);
                        return (System.nanoTime() - start) / 1e9;
                    },
                    () -> {
                        Files.deleteIfExists(theirs);
                        return packed
                                ? timed("qemu-img", "convert", "-c", "-f", "raw", "-O", "qcow2", raw.toString(), theirs.toString())
                                : timed("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), theirs.toString());
                    },
                    1);
        }
    }

    private static void convertOurs(Path raw, Path target, boolean packed) throws IOException {
        try (VirtualDisk source =
                DiskFormats.open(raw, OpenOptions.readOnly().withFormat(DiskFormat.RAW))) {
            DiskConvert.convert(
                    source, target, CreateOptions.qcow2(0), packed, DiskConvert.usualThreads(), Progress.NONE);
        }
    }
}
