package org.terrarium.vm.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.spec.AtomicFile;

/** {@code snapshots/tree.json}, version 1. Replacing it is the instant at which an operation on snapshots has happened. */
final class SnapshotFile {
    private static final int VERSION = 1;
    private static final long MAX_BYTES = 64 << 20;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** The file's shape. */
    private record Contents(
            int version,
            String current,
            String resume,
            String suspended,
            String pending,
            String pendingNvram,
            SnapshotPolicy policy,
            List<Entry> snapshots) {}

    private record Entry(
            String id,
            String parent,
            String name,
            String note,
            String created,
            boolean automatic,
            SnapshotNode.State state,
            boolean paused,
            List<FrozenDisk> disks,
            String ram,
            long bytes) {}

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
            SnapshotTree tree = tree(JSON.readValue(bytes, Contents.class), OutsideDisks.in(file.getParent()));
            tree.check();
            return tree;
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no tree of snapshots: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | NullPointerException | DateTimeException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static SnapshotTree tree(Contents c, Set<Path> outside) throws IOException {
        if (c.version != VERSION) {
            throw new IOException(
                    c.version > VERSION
                            ? "it was written by a newer Terrarium (version " + c.version + ")"
                            : "version must be " + VERSION);
        }
        Map<String, SnapshotNode> nodes = new LinkedHashMap<>();
        for (Entry e : c.snapshots) {
            plain(e.id);
            plain(e.ram);
            for (FrozenDisk d : e.disks) {
                Path file = Path.of(d.file()).normalize();
                if (!outside.contains(file) && (file.isAbsolute() || file.startsWith(".."))) {
                    throw new IOException("the disk " + d.file() + " is outside of the machine's folder");
                }
            }
            nodes.put(
                    e.id,
                    new SnapshotNode(
                            e.id,
                            e.parent,
                            e.name,
                            e.note,
                            Instant.parse(e.created),
                            e.automatic,
                            e.state,
                            e.paused,
                            e.disks,
                            e.ram,
                            e.bytes));
        }
        plain(c.suspended);
        plain(c.pending);
        return new SnapshotTree(
                nodes,
                c.current,
                c.resume,
                c.suspended,
                c.pending,
                c.pendingNvram,
                c.policy == null ? SnapshotPolicy.USUAL : c.policy);
    }

    /** Names of files and folders must not lead out of the snapshots' folder. */
    private static void plain(String name) throws IOException {
        if (name != null && (!PLAIN_NAME.matcher(name).matches() || name.startsWith("."))) {
            throw new IOException("'" + name + "' is no name of a file in this folder");
        }
    }

    /** Replaces the file; it is never half-written. */
    static void save(Path file, SnapshotTree tree) throws IOException {
        Contents contents = new Contents(
                VERSION,
                tree.current(),
                tree.resume(),
                tree.suspended(),
                tree.pending(),
                tree.pendingNvram(),
                tree.policy(),
                tree.all().stream()
                        .map(n -> new Entry(
                                n.id(),
                                n.parent(),
                                n.name(),
                                n.note(),
                                n.created().toString(),
                                n.automatic(),
                                n.state(),
                                n.paused(),
                                n.disks(),
                                n.ram(),
                                n.bytes()))
                        .toList());
        try {
            AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(contents));
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }
}
