package org.terrarium.vm.transfer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Writes a tree as YAML in block style. Texts are written as JSON writes them, in quotes, which every reader of YAML 1.2 takes
 * (chapter 1.3), so none can be mistaken for something else.
 */
final class Yaml {
    private Yaml() {}

    static String write(JsonNode tree) {
        StringBuilder text = new StringBuilder();
        write(text, tree, "");
        return text.toString();
    }

    private static void write(StringBuilder text, JsonNode node, String indent) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                text.append(indent).append(key(field.getKey())).append(':');
                value(text, field.getValue(), indent + "  ");
            });
        } else {
            for (JsonNode item : node) {
                if (item.isContainerNode() && !item.isEmpty()) {
                    StringBuilder lines = new StringBuilder();
                    write(lines, item, indent + "  ");
                    text.append(indent).append("- ").append(lines.substring(indent.length() + 2));
                } else {
                    text.append(indent).append('-');
                    value(text, item, indent);
                }
            }
        }
    }

    private static String key(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9./-]*") ? name : '"' + name + '"';
    }

    private static void value(StringBuilder text, JsonNode value, String indent) {
        if (value.isContainerNode() && !value.isEmpty()) {
            text.append('\n');
            write(text, value, indent);
        } else {
            text.append(' ').append(value).append('\n');
        }
    }
}
