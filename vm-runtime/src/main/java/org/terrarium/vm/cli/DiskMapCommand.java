package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.terrarium.disk.Extent;
import org.terrarium.disk.RangeStatus;
import org.terrarium.vm.disk.DiskTools;
import picocli.CommandLine.Command;

/** {@code terrarium disk map}. */
@Command(name = "map", description = "Says which parts of a disk have contents, and where those are.")
final class DiskMapCommand extends OneImageCommand {
    DiskMapCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        List<DiskTools.MapEntry> map = runner.run(DiskTools.map(file, image.open(context, format)), context);
        if (json) {
            ArrayNode list = new JsonMapper().createArrayNode();
            map.forEach(entry -> add(list.addObject(), entry));
            context.print(list);
            return 0;
        }
        context.out().printf("%-16s %-16s %-16s %s%n", "offset", "length", "in file at", "file");
        for (DiskTools.MapEntry entry : map) {
            RangeStatus status = entry.status();
            if (!status.zero()) {
                context.out()
                        .printf(
                                "%-16d %-16d %-16s %s%n",
                                entry.start(),
                                status.length(),
                                status.fileOffset() < 0 ? "packed" : String.valueOf(status.fileOffset()),
                                status.file() == null ? "" : status.file());
            }
        }
        return 0;
    }

    private static void add(ObjectNode item, DiskTools.MapEntry entry) {
        RangeStatus status = entry.status();
        item.put("start", entry.start()).put("length", status.length()).put("depth", status.depth());
        item.put("present", status.kind() != Extent.Kind.UNALLOCATED).put("zero", status.zero());
        item.put("data", !status.zero()).put("compressed", status.kind() == Extent.Kind.PACKED);
        if (status.fileOffset() >= 0) {
            item.put("offset", status.fileOffset());
        }
        if (status.file() != null) {
            item.put("filename", status.file().toString());
        }
    }
}
