package org.terrarium.vm.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server does to a folder of the host's, looked at with Java's own file system. */
class FileServerTest {
    private static final int CREATE = HostCalls.O_RDWR | HostCalls.O_CREAT | HostCalls.O_EXCL;

    @TempDir
    Path outside;

    private Path folder;
    private FileServer server;
    private P9Client client;

    @BeforeEach
    void start() throws Exception {
        folder = Files.createDirectory(outside.resolve("shared"));
        serve(false);
    }

    private void serve(boolean readOnly) throws Errno {
        server = new FileServer(folder, readOnly);
        client = new P9Client(server);
        client.start();
    }

    @AfterEach
    void end() {
        server.close();
        assertEquals(0, server.handles());
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void theVersionIsAgreedOnAndEverythingElseWaitsForThat() throws Errno {
        server.reset();
        assertEquals(Errno.EINVAL, client.failure(P9.TATTACH, 0, P9.NOFID, "root", "", 0));
        var answer = client.ask(P9.TVERSION, 1 << 30, P9.VERSION);
        assertEquals(FileServer.MAX_MESSAGE, answer.getInt(), "no more than the server takes");
        answer = client.ask(P9.TVERSION, 8192, "9P2000.u");
        answer.getInt();
        assertEquals("unknown".length(), answer.getShort());
        assertEquals(Errno.EINVAL, client.failure(P9.TATTACH, 0, P9.NOFID, "root", "", 0), "no version, no session");
        assertEquals(Errno.EMSGSIZE, client.failure(P9.TVERSION, 100, P9.VERSION));
        client.start();
        assertEquals(Errno.EBADF, client.failure(P9.TATTACH, 0, P9.NOFID, "root", "", 0), "fid in use");
        client.ask(P9.TVERSION, 8192, P9.VERSION);
        assertEquals(0, server.fids(), "a new session has no fids");
    }

    @Test
    void filesAreMadeWrittenReadAndFound() throws Exception {
        client.walk(0, 1);
        client.create(1, "new", CREATE, 0640);
        assertEquals(5, client.write(1, 0, "hello"));
        assertEquals(6, client.write(1, 5, " world"));
        assertEquals("lo wo", text(client.read(1, 3, 5)));
        assertEquals(0, client.read(1, 11, 100).length);
        assertEquals("hello world", Files.readString(folder.resolve("new")));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new"))));
        assertEquals(1, client.walk(0, 2, "new"));
        P9Client.Attributes a = client.attributes(2);
        assertEquals(11, a.size());
        assertEquals(0100640, a.mode());
        assertEquals(P9.QTFILE, a.qidType());
        assertEquals(a.qidPath(), client.attributes(1).qidPath());
        assertEquals(Errno.EEXIST, client.failure(P9.TLCREATE, 0, "new", CREATE, 0644, 0));
        assertEquals(Errno.EISDIR, client.failure(P9.TLOPEN, 0, HostCalls.O_RDWR));
        client.ask(P9.TFSYNC, 1, 0);
        client.ask(P9.TCLUNK, 1);
        assertEquals(Errno.EBADF, client.failure(P9.TREAD, 1, 0L, 10));
        assertEquals(11, server.counters().bytesWritten());
        assertEquals(5, server.counters().bytesRead());
    }

    @Test
    void walkingGivesWhatIsThere() throws Exception {
        file("a/b/c", "x");
        assertEquals(3, client.walk(0, 1, "a", "b", "c"));
        assertEquals(2, client.walk(0, 2, "a", "b", "nothing"));
        assertEquals(Errno.EBADF, client.failure(P9.TGETATTR, 2, 0L), "a walk that falls short makes no fid");
        assertEquals(Errno.ENOENT, client.failure(P9.TWALK, 0, 2, (short) 1, "nothing"));
        assertEquals(4, client.walk(0, 3, "a", "..", "..", ".."), "above the root is the root");
        assertEquals(client.attributes(0).qidPath(), client.attributes(3).qidPath());
        assertEquals(Errno.ENOENT, client.failure(P9.TWALK, 0, 4, (short) 1, "."));
        assertEquals(Errno.ENOENT, client.failure(P9.TWALK, 0, 4, (short) 1, "a/b"));
        assertEquals(Errno.ENOENT, client.failure(P9.TWALK, 0, 4, (short) 1, ""));
        assertEquals(Errno.ENAMETOOLONG, client.failure(P9.TWALK, 0, 4, (short) 1, "n".repeat(300)));
        assertEquals(Errno.EINVAL, client.failure(P9.TWALK, 0, 4, (short) 17));
    }

    @Test
    void foldersAreListedWholeInPiecesOfAnySize() throws Exception {
        Set<String> expected = new TreeSet<>(Set.of(".", ".."));
        for (int n = 0; n < 300; n++) {
            String name = "file-" + n + "x".repeat(n % 200);
            file(name, "");
            expected.add(name);
        }
        file("ünïcödé", "");
        expected.add("ünïcödé");
        for (int count : new int[] {300, 1000, 60_000}) {
            client.walk(0, 1);
            client.open(1, HostCalls.O_RDONLY);
            List<String> names = client.names(1, count);
            assertEquals(expected, new TreeSet<>(names), count + " bytes at a time");
            assertEquals(expected.size(), names.size(), "none twice");
            client.ask(P9.TCLUNK, 1);
        }
        client.walk(0, 1);
        client.open(1, HostCalls.O_RDONLY);
        assertEquals(Errno.EINVAL, client.failure(P9.TREADDIR, 1, 0L, 10), "no entry fits");
        assertEquals(Errno.EISDIR, client.failure(P9.TREAD, 1, 0L, 10));
    }

    @Test
    void namesAreChangedAndFidsGoWithThem() throws Exception {
        file("a/deep/file", "contents");
        file("other", "replaced");
        client.walk(0, 1, "a");
        client.walk(0, 2, "a", "deep", "file");
        client.walk(0, 3, "other");
        client.open(3, HostCalls.O_RDONLY);
        client.walk(0, 4, "a", "deep", "file");
        client.open(4, HostCalls.O_RDONLY);
        client.ask(P9.TRENAMEAT, 0, "a", 0, "b");
        assertEquals("contents", Files.readString(folder.resolve("b/deep/file")));
        assertEquals(8, client.attributes(2).size(), "the fid has moved along");
        client.ask(P9.TRENAME, 2, 0, "other");
        assertEquals("contents", Files.readString(folder.resolve("other")));
        assertEquals("replaced", text(client.read(3, 0, 100)), "what was replaced is still open");
        assertEquals("contents", text(client.read(4, 0, 100)));
        assertEquals(Errno.ENOENT, client.failure(P9.TRENAMEAT, 0, "a", 0, "c"));
        assertEquals(Errno.EINVAL, client.failure(P9.TRENAMEAT, 0, "..", 0, "c"));
        assertEquals(Errno.EINVAL, client.failure(P9.TRENAMEAT, 0, "b", 0, "x/y"));
        assertEquals(Errno.EINVAL, client.failure(P9.TRENAME, 0, 1, "root"));
    }

    @Test
    void filesAndFoldersAreRemoved() throws Exception {
        file("d/f", "x");
        client.walk(0, 1, "d");
        assertNotEquals(0, client.failure(P9.TUNLINKAT, 0, "d", HostCalls.AT_REMOVEDIR), "not empty");
        assertEquals(Errno.EISDIR, client.failure(P9.TUNLINKAT, 0, "d", 0));
        client.walk(0, 2, "d", "f");
        client.open(2, HostCalls.O_RDWR);
        client.ask(P9.TUNLINKAT, 1, "f", 0);
        assertEquals(1, client.write(2, 0, "y"), "an open file is there until it is let go");
        assertEquals("y", text(client.read(2, 0, 10)));
        assertEquals(1, client.attributes(2).size());
        client.ask(P9.TUNLINKAT, 0, "d", HostCalls.AT_REMOVEDIR);
        assertFalse(Files.exists(folder.resolve("d")));
        file("gone", "x");
        client.walk(0, 3, "gone");
        client.ask(P9.TREMOVE, 3);
        assertEquals(Errno.EBADF, client.failure(P9.TGETATTR, 3, 0L));
        assertFalse(Files.exists(folder.resolve("gone")));
        assertEquals(Errno.EINVAL, client.failure(P9.TREMOVE, 0), "not the shared folder itself");
    }

    @Test
    void foldersAndLinksAreMade() throws Exception {
        client.ask(P9.TMKDIR, 0, "d", 0750, 0);
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("d"))));
        file("d/f", "x");
        client.walk(0, 1, "d", "f");
        client.walk(0, 2, "d");
        client.ask(P9.TLINK, 0, 1, "hard");
        assertEquals(2, client.attributes(1).links());
        client.ask(P9.TSYMLINK, 0, "soft", "d/f", 0);
        assertEquals("d/f", Files.readSymbolicLink(folder.resolve("soft")).toString());
        client.walk(0, 3, "soft");
        assertEquals(P9.QTSYMLINK, client.attributes(3).qidType());
        var answer = client.ask(P9.TREADLINK, 3);
        assertEquals(3, answer.getShort());
        assertEquals(Errno.EINVAL, client.failure(P9.TREADLINK, 1), "no link");
        assertEquals(Errno.EPERM, client.failure(P9.TMKNOD, 0, "device", 0060600, 8, 0, 0));
        assertEquals(Errno.EPERM, client.failure(P9.TLINK, 0, 0, "root"));
    }

    @Test
    void attributesAreSetButNoProgramRunsAsItsOwner() throws Exception {
        file("f", "0123456789");
        client.walk(0, 1, "f");
        int size = P9.SETATTR_SIZE;
        client.ask(P9.TSETATTR, 1, size | P9.SETATTR_MODE, 06755, 5, 6, 4L, 0L, 0L, 0L, 0L);
        assertEquals("0123", Files.readString(folder.resolve("f")));
        assertEquals(0100755, client.attributes(1).mode(), "without set-user-ID and set-group-ID");
        int times = P9.SETATTR_MTIME | P9.SETATTR_MTIME_SET;
        client.ask(P9.TSETATTR, 1, times, 0, 0, 0, 0L, 0L, 0L, 1_000_000_000L, 5L);
        assertEquals(
                FileTime.from(Instant.ofEpochSecond(1_000_000_000, 5)), Files.getLastModifiedTime(folder.resolve("f")));
        assertEquals(Errno.EINVAL, client.failure(P9.TSETATTR, 1, times, 0, 0, 0, 0L, 0L, 0L, 0L, (1L << 30) - 2));
        client.walk(0, 2);
        client.create(2, "made", CREATE, 04777);
        assertEquals(0100777, client.attributes(2).mode());
        Files.createSymbolicLink(folder.resolve("link"), Path.of("f"));
        client.walk(0, 3, "link");
        assertEquals(Errno.EOPNOTSUPP, client.failure(P9.TSETATTR, 3, 1, 0777, 0, 0, 0L, 0L, 0L, 0L, 0L));
        client.ask(P9.TSETATTR, 3, times, 0, 0, 0, 0L, 0L, 0L, 5L, 0L);
        assertEquals(
                5,
                Files.getLastModifiedTime(folder.resolve("link"), LinkOption.NOFOLLOW_LINKS)
                                .toMillis()
                        / 1000,
                "the link's own time");
    }

    @Test
    void nothingOutsideIsReachedWhateverLiesInTheFolder() throws Exception {
        Path secret = Files.writeString(outside.resolve("secret"), "untouched");
        Files.createDirectory(outside.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("file"), secret);
        Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("dir"), outside.resolve("elsewhere"));
        client.walk(0, 1, "file");
        assertEquals(Errno.ELOOP, client.failure(P9.TLOPEN, 1, HostCalls.O_RDONLY));
        assertEquals(Errno.ELOOP, client.failure(P9.TSETATTR, 1, P9.SETATTR_SIZE, 0, 0, 0, 0L, 0L, 0L, 0L, 0L));
        assertEquals(1, client.walk(0, 2, "up", "secret"), "a link is no way on");
        assertEquals(1, client.walk(0, 2, "dir", "new"));
        client.walk(0, 3, "dir");
        int create = HostCalls.O_RDWR | HostCalls.O_CREAT;
        assertEquals(Errno.ENOTDIR, client.failure(P9.TLCREATE, 3, "new", create, 0644, 0));
        assertEquals(Errno.ENOTDIR, client.failure(P9.TMKDIR, 3, "new", 0755, 0));
        assertEquals(Errno.ENOTDIR, client.failure(P9.TSYMLINK, 3, "new", "x", 0));
        assertEquals(Errno.ELOOP, client.failure(P9.TLOPEN, 3, HostCalls.O_RDONLY | HostCalls.O_DIRECTORY));
        client.walk(0, 4);
        assertEquals(Errno.ELOOP, client.failure(P9.TLCREATE, 4, "file", create | HostCalls.O_TRUNC, 0644, 0));
        client.walk(0, 5, "up");
        assertEquals(Errno.ENOTDIR, client.failure(P9.TRENAMEAT, 5, "secret", 0, "mine"));
        assertEquals(Errno.ENOTDIR, client.failure(P9.TUNLINKAT, 5, "secret", 0));
        for (String name : List.of("..", ".", "", "../secret", "/etc/passwd", "a\0b")) {
            assertEquals(Errno.EINVAL, client.failure(P9.TLCREATE, 0, name, create, 0644, 0), name);
            assertEquals(Errno.EINVAL, client.failure(P9.TMKDIR, 0, name, 0755, 0), name);
            assertEquals(Errno.EINVAL, client.failure(P9.TUNLINKAT, 0, name, 0), name);
        }
        assertEquals("untouched", Files.readString(secret));
        assertEquals(0, Files.list(outside.resolve("elsewhere")).count());
        client.walk(0, 6);
        client.open(6, 0);
        assertTrue(client.names(6, 4000).contains("up"));
    }

    @Test
    void pipesAndSocketsAreNotOpened() throws Exception {
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        client.walk(0, 1, "pipe");
        assertEquals(Errno.EACCES, client.failure(P9.TLOPEN, 1, HostCalls.O_RDWR));
        client.walk(0, 2);
        assertEquals(Errno.EACCES, client.failure(P9.TLCREATE, 2, "pipe", HostCalls.O_RDWR, 0644, 0));
    }

    @Test
    void aReadOnlyFolderStaysAsItIs() throws Exception {
        file("f", "kept");
        server.close();
        serve(true);
        client.walk(0, 1, "f");
        assertEquals(Errno.EROFS, client.failure(P9.TLOPEN, 1, HostCalls.O_RDWR));
        assertEquals(Errno.EROFS, client.failure(P9.TLOPEN, 1, HostCalls.O_RDONLY | HostCalls.O_TRUNC));
        assertEquals(Errno.EROFS, client.failure(P9.TLCREATE, 0, "n", CREATE, 0644, 0));
        assertEquals(Errno.EROFS, client.failure(P9.TMKDIR, 0, "n", 0755, 0));
        assertEquals(Errno.EROFS, client.failure(P9.TSYMLINK, 0, "n", "f", 0));
        assertEquals(Errno.EROFS, client.failure(P9.TLINK, 0, 1, "n"));
        assertEquals(Errno.EROFS, client.failure(P9.TRENAMEAT, 0, "f", 0, "n"));
        assertEquals(Errno.EROFS, client.failure(P9.TRENAME, 1, 0, "n"));
        assertEquals(Errno.EROFS, client.failure(P9.TUNLINKAT, 0, "f", 0));
        assertEquals(Errno.EROFS, client.failure(P9.TSETATTR, 1, 1, 0777, 0, 0, 0L, 0L, 0L, 0L, 0L));
        client.open(1, HostCalls.O_RDONLY);
        assertEquals(Errno.EROFS, client.failure(P9.TWRITE, 1, 0L, 1, new byte[1]));
        assertEquals("kept", text(client.read(1, 0, 10)));
        assertEquals(Errno.EROFS, client.failure(P9.TREMOVE, 1));
        assertEquals(List.of("f"), List.of(folder.toFile().list()));
    }

    @Test
    void openFilesAreBoundedAndNobodyNotices() throws Exception {
        int files = FidTable.MAX_HANDLES + 50;
        for (int n = 0; n < files; n++) {
            file("f" + n, "contents " + n);
            client.walk(0, n + 1, "f" + n);
            client.open(n + 1, HostCalls.O_RDONLY);
            assertTrue(server.handles() <= FidTable.MAX_HANDLES);
        }
        for (int n = 0; n < files; n++) {
            assertEquals("contents " + n, text(client.read(n + 1, 0, 100)));
        }
        // One that was closed for want of room and is another file by now.
        for (int n = files - 1; n >= 0; n--) {
            client.read(n + 1, 0, 1);
        }
        Files.delete(folder.resolve("f" + (files - 1)));
        file("new", "");
        file("f" + (files - 1), "another");
        assertEquals(Errno.ESTALE, client.failure(P9.TREAD, files, 0L, 10));
    }

    @Test
    void fidsAreBounded() throws Exception {
        int n = 1;
        while (client.failure(P9.TWALK, 0, n, (short) 0) == 0) {
            n++;
        }
        assertEquals(FidTable.MAX_FIDS, n);
        assertEquals(Errno.EMFILE, client.failure(P9.TWALK, 0, n, (short) 0));
        client.ask(P9.TCLUNK, 5);
        client.walk(0, n);
    }

    @Test
    void aSavedServerGoesOnAndWhatIsGoneIsStale() throws Exception {
        file("d/kept", "kept");
        file("lost", "lost");
        file("removed", "removed");
        client.walk(0, 1, "d", "kept");
        client.open(1, HostCalls.O_RDWR);
        client.walk(0, 2, "lost");
        client.open(2, HostCalls.O_RDONLY);
        client.walk(0, 3, "removed");
        client.open(3, HostCalls.O_RDONLY);
        client.ask(P9.TUNLINKAT, 0, "removed", 0);
        client.walk(0, 4, "lost");
        FileServerState saved = server.save();
        server.close();
        Files.delete(folder.resolve("lost"));
        server = new FileServer(folder, false);
        server.restore(saved);
        client = new P9Client(server);
        assertEquals("kept", text(client.read(1, 0, 10)));
        assertEquals(1, client.write(1, 4, "!"));
        assertEquals(Errno.ESTALE, client.failure(P9.TREAD, 2, 0L, 10));
        assertEquals(Errno.ESTALE, client.failure(P9.TREAD, 3, 0L, 10));
        assertEquals(Errno.ENOENT, client.failure(P9.TGETATTR, 4, 0L));
        assertEquals(Errno.EISDIR, client.failure(P9.TLOPEN, 0, HostCalls.O_RDWR));
        FileServerState again = server.save();
        assertEquals(saved.messageSize(), again.messageSize());
        assertArrayEquals(saved.fids(), again.fids());
    }

    @Test
    void aFolderThatIsMissingIsAnErrorUntilItIsThere() throws Exception {
        server.close();
        Files.delete(folder);
        server = new FileServer(folder, false);
        client = new P9Client(server);
        client.ask(P9.TVERSION, P9Client.ROOM, P9.VERSION);
        assertEquals(Errno.ENOENT, client.failure(P9.TATTACH, 0, P9.NOFID, "root", "", 0));
        Files.createDirectory(folder);
        client.ask(P9.TATTACH, 0, P9.NOFID, "root", "", 0);
    }

    @Test
    void whatCannotBeDoneIsSaid() throws Exception {
        file("f", "x");
        client.walk(0, 1, "f");
        assertEquals(Errno.EOPNOTSUPP, client.failure(P9.TXATTRWALK, 1, 2, "user.x"));
        assertEquals(Errno.EOPNOTSUPP, client.failure(P9.TXATTRCREATE, 1, "user.x", 5L, 0));
        assertEquals(Errno.EOPNOTSUPP, client.failure(P9.TAUTH, 5, "root", "", 0));
        client.ask(P9.TFLUSH, (short) 1);
        client.open(1, HostCalls.O_RDWR);
        assertEquals(0, client.ask(P9.TLOCK, 1, (byte) 1, 0, 0L, 0L, 5, "guest").get());
        assertEquals(
                P9.LOCK_TYPE_UNLCK,
                client.ask(P9.TGETLOCK, 1, (byte) 1, 0L, 0L, 5, "guest").get());
        var space = client.ask(P9.TSTATFS, 1);
        assertEquals(P9.V9FS_MAGIC, space.getInt());
        int block = space.getInt();
        assertEquals(Files.getFileStore(folder).getTotalSpace(), block * space.getLong());
        assertThrows(Errno.class, () -> client.open(1, 0));
        Set<Long> paths = new HashSet<>();
        for (int n = 0; n < 3; n++) {
            file("q" + n, "");
            client.walk(0, 10 + n, "q" + n);
            paths.add(client.attributes(10 + n).qidPath());
        }
        assertEquals(
                3,
                paths.size(),
                () -> "files have numbers of their own: "
                        + paths.stream().map(Long::toHexString).collect(Collectors.joining(", ")));
    }
}
