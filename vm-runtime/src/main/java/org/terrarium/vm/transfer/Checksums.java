package org.terrarium.vm.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The manifest of an OVF package (DSP0243, chapter 6): a line {@code SHA256(file)= hexadecimal} for each file. */
final class Checksums {
    private static final Pattern LINE =
            Pattern.compile("(SHA1|SHA256|SHA512)\\s*\\((.+)\\)\\s*=\\s*([0-9A-Fa-f]+)\\s*");
    private static final int LONGEST = 1 << 20;

    private record Sum(String algorithm, String value) {}

    private final Map<String, Sum> sums = new LinkedHashMap<>();

    /** A manifest's text; lines of other algorithms are passed over. */
    static Checksums parse(String text) {
        Checksums checksums = new Checksums();
        for (String line : text.split("\\R")) {
            Matcher found = LINE.matcher(line.strip());
            if (found.matches()) {
                checksums.sums.put(found.group(2).strip(), new Sum(found.group(1), found.group(3)));
            }
        }
        return checksums;
    }

    /** A manifest beside a description, or one that says nothing when there is none. */
    static Checksums read(Path manifest) throws IOException {
        if (!Files.isRegularFile(manifest) || Files.size(manifest) > LONGEST) {
            return new Checksums();
        }
        return parse(Files.readString(manifest, StandardCharsets.ISO_8859_1));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.replace("SHA", "SHA-"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has these three
        }
    }

    private static String sum(Path file, String algorithm) throws IOException {
        MessageDigest digest = digest(algorithm);
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The line for a file. */
    static String line(Path file) throws IOException {
        return "SHA256(" + file.getFileName() + ")= " + sum(file, "SHA256") + "\n";
    }

    /**
     * Compares a file with what is said about it, if anything is.
     *
     * @param name as the manifest names it
     * @param from the package, for the sentence
     */
    void verify(Path file, String name, Path from) throws IOException {
        Sum sum = sums.get(name);
        if (sum != null && !sum.value.equalsIgnoreCase(sum(file, sum.algorithm))) {
            throw new IOException(from + ": the file '" + TransferNames.shown(name)
                    + "' is not the one that was packed (its checksum differs); copy or download it again");
        }
    }
}
