package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskInfo;
import org.terrarium.disk.Recognition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code terrarium disk info}. */
@Command(name = "info", description = "Says what a disk image is, even while a machine uses it.")
final class DiskInfoCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "the image")
    private Path file;

    @Option(names = "--chain", description = "the backing file too, and its own, and so on")
    private boolean chain;

    @Option(names = "--json", description = "print JSON; a list with --chain")
    private boolean json;

    @Mixin
    private ImageOptions image;

    DiskInfoCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        if (chain) {
            Map<Path, DiskInfo> all = DiskFormats.chain(file, image.open(context, null));
            if (json) {
                ArrayNode list = new JsonMapper().createArrayNode();
                for (var one : all.entrySet()) {
                    list.add(describe(one.getKey(), one.getValue()));
                }
                context.print(list);
                return 0;
            }
            boolean first = true;
            for (var one : all.entrySet()) {
                if (!first) {
                    context.out().println();
                }
                first = false;
                print(one.getKey(), one.getValue());
            }
            return 0;
        }
        DiskInfo info = DiskFormats.info(file);
        if (json) {
            context.print(describe(file, info));
        } else {
            print(file, info);
        }
        return 0;
    }

    private void print(Path path, DiskInfo info) throws IOException {
        line("file", path);
        line("format", info.format().label() + (info.version() == 0 ? "" : " version " + info.version()));
        line("recognized", confidence(path, info));
        line("size", new ByteSize(info.size()).text() + " (" + info.size() + " bytes)");
        line("file size", new ByteSize(info.fileLength()).text());
        line("stored", new ByteSize(DiskFormats.storedBytes(path)).text() + " without holes");
        if (info.clusterSize() != 0) {
            line("cluster", info.clusterSize() + " bytes");
        }
        if (info.backingFile() != null) {
            line(
                    "backing",
                    info.backingFile() + (info.backingFormat() == null ? "" : " (" + info.backingFormat() + ")"));
        }
        info.details().forEach(this::line);
        if (info.encrypted()) {
            line("encrypted", "yes, with a passphrase");
        }
        if (info.snapshots() != 0) {
            line("snapshots", info.snapshots());
        }
        if (info.dirty()) {
            line("state", "in use, or not closed properly and put in order when next opened");
        }
        if (info.corrupt()) {
            line("state", "marked as damaged");
        }
    }

    /** An image that could be described is what it seems to be; only a raw one may be anything. */
    private static String confidence(Path path, DiskInfo info) throws IOException {
        Recognition.Confidence confidence = info.format() == DiskFormat.RAW
                ? DiskFormats.identify(path).confidence()
                : Recognition.Confidence.CERTAIN;
        return confidence.name().toLowerCase(Locale.ROOT);
    }

    private void line(String label, Object value) {
        PrintStream out = context.out();
        out.printf("%-18s%s%n", label, value);
    }

    private static ObjectNode describe(Path path, DiskInfo info) throws IOException {
        ObjectNode result = new JsonMapper().createObjectNode();
        result.put("file", path.toString()).put("format", info.format().label()).put("size", info.size());
        result.put("fileLength", info.fileLength()).put("storedBytes", DiskFormats.storedBytes(path));
        result.put("clusterSize", info.clusterSize());
        result.put("version", info.version()).put("backingFile", info.backingFile());
        result.put("backingFormat", info.backingFormat()).put("dirty", info.dirty());
        result.put("corrupt", info.corrupt()).put("snapshots", info.snapshots());
        result.put("encrypted", info.encrypted()).put("confidence", confidence(path, info));
        info.details().forEach(result.putObject("details")::put);
        return result;
    }
}
