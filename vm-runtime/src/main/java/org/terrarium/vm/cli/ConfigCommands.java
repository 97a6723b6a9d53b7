package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.library.Preferences;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code terrarium config ...}: the user's preferences, which the window shares. */
@Command(name = "config", description = "Shows and changes preferences: folders, theme, language, host key, shortcuts.")
final class ConfigCommands {
    private ConfigCommands() {}

    static CommandLine all(CliContext context) {
        CommandLine config = new CommandLine(new ConfigCommands());
        List.of(new ListAll(context), new Get(context), new Set(context), new Unset(context))
                .forEach(config::addSubcommand);
        return config;
    }

    @Command(name = "list", description = "Lists all preferences with what they are set to.")
    static final class ListAll implements Callable<Integer> {
        private final CliContext context;

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        ListAll(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            Preferences preferences = context.preferences();
            SortedMap<String, String> values = preferences.all();
            for (Preference p : Preference.values()) {
                values.put(p.key(), preferences.get(p));
            }
            if (json) {
                ObjectNode all = new JsonMapper().createObjectNode();
                values.forEach(all::put);
                context.print(all);
            } else {
                values.forEach((key, value) -> context.out().printf("%-24s %s%n", key, value));
            }
            return 0;
        }
    }

    /** A command about one preference. */
    private abstract static class One implements Callable<Integer> {
        final CliContext context;

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec command;

        @Parameters(index = "0", paramLabel = "KEY", description = "the preference, such as window.theme")
        String key;

        One(CliContext context) {
            this.context = context;
        }

        void change(String value) throws IOException {
            try {
                context.preferences().set(key, value);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
        }
    }

    @Command(name = "get", description = "Prints one preference.")
    static final class Get extends One {
        Get(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            Preferences preferences = context.preferences();
            context.out()
                    .println(List.of(Preference.values()).stream()
                            .filter(p -> p.key().equals(key))
                            .findAny()
                            .map(preferences::get)
                            .orElseGet(() -> preferences.get(key, "")));
            return 0;
        }
    }

    @Command(name = "set", description = "Changes one preference.")
    static final class Set extends One {
        @Parameters(index = "1", paramLabel = "VALUE", description = "its new value")
        private String value;

        Set(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            change(value);
            return 0;
        }
    }

    @Command(name = "unset", description = "Puts one preference back to its usual value.")
    static final class Unset extends One {
        Unset(CliContext context) {
            super(context);
        }

        @Override
        public Integer call() throws IOException {
            change(null);
            return 0;
        }
    }
}
