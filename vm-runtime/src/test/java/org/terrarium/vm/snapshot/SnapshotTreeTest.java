package org.terrarium.vm.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees as such: very deep ones, branches, automatic snapshots, files that make no sense. */
class SnapshotTreeTest {
    @TempDir
    Path folder;

    private static SnapshotNode node(String id, String parent, boolean automatic, int minute) {
        return new SnapshotNode(
                id,
                parent,
                "snapshot " + id,
                "",
                Instant.EPOCH.plusSeconds(60L * minute),
                automatic,
                SnapshotNode.State.SAVED,
                false,
                List.of(new FrozenDisk("disks/" + id + ".qcow2", "qcow2", 1, 2)),
                "ram",
                100);
    }

    @Test
    void aTreeOfTenThousandInOneLineNeedsNoStack() throws Exception {
        SnapshotTree tree = SnapshotTree.EMPTY;
        java.util.Map<String, SnapshotNode> nodes = new java.util.LinkedHashMap<>();
        for (int n = 0; n < 10_000; n++) {
            nodes.put("n" + n, node("n" + n, n == 0 ? null : "n" + (n - 1), false, n));
        }
        tree = new SnapshotTree(nodes, "n9999", null, null, null, null, SnapshotPolicy.USUAL);
        Path file = folder.resolve("tree.json");
        SnapshotFile.save(file, tree);
        SnapshotTree read = SnapshotFile.load(file);
        assertEquals(tree, read);
        assertEquals(9_999, read.inOrder().getLast().depth());
        assertEquals(10_000, read.memoryChain("n9999").size());
        SnapshotTree shorter = read.without("n5000");
        assertEquals("n4999", shorter.nodes().get("n5001").parent());
        assertEquals(9_998, shorter.inOrder().getLast().depth());
    }

    @Test
    void branchesArePrintedBehindTheirParents() {
        SnapshotTree tree = SnapshotTree.EMPTY
                .with(node("a", null, false, 0))
                .with(node("b", "a", false, 1))
                .with(node("c", "a", false, 2))
                .with(node("d", "b", false, 3));
        assertEquals(
                List.of("a0", "b1", "d2", "c1"),
                tree.inOrder().stream().map(p -> p.node().id() + p.depth()).toList());
        assertEquals(
                List.of("d"),
                tree.memoryChildren("b").stream().map(SnapshotNode::id).toList());
    }

    @Test
    void theOldestAutomaticSnapshotsGo() {
        SnapshotTree tree = SnapshotTree.EMPTY.withPolicy(new SnapshotPolicy(5, 2, 100));
        for (int n = 0; n < 5; n++) {
            tree = tree.with(node("n" + n, n == 0 ? null : "n" + (n - 1), n != 1, n));
        }
        assertEquals(
                List.of("n0", "n2"),
                tree.superfluous().stream().map(SnapshotNode::id).toList());
        assertEquals(6, tree.sizeWithOneMore(false), "one by hand takes nobody's place");
        assertEquals(3, tree.sizeWithOneMore(true), "two automatic ones and the one by hand");
    }

    @Test
    void filesThatMakeNoSenseAreRefusedInASentence() throws Exception {
        Path file = folder.resolve("tree.json");
        SnapshotFile.save(file, SnapshotTree.EMPTY.with(node("a", null, false, 0)));
        String good = java.nio.file.Files.readString(file);
        for (String[] change : new String[][] {
            {"\"parent\" : null", "\"parent\" : \"b\""},
            {"disks/a.qcow2", "../../secret"},
            {"disks/a.qcow2", "/etc/passwd"},
            {"\"ram\" : \"ram\"", "\"ram\" : \"../x\""},
            {"\"id\" : \"a\"", "\"id\" : \"..\""},
            {"\"version\" : 1", "\"version\" : 2"},
            {"\"version\" : 1", "\"version\" : \"x\""},
            {"\"snapshots\"", "\"snapshot\""},
            {"SAVED", "GUESSED"},
            {"1970-01-01T00:00:00Z", "yesterday"}
        }) {
            assertTrue(good.contains(change[0]), change[0]);
            java.nio.file.Files.writeString(file, good.replace(change[0], change[1]));
            IOException e = assertThrows(IOException.class, () -> SnapshotFile.load(file), change[1]);
            assertTrue(
                    e.getMessage().startsWith(file.toString())
                            && !e.getMessage().contains("\n"),
                    e.getMessage());
        }
    }
}
