package org.terrarium.x86.gen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.terrarium.x86.interp.HandlerKey;
import org.terrarium.x86.isa.InstructionTable;
import org.terrarium.x86.isa.Row;

/**
 * Writes the interpreter's handlers for the rows whose method is pure: {@code interp/gen/*.java}. Run its main after a change
 * of such a row (argument: the source folder of x86-emu's main classes); {@link GeneratedHandlersTest} tells when it was
 * forgotten.
 */
public final class HandlerGenerator {
    private static final String PACKAGE = "org.terrarium.x86.interp.gen";

    /** Handlers per file: about 1,300 lines. */
    private static final int PER_FILE = 110;

    private HandlerGenerator() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]).resolve(PACKAGE.replace('.', '/'));
        Files.createDirectories(folder);
        List<String> missing = new ArrayList<>();
        Map<String, String> files = generate(missing);
        missing.stream().distinct().forEach(System.err::println);
        try (var old = Files.list(folder)) {
            for (Path file : old.toList()) {
                if (!files.containsKey(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /**
     * All generated files: name to contents.
     *
     * @param missing gets one line for each row that names a method that does not exist
     */
    public static Map<String, String> generate(List<String> missing) {
        Map<String, Map<String, String>> chapters = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (Row row : InstructionTable.get().rows()) {
            if (!HandlerKey.generated(row)) {
                continue;
            }
            String chapter = row.source().substring(0, row.source().indexOf('.'));
            Map<String, String> handlers = chapters.computeIfAbsent(chapter, k -> new LinkedHashMap<>());
            for (HandlerKey.Variant variant : HandlerKey.variants(row)) {
                String body;
                try {
                    body = new HandlerWriter(row, variant.size(), variant.memory()).body();
                } catch (IllegalArgumentException e) {
                    missing.add(row.source() + ": " + row + ": " + e.getMessage());
                    continue;
                }
                String key = HandlerKey.of(row, variant.size(), variant.memory());
                String known = sources.putIfAbsent(key, body);
                if (known == null) {
                    handlers.put(key, body);
                    if (!names.add(HandlerKey.methodName(key))) {
                        throw new IllegalStateException(key + " has the Java name of another handler");
                    }
                } else if (!known.equals(body)) {
                    throw new IllegalStateException(row + ": another row has the same form and another meaning");
                }
            }
        }
        Map<String, String> files = new TreeMap<>();
        List<String> classes = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> chapter : chapters.entrySet()) {
            String name = Character.toUpperCase(chapter.getKey().charAt(0))
                    + chapter.getKey().substring(1);
            List<Map.Entry<String, String>> all =
                    new ArrayList<>(chapter.getValue().entrySet());
            for (int from = 0; from < all.size(); from += PER_FILE) {
                String type = name + "Handlers" + (from / PER_FILE + 1);
                classes.add(type);
                files.put(type + ".java", file(type, all.subList(from, Math.min(from + PER_FILE, all.size()))));
            }
        }
        files.put("GeneratedHandlers.java", index(classes));
        return files;
    }

    private static String file(String type, List<Map.Entry<String, String>> handlers) {
        StringBuilder bodies = new StringBuilder();
        for (Map.Entry<String, String> handler : handlers) {
            String name = HandlerKey.methodName(handler.getKey());
            bodies.append("\n    /** ").append(handler.getKey()).append(" */\n");
            bodies.append("    public static void ").append(name).append("(Cpu c, Insn i) {\n");
            bodies.append(handler.getValue());
            bodies.append("    }\n");
        }
        String body = bodies.toString();
        StringBuilder text = new StringBuilder("package " + PACKAGE + ";\n\n");
        for (String used : HandlerWriter.IMPORTS) {
            String simple = used.substring(used.lastIndexOf('.') + 1);
            if (simple.equals("Cpu") || simple.equals("Insn") || body.matches("(?s).*\\b" + simple + "\\..*")) {
                text.append("import ").append(used).append(";\n");
            }
        }
        text.append("\n/** Generated from the instruction table by HandlerGenerator: change the table, not this. */\n");
        text.append("public final class ")
                .append(type)
                .append(" {\n    private ")
                .append(type)
                .append("() {}\n");
        text.append(body).append("}\n");
        return text.toString();
    }

    private static String index(List<String> classes) {
        StringBuilder text = new StringBuilder("package " + PACKAGE + ";\n\nimport java.util.List;\n");
        text.append("\n"
                + "/** Generated from the instruction table by HandlerGenerator: where the generated handlers"
                + " are. */\n");
        text.append(
                "public final class GeneratedHandlers {\n    private static final List<Class<?>> CLASSES = List.of(\n");
        for (String type : classes) {
            String end = type.equals(classes.get(classes.size() - 1)) ? ");\n" : ",\n";
            text.append("            ").append(type).append(".class").append(end);
        }
        text.append("\n    private GeneratedHandlers() {}\n\n");
        text.append("    /** All of them; each handler is a public static method of one, named by {@code"
                + " interp.HandlerKey}. */\n");
        text.append("    public static List<Class<?>> classes() {\n        return CLASSES;\n    }\n}\n");
        return text.toString();
    }
}
