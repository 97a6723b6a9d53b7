package org.terrarium.vm.library;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.terrarium.disk.BackingReference;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskConvert;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.DiskInfo;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/** Makes machines whose first disk is an image there is: the window and the command line both call this. */
public final class MachineMaker {
    /** What becomes of the image. */
    public enum DiskUse {
        /** The machine gets a copy of its own, in the native format. */
        COPY,
        /** The machine writes into the image itself. */
        IN_PLACE,
        /** The machine shows the image and keeps what it changes to itself. */
        LINK;

        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The one of that name; IllegalArgumentException with a sentence otherwise. */
        public static DiskUse parse(String name) {
            for (DiskUse use : values()) {
                if (use.id().equals(name)) {
                    return use;
                }
            }
            throw new IllegalArgumentException("'" + name + "' is no way to use an image; choose one of "
                    + Arrays.stream(values()).map(DiskUse::id).collect(Collectors.joining(", ")));
        }
    }

    private final MachineLibrary library;
    private final Preferences preferences;
    private final Gate gate;

    /**
     * @param preferences where the folder of a linked image is allowed for good, as the machine must read it at every start
     * @param gate what images may open; see {@code AllowedFolders}
     */
    public MachineMaker(MachineLibrary library, Preferences preferences, Gate gate) {
        this.library = library;
        this.preferences = preferences;
        this.gate = gate;
    }

    /**
     * The job can be stopped; nothing of the machine is left then.
     *
     * @param spec the description, without the image
     * @param newDisks sizes in bytes of disks to be made, by the files in the machine's folder that the description names
     */
    public DiskJob<MachineFolder> make(MachineSpec spec, Path image, DiskUse use, Map<Path, Long> newDisks) {
        return DiskJob.start("Making " + spec.name(), progress -> {
            DiskInfo info = DiskFormats.info(image);
            MachineFolder made = library.build(spec.name(), (draft, finished) -> {
                MachineLibrary.makeDisks(draft, newDisks);
                List<DiskSpec> disks = new ArrayList<>();
                disks.add(disk(image.toAbsolutePath().normalize(), info, use, draft, progress));
                disks.addAll(spec.disks());
                return spec.withDisks(disks);
            });
            if (use == DiskUse.LINK) {
                allow(image.toAbsolutePath().normalize().getParent());
            }
            return made;
        });
    }

    private DiskSpec disk(Path image, DiskInfo info, DiskUse use, MachineFolder draft, Progress progress)
            throws IOException {
        if (use == DiskUse.IN_PLACE) {
            return new DiskSpec(image, info.format());
        }
        Path own = draft.disks().resolve("disk0.qcow2");
        for (int n = 1; Files.exists(own); n++) {
            own = draft.disks().resolve("disk" + n + ".qcow2");
        }
        CreateOptions options = CreateOptions.qcow2(info.size());
        if (use == DiskUse.LINK) {
            if (info.encrypted()) {
                throw new IOException("the disk " + image + " is encrypted, so it cannot be linked; copy it");
            }
            // Named absolutely: the machine may be moved, the image is not ours.
            DiskFormats.create(own, options.withBacking(BackingReference.to(image.toString(), info.format())));
        } else {
            try (VirtualDisk open =
                    DiskFormats.open(image, OpenOptions.readOnly().withGate(gate))) {
                DiskConvert.convert(open, own, options, false, DiskConvert.usualThreads(), progress);
            }
        }
        return new DiskSpec(draft.name(own), DiskFormat.QCOW2);
    }

    private void allow(Path folder) throws IOException {
        String before = preferences.get(Preference.ALLOWED_FOLDERS);
        List<String> folders = Arrays.asList(before.split(File.pathSeparator));
        if (!folder.startsWith(library.home()) && !folders.contains(folder.toString())) {
            preferences.set(
                    Preference.ALLOWED_FOLDERS,
                    before.isEmpty() ? folder.toString() : before + File.pathSeparator + folder);
        }
    }
}
