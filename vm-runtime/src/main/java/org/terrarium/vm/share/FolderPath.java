package org.terrarium.vm.share;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a file is below the shared folder: the names on the way, none of which leads anywhere but one step down.
 *
 * @param names empty for the shared folder itself
 */
record FolderPath(List<String> names) {
    static final FolderPath ROOT = new FolderPath(List.of());

    /** Longest name that Linux's file systems have. */
    private static final int NAME_MAX = 255;

    /** Bytes of names and separators of a whole path, as Linux limits them. */
    static final int MAX_BYTES = 4000;

    FolderPath {
        names = List.copyOf(names);
    }

    /** A name that is one step down and nothing else. */
    static String checked(String name) throws Errno {
        if (name.length() > NAME_MAX) {
            throw new Errno(Errno.ENAMETOOLONG);
        }
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            throw new Errno(Errno.EINVAL);
        }
        return name;
    }

    FolderPath child(String name) throws Errno {
        checked(name);
        if (bytes() + name.length() + 1 > MAX_BYTES) {
            throw new Errno(Errno.ENAMETOOLONG);
        }
        List<String> more = new ArrayList<>(names.size() + 1);
        more.addAll(names);
        more.add(name);
        return new FolderPath(more);
    }

    /** The folder it is in; the shared folder is in itself, as far as anybody is to know. */
    FolderPath parent() {
        return root() ? this : new FolderPath(names.subList(0, names.size() - 1));
    }

    String name() {
        return names.getLast();
    }

    boolean root() {
        return names.isEmpty();
    }

    /** What it takes to keep it. */
    int bytes() {
        int bytes = 0;
        for (String n : names) {
            bytes += n.length() + 1;
        }
        return bytes;
    }

    /** Whether it is {@code other} or below that. */
    boolean within(FolderPath other) {
        return names.size() >= other.names.size()
                && names.subList(0, other.names.size()).equals(other.names);
    }

    /** The same place after {@code from}, which it is within, has become {@code to}. */
    FolderPath moved(FolderPath from, FolderPath to) {
        List<String> more = new ArrayList<>(to.names);
        more.addAll(names.subList(from.names.size(), names.size()));
        return new FolderPath(more);
    }

    /** As it is saved: names with a slash between them. */
    String text() {
        return String.join("/", names);
    }

    /** What {@link #text} gave; an Errno for anything else, as saved state may come from anywhere. */
    static FolderPath parse(String text) throws Errno {
        FolderPath path = ROOT;
        if (!text.isEmpty()) {
            for (String name : text.split("/", -1)) {
                path = path.child(name);
            }
        }
        return path;
    }
}
