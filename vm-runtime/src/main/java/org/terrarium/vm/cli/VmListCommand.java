package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.MachineEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code terrarium vm list}. */
@Command(name = "list", description = "Lists the machines of the library.")
final class VmListCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    VmListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<MachineEntry> entries = context.library().list();
        if (json) {
            ArrayNode list = new JsonMapper().createArrayNode();
            for (MachineEntry entry : entries) {
                ObjectNode item = list.addObject();
                item.put("name", entry.name()).put("state", RunState.of(entry).word());
                item.put("folder", entry.folder().path().toString());
                if (entry.broken()) {
                    item.put("trouble", entry.trouble());
                } else {
                    item.put("memory", entry.spec().memoryMib())
                            .put("cpu", entry.spec().cpu().id());
                }
            }
            context.print(list);
            return 0;
        }
        if (entries.isEmpty()) {
            context.out().println("no machines in " + context.library().home());
        }
        for (MachineEntry entry : entries) {
            context.out()
                    .printf(
                            "%-24s %-8s %s%n",
                            entry.name(),
                            RunState.of(entry).word(),
                            entry.broken()
                                    ? entry.trouble()
                                    : entry.spec().memoryMib() + " MiB, "
                                            + entry.spec().cpu().id());
        }
        return 0;
    }
}
