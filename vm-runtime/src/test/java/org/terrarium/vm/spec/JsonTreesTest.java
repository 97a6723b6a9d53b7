package org.terrarium.vm.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Jackson's own mapper is the judge. */
class JsonTreesTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-7",
        "2147483648",
        "9223372036854775808",
        "1.5e-3",
        "\"\"",
        "\"a\\u0000\\n\\\"\\\\ \u00e4 \ud83d\ude00\"",
        "[]",
        "{}",
        "[[], {}, [1, [2]], null]",
        "{\"a\" : {\"b\" : [1, 2.5, \"x\", null, false]}, \"\" : \"empty name\"}"
    };

    @Test
    void treesAreThoseOfTheMapper() throws Exception {
        for (String json : VALUES) {
            JsonNode tree = JsonTrees.read(json);
            JsonNode expected = MAPPER.readTree(json);
            assertEquals(expected, tree, json);
            assertEquals(expected.toString(), JsonTrees.line(tree), json);
            assertEquals(
                    expected.toPrettyString() + "\n", new String(JsonTrees.pretty(tree), StandardCharsets.UTF_8), json);
        }
        assertTrue(JsonTrees.read(" \n").isMissingNode(), "nothing at all is no value");
    }

    @Test
    void theComplaintIsPlain() {
        JsonProcessingException e = assertThrows(JsonProcessingException.class, () -> JsonTrees.read("{\n\"a\":1"));
        String said = JsonTrees.complaint(e);
        assertTrue(said.startsWith(" (line 2, column ") && said.contains("): Unexpected end-of-input"), said);
        assertFalse(said.contains("[Source"), said);
    }

    @Test
    void whatIsNoJsonIsRefused() {
        for (String json : new String[] {
            "{",
            "[1",
            "[1,]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,\"a\":2}",
            "1 2",
            "{} x",
            "nul",
            "'a'",
            "\"a",
            "]",
            "}",
            "[".repeat(100_000)
        }) {
            assertThrows(
                    JsonProcessingException.class,
                    () -> JsonTrees.read(json),
                    json.substring(0, Math.min(json.length(), 20)));
        }
    }
}
