package org.terrarium.vm.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.terrarium.disk.Progress;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.display.Picture;
import org.terrarium.vm.spec.AtomicFile;
import org.terrarium.vm.state.CapturedState;
import org.terrarium.vm.state.RamFile;
import org.terrarium.vm.state.RamImage;
import org.terrarium.vm.state.StateException;

/**
 * What a snapshot, or a suspended machine, has in its folder: {@code machine.json}, {@code nvram}, and with a state {@code state},
 * the memory's file, {@code screen.png}, {@code screen.txt} and {@code seal}.
 *
 * @param path the folder
 */
record StateFolder(Path path) {
    static final String RAM = "ram";

    /** The beginning of the name of a suspended machine's folder. */
    static final String SUSPENDED = "suspended-";

    Path machine() {
        return path.resolve("machine.json");
    }

    Path nvram() {
        return path.resolve("nvram");
    }

    Path state() {
        return path.resolve("state");
    }

    /** The memory of a suspended machine; a snapshot names its own. */
    Path ram() {
        return path.resolve(RAM);
    }

    Path picture() {
        return path.resolve("screen.png");
    }

    Path text() {
        return path.resolve("screen.txt");
    }

    /** Tells which state and memory belong here; {@link #seal}. */
    private Path sealFile() {
        return path.resolve("seal");
    }

    /** How a machine looked. */
    record Looks(Picture picture, String text) {}

    void create() throws IOException {
        Files.createDirectories(path);
    }

    /** Writes a captured state, all of it forced to the disk; returns the bytes it takes. */
    long write(CapturedState captured, RamImage parent, Looks looks, Progress progress) throws IOException {
        AtomicFile.write(state(), captured.devices());
        if (looks != null) {
            looks.picture().writePng(picture());
            AtomicFile.write(text(), looks.text().getBytes(StandardCharsets.UTF_8));
        }
        RamFile.write(ram(), captured.memory(), parent, progress);
        seal(RamImage.idOf(ram()));
        return bytes();
    }

    /** Notes that the state that is here now, and a memory of that id, are this folder's. */
    void seal(byte[] memory) throws IOException {
        AtomicFile.write(sealFile(), sealOf(memory).getBytes(StandardCharsets.UTF_8));
    }

    private String sealOf(byte[] memory) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(state()));
        return "folder " + path.getFileName() + "\nstate " + Long.toHexString(crc.getValue()) + "\nmemory "
                + HexFormat.of().formatHex(memory) + "\n";
    }

    /**
     * Refuses a state or a memory of another machine, or of another instant, in a sentence. Folders that were written before there
     * were seals are taken as they are.
     */
    void requireOwn(RamImage memory) throws StateException {
        try {
            if (Files.exists(sealFile()) && !Files.readString(sealFile()).equals(sealOf(memory.id()))) {
                throw new StateException("the saved state in " + path
                        + " is that of another machine, or of another instant: the files in this folder do not"
                        + " belong together");
            }
        } catch (StateException e) {
            throw e;
        } catch (IOException e) {
            throw new StateException("the saved state in " + path + " cannot be read: " + HostTrouble.sentence(e), e);
        }
    }

    /** What all files in it take. */
    long bytes() throws IOException {
        long sum = 0;
        for (Path file : files()) {
            sum += Files.size(file);
        }
        return sum;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            all.forEach(files::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return files;
    }

    /** Deletes it with its files; what cannot be deleted now is tried again when the machine is used next. */
    void delete() {
        try {
            for (Path file : files()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return;
        }
    }
}
