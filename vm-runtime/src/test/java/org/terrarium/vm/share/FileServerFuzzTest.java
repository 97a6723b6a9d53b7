package org.terrarium.vm.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that no client would send, and requests in no order at all: nothing is thrown, nothing outside is touched. */
class FileServerFuzzTest {
    private static final int CASES = Integer.getInteger("terrarium.share.cases", 30_000);
    private static final int[] TYPES = {
        P9.TSTATFS, P9.TLOPEN, P9.TLCREATE, P9.TSYMLINK, P9.TMKNOD, P9.TRENAME, P9.TREADLINK, P9.TGETATTR, P9.TSETATTR,
        P9.TXATTRWALK, P9.TREADDIR, P9.TFSYNC, P9.TLOCK, P9.TGETLOCK, P9.TLINK, P9.TMKDIR, P9.TRENAMEAT, P9.TUNLINKAT,
        P9.TATTACH, P9.TFLUSH, P9.TWALK, P9.TREAD, P9.TWRITE, P9.TCLUNK, P9.TREMOVE
    };
    private static final String[] NAMES = {
        "a",
        "b",
        "c",
        "out",
        "up",
        "..",
        ".",
        "",
        "../secret",
        "/etc/passwd",
        "a/b",
        "n\0",
        "x".repeat(255),
        "x".repeat(300)
    };

    @TempDir
    Path outside;

    private final long seed = Long.getLong("terrarium.seed", 20_261_125L);
    private final SplittableRandom random = new SplittableRandom(seed);

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    private int fid() {
        return random.nextInt(12);
    }

    private int flags() {
        return random.nextInt(8) == 0
                ? random.nextInt()
                : random.nextInt(4) | random.nextInt(2) * 0x40 | random.nextInt(4) * 0x200;
    }

    private long offset() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1 << 16);
            case 2 -> random.nextLong();
            default -> random.nextLong(1L << 40);
        };
    }

    /** A request with the right fields, whose contents are anything. */
    private byte[] sensible(int type) {
        int mode = random.nextInt();
        Object[] fields = switch (type) {
            case P9.TLOPEN -> new Object[] {fid(), flags()};
            case P9.TLCREATE -> new Object[] {fid(), name(), flags(), mode, 0};
            case P9.TSYMLINK -> new Object[] {fid(), name(), random.nextBoolean() ? ".." : name(), 0};
            case P9.TMKNOD -> new Object[] {fid(), name(), mode, 1, 3, 0};
            case P9.TRENAME -> new Object[] {fid(), fid(), name()};
            case P9.TSETATTR ->
                new Object[] {fid(), random.nextInt(0x200), mode, 0, 0, random.nextLong(1 << 20), 1L, 2L, 3L, offset()};
            case P9.TXATTRWALK -> new Object[] {fid(), fid(), name()};
            case P9.TREADDIR, P9.TREAD -> new Object[] {fid(), offset(), random.nextInt()};
            case P9.TLINK -> new Object[] {fid(), fid(), name()};
            case P9.TMKDIR -> new Object[] {fid(), name(), mode, 0};
            case P9.TRENAMEAT -> new Object[] {fid(), name(), fid(), name()};
            case P9.TUNLINKAT -> new Object[] {fid(), name(), random.nextInt(2) * HostCalls.AT_REMOVEDIR};
            case P9.TATTACH -> new Object[] {fid(), P9.NOFID, "u", "", 0};
            case P9.TWALK -> new Object[] {fid(), fid(), (short) 2, name(), name()};
            case P9.TWRITE -> {
                int count = random.nextInt(64);
                yield new Object[] {fid(), offset() & 0xF_FFFF, count, new byte[count]};
            }
            default -> new Object[] {fid(), random.nextLong(), random.nextLong(), random.nextLong()};
        };
        return P9Client.message(type, 1, fields);
    }

    private byte[] nonsense() {
        byte[] m = sensible(TYPES[random.nextInt(TYPES.length)]);
        switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(m);
            case 1 -> m = java.util.Arrays.copyOf(m, P9.HEADER + random.nextInt(m.length - P9.HEADER + 1));
            case 2 -> m[P9.HEADER - 3 + random.nextInt(m.length - 4)] ^= (byte) (1 << random.nextInt(8));
            default -> {
                if (m.length > P9.HEADER + 6) {
                    m[P9.HEADER + 4] = -1; // often the length of a name
                    m[P9.HEADER + 5] = -1;
                }
            }
        }
        return m;
    }

    private TreeMap<String, String> everythingBeside(Path folder) throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(outside)) {
            for (Path p : (Iterable<Path>) all.filter(p -> !p.startsWith(folder))::iterator) {
                String contents = Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS) ? Files.readString(p) : "folder";
                found.put(p.toString(), contents + Files.getPosixFilePermissions(p));
            }
        }
        return found;
    }

    @Test
    void nothingIsThrownAndNothingOutsideChanges() throws Exception {
        Path folder = Files.createDirectory(outside.resolve("shared"));
        Files.writeString(outside.resolve("secret"), "untouched");
        Files.createDirectory(outside.resolve("beside"));
        Files.writeString(outside.resolve("beside/a"), "also untouched");
        TreeMap<String, String> before = everythingBeside(folder);
        try (FileServer server = new FileServer(folder, false)) {
            for (int n = 0; n < CASES; n++) {
                if (n % 500 == 0) {
                    server.answer(P9Client.message(P9.TVERSION, 0, 8192, P9.VERSION), 100);
                    for (int fid = 0; fid < 6; fid++) {
                        server.answer(P9Client.message(P9.TATTACH, 0, fid, P9.NOFID, "u", "", 0), 100);
                    }
                    link(folder.resolve("out"), Path.of("../beside"));
                    link(folder.resolve("up"), Path.of(".."));
                }
                int type = TYPES[random.nextInt(TYPES.length)];
                byte[] request = random.nextInt(4) == 0 ? nonsense() : sensible(type);
                int room = random.nextInt(20) == 0 ? FileServer.ERROR_BYTES + random.nextInt(30) : 8192;
                byte[] answer = server.answer(request, room);
                ByteBuffer b = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
                String what = "case " + n + " of seed " + seed;
                assertTrue(answer.length <= room, what);
                assertEquals(answer.length, b.getInt(0), what);
                assertTrue(answer[4] == P9.RLERROR || answer[4] == request[4] + 1, what);
                boolean wrong = answer[4] == P9.RLERROR && b.getInt(P9.HEADER) == Errno.EIO;
                assertTrue(!wrong, what + ": an internal error, with a request of type " + request[4]);
                assertTrue(server.handles() <= 12 && server.fids() <= 1 << 16, what);
            }
        }
        assertEquals(before, everythingBeside(folder), "seed " + seed);
    }

    private static void link(Path name, Path target) throws IOException {
        if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(name, target);
        }
    }
}
