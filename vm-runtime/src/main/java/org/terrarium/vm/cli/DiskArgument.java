package org.terrarium.vm.cli;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineFile;

/**
 * A hard disk on the command line: {@code FILE[,controller=ide|ahci|virtio][,discard=on|off][,format=NAME]}. Only words after
 * a comma that look like a setting are one, so most names with a comma need no care.
 */
record DiskArgument(Path file, DiskFormat format, DiskController controller, boolean discard) {
    private static final Pattern SETTING = Pattern.compile("(.*),([a-z]+)=([^,/=]*)");

    /** Parses the argument; IllegalArgumentException with a sentence when a setting makes no sense. */
    static DiskArgument parse(String text) {
        String file = text;
        DiskFormat format = null;
        DiskController controller = DiskController.IDE;
        boolean discard = true;
        for (Matcher m = SETTING.matcher(file); m.matches(); m = SETTING.matcher(file)) {
            String value = m.group(3);
            switch (m.group(2)) {
                case "controller" -> controller = DiskController.parse(value);
                case "format" -> format = MachineFile.diskFormat(value);
                case "discard" ->
                    discard = switch (value) {
                        case "on" -> true;
                        case "off" -> false;
                        default -> throw new IllegalArgumentException("discard is on or off, not '" + value + "'");
                    };
                default ->
                    throw new IllegalArgumentException(
                            "'" + m.group(2) + "' is no setting of a disk; choose controller, discard or format");
            }
            file = m.group(1);
        }
        return new DiskArgument(Path.of(file), format, controller, discard);
    }

    /** The disk as a machine has it, with this format unless the argument names one. */
    DiskSpec spec(DiskFormat found) {
        return new DiskSpec(file.toAbsolutePath(), format != null ? format : found, controller, discard);
    }
}
