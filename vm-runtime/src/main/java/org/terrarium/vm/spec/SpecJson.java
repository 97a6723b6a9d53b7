package org.terrarium.vm.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.terrarium.vm.HostTrouble;

/** Reads the JSON files that users may write by hand: whatever is wrong is told in one sentence with file and place. */
final class SpecJson {
    private static final int MAX_BYTES = 1 << 20;

    private SpecJson() {}

    /**
     * Reads a file.
     *
     * @param what it describes, for the sentence about one that is too large
     * @param reader refuses what it cannot use by an IllegalArgumentException with a sentence
     */
    static <T> T load(Path file, String what, Function<JsonNode, T> reader) throws SpecException {
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new SpecException(file + " is too large to describe " + what);
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new SpecException("there is no file " + file, e);
        } catch (SpecException e) {
            throw e;
        } catch (IOException e) {
            throw new SpecException(file + " cannot be read: " + HostTrouble.sentence(e), e);
        }
        try {
            return reader.apply(JsonTrees.read(bytes));
        } catch (JsonProcessingException e) {
            throw new SpecException(file + " is not valid JSON" + JsonTrees.complaint(e), e);
        } catch (IllegalArgumentException e) {
            throw new SpecException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new SpecException(file + " cannot be read: " + HostTrouble.sentence(e), e);
        }
    }
}
