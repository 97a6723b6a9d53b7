package org.terrarium.vm.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.spec.AtomicFile;
import org.terrarium.vm.spec.JsonFields;
import org.terrarium.vm.spec.JsonTrees;

/** {@code snapshots/tree.json}, version 1. Replacing it is the instant at which an operation on snapshots has happened. */
final class SnapshotFile {
    private static final int VERSION = 1;
    private static final long MAX_BYTES = 64 << 20;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private SnapshotFile() {}

    /** Reads a tree; a machine without one has no snapshots. */
    static SnapshotTree load(Path file) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " is too large to be a tree of snapshots");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return SnapshotTree.EMPTY;
        }
        try {
            SnapshotTree tree = tree(new JsonFields("", JsonTrees.read(bytes)), OutsideDisks.in(file.getParent()));
            tree.check();
            return tree;
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no tree of snapshots" + JsonTrees.complaint(e), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static SnapshotTree tree(JsonFields json, Set<Path> outside) throws IOException {
        int version = json.number("version", 0);
        if (version != VERSION) {
            throw new IOException(
                    version > VERSION
                            ? "it was written by a newer Terrarium (version " + version + ")"
                            : "version must be " + VERSION);
        }
        Map<String, SnapshotNode> nodes = new LinkedHashMap<>();
        for (JsonFields entry : json.objects("snapshots")) {
            SnapshotNode node = node(entry);
            plain(node.id());
            plain(node.ram());
            for (FrozenDisk d : node.disks()) {
                Path file = Path.of(d.file()).normalize();
                if (!outside.contains(file) && (file.isAbsolute() || file.startsWith(".."))) {
                    throw new IOException("the disk " + d.file() + " is outside of the machine's folder");
                }
            }
            nodes.put(node.id(), node);
        }
        SnapshotTree tree = new SnapshotTree(
                nodes,
                json.text("current", null),
                json.text("resume", null),
                json.text("suspended", null),
                json.text("pending", null),
                json.text("pendingNvram", null),
                policy(json.object("policy")));
        json.refuseOthers();
        plain(tree.suspended());
        plain(tree.pending());
        return tree;
    }

    private static SnapshotNode node(JsonFields json) {
        SnapshotNode node = new SnapshotNode(
                json.required("id"),
                json.text("parent", null),
                json.required("name"),
                json.required("note"),
                time(json.required("created")),
                json.flag("automatic", false),
                SnapshotNode.State.valueOf(json.required("state")),
                json.flag("paused", false),
                json.objects("disks").stream().map(SnapshotFile::disk).toList(),
                json.text("ram", null),
                json.count("bytes", 0));
        json.refuseOthers();
        return node;
    }

    private static FrozenDisk disk(JsonFields json) {
        FrozenDisk disk = new FrozenDisk(
                json.required("file"), json.required("format"), json.count("length", 0), json.count("check", 0));
        json.refuseOthers();
        return disk;
    }

    private static SnapshotPolicy policy(JsonFields json) {
        if (json == null) {
            return SnapshotPolicy.USUAL;
        }
        SnapshotPolicy policy = json.made(() ->
                new SnapshotPolicy(json.number("everyMinutes", 0), json.number("keep", 0), json.number("most", 0)));
        json.refuseOthers();
        return policy;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time", e);
        }
    }

    /** Names of files and folders must not lead out of the snapshots' folder. */
    private static void plain(String name) throws IOException {
        if (name != null && (!PLAIN_NAME.matcher(name).matches() || name.startsWith("."))) {
            throw new IOException("'" + name + "' is no name of a file in this folder");
        }
    }

    /** Replaces the file; it is never half-written. */
    static void save(Path file, SnapshotTree tree) throws IOException {
        ObjectNode json = JsonTrees.object().put("version", VERSION);
        json.put("current", tree.current()).put("resume", tree.resume());
        json.put("suspended", tree.suspended()).put("pending", tree.pending());
        json.put("pendingNvram", tree.pendingNvram());
        SnapshotPolicy policy = tree.policy();
        json.putObject("policy")
                .put("everyMinutes", policy.everyMinutes())
                .put("keep", policy.keep())
                .put("most", policy.most());
        ArrayNode snapshots = json.putArray("snapshots");
        for (SnapshotNode n : tree.all()) {
            ObjectNode entry = snapshots.addObject();
            entry.put("id", n.id()).put("parent", n.parent()).put("name", n.name());
            entry.put("note", n.note()).put("created", n.created().toString());
            entry.put("automatic", n.automatic()).put("state", n.state().name()).put("paused", n.paused());
            ArrayNode disks = entry.putArray("disks");
            for (FrozenDisk d : n.disks()) {
                disks.addObject()
                        .put("file", d.file())
                        .put("format", d.format())
                        .put("length", d.length())
                        .put("check", d.check());
            }
            entry.put("ram", n.ram()).put("bytes", n.bytes());
        }
        try {
            AtomicFile.write(file, JsonTrees.pretty(json));
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }
}
