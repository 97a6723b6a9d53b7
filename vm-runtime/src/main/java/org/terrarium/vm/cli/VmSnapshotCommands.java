package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.terrarium.disk.Progress;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.library.BackgroundStart;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.snapshot.SnapshotDiff;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.SnapshotPolicy;
import org.terrarium.vm.snapshot.SnapshotTree;
import org.terrarium.vm.snapshot.Snapshots;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code terrarium vm snapshot ...}. */
@Command(name = "snapshot", description = "Takes, lists, restores, deletes and compares a machine's snapshots.")
final class VmSnapshotCommands {
    private static final int POLL_MILLIS = 20;

    static CommandLine all(CliContext context) {
        CommandLine snapshot = new CommandLine(new VmSnapshotCommands());
        List.of(
                        new Take(context),
                        new ListAll(context),
                        new Restore(context),
                        new Delete(context),
                        new Rename(context),
                        new Diff(context),
                        new Merge(context),
                        new Automatic(context))
                .forEach(snapshot::addSubcommand);
        return snapshot;
    }

    private abstract static class OfSnapshot extends OneMachineCommand {
        @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "the snapshot's name or id")
        String snapshot;

        OfSnapshot(CliContext context) {
            super(context);
        }
    }

    @Command(name = "take", description = "Takes a snapshot; a running machine goes on meanwhile.")
    private static final class Take extends OneMachineCommand {
        @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "what it is to be called")
        private String snapshot;

        @Option(names = "--note", paramLabel = "TEXT", description = "whatever there is to say about it")
        private String note = "";

        @Option(names = "--automatic", description = "one that goes by itself when newer ones take its place")
        private boolean automatic;

        @Mixin
        private DiskJobRunner runner;

        Take(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure, InterruptedException {
            MachineEntry machine = machine();
            if (!BackgroundStart.runs(machine)) {
                try (MachineLock _ = MachineLock.acquire(machine.folder())) {
                    Snapshots snapshots = Snapshots.of(machine.folder());
                    SnapshotNode taken = snapshots.take(new Snapshots.Wish(snapshot, note, automatic));
                    if (automatic) {
                        runner.run(snapshots.merge(), context);
                    }
                    context.out().println(taken.id());
                }
                return 0;
            }
            JsonNode answer = ControlClient.of(machine)
                    .order(
                            "snapshotTake",
                            Map.of("name", snapshot, "note", note, "automatic", Boolean.toString(automatic)));
            String id = answer.path("id").asText();
            awaitSaved(machine, id);
            context.out()
                    .println(id + " (the guest stood still for "
                            + answer.path("pauseMillis").asLong() + " ms)");
            return 0;
        }

        private static void awaitSaved(MachineEntry machine, String id)
                throws IOException, CliFailure, InterruptedException {
            while (true) {
                SnapshotNode node =
                        Snapshots.of(machine.folder()).tree().nodes().get(id);
                if (node == null) {
                    throw new CliFailure("the snapshot could not be saved"
                            + (BackgroundStart.runs(machine)
                                    ? "; 'terrarium vm show " + machine.name() + "' says why"
                                    : ""));
                }
                if (node.state() != SnapshotNode.State.SAVING) {
                    return;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    @Command(
            name = "list",
            description = "Shows the tree of a machine's snapshots; * is where its present state goes on from.")
    private static final class ListAll extends OneMachineCommand {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        ListAll(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            Snapshots snapshots = Snapshots.of(machine().folder());
            SnapshotTree tree = snapshots.tree();
            if (json) {
                ArrayNode list = new JsonMapper().createArrayNode();
                for (SnapshotTree.Placed placed : tree.inOrder()) {
                    SnapshotNode n = placed.node();
                    ObjectNode item = list.addObject();
                    item.put("id", n.id()).put("parent", n.parent()).put("name", n.name());
                    item.put("note", n.note()).put("created", n.created().toString());
                    item.put("state", n.state().name().toLowerCase(java.util.Locale.ROOT));
                    item.put("automatic", n.automatic()).put("bytes", snapshots.bytes(n));
                    item.put("current", n.id().equals(tree.current()));
                }
                context.print(list);
                return 0;
            }
            for (SnapshotTree.Placed placed : tree.inOrder()) {
                SnapshotNode n = placed.node();
                context.out()
                        .printf(
                                "%s%s%s  %s  %s  %s  %.1f MiB%s%n",
                                "  ".repeat(placed.depth()),
                                n.id().equals(tree.current()) ? "* " : "",
                                n.name(),
                                n.id(),
                                TIME.format(n.created().atZone(ZoneId.systemDefault())),
                                switch (n.state()) {
                                    case OFF -> "off";
                                    case SAVING -> "being saved";
                                    case SAVED -> n.paused() ? "paused" : "running";
                                },
                                snapshots.bytes(n) / 1048576.0,
                                n.note().isEmpty() ? "" : "  " + n.note());
            }
            return 0;
        }
    }

    @Command(
            name = "restore",
            description = "Puts a machine back to a snapshot; what it is now, where no snapshot keeps it, is lost.")
    private static final class Restore extends OfSnapshot {
        @Option(names = "--force", description = "pull a running machine's plug first")
        private boolean force;

        @Option(names = "--start", description = "and start it in the background")
        private boolean start;

        Restore(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure, InterruptedException {
            MachineEntry machine = machine();
            Snapshots.of(machine.folder()).tree().find(snapshot);
            if (BackgroundStart.runs(machine)) {
                if (!force) {
                    throw new CliFailure("the machine " + machine.name()
                            + " is running; take a snapshot of it and stop it first, or restore with --force");
                }
                ControlClient.of(machine).order("powerOff");
                while (MachineLock.owner(machine.folder()).isPresent()) {
                    Thread.sleep(POLL_MILLIS);
                }
            }
            try (MachineLock _ = MachineLock.acquire(machine.folder())) {
                Snapshots.of(machine.folder()).restore(snapshot);
            }
            if (start) {
                VmStartCommand.background(machine(), List.of());
            }
            return 0;
        }
    }

    @Command(name = "delete", description = "Deletes a snapshot; those taken after it stay as they are.")
    private static final class Delete extends OfSnapshot {
        @Mixin
        private DiskJobRunner runner;

        Delete(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            MachineEntry machine = machine();
            if (BackgroundStart.runs(machine)) {
                String id = Snapshots.of(machine.folder()).tree().find(snapshot).id();
                ControlClient.of(machine).longOrder("snapshotDelete", Map.of("id", id));
                runner.run(awaitMerged(machine), context);
                return 0;
            }
            try (MachineLock _ = MachineLock.acquire(machine.folder())) {
                Snapshots snapshots = Snapshots.of(machine.folder());
                snapshots.delete(snapshot, Progress.NONE);
                runner.run(snapshots.merge(), context);
            }
            return 0;
        }
    }

    /** Shows how far the running machine is with merging; it goes on with that whether somebody waits or not. */
    private static DiskJob<Void> awaitMerged(MachineEntry machine) {
        return DiskJob.start("Merging the disks of " + machine.name(), progress -> {
            JsonNode at = ControlClient.of(machine).order("snapshotMerging");
            while (at.path("merging").asBoolean()) {
                progress.at(at.path("done").asLong(), at.path("total").asLong());
                pause();
                if (!BackgroundStart.runs(machine)) {
                    return null; // it has ended; what is left is merged when it is off
                }
                at = ControlClient.of(machine).order("snapshotMerging");
            }
            return null;
        });
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Command(name = "rename", description = "Gives a snapshot another name and note.")
    private static final class Rename extends OfSnapshot {
        @Parameters(index = "2", paramLabel = "NEW", description = "the new name")
        private String newName;

        @Option(names = "--note", paramLabel = "TEXT", description = "the new note; the old one stays without this")
        private String note;

        Rename(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            MachineEntry machine = machine();
            SnapshotNode node = Snapshots.of(machine.folder()).tree().find(snapshot);
            String text = note == null ? node.note() : note;
            if (BackgroundStart.runs(machine)) {
                ControlClient.of(machine)
                        .order("snapshotDescribe", Map.of("id", node.id(), "name", newName, "note", text));
                return 0;
            }
            try (MachineLock _ = MachineLock.acquire(machine.folder())) {
                Snapshots.of(machine.folder()).describe(node.id(), newName, text);
            }
            return 0;
        }
    }

    @Command(
            name = "diff",
            description =
                    "Shows what has changed from one snapshot to another: settings, disks and their files, memory,"
                            + " screen.")
    private static final class Diff extends OneMachineCommand {
        @Parameters(index = "1", paramLabel = "BEFORE", description = "the earlier snapshot's name or id")
        private String before;

        @Parameters(index = "2", paramLabel = "AFTER", description = "the later one's")
        private String after;

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        @Mixin
        private DiskJobRunner runner;

        Diff(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            Snapshots s = Snapshots.of(machine().folder());
            SnapshotNode left = s.tree().find(before);
            SnapshotNode right = s.tree().find(after);
            SnapshotDiff diff = runner.run(
                    DiskJob.start("Comparing", progress -> SnapshotDiff.between(s, left, right, progress)), context);
            if (json) {
                context.print(new JsonMapper().valueToTree(diff));
                return 0;
            }
            for (SnapshotDiff.Setting c : diff.settings()) {
                context.out()
                        .println("setting " + c.name() + ": " + (c.before() == null ? "none" : c.before()) + " -> "
                                + (c.after() == null ? "none" : c.after()));
            }
            for (SnapshotDiff.Disk d : diff.disks()) {
                context.out()
                        .println("disk " + d.number() + ": "
                                + (d.bytes() == 0 ? "the same" : amount(d.bytes()) + " differ")
                                + (d.files().isEmpty()
                                        ? ""
                                        : ", " + d.files().size() + " files or folders (+ new, - gone, * changed):"));
                d.files().forEach(file -> context.out().println("  " + file));
            }
            if (diff.memoryPages() >= 0) {
                long pages = diff.memoryPages();
                context.out()
                        .println("memory: "
                                + (pages == 0 ? "the same" : amount(pages * 4096) + " differ (" + pages + " pages)"));
            }
            if (!diff.screen().isEmpty()) {
                context.out().println("screen (- before, + after):");
                diff.screen().forEach(line -> context.out().println("  " + line));
            }
            return 0;
        }
    }

    /** Bytes for people. */
    private static String amount(long bytes) {
        return bytes < 1 << 20 ? "%.1f KiB".formatted(bytes / 1024.0) : "%.1f MiB".formatted(bytes / 1048576.0);
    }

    @Command(
            name = "merge",
            description =
                    "Merges what deleted snapshots have left of the disks, if a deletion was stopped or the machine"
                            + " ended meanwhile.")
    private static final class Merge extends OneMachineCommand {
        @Mixin
        private DiskJobRunner runner;

        Merge(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            MachineEntry machine = machine();
            if (BackgroundStart.runs(machine)) {
                ControlClient.of(machine).order("snapshotMerge");
                runner.run(awaitMerged(machine), context);
                return 0;
            }
            try (MachineLock _ = MachineLock.acquire(machine.folder())) {
                runner.run(Snapshots.of(machine.folder()).merge(), context);
            }
            return 0;
        }
    }

    @Command(
            name = "auto",
            description = "Sets automatic snapshots of a running machine, and limits; shows them without options.")
    private static final class Automatic extends OneMachineCommand {
        @Option(names = "--every", paramLabel = "MINUTES", description = "so often; 0 for never")
        private Integer every;

        @Option(names = "--keep", paramLabel = "N", description = "so many of them are kept")
        private Integer keep;

        @Option(names = "--limit", paramLabel = "N", description = "so many snapshots the machine may have at most")
        private Integer limit;

        Automatic(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            MachineEntry machine = machine();
            SnapshotPolicy policy = Snapshots.of(machine.folder()).tree().policy();
            if (every != null || keep != null || limit != null) {
                try {
                    policy = new SnapshotPolicy(
                            every == null ? policy.everyMinutes() : every,
                            keep == null ? policy.keep() : keep,
                            limit == null ? policy.most() : limit);
                } catch (IllegalArgumentException e) {
                    throw new CliFailure(e.getMessage());
                }
                set(machine, policy);
            }
            context.out()
                    .println((policy.everyMinutes() == 0
                                    ? "no automatic snapshots"
                                    : "a snapshot every " + policy.everyMinutes() + " minutes")
                            + ", " + policy.keep() + " kept, " + policy.most() + " snapshots at most");
            return 0;
        }

        private static void set(MachineEntry machine, SnapshotPolicy policy) throws IOException {
            if (BackgroundStart.runs(machine)) {
                ControlClient.of(machine).setSnapshotPolicy(policy);
                return;
            }
            try (MachineLock _ = MachineLock.acquire(machine.folder())) {
                Snapshots.of(machine.folder()).setPolicy(policy);
            }
        }
    }
}
