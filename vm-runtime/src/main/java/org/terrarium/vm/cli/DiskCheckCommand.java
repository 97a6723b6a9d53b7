package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import org.terrarium.disk.CheckReport;
import org.terrarium.disk.Repair;
import org.terrarium.vm.disk.DiskTools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code terrarium disk check}. Exit status 1 when something is wrong and stays so. */
@Command(name = "check", description = "Looks for mistakes in a disk image's own tables and repairs them.")
final class DiskCheckCommand extends OneImageCommand {
    @Option(
            names = "--repair",
            paramLabel = "WHAT",
            arity = "0..1",
            fallbackValue = "all",
            description = "repair what is wrong: all, or leaks (space that nothing uses); all when nothing is said")
    private String repair;

    DiskCheckCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() throws IOException, CliFailure {
        CheckReport report = runner.run(DiskTools.check(file, image.open(context, format), repair()), context);
        if (json) {
            print(report);
        } else {
            report.messages().forEach(context.out()::println);
            context.out().println(sentence(report));
        }
        return report.clean() ? 0 : CliFailure.FAILED;
    }

    private Repair repair() {
        return switch (repair == null ? "none" : repair.toLowerCase(Locale.ROOT)) {
            case "none" -> Repair.NONE;
            case "leaks" -> Repair.LEAKS;
            case "all" -> Repair.ALL;
            default ->
                throw new ParameterException(
                        command.commandLine(), "'" + repair + "' cannot be repaired; choose all or leaks");
        };
    }

    private String sentence(CheckReport report) {
        if (report.corruptions() == 0 && report.leaks() == 0) {
            return "nothing is wrong with " + file;
        }
        return report.corruptions() + " mistakes (" + report.corruptionsFixed() + " repaired), " + report.leaks()
                + " leaked clusters (" + report.leaksFixed() + " given back) in " + file
                + (report.clean() || repair() != Repair.NONE ? "" : "; --repair puts them right");
    }

    private void print(CheckReport report) {
        ObjectNode result = new JsonMapper().createObjectNode();
        result.put("file", file.toString()).put("clean", report.clean());
        result.put("corruptions", report.corruptions()).put("corruptionsFixed", report.corruptionsFixed());
        result.put("leaks", report.leaks()).put("leaksFixed", report.leaksFixed());
        result.put("allocatedClusters", report.allocated()).put("totalClusters", report.total());
        result.put("packedClusters", report.packed()).put("endOffset", report.endOffset());
        report.messages().forEach(result.putArray("messages")::add);
        context.print(result);
    }
}
