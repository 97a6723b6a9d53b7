package org.terrarium.vm.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.terrarium.disk.DiskException;

/** What unlocks the encrypted disks of machines: they are started without anybody who could be asked. */
public final class Passphrases {
    /** The environment variable: a file whose first line is the passphrase. */
    public static final String VARIABLE = "TERRARIUM_PASSPHRASE_FILE";

    private static final int MOST_BYTES = 4096;

    private Passphrases() {}

    /** The passphrase that the environment names, read when it is needed; null when it names none. */
    public static Function<Path, char[]> of(Map<String, String> environment) {
        String file = environment.get(VARIABLE);
        return image -> {
            if (file == null || file.isBlank()) {
                return null;
            }
            try {
                return firstLine(Path.of(file)).toCharArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /**
     * A passphrase in a file of its own.
     *
     * @throws DiskException when there is none
     */
    public static String firstLine(Path file) throws IOException {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readNBytes(MOST_BYTES)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DiskException(file, "holds no text, so there is no passphrase in it");
        } catch (IOException e) {
            throw DiskException.host(file, "read the passphrase from it", e);
        }
        String line = text.lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new DiskException(file, "has an empty first line, so there is no passphrase in it");
        }
        return line;
    }
}
