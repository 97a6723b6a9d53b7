package org.terrarium.vm.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.terrarium.vm.HostSpace;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.spec.JsonTrees;

/**
 * Takes orders for a running machine: one JSON object in a line, {@code {"command": ...}}, answered by one in a line, with
 * {@code "ok"} and, when that is false, a sentence in {@code "error"}.
 */
final class ControlServer implements AutoCloseable {
    static final int MAX_LINE = 1 << 20;

    /** Carries out one order. */
    @FunctionalInterface
    interface Orders {
        /**
         * Puts the answer into {@code answer}; an exception's message is the error.
         *
         * @param untilGone what is to be closed when whoever gave the order has gone
         */
        void carryOut(String command, JsonNode order, ObjectNode answer, Deque<Closeable> untilGone) throws IOException;
    }

    private final Path socket;
    private final ServerSocketChannel server;
    private final Orders orders;

    private ControlServer(Path socket, ServerSocketChannel server, Orders orders) {
        this.socket = socket;
        this.server = server;
        this.orders = orders;
    }

    /** Listens; the caller has the machine's lock, so a socket that is there already is a left-over. */
    static ControlServer open(Path socket, Orders orders) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket));
            if (HostSpace.posix(socket)) {
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot listen at " + socket + ": " + HostTrouble.sentence(e), e);
        }
        ControlServer server = new ControlServer(socket, channel, orders);
        Thread.ofPlatform().daemon().name("machine-control").start(server::accept);
        return server;
    }

    Path socket() {
        return socket;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Out of descriptors, say: wait for better times instead of spinning.
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(100);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void serve(SocketChannel client) {
        Deque<Closeable> untilGone = new ArrayDeque<>();
        try (client) {
            for (String line = readLine(client); line != null; line = readLine(client)) {
                ObjectNode answer = JsonTrees.object().put("ok", true);
                try {
                    JsonNode order = JsonTrees.read(line);
                    orders.carryOut(order.path("command").asText(), order, answer, untilGone);
                } catch (JsonProcessingException e) {
                    refuse(answer, "the order is not valid JSON");
                } catch (IOException | RuntimeException e) {
                    refuse(answer, HostTrouble.sentence(e));
                }
                writeLine(client, answer);
            }
        } catch (IOException e) {
            // The client went away in the middle; nobody is left to tell.
            return;
        } finally {
            untilGone.forEach(ControlServer::end);
        }
    }

    private static void end(Closeable held) {
        try {
            held.close();
        } catch (IOException e) {
            // What is left of it goes when the machine is used next.
            return;
        }
    }

    private static void refuse(ObjectNode answer, String sentence) {
        answer.put("ok", false).put("error", sentence);
    }

    static void writeLine(SocketChannel channel, JsonNode json) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((JsonTrees.line(json) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The next line without its end, or null at the end; a line longer than any order is an end too. */
    static String readLine(ReadableByteChannel channel) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (line.size() < MAX_LINE && channel.read(one.clear()) > 0) {
            byte b = one.get(0);
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(b);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
