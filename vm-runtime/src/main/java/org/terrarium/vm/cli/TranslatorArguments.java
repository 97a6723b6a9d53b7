package org.terrarium.vm.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.accel.TranslatorOptions;
import org.terrarium.x86.Optimisation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that look into the translator, or change how it works. */
final class TranslatorArguments {
    private static final int MOST_REGIONS = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private final Set<Optimisation> without = EnumSet.noneOf(Optimisation.class);
    private long address = -1;
    private int regions;

    @Option(
            names = "--jit-listing",
            paramLabel = "FILE",
            description = "write translated guest code, what the translator found out about it, and the JVM code (- for"
                    + " standard error)")
    private String listing;

    @Option(
            names = "--jit-off",
            paramLabel = "NAME",
            split = ",",
            description =
                    "translate without: calls, loops, deadflags, conditions, arithmetic, pages, patience, reform, xmm,"
                            + " strings, x87")
    void without(String[] names) {
        for (String name : names) {
            without.add(Optimisation.named(name)
                    .orElseThrow(() -> wrong("--jit-off: '" + name + "' is none of " + Optimisation.names())));
        }
    }

    @Option(
            names = "--jit-listing-at",
            paramLabel = "ADDRESS",
            description =
                    "list only what contains the instruction at this place in memory (hexadecimal, as listings show"
                            + " it; in RAM the physical address)")
    void at(String value) {
        try {
            address = Long.parseUnsignedLong(value.startsWith("0x") ? value.substring(2) : value, 16);
        } catch (NumberFormatException e) {
            throw wrong("--jit-listing-at: '" + value + "' is no hexadecimal address");
        }
        if (address < 0 || address >= 1L << 40) {
            throw wrong("--jit-listing-at: no guest has memory at " + value);
        }
    }

    @Option(
            names = "--jit-regions",
            paramLabel = "N",
            description = "keep at most N translated regions; the least used fall (usually 12000)")
    void regions(int value) {
        if (value < 1 || value > MOST_REGIONS) {
            throw wrong("--jit-regions must be from 1 to " + MOST_REGIONS);
        }
        regions = value;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }

    /** What was asked for; the file of the listing is begun anew. */
    TranslatorOptions options(PrintStream err) throws CliFailure {
        if (listing == null && address >= 0) {
            throw wrong("--jit-listing-at needs --jit-listing");
        }
        return new TranslatorOptions(without, appendable(err), address, regions);
    }

    private Appendable appendable(PrintStream err) throws CliFailure {
        if (listing == null || listing.equals("-")) {
            return listing == null ? null : err;
        }
        try {
            return Files.newBufferedWriter(Path.of(listing));
        } catch (IOException e) {
            throw new CliFailure("--jit-listing cannot be written. " + HostTrouble.sentence(e));
        }
    }
}
