package org.terrarium.vm.spec;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A machine's sound card and where it plays.
 *
 * @param file only for {@link Kind#WAV}: relative to the machine's folder, or absolute
 */
public record SoundSpec(Kind kind, Path file) {
    public enum Kind {
        /** No card. */
        NONE,
        /** An AC'97 card that nobody hears. */
        SILENT,
        /** An AC'97 card heard on the host. */
        HOST,
        /** An AC'97 card whose sound is written into a file. */
        WAV
    }

    public static final SoundSpec NONE = new SoundSpec(Kind.NONE, null);
    public static final SoundSpec SILENT = new SoundSpec(Kind.SILENT, null);
    public static final SoundSpec HOST = new SoundSpec(Kind.HOST, null);

    private static final String WAV = "wav:";

    public SoundSpec {
        Checks.present("sound", kind);
        if (kind == Kind.WAV) {
            Checks.file("sound", file);
        }
    }

    public static SoundSpec wav(Path file) {
        return new SoundSpec(Kind.WAV, file);
    }

    /** Reads {@code none}, {@code silent}, {@code host} or {@code wav:FILE}; IllegalArgumentException with a sentence. */
    public static SoundSpec parse(String text) {
        try {
            return switch (text) {
                case "none" -> NONE;
                case "silent" -> SILENT;
                case "host" -> HOST;
                default -> {
                    if (!text.startsWith(WAV) || text.length() == WAV.length()) {
                        throw new IllegalArgumentException(refusal(text));
                    }
                    yield wav(Path.of(text.substring(WAV.length())));
                }
            };
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(refusal(text), e);
        }
    }

    private static String refusal(String text) {
        return "'" + text + "' is no place for sound; choose none, silent, host or wav:FILE";
    }

    /** What {@link #parse} reads. */
    public String text() {
        return kind == Kind.WAV ? WAV + Checks.portable(file) : kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The same card, heard on the host or not.
     *
     * @throws IOException in a sentence, when there is no card or it plays into a file
     */
    public SoundSpec heard(boolean on) throws IOException {
        return switch (kind) {
            case HOST, SILENT -> on ? HOST : SILENT;
            case NONE ->
                throw new IOException("the machine has no sound card; give it one with --sound host while it is off");
            case WAV ->
                throw new IOException("the machine's sound goes into the file " + file
                        + "; change that with --sound while it is off");
        };
    }

    /** The same with its file, where it has one, as {@code resolve} finds it. */
    public SoundSpec located(UnaryOperator<Path> resolve) {
        return kind == Kind.WAV ? wav(resolve.apply(file)) : this;
    }
}
