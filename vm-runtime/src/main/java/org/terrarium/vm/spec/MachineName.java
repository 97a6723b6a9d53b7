package org.terrarium.vm.spec;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;

/** Which names a machine may have: those that are a folder's name on every host. */
public final class MachineName {
    private static final int MAX_LENGTH = 64;

    /** Names that Windows keeps for devices, whatever follows a dot. */
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private MachineName() {}

    /** IllegalArgumentException with a sentence when the name cannot be used. */
    public static void check(String name) {
        String trouble = trouble(name);
        if (trouble != null) {
            throw new IllegalArgumentException(
                    "'" + (name == null ? "" : printable(name)) + "' cannot be a machine's name: it " + trouble);
        }
    }

    private static String trouble(String name) {
        if (name == null || name.isEmpty()) {
            return "is empty";
        }
        if (name.length() > MAX_LENGTH) {
            return "has more than " + MAX_LENGTH + " characters";
        }
        if (!name.equals(name.strip()) || name.startsWith(".") || name.startsWith("-") || name.endsWith(".")) {
            return "must not begin with a dash, or begin or end with a dot or a blank";
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == 127 || "/\\:*?\"<>|".indexOf(c) >= 0)) {
            return "must not have / \\ : * ? \" < > | or control characters in it";
        }
        if (!encodable(name, System.getProperty("sun.jnu.encoding", "UTF-8"))) {
            return "has characters that file names cannot have here; set LANG=C.UTF-8 in the environment and try again";
        }
        String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        return RESERVED.contains(stem.toLowerCase(Locale.ROOT)) ? "is reserved for a device" : null;
    }

    /** Whether a name can be a file's where file names have that character set: ASCII under LANG=C. */
    static boolean encodable(String name, String charset) {
        return !Charset.isSupported(charset)
                || Charset.forName(charset).newEncoder().canEncode(name);
    }

    private static String printable(String name) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "..." : shown;
    }
}
