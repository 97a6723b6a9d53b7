package org.terrarium.app.snapshots;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.terrarium.app.library.Words;
import org.terrarium.app.text.Text;
import org.terrarium.vm.snapshot.SnapshotDiff;

/** How differences between snapshots are put into words. */
final class DiffWords {
    private static final Pattern PART = Pattern.compile("(disks|nics|floppies|serial|boot)\\.(\\d+)(?:\\.(\\w+))?");
    private static final int PAGE = 4096;

    private DiffWords() {}

    /** A setting's name: the description's field in words, such as “Network card 1: mac”. */
    static String setting(String field) {
        Matcher m = PART.matcher(field);
        if (m.matches()) {
            String what = Text.of(
                    switch (m.group(1)) {
                        case "disks" -> "snapshots.setting.disk";
                        case "nics" -> "snapshots.setting.card";
                        case "floppies" -> "snapshots.setting.floppy";
                        case "serial" -> "snapshots.setting.serial";
                        default -> "snapshots.setting.boot";
                    },
                    Integer.parseInt(m.group(2)) + 1);
            return m.group(3) == null ? what : what + ": " + m.group(3);
        }
        return switch (field) {
            case "memory", "cpu", "cdrom", "notes", "group", "accel", "firmware", "cdController" ->
                Text.of("snapshots.setting." + field);
            default -> field;
        };
    }

    /** A setting's value. */
    static String value(String value) {
        return value == null || value.isEmpty() ? Text.of("snapshots.setting.none") : value;
    }

    static String memory(SnapshotDiff diff) {
        return diff.memoryPages() < 0
                ? Text.of("snapshots.compare.noMemory")
                : diff.memoryPages() == 0
                        ? Text.of("snapshots.compare.sameMemory")
                        : Text.of(
                                "snapshots.compare.memory",
                                diff.memoryPages(),
                                Words.size((long) diff.memoryPages() * PAGE));
    }

    static String disk(SnapshotDiff.Disk disk) {
        return disk.bytes() == 0
                ? Text.of("snapshots.compare.sameDisk", disk.number() + 1)
                : Text.of(
                        "snapshots.compare.disk",
                        disk.number() + 1,
                        Words.size(disk.bytes()),
                        disk.files().size());
    }
}
