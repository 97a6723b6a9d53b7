package org.terrarium.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every Java file is as the formatter writes it; {@code packaging/format.sh} makes it so. A test, not a Maven plugin,
 * because the formatter must run on the JDK that the code is written for, and Maven itself may run on an older one.
 */
class FormatTest {
    @Test
    void everySourceFileIsFormatted() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        Formatter formatter = Formatter.createFormatter(
                JavaFormatterOptions.builder().style(Style.PALANTIR).build());
        List<String> wrong = new ArrayList<>();
        for (String module : List.of("x86-emu", "virtual-disk", "virtual-net", "vm-runtime", "app")) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String text = Files.readString(file);
                    if (!text.equals(formatted(formatter, file, text))) {
                        wrong.add(root.relativize(file).toString());
                    }
                }
            }
        }
        assertEquals(List.of(), wrong, "run packaging/format.sh");
    }

    private static String formatted(Formatter formatter, Path file, String text) {
        try {
            return formatter.formatSourceAndFixImports(text);
        } catch (FormatterException e) {
            throw new AssertionError(file + " does not parse", e);
        }
    }
}
