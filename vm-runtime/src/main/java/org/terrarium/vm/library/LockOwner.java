package org.terrarium.vm.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.terrarium.disk.ThisHost;
import org.terrarium.vm.spec.JsonTrees;

/**
 * Who uses a machine.
 *
 * @param user the user's login name
 * @param started when the process was started, which tells it from a later one with the same number
 * @param heartbeat when the owner last said that it is alive
 * @param control the socket through which the machine can be reached, or ""
 */
public record LockOwner(String user, String host, long pid, Instant started, Instant heartbeat, String control) {
    /** This process. */
    static LockOwner self(Instant now, String control) {
        return new LockOwner(ThisHost.user(), ThisHost.NAME, ThisHost.pid(), ThisHost.started(), now, control);
    }

    /** Whether it is this process. */
    public boolean isSelf() {
        return host.equals(ThisHost.NAME) && pid == ThisHost.pid();
    }

    /**
     * The owner is gone, so its lock may be taken over: on this host when its process has ended, on another one when it has
     * been silent for a minute.
     */
    public boolean stale(Instant now) {
        return ThisHost.gone(host, pid, started, heartbeat, now);
    }

    /** Names the owner in a sentence. */
    public String text() {
        return ThisHost.ownerText(user, host, String.valueOf(pid));
    }

    LockOwner alive(Instant now) {
        return new LockOwner(user, host, pid, started, now, control);
    }

    LockOwner reachedBy(String socket) {
        return new LockOwner(user, host, pid, started, heartbeat, socket);
    }

    byte[] toJson() {
        ObjectNode json = JsonTrees.object();
        json.put("owner", user).put("host", host).put("pid", pid).put("started", started.toString());
        json.put("heartbeat", heartbeat.toString()).put("control", control);
        return JsonTrees.pretty(json);
    }

    /** Reads a lock file's contents; what cannot be read is an owner long gone. */
    static LockOwner fromJson(byte[] bytes) throws IOException {
        try {
            JsonNode json = JsonTrees.read(bytes);
            return new LockOwner(
                    json.path("owner").asText(),
                    json.path("host").asText(),
                    json.path("pid").asLong(),
                    Instant.parse(json.path("started").asText()),
                    Instant.parse(json.path("heartbeat").asText()),
                    json.path("control").asText());
        } catch (JsonProcessingException | DateTimeParseException e) {
            return new LockOwner("somebody", "unknown", 0, Instant.EPOCH, Instant.EPOCH, "");
        }
    }
}
