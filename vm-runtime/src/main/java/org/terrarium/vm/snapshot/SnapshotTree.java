package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshots of a machine, as {@code snapshots/tree.json} keeps them; immutable. Nothing here recurses, however deep it is.
 *
 * @param nodes by id, parents before children
 * @param current the snapshot that the present state goes on from; null for none
 * @param resume the snapshot whose state the next start takes over; null to boot
 * @param suspended the machine's own state, with which the next start goes on, is in the folder of this name; or null
 * @param pending a file in {@code snapshots} that is to become {@code machine.json}; null when that has been done
 * @param pendingNvram the snapshot whose firmware settings are to be put back with it, or null
 */
public record SnapshotTree(
        Map<String, SnapshotNode> nodes,
        String current,
        String resume,
        String suspended,
        String pending,
        String pendingNvram,
        SnapshotPolicy policy) {
    /** A machine without snapshots. */
    public static final SnapshotTree EMPTY =
            new SnapshotTree(Map.of(), null, null, null, null, null, SnapshotPolicy.USUAL);

    public SnapshotTree {
        nodes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    /** The snapshot with that id or name; a sentence when there is none or several. */
    public SnapshotNode find(String idOrName) throws IOException {
        SnapshotNode byId = nodes.get(idOrName);
        if (byId != null) {
            return byId;
        }
        List<SnapshotNode> named =
                nodes.values().stream().filter(n -> n.name().equals(idOrName)).toList();
        if (named.isEmpty()) {
            throw new IOException("there is no snapshot '" + idOrName + "'");
        }
        if (named.size() > 1) {
            throw new IOException("there are " + named.size() + " snapshots called '" + idOrName
                    + "'; name one by its id: "
                    + String.join(", ", named.stream().map(SnapshotNode::id).toList()));
        }
        return named.getFirst();
    }

    /** Those taken right after a snapshot, or the first ones for null. */
    public List<SnapshotNode> children(String id) {
        return nodes.values().stream()
                .filter(n -> java.util.Objects.equals(n.parent(), id))
                .toList();
    }

    /** All nodes with how deep they are, each after its parent and followed by what was taken after it: a tree to print. */
    public List<Placed> inOrder() {
        Map<String, List<SnapshotNode>> children = new LinkedHashMap<>();
        for (SnapshotNode n : nodes.values()) {
            children.computeIfAbsent(n.parent(), _ -> new ArrayList<>()).add(n);
        }
        List<Placed> order = new ArrayList<>();
        java.util.ArrayDeque<Placed> open = new java.util.ArrayDeque<>();
        push(open, children.get(null), 0);
        while (!open.isEmpty()) {
            Placed next = open.pop();
            order.add(next);
            push(open, children.get(next.node().id()), next.depth() + 1);
        }
        return order;
    }

    private static void push(java.util.ArrayDeque<Placed> open, List<SnapshotNode> nodes, int depth) {
        if (nodes != null) {
            nodes.reversed().forEach(n -> open.push(new Placed(n, depth)));
        }
    }

    /** A node in the printed tree. */
    public record Placed(SnapshotNode node, int depth) {}

    /** The node itself, whose memory is saved, then the nearest above it whose memory is, and so on. */
    List<SnapshotNode> memoryChain(String id) {
        List<SnapshotNode> chain = memoryAbove(nodes.get(id).parent());
        chain.addFirst(nodes.get(id));
        return chain;
    }

    /** Of a node and those above it, those to which memory may be left: it is saved and will not go by itself. */
    List<SnapshotNode> memoryAbove(String id) {
        List<SnapshotNode> chain = new ArrayList<>();
        for (String at = id; at != null; at = nodes.get(at).parent()) {
            if (nodes.get(at).state() == SnapshotNode.State.SAVED
                    && !nodes.get(at).temporary()) {
                chain.add(nodes.get(at));
            }
        }
        return chain;
    }

    /** Nodes whose memory may name pages of this one's: the nearest below with memory. */
    List<SnapshotNode> memoryChildren(String id) {
        List<SnapshotNode> found = new ArrayList<>();
        for (SnapshotNode n : nodes.values()) {
            List<SnapshotNode> above = memoryAbove(n.parent());
            if (n.state() == SnapshotNode.State.SAVED
                    && !above.isEmpty()
                    && above.getFirst().id().equals(id)) {
                found.add(n);
            }
        }
        return found;
    }

    /** The oldest automatic snapshots beyond those that are kept. */
    List<SnapshotNode> superfluous() {
        return oldestAutomatic(0);
    }

    /** How many there are when one more has been taken, and what it takes the place of is gone. */
    int sizeWithOneMore(boolean isAutomatic) {
        return nodes.size() + 1 - (isAutomatic ? oldestAutomatic(1).size() : 0);
    }

    /** Those that go when so many more have been taken. */
    private List<SnapshotNode> oldestAutomatic(int more) {
        List<SnapshotNode> automatic = nodes.values().stream()
                .filter(n -> n.automatic() && n.state() != SnapshotNode.State.SAVING)
                .sorted(java.util.Comparator.comparing(SnapshotNode::created))
                .toList();
        return automatic.subList(0, Math.clamp((long) automatic.size() + more - policy.keep(), 0, automatic.size()));
    }

    /** The newest snapshot that holds a running machine. */
    public Optional<SnapshotNode> lastState() {
        return nodes.values().stream()
                .filter(n -> n.state() == SnapshotNode.State.SAVED && !n.temporary())
                .max(java.util.Comparator.comparing(SnapshotNode::created));
    }

    SnapshotTree with(SnapshotNode node) {
        Map<String, SnapshotNode> all = new LinkedHashMap<>(nodes);
        all.put(node.id(), node);
        return new SnapshotTree(all, current, resume, suspended, pending, pendingNvram, policy);
    }

    /** Without a node: its children go on from its parent. */
    SnapshotTree without(String id) {
        String parent = nodes.get(id).parent();
        Map<String, SnapshotNode> all = new LinkedHashMap<>();
        for (SnapshotNode n : nodes.values()) {
            if (!n.id().equals(id)) {
                all.put(n.id(), id.equals(n.parent()) ? n.withParent(parent) : n);
            }
        }
        return new SnapshotTree(
                all,
                id.equals(current) ? parent : current,
                id.equals(resume) ? null : resume,
                suspended,
                pending,
                pendingNvram,
                policy);
    }

    /** Every node's disks by {@code change}. */
    SnapshotTree withDisks(java.util.function.UnaryOperator<FrozenDisk> change) {
        Map<String, SnapshotNode> all = new LinkedHashMap<>();
        nodes.values()
                .forEach(n -> all.put(
                        n.id(), n.withDisks(n.disks().stream().map(change).toList())));
        return new SnapshotTree(all, current, resume, suspended, pending, pendingNvram, policy);
    }

    SnapshotTree at(String node, String stateToResume) {
        return new SnapshotTree(nodes, node, stateToResume, suspended, pending, pendingNvram, policy);
    }

    SnapshotTree suspendedIn(String folder) {
        return new SnapshotTree(nodes, current, resume, folder, pending, pendingNvram, policy);
    }

    SnapshotTree pending(String machine, String nvramOf) {
        return new SnapshotTree(nodes, current, resume, suspended, machine, nvramOf, policy);
    }

    SnapshotTree withPolicy(SnapshotPolicy other) {
        return new SnapshotTree(nodes, current, resume, suspended, pending, pendingNvram, other);
    }

    /** The files of snapshots' disks, as they are named. */
    java.util.Set<String> frozenFiles() {
        java.util.Set<String> files = new java.util.LinkedHashSet<>();
        nodes.values().forEach(n -> n.disks().forEach(d -> files.add(d.file())));
        return files;
    }

    /** Refuses a tree that leads nowhere or in circles; the sentence goes on from the file's name. */
    void check() throws IOException {
        Map<String, Boolean> known = new LinkedHashMap<>();
        for (SnapshotNode n : nodes.values()) {
            if (n.parent() != null && !known.containsKey(n.parent())) {
                throw new IOException("the snapshot " + n.id() + " comes before its parent " + n.parent());
            }
            known.put(n.id(), true);
        }
        for (String id : new String[] {current, resume, pendingNvram}) {
            if (id != null && !nodes.containsKey(id)) {
                throw new IOException("there is no snapshot " + id);
            }
        }
    }

    Collection<SnapshotNode> all() {
        return nodes.values();
    }
}
