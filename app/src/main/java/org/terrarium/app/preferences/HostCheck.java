package org.terrarium.app.preferences;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.terrarium.app.library.Words;
import org.terrarium.app.text.Text;
import org.terrarium.vm.HostMemory;
import org.terrarium.vm.HostSpace;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.cli.Front.Finding;

/** What this computer is good for, and what could be done about what it lacks. */
public final class HostCheck {
    private static final long LITTLE_MEMORY_MIB = 4096;
    private static final long LITTLE_SPACE = 10L << 30;

    private HostCheck() {}

    /**
     * Looks at the host; not on the JavaFX thread.
     *
     * @param library where the machines are
     * @param kvm the device of the host's hypervisor, {@code /dev/kvm}
     */
    public static List<Finding> run(Path library, Path kvm) {
        List<Finding> findings = new ArrayList<>();
        findings.add(kvm(kvm));
        findings.add(memory(HostMemory.totalMib()));
        findings.add(processors(Runtime.getRuntime().availableProcessors()));
        findings.add(space(library));
        return findings;
    }

    /** Never bad news: this version runs machines without it. */
    static Finding kvm(Path device) {
        String title = Text.of("preferences.host.kvm");
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
        return new Finding(true, title, linux ? lookAt(device) : Text.of("preferences.host.kvmElsewhere"));
    }

    private static String lookAt(Path device) {
        try (FileChannel _ = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return Text.of("preferences.host.kvmThere", device);
        } catch (NoSuchFileException e) {
            return Text.of("preferences.host.kvmMissing", device);
        } catch (AccessDeniedException e) {
            return Text.of("preferences.host.kvmDenied", device);
        } catch (IOException e) {
            return Text.of("preferences.host.kvmBroken", HostTrouble.sentence(e));
        }
    }

    static Finding memory(long mib) {
        boolean good = mib >= LITTLE_MEMORY_MIB;
        return new Finding(
                good,
                Text.of("preferences.host.memory"),
                Text.of(good ? "preferences.host.memoryGood" : "preferences.host.memoryLittle", Words.size(mib << 20)));
    }

    static Finding processors(int count) {
        return new Finding(
                count > 1,
                Text.of("preferences.host.processors"),
                Text.of(count > 1 ? "preferences.host.processorsGood" : "preferences.host.processorsOne", count));
    }

    private static Finding space(Path library) {
        String title = Text.of("preferences.host.space");
        Path there = library;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isWritable(there)) {
            return new Finding(false, title, Text.of("preferences.host.notWritable", there));
        }
        long free = HostSpace.free(there);
        return new Finding(
                free >= LITTLE_SPACE,
                title,
                Text.of(
                        free >= LITTLE_SPACE ? "preferences.host.spaceGood" : "preferences.host.spaceLittle",
                        Words.size(free),
                        library));
    }
}
