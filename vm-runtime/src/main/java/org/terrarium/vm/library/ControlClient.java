package org.terrarium.vm.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        ObjectNode order = ControlServer.JSON.createObjectNode().put("command", command);
        arguments.forEach(order::put);
        JsonNode answer = exchange(order);
        if (!answer.path("ok").asBoolean()) {
            throw new IOException(answer.path("error").asText("the machine " + machine + " gave no answer"));
        }
        return answer;
    }

    /** An order that takes as long as it takes, such as saving a large memory. */
    public JsonNode longOrder(String command) throws IOException {
        patience = Duration.ofHours(1);
        return order(command);
    }

    private JsonNode exchange(ObjectNode order) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
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
            return ControlServer.JSON.readTree(line);
        } catch (TimeoutException e) {
            throw new IOException("the machine " + machine + " does not answer", e);
        } catch (ExecutionException e) {
            throw new IOException("the machine " + machine + " ended before it answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the machine " + machine, e);
        } catch (SocketException e) {
            throw new IOException("the machine " + machine + " cannot be reached at " + socket, e);
        }
    }
}
