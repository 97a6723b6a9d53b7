package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskInfo;
import org.terrarium.disk.Recognition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code terrarium disk info}. */
@Command(name = "info", description = "Says what a disk image is, even while a machine uses it.")
final class DiskInfoCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "the image")
    private Path file;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    DiskInfoCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        DiskInfo info = DiskFormats.info(file);
        if (json) {
            print(info);
            return 0;
        }
        line("file", file);
        line("format", info.format().label() + (info.version() == 0 ? "" : " version " + info.version()));
        line("recognized", confidence(info));
        line("size", new ByteSize(info.size()).text() + " (" + info.size() + " bytes)");
        line("file size", new ByteSize(info.fileLength()).text());
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
        return 0;
    }

    /** An image that could be described is what it seems to be; only a raw one may be anything. */
    private String confidence(DiskInfo info) throws IOException {
        Recognition.Confidence confidence = info.format() == DiskFormat.RAW
                ? DiskFormats.identify(file).confidence()
                : Recognition.Confidence.CERTAIN;
        return confidence.name().toLowerCase(Locale.ROOT);
    }

    private void line(String label, Object value) {
        PrintStream out = context.out();
        out.printf("%-11s%s%n", label, value);
    }

    private void print(DiskInfo info) throws IOException {
        ObjectNode result = new JsonMapper().createObjectNode();
        result.put("file", file.toString()).put("format", info.format().label()).put("size", info.size());
        result.put("fileLength", info.fileLength()).put("clusterSize", info.clusterSize());
        result.put("version", info.version()).put("backingFile", info.backingFile());
        result.put("backingFormat", info.backingFormat()).put("dirty", info.dirty());
        result.put("corrupt", info.corrupt()).put("snapshots", info.snapshots());
        result.put("encrypted", info.encrypted()).put("confidence", confidence(info));
        info.details().forEach(result.putObject("details")::put);
        context.print(result);
    }
}
