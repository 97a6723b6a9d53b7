package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.terrarium.disk.ThisHost;

/** Folders in a library in which machines are made; hidden ones, named after the process that made them. */
final class Drafts {
    private static final Pattern NAME = Pattern.compile("\\.new-([0-9a-f]{8})-(\\d{1,18})-.*");

    private Drafts() {}

    private static String host() {
        return "%08x".formatted(ThisHost.NAME.hashCode());
    }

    static Path create(Path home) throws IOException {
        return Files.createTempDirectory(home, ".new-" + host() + "-" + ThisHost.pid() + "-");
    }

    /** Deletes what processes of this host have left that were killed in the middle. */
    static void sweep(Path home) throws IOException {
        List<Path> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(home)) {
            files.filter(Drafts::isLeft).forEach(left::add);
        }
        for (Path folder : left) {
            delete(folder);
        }
    }

    private static boolean isLeft(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        return name.matches()
                && name.group(1).equals(host())
                && !ThisHost.runs(Long.parseLong(name.group(2)), Instant.EPOCH);
    }

    /** Deletes a folder with everything in it; symbolic links are not followed. */
    static void delete(Path root) throws IOException {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException trouble) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // Somebody else sweeps at the same time.
        }
    }
}
