package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.terrarium.disk.DiskSnapshot;
import org.terrarium.disk.DiskSnapshots;
import org.terrarium.disk.OpenOptions;
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

        OfSnapshot(CliContext context) {
            super(context);
        }

        /** Does it. */
        abstract void change(OpenOptions how) throws IOException;

        @Override
        public final Integer call() throws IOException, CliFailure {
            change(how());
            return 0;
        }
    }

    /** {@code terrarium disk snapshot list}. */
    @Command(name = "list", description = "Lists the snapshots.")
    static final class ListAll extends OfImage {
        @Option(names = "--json", description = "print JSON")
        private boolean json;

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
        void change(OpenOptions how) throws IOException {
            DiskSnapshots.create(file, how, name, Instant.now());
        }
    }

    /** {@code terrarium disk snapshot delete}. */
    @Command(name = "delete", description = "Deletes a snapshot.")
    static final class Delete extends OfSnapshot {
        Delete(CliContext context) {
            super(context);
        }

        @Override
        void change(OpenOptions how) throws IOException {
            DiskSnapshots.delete(file, how, name);
        }
    }

    /** {@code terrarium disk snapshot apply}. */
    @Command(name = "apply", description = "Goes back to a snapshot; the present contents are lost.")
    static final class Apply extends OfSnapshot {
        Apply(CliContext context) {
            super(context);
        }

        @Override
        void change(OpenOptions how) throws IOException {
            DiskSnapshots.apply(file, how, name);
        }
    }
}
