package org.terrarium.app.library;

import java.nio.file.Path;
import java.util.Locale;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;
import org.terrarium.vm.NicModel;
import org.terrarium.vm.library.Activity;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.x86.sys.CpuModel;

/** How values of a machine's description are put into words. */
public final class Words {
    private Words() {}

    /** A processor model, for people. */
    public static String cpu(CpuModel model) {
        return Text.of(model);
    }

    /** A network card's model. */
    public static String card(NicModel model) {
        return Text.of(model);
    }

    /** Where a network card's cable leads. */
    public static String network(NetTarget net) {
        String kind = Text.of(net.kind());
        return net.name() == null ? kind : kind + " " + net.name();
    }

    /** What a machine is doing, or that it is suspended or a template. */
    static String state(MachineModel machine) {
        if (machine.template()) {
            return Text.of("library.template");
        }
        if (machine.status().live() && machine.throwsAwayProperty().get()) {
            return Text.of("library.throwAway", Text.of(machine.status()));
        }
        return machine.status() == Status.OFF && machine.suspendedProperty().get()
                ? Text.of("library.suspended")
                : Text.of(machine.status());
    }

    /** How busy a machine is. */
    public static String activity(Activity a) {
        return Text.of(
                "library.activity", Math.round(a.cpuSeconds() * 100), size(a.diskBytes()), size(a.networkBytes()));
    }

    /** The same in as few letters as a row of the list has room for: what is idle is left out. */
    static String busy(Activity a) {
        StringBuilder words = new StringBuilder(Text.of("library.busy.processor", Math.round(a.cpuSeconds() * 100)));
        if (a.diskBytes() > 0) {
            words.append(", ").append(Text.of("library.busy.disk", shortSize(a.diskBytes())));
        }
        if (a.networkBytes() > 0) {
            words.append(", ").append(Text.of("library.busy.network", shortSize(a.networkBytes())));
        }
        return words.toString();
    }

    private static String shortSize(long bytes) {
        long value = (bytes + 1023) >> 10;
        int unit = 0;
        while (value >= 1024 && unit < 2) {
            value >>= 10;
            unit++;
        }
        return value + "KMG".substring(unit, unit + 1);
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
        return file == null ? "" : file.getFileName().toString();
    }
}
