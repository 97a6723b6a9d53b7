package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.DiskCompare;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.disk.DiskTools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The commands that change one image, and the one that compares two. */
final class DiskChangeCommands {
    private DiskChangeCommands() {}

    /** {@code terrarium disk resize}. */
    @Command(name = "resize", description = "Changes the size that the guest sees.")
    static final class Resize extends OneImageCommand {
        @Parameters(index = "1", paramLabel = "SIZE", description = "the new size, such as 20G, or +5G to add to it")
        private String size;

        @Option(names = "--shrink", description = "a smaller size, which loses what lies past it, is meant")
        private boolean shrink;

        Resize(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            boolean add = size.startsWith("+");
            long bytes;
            try {
                bytes = ByteSize.parse(add ? size.substring(1) : size).bytes();
            } catch (picocli.CommandLine.TypeConversionException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
            long wanted = add ? DiskFormats.info(file).size() + bytes : bytes;
            runner.run(DiskTools.resize(file, image.open(context, format), wanted, shrink), context);
            done(nothing().put("size", DiskFormats.info(file).size()));
            return 0;
        }
    }

    /** {@code terrarium disk amend}. */
    @Command(name = "amend", description = "Changes a qcow2 image's options; what it holds stays as it is.")
    static final class Amend extends OneImageCommand {
        @Option(names = "--qcow2-version", paramLabel = "N", description = "3 for an image of version 2")
        private Integer version;

        @Option(
                names = "--lazy-refcounts",
                negatable = true,
                description = "write reference counts only when the image is closed, or always")
        private Boolean lazyRefcounts;

        Amend(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            if (version == null && lazyRefcounts == null) {
                throw new ParameterException(
                        command.commandLine(), "name what is to change: --qcow2-version or --lazy-refcounts");
            }
            runner.run(DiskTools.amend(file, image.open(context, format), version, lazyRefcounts), context);
            done(nothing());
            return 0;
        }
    }

    /** {@code terrarium disk compact}. */
    @Command(name = "compact", description = "Makes an image's file as small as its contents allow.")
    static final class Compact extends OneImageCommand {
        Compact(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            long saved = runner.run(DiskTools.compact(file, image.open(context, format)), context);
            if (!json) {
                context.out().println(file + " is shorter by " + new ByteSize(saved).text());
            }
            done(nothing().put("saved", saved));
            return 0;
        }
    }

    /** {@code terrarium disk rebase}. */
    @Command(
            name = "rebase",
            description = "Makes an image an overlay of another one, or of none; it shows what it did.")
    static final class Rebase extends OneImageCommand {
        @Option(names = "--backing", paramLabel = "FILE", description = "the new backing file; none when left out")
        private Path backing;

        @Option(
                names = "--backing-format",
                paramLabel = "FORMAT",
                description = "the backing file's format; what its content shows otherwise")
        private String backingFormat;

        @Option(
                names = "--unsafe",
                description = "change only the name, for a backing file that was moved: nothing is copied")
        private boolean unsafe;

        Rebase(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            BackingReference reference = null;
            if (backing != null) {
                // A file that need not be there yet cannot show its format.
                String name = DiskCreateCommand.nameSeenFrom(file, backing);
                reference = unsafe && backingFormat == null && !Files.exists(backing)
                        ? new BackingReference(name, null)
                        : BackingReference.to(name, DiskCreateCommand.backingFormat(command, backing, backingFormat));
            }
            runner.run(
                    DiskTools.rebase(file, image.alsoAllow(backing).open(context, format), reference, unsafe), context);
            done(nothing().put("backingFile", reference == null ? null : reference.name()));
            return 0;
        }
    }

    /** {@code terrarium disk commit}. */
    @Command(
            name = "commit",
            description = "Writes what an overlay holds into its backing file, and empties the overlay.")
    static final class Commit extends OneImageCommand {
        @Option(
                names = "--base",
                paramLabel = "FILE",
                description = "an image further down; the backing file otherwise")
        private Path base;

        @Option(names = "--keep", description = "leave the overlay as it is")
        private boolean keep;

        Commit(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            runner.run(DiskTools.commit(file, image.open(context, format), base, keep), context);
            done(nothing());
            return 0;
        }
    }

    /** {@code terrarium disk compare}. Exit status 1 when the contents differ. */
    @Command(name = "compare", description = "Compares what two images show, whatever their formats.")
    static final class Compare extends OneImageCommand {
        @Parameters(index = "1", paramLabel = "OTHER", description = "the image to compare with")
        private Path other;

        @Option(
                names = "--other-format",
                paramLabel = "FORMAT",
                description = "the other image's format; what its content shows otherwise")
        private String otherFormat;

        @Option(names = "--strict", description = "sizes must be equal too, not only the contents")
        private boolean strict;

        Compare(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException, CliFailure {
            DiskCompare.Result result = runner.run(
                    DiskTools.compare(file, image.open(context, format), other, image.open(context, otherFormat)),
                    context);
            boolean same = result.same() && (!strict || result.sizesEqual());
            if (json) {
                ObjectNode answer = nothing().put("same", same).put("sizesEqual", result.sizesEqual());
                context.print(answer.put("offset", result.offset()));
            } else {
                context.out().println(sentence(result, same));
            }
            return same ? 0 : CliFailure.FAILED;
        }

        private static String sentence(DiskCompare.Result result, boolean same) {
            if (!result.same()) {
                return "the contents differ at byte " + result.offset();
            }
            String sizes = result.sizesEqual() ? "" : same ? "; the sizes differ, by zeroes" : ", but the sizes differ";
            return "the contents are the same" + sizes;
        }
    }
}
