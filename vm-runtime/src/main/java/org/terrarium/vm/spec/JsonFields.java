package org.terrarium.vm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The fields of one JSON object, each asked for once; complaints name the field by its path. */
public final class JsonFields {
    private final String where;
    private final JsonNode object;
    private final Set<String> known = new HashSet<>();

    /** @param where path of the object, "" for the outermost */
    public JsonFields(String where, JsonNode object) {
        if (!object.isObject()) {
            throw new IllegalArgumentException((where.isEmpty() ? "the file" : where) + " must be an object {...}");
        }
        this.where = where;
        this.object = object;
    }

    private String path(String field) {
        return where.isEmpty() ? field : where + "." + field;
    }

    /** The value, or null when it is absent or null. */
    private JsonNode take(String field) {
        known.add(field);
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** The text, or {@code otherwise} when the field is absent or null. */
    public String text(String field, String otherwise) {
        JsonNode value = take(field);
        if (value == null) {
            return otherwise;
        }
        return asText(path(field), value);
    }

    /** The text of a field that has to be there. */
    public String required(String field) {
        String text = text(field, null);
        if (text == null) {
            throw new IllegalArgumentException(path(field) + " is missing");
        }
        return text;
    }

    private static String asText(String path, JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException(path + " must be a text in quotes, not " + shown(value));
        }
        return value.textValue();
    }

    /** The whole number, or {@code otherwise} when the field is absent or null. */
    public int number(String field, int otherwise) {
        JsonNode value = take(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException(path(field) + " must be a whole number, not " + shown(value));
        }
        return value.intValue();
    }

    /** A whole number of 64 bits, or {@code otherwise} when the field is absent or null. */
    public long count(String field, long otherwise) {
        JsonNode value = take(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(path(field) + " must be a whole number, not " + shown(value));
        }
        return value.longValue();
    }

    /** The truth value, or {@code otherwise} when the field is absent or null. */
    public boolean flag(String field, boolean otherwise) {
        JsonNode value = take(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(path(field) + " must be true or false, not " + shown(value));
        }
        return value.booleanValue();
    }

    /** A path, or null. */
    Path file(String field) {
        String text = text(field, null);
        return text == null ? null : asPath(path(field), text);
    }

    private static Path asPath(String path, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(path + " is no path this host allows: '" + text + "'", e);
        }
    }

    /** The object, or null. */
    public JsonFields object(String field) {
        JsonNode value = take(field);
        return value == null ? null : new JsonFields(path(field), value);
    }

    /** The objects of a list; none when it is absent or null. */
    public List<JsonFields> objects(String field) {
        List<JsonFields> result = new ArrayList<>();
        for (JsonNode element : elements(field)) {
            result.add(new JsonFields(path(field) + "[" + result.size() + "]", element));
        }
        return result;
    }

    /** The texts of a list, read by {@code reader}, which refuses with an IllegalArgumentException. */
    <T> List<T> texts(String field, List<T> otherwise, Function<String, T> reader) {
        if (take(field) == null) {
            return otherwise;
        }
        List<T> result = new ArrayList<>();
        for (JsonNode element : elements(field)) {
            String path = path(field) + "[" + result.size() + "]";
            result.add(read(path, asText(path, element), reader));
        }
        return result;
    }

    List<Path> files(String field) {
        return texts(field, List.of(), text -> asPath(path(field), text));
    }

    /** A text read by {@code reader}, which refuses with an IllegalArgumentException. */
    public <T> T parsed(String field, T otherwise, Function<String, T> reader) {
        String text = text(field, null);
        return text == null ? otherwise : read(path(field), text, reader);
    }

    /** What is made of fields that were read; where it is refused, the sentence says which object it is about. */
    public <T> T made(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static <T> T read(String path, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    private Iterable<JsonNode> elements(String field) {
        JsonNode value = take(field);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new IllegalArgumentException(path(field) + " must be a list [...], not " + shown(value));
        }
        return value;
    }

    /** To be called when all fields have been asked for. */
    public void refuseOthers() {
        for (String field : (Iterable<String>) object::fieldNames) {
            if (!known.contains(field)) {
                throw new IllegalArgumentException("there is no field '" + path(field) + "' in this version");
            }
        }
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
