package org.terrarium.vm.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.net.MacAddress;
import org.terrarium.net.service.LeaseTable.Lease;
import org.terrarium.net.wire.Ip4;
import org.terrarium.vm.spec.AtomicFile;
import org.terrarium.vm.spec.JsonTrees;

/**
 * The addresses a machine's NAT networks have given out, kept in its folder so that a guest gets the same ones after a restart.
 * They are a convenience: a file that cannot be read is as good as none.
 */
final class LeaseFile {
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;

    LeaseFile(Path file) {
        this.file = file;
    }

    /**
     * The leases of one network.
     *
     * @param network its number among the machine's cards
     * @param nanos the time on the network's clock that is {@code millis} on the calendar
     */
    List<Lease> load(int network, long nanos, long millis) {
        List<Lease> kept = new ArrayList<>();
        try {
            if (!Files.exists(file) || Files.size(file) > MAX_BYTES) {
                return kept;
            }
            for (JsonNode l : JsonTrees.read(Files.readAllBytes(file)).path("leases")) {
                if (l.path("card").asInt(-1) == network) {
                    long left = Math.clamp(l.path("expires").asLong() - millis, 0L, 7 * 86_400_000L);
                    kept.add(new Lease(
                            MacAddress.parse(l.path("mac").asText()).bits(),
                            Ip4.parse(l.path("address").asText()),
                            l.path("name").asText(),
                            nanos + left * 1_000_000,
                            true));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return List.of(); // then guests get addresses as new ones do
        }
        return kept;
    }

    /** Leases of one network, for {@link #save}. */
    record Part(int network, List<Lease> leases) {}

    synchronized void save(List<Part> parts, long nanos, long millis) throws IOException {
        ObjectNode json = JsonTrees.object().put("version", 1);
        ArrayNode list = json.putArray("leases");
        for (Part part : parts) {
            for (Lease l : part.leases()) {
                list.addObject()
                        .put("card", part.network())
                        .put("mac", new MacAddress(l.mac()).toString())
                        .put("address", Ip4.text(l.address()))
                        .put("name", l.hostName())
                        .put("expires", millis + (l.expires() - nanos) / 1_000_000);
            }
        }
        AtomicFile.write(file, JsonTrees.pretty(json));
    }
}
