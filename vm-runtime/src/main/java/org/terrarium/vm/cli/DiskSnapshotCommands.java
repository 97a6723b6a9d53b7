package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.terrarium.disk.DiskSnapshot;
import org.terrarium.disk.DiskSnapshots;
import org.terrarium.disk.OpenOptions;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.disk.DiskTools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code terrarium disk snapshot ...}: snapshots inside a qcow2 image. */
@Command(name = "snapshot", description = "Lists, takes, deletes and restores snapshots inside a qcow2 image.")
final class DiskSnapshotCommands {
    abstract static class OfImage implements Callable<Integer> {
        final CliContext context;

        @Parameters(index = "0", paramLabel = "FILE", description = "the image")
        Path file;

        @Option(names = "--json", description = "print JSON")
        boolean json;

        @Mixin
        ImageOptions image;

        OfImage(CliContext context) {
            this.context = context;
        }

        OpenOptions how() throws IOException, CliFailure {
            return image.open(context, null);
        }
    }

    /** Those that name a snapshot. */
    abstract static class OfSnapshot extends OfImage {
        @Parameters(
                index = "1",
                paramLabel = "NAME",
                description = "the snapshot's name, or its id where it has one already")
        String name;

        @Mixin
        DiskJobRunner runner;

        OfSnapshot(CliContext context) {
            super(context);
        }

        /** Does it. */
        abstract DiskJob<Void> change(OpenOptions how);

        @Override
        public final Integer call() throws IOException, CliFailure {
            runner.run(change(how()), context);
            if (json) {
                context.print(OneImageCommand.nothing()
                        .put("file", file.toString())
                        .put("snapshot", name)
                        .put("fileLength", Files.size(file)));
            }
            return 0;
        }
    }

    /** {@code terrarium disk snapshot list}. */
    @Command(name = "list", description = "Lists the snapshots.")
    static final class ListAll extends OfImage {
        ListAll(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            List<DiskSnapshot> snapshots = DiskSnapshots.list(file, how());
            if (json) {
                ArrayNode list = new JsonMapper().createArrayNode();
                for (DiskSnapshot snapshot : snapshots) {
                    list.addObject()
                            .put("id", snapshot.id())
                            .put("name", snapshot.name())
                            .put("date", snapshot.date().toString())
                            .put("diskSize", snapshot.diskSize())
                            .put("savedState", snapshot.savedState());
                }
                context.print(list);
                return 0;
            }
            if (snapshots.isEmpty()) {
                context.out().println("no snapshots in " + file);
            }
            for (DiskSnapshot snapshot : snapshots) {
                context.out()
                        .printf(
                                "%-6s %-24s %-22s %s%n",
                                snapshot.id(),
                                snapshot.name(),
                                snapshot.date(),
                                new ByteSize(snapshot.diskSize()).text());
            }
            return 0;
        }
    }

    /** {@code terrarium disk snapshot create}. */
    @Command(name = "create", description = "Keeps the present contents under a name.")
    static final class Create extends OfSnapshot {
        Create(CliContext context) {
            super(context);
        }

        @Override
        DiskJob<Void> change(OpenOptions how) {
            return DiskTools.takeSnapshot(file, how, name, Instant.now());
        }
    }

    /** {@code terrarium disk snapshot delete}. */
    @Command(name = "delete", description = "Deletes a snapshot.")
    static final class Delete extends OfSnapshot {
        Delete(CliContext context) {
            super(context);
        }

        @Override
        DiskJob<Void> change(OpenOptions how) {
            return DiskTools.deleteSnapshot(file, how, name);
        }
    }

    /** {@code terrarium disk snapshot apply}. */
    @Command(name = "apply", description = "Goes back to a snapshot; the present contents are lost.")
    static final class Apply extends OfSnapshot {
        Apply(CliContext context) {
            super(context);
        }

        @Override
        DiskJob<Void> change(OpenOptions how) {
            return DiskTools.applySnapshot(file, how, name);
        }
    }
}
