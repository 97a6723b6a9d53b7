package org.terrarium.vm.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.terrarium.vm.snapshot.SnapshotPolicy;
import org.terrarium.vm.spec.JsonTrees;

/** Gives orders to a machine that runs in another process (or in this one). */
public final class ControlClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String machine;
    private final Path socket;
    private Duration patience = PATIENCE;

    private ControlClient(String machine, Path socket) {
        this.machine = machine;
        this.socket = socket;
    }

    /** @throws IOException when the machine does not run or cannot be reached */
    public static ControlClient of(MachineEntry entry) throws IOException {
        LockOwner owner =
                entry.owner().orElseThrow(() -> new IOException("the machine " + entry.name() + " is not running"));
        if (owner.control().isEmpty()) {
            throw new IOException("the machine " + entry.name() + " is in use by " + owner.text()
                    + " but does not run there; try again in a moment");
        }
        return new ControlClient(entry.name(), Path.of(owner.control()));
    }

    /** An order without arguments. */
    public JsonNode order(String command) throws IOException {
        return order(command, Map.of());
    }

    /**
     * Gives an order and waits for its answer.
     *
     * @throws IOException with the machine's own sentence when it refuses
     */
    public JsonNode order(String command, Map<String, String> arguments) throws IOException {
        try (SocketChannel channel = connect()) {
            return accepted(exchange(channel, line(command, arguments)));
        }
    }

    private static ObjectNode line(String command, Map<String, String> arguments) {
        ObjectNode order = JsonTrees.object().put("command", command);
        arguments.forEach(order::put);
        return order;
    }

    private JsonNode accepted(JsonNode answer) throws IOException {
        if (!answer.path("ok").asBoolean()) {
            throw new IOException(answer.path("error").asText("the machine " + machine + " gave no answer"));
        }
        return answer;
    }

    /** Sets the machine's automatic snapshots and limits. */
    public void setSnapshotPolicy(SnapshotPolicy policy) throws IOException {
        order(
                "snapshotPolicy",
                Map.of(
                        "every", Integer.toString(policy.everyMinutes()),
                        "keep", Integer.toString(policy.keep()),
                        "limit", Integer.toString(policy.most())));
    }

    /** An order that takes as long as it takes, such as saving a large memory. */
    public JsonNode longOrder(String command) throws IOException {
        return longOrder(command, Map.of());
    }

    /** The same with arguments. */
    public JsonNode longOrder(String command, Map<String, String> arguments) throws IOException {
        patience = Duration.ofHours(1);
        return order(command, arguments);
    }

    /** What an order has brought about, until this is closed or the process that gave the order ends. */
    public final class Held implements Closeable {
        private final JsonNode answer;
        private final SocketChannel channel;

        private Held(JsonNode answer, SocketChannel channel) {
            this.answer = answer;
            this.channel = channel;
        }

        /** The machine's answer. */
        public JsonNode answer() {
            return answer;
        }

        /** Lets go, and waits until that has happened; a machine that has ended meanwhile has let go already. */
        @Override
        public void close() throws IOException {
            try (channel) {
                exchange(channel, line("release", Map.of()));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Gives an order whose effect lasts as long as the result is open; waits as long as it takes. */
    public Held hold(String command, Map<String, String> arguments) throws IOException {
        patience = Duration.ofHours(1);
        SocketChannel channel = connect();
        try {
            return new Held(accepted(exchange(channel, line(command, arguments))), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (SocketException e) {
            throw new IOException("the machine " + machine + " cannot be reached at " + socket, e);
        }
    }

    private JsonNode exchange(SocketChannel channel, ObjectNode order) throws IOException {
        try {
            CompletableFuture<String> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    ControlServer.writeLine(channel, order);
                    answer.complete(ControlServer.readLine(channel));
                } catch (IOException e) {
                    answer.completeExceptionally(e);
                }
            });
            String line = answer.get(patience.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("the machine " + machine + " ended before it answered");
            }
            return JsonTrees.read(line);
        } catch (TimeoutException e) {
            throw new IOException("the machine " + machine + " does not answer", e);
        } catch (ExecutionException e) {
            throw new IOException("the machine " + machine + " ended before it answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the machine " + machine, e);
        }
    }
}
