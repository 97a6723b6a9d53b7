package org.terrarium.vm.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.ShareOption;

/**
 * A folder of the host's that the guest may use.
 *
 * @param tag the name by which the guest mounts it
 * @param folder relative to the machine's folder, or absolute
 * @param readOnly whether the guest can change nothing in it
 */
public record ShareSpec(String tag, Path folder, boolean readOnly) {
    private static final String READ_ONLY = ",readonly";

    /** Longer ones are cut by some guests. */
    private static final int MAX_TAG = 31;

    public ShareSpec {
        Checks.present("tag", tag);
        if (!tag.matches("[A-Za-z0-9._-]{1," + MAX_TAG + "}")) {
            throw new IllegalArgumentException("'" + tag + "' is no tag for a shared folder; take 1 to " + MAX_TAG
                    + " letters, digits, dots, dashes and underscores");
        }
        Checks.present("folder", folder);
        if (folder.toString().isEmpty()) {
            throw new IllegalArgumentException("the shared folder '" + tag + "' must name a folder");
        }
    }

    /** Reads {@code TAG=FOLDER}, with {@code ,readonly} behind it where so; IllegalArgumentException with a sentence. */
    public static ShareSpec parse(String text) {
        int equals = text.indexOf('=');
        boolean readOnly = text.endsWith(READ_ONLY);
        String folder = text.substring(equals + 1, readOnly ? text.length() - READ_ONLY.length() : text.length());
        if (equals < 1 || folder.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no shared folder; write TAG=FOLDER or TAG=FOLDER,readonly");
        }
        try {
            return new ShareSpec(text.substring(0, equals), Path.of(folder), readOnly);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + folder + "' is no path this host allows", e);
        }
    }

    /** What {@link #parse} reads. */
    public String text() {
        return tag + "=" + Checks.portable(folder) + (readOnly ? READ_ONLY : "");
    }

    /** What the machine is given, {@code resolve} finding the folder that the description means. */
    public ShareOption option(UnaryOperator<Path> resolve) {
        return new ShareOption(tag, resolve.apply(folder), readOnly);
    }

    public ShareSpec withFolder(Path value) {
        return new ShareSpec(tag, value, readOnly);
    }

    /**
     * A tag made of a folder's name.
     *
     * @param name of the folder, or null for a root
     * @param taken by other folders
     */
    public static String tagFor(Path name, Set<String> taken) {
        String wanted = name == null ? "" : name.toString().replaceAll("[^A-Za-z0-9._-]+", "-");
        wanted = wanted.replaceAll("^[.-]+|[.-]+$", "");
        wanted = wanted.isEmpty() ? "shared" : wanted.substring(0, Math.min(wanted.length(), MAX_TAG - 2));
        String tag = wanted;
        for (int n = 2; taken.contains(tag); n++) {
            tag = wanted + n;
        }
        return tag;
    }

    /** What is typed in a Linux guest to use it at {@code place}. */
    public static String mountCommand(String tag, String place) {
        return "mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000 " + tag + " " + place;
    }

    static void requireDifferent(List<ShareSpec> shares) {
        Checks.range("the number of shared folders", shares.size(), 0, MachineBuilder.MAX_SHARES);
        Set<String> tags = new HashSet<>();
        for (ShareSpec share : shares) {
            if (!tags.add(share.tag())) {
                throw new IllegalArgumentException("two shared folders have the tag '" + share.tag() + "'");
            }
        }
    }
}
