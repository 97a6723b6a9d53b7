package org.terrarium.vm.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.spec.AtomicFile;
import org.terrarium.vm.spec.JsonTrees;

/**
 * {@code library.json} in a library's folder: which machines elsewhere belong to the library, and which in its folder do not.
 * A file that cannot be read counts as empty, so that the machines in the folder are always there.
 *
 * @param opened folders of machines outside
 * @param hidden folders of machines inside that were taken off the list
 */
record LibraryFile(SequencedSet<Path> opened, SequencedSet<Path> hidden) {
    private static final int VERSION = 1;

    private static Path file(Path home) {
        return home.resolve("library.json");
    }

    static LibraryFile load(Path home) throws IOException {
        try {
            JsonNode json = JsonTrees.read(Files.readAllBytes(file(home)));
            return new LibraryFile(paths(home, json.path("opened")), paths(home, json.path("hidden")));
        } catch (NoSuchFileException | JsonProcessingException | InvalidPathException e) {
            return new LibraryFile(new LinkedHashSet<>(), new LinkedHashSet<>());
        }
    }

    private static SequencedSet<Path> paths(Path home, JsonNode list) {
        SequencedSet<Path> paths = new LinkedHashSet<>();
        for (JsonNode path : list) {
            Path folder = home.resolve(path.asText()).normalize();
            if (MachineFolder.isMachine(folder)) {
                paths.add(folder);
            }
        }
        return paths;
    }

    void save(Path home) throws IOException {
        ObjectNode json = JsonTrees.object().put("version", VERSION);
        put(json, "opened", home, opened);
        put(json, "hidden", home, hidden);
        try {
            Files.createDirectories(home);
            AtomicFile.write(file(home), JsonTrees.pretty(json));
        } catch (IOException e) {
            throw new IOException(file(home) + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }

    private static void put(ObjectNode json, String field, Path home, Collection<Path> paths) {
        var list = json.putArray(field);
        paths.forEach(
                path -> list.add(path.startsWith(home) ? home.relativize(path).toString() : path.toString()));
    }
}
