package org.terrarium.app.library;

import java.nio.file.Path;
import java.util.Locale;
import org.terrarium.x86.sys.CpuModel;

/** How values of a machine's description are put into words. */
public final class Words {
    private Words() {}

    /** A processor model, for people. */
    public static String cpu(CpuModel model) {
        return switch (model) {
            case I486 -> "486";
            case PENTIUM -> "Pentium MMX";
            case P6 -> "Pentium III";
            case X86_64_V1 -> "x86-64, first generation (v1)";
            case X86_64_V2 -> "x86-64 with SSE4.2 (v2)";
        };
    }

    /** An amount of memory given in MiB. */
    public static String memory(long mib) {
        return mib % 1024 == 0 ? mib / 1024 + " GiB" : mib + " MiB";
    }

    /** A size given in bytes, to one digit after the point. */
    public static String size(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        String number =
                value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
        return number + " " + units[unit];
    }

    /** A file's name without its folder. */
    public static String file(Path file) {
        return file == null ? "empty" : file.getFileName().toString();
    }
}
