package org.terrarium.vm.snapshot;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.library.MachineSession;

/**
 * A process that works on a machine's snapshots until it is killed. It says what it is about to do ({@code try ...}) and, when that
 * is done, what there is now ({@code now ...}). Each snapshot is called by the number that its disk is full of.
 */
final class SnapshotVictim {
    static final int BYTES = 64 << 10;

    private final MachineFolder folder;
    private final Random random;
    private int number;

    private SnapshotVictim(MachineFolder folder, long seed, int number) {
        this.folder = folder;
        random = new Random(seed);
        this.number = number;
    }

    /** Arguments: the machine's folder, a seed, the first number to use, and how many operations. */
    public static void main(String[] args) throws Exception {
        SnapshotVictim v = new SnapshotVictim(
                new MachineFolder(Path.of(args[0])), Long.parseLong(args[1]), Integer.parseInt(args[2]));
        for (int n = Integer.parseInt(args[3]); n > 0; n--) {
            v.operation();
        }
    }

    /** What there is: names of snapshots with their state, the current one, whether the machine is suspended. */
    static String summary(SnapshotTree tree) {
        return tree.nodes().values().stream()
                        .map(n -> n.name() + (n.state() == SnapshotNode.State.SAVED ? "+" : ""))
                        .sorted()
                        .collect(Collectors.joining(","))
                + "|"
                + (tree.current() == null
                        ? ""
                        : tree.nodes().get(tree.current()).name())
                + "|" + (tree.suspended() != null);
    }

    private void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void operation() throws Exception {
        SnapshotTree tree = Snapshots.of(folder).tree();
        List<SnapshotNode> nodes = new ArrayList<>(tree.nodes().values());
        int choice = nodes.size() > 8 ? 2 : nodes.size() < 3 ? random.nextInt(2) * 4 : random.nextInt(6);
        SnapshotNode node = nodes.isEmpty() ? null : nodes.get(random.nextInt(nodes.size()));
        switch (choice) {
            case 0 -> off();
            case 1 -> {
                say("try restore " + node.name());
                try (MachineLock _ = MachineLock.acquire(folder)) {
                    Snapshots.of(folder).restore(node.id());
                }
            }
            case 2, 3 -> {
                say("try delete " + node.name());
                try (MachineLock _ = MachineLock.acquire(folder)) {
                    Snapshots s = Snapshots.of(folder);
                    s.dropState();
                    s.delete(node.id(), Progress.NONE);
                    s.merge().await();
                }
            }
            default -> running();
        }
        say("now " + summary(Snapshots.of(folder).tree()));
    }

    /** Fills the disk with the next number and takes a snapshot of the machine that is off. */
    private void off() throws Exception {
        try (MachineLock _ = MachineLock.acquire(folder)) {
            Snapshots s = Snapshots.of(folder);
            s.dropState();
            String name = fill();
            say("try take " + name);
            s.take(new Snapshots.Wish(name, "", false));
        }
    }

    /** The same of a machine that is on, which then is suspended or its plug is pulled. */
    private void running() throws Exception {
        try (MachineLock _ = MachineLock.acquire(folder)) {
            Snapshots.of(folder).dropState();
            fill();
        }
        String name = Integer.toString(number - 1);
        try (MachineSession session = Library.open(folder)) {
            session.start();
            say("try take " + name + "+");
            session.snapshots()
                    .orElseThrow()
                    .take(new Snapshots.Wish(name, "", false))
                    .saving()
                    .await();
            SnapshotTree tree = Snapshots.of(folder).tree();
            say("now " + summary(tree));
            if (random.nextBoolean()) {
                List<SnapshotNode> nodes = List.copyOf(tree.nodes().values());
                SnapshotNode node = nodes.get(random.nextInt(nodes.size()));
                say("try delete " + node.name());
                LiveSnapshots live = session.snapshots().orElseThrow();
                live.delete(node.id(), Progress.NONE);
                live.merging().orElseThrow().await();
                say("now " + summary(Snapshots.of(folder).tree()));
            }
            if (random.nextBoolean()) {
                say("try suspend x");
                session.suspend(Progress.NONE);
            } else {
                say("try nothing x");
            }
        }
    }

    private String fill() throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining()) {
            bytes.putInt(number);
        }
        try (VirtualDisk disk = DiskFormats.open(Library.disk(folder), OpenOptions.readWrite())) {
            disk.write(0, bytes.flip());
        }
        return Integer.toString(number++);
    }

    /** The number that an image is full of; -1 when it is not. */
    static int numberOf(Path image) throws Exception {
        try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readOnly())) {
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            disk.read(0, bytes);
            int[] numbers = new int[BYTES / 4];
            bytes.flip().asIntBuffer().get(numbers);
            return Arrays.stream(numbers).allMatch(n -> n == numbers[0]) ? numbers[0] : -1;
        }
    }
}
