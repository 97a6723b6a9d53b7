package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code terrarium host}: what this computer has of what machines need. */
@Command(
        name = "host",
        description = "Looks whether this computer has what machines need, and says what could be done.")
final class HostCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    HostCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws CliFailure {
        List<Front.Finding> findings =
                context.requireFront().lookAtHost(context.library().home());
        if (json) {
            ArrayNode all = new JsonMapper().createArrayNode();
            findings.forEach(f -> all.addObject()
                    .put("good", f.good())
                    .put("title", f.title())
                    .put("advice", f.advice()));
            context.print(all);
        } else {
            findings.forEach(
                    f -> context.out().println((f.good() ? "good   " : "look   ") + f.title() + ": " + f.advice()));
        }
        return 0;
    }
}
