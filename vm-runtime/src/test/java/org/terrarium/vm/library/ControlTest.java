package org.terrarium.vm.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.spec.MachineSpec;

class ControlTest {
    @TempDir
    Path temporary;

    private MachineFolder folder;
    private Path socket;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new MachineFolder(Files.createDirectory(temporary.resolve("m.terrarium")));
        socket = ControlSocket.of(folder, Map.of("XDG_RUNTIME_DIR", temporary.toString()));
    }

    private ControlServer serve() throws IOException {
        return ControlServer.open(socket, (command, order, answer, untilGone) -> {
            switch (command) {
                case "echo" -> answer.put("text", order.path("text").asText());
                case "fail" -> throw new IOException("it went wrong");
                case "break" -> throw new IllegalStateException("it broke");
                default -> throw new IOException("unknown " + command);
            }
        });
    }

    private ControlClient client() throws IOException {
        LockOwner owner = LockOwner.self(Instant.now(), socket.toString());
        return ControlClient.of(new MachineEntry(folder, MachineSpec.of("m"), null, Optional.of(owner)));
    }

    @Test
    void ordersAreAnsweredAndRefusalsAreSentences() throws IOException {
        try (ControlServer _ = serve()) {
            String text = "x\ny \u00e4 " + "z".repeat(100_000);
            assertEquals(
                    text,
                    client().order("echo", Map.of("text", text)).path("text").asText());
            assertRefused("it went wrong", "fail");
            assertRefused("it broke", "break");
            assertRefused("unknown dance", "dance");
            assertEquals("", client().order("echo").path("text").asText());
        }
        assertFalse(Files.exists(socket));
        assertRefused("cannot be reached", "echo");
    }

    private void assertRefused(String words, String order) throws IOException {
        ControlClient client = client();
        IOException e = assertThrows(IOException.class, () -> client.order(order));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void rubbishIsAnsweredOrCutOff() throws IOException {
        try (ControlServer _ = serve()) {
            try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                raw.write(ByteBuffer.wrap("no json\n".getBytes(StandardCharsets.UTF_8)));
                String answer = ControlServer.readLine(raw);
                assertTrue(answer.contains("\"ok\":false"), answer);
                assertTrue(answer.contains("not valid JSON"), answer);
                raw.write(ByteBuffer.wrap("\n[]\n".getBytes(StandardCharsets.UTF_8)));
                assertTrue(ControlServer.readLine(raw).contains("\"ok\":false"));
                assertTrue(ControlServer.readLine(raw).contains("\"ok\":false"));
            }
            try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                raw.shutdownOutput();
                assertNull(ControlServer.readLine(raw));
            }
            assertEquals(
                    "still there",
                    client().order("echo", Map.of("text", "still there"))
                            .path("text")
                            .asText());
        }
    }

    @Test
    void onlyItsUserCanReachTheSocket() throws IOException {
        try (ControlServer _ = serve()) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())));
        }
        Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        IOException e = assertThrows(
                IOException.class, () -> ControlSocket.of(folder, Map.of("XDG_RUNTIME_DIR", temporary.toString())));
        assertTrue(e.getMessage().contains("not private"), e.getMessage());
    }

    @Test
    void aMachineThatDoesNotRunCannotBeOrderedAround() {
        MachineEntry off = new MachineEntry(folder, MachineSpec.of("m"), null, Optional.empty());
        assertTrue(assertThrows(IOException.class, () -> ControlClient.of(off))
                .getMessage()
                .contains("the machine m is not running"));
        MachineEntry starting =
                new MachineEntry(folder, MachineSpec.of("m"), null, Optional.of(LockOwner.self(Instant.now(), "")));
        assertTrue(assertThrows(IOException.class, () -> ControlClient.of(starting))
                .getMessage()
                .contains("does not run there"));
    }
}
