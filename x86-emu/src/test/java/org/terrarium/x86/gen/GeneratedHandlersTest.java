package org.terrarium.x86.gen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The checked-in handlers are those that the instruction table gives today. */
class GeneratedHandlersTest {
    private static final Path FOLDER = Path.of("src/main/java/org/terrarium/x86/interp/gen");

    @Test
    void areFresh() throws IOException {
        List<String> missing = new ArrayList<>();
        Map<String, String> expected = HandlerGenerator.generate(missing);
        assertEquals(List.of(), missing, "rows that name methods that do not exist");
        TreeSet<String> present = new TreeSet<>();
        try (var files = Files.list(FOLDER)) {
            files.forEach(file -> present.add(file.getFileName().toString()));
        }
        assertEquals(new TreeSet<>(expected.keySet()), present, "run HandlerGenerator");
        for (Map.Entry<String, String> file : expected.entrySet()) {
            String now = Files.readString(FOLDER.resolve(file.getKey()));
            // Not assertEquals: its message would carry both files.
            assertTrue(tokens(file.getValue()).equals(tokens(now)), file.getKey() + " is stale: run HandlerGenerator");
        }
    }

    @Test
    void areReadable() throws IOException {
        try (var files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                long lines;
                try (var all = Files.lines(file)) {
                    lines = all.count();
                }
                assertTrue(lines < 2000, file + " has " + lines + " lines");
            }
        }
    }

    /** Without white space: the formatter may break lines. */
    private static String tokens(String source) {
        return source.replaceAll("\\s+", "");
    }
}
