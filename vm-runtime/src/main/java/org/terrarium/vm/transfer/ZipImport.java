package org.terrarium.vm.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.Progress;
import org.terrarium.net.MacAddress;
import org.terrarium.vm.library.LinkedDisks;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.snapshot.OutsideDisks;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.SerialSpec;
import org.terrarium.vm.spec.SoundSpec;
import org.terrarium.vm.spec.SpecException;
import org.terrarium.vm.transfer.MachineImport.Imported;

/** Makes a machine from a zipped folder of one. */
final class ZipImport {
    private static final int MAX_ENTRIES = 100_000;
    private static final String DESCRIPTION = "machine.json";
    private static final String SUFFIX = ".terrarium";

    private final MachineLibrary library;
    private final String name;
    private final RandomGenerator random;
    private final List<String> remarks = new ArrayList<>();

    ZipImport(MachineLibrary library, String name, RandomGenerator random) {
        this.library = library;
        this.name = name;
        this.random = random;
    }

    Imported from(Path archive, Progress progress) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            String top = top(zip, archive);
            String as = name;
            if (as == null) {
                String folder = top.isEmpty() ? archive.getFileName().toString().replaceFirst("\\.[^.]*$", "") : top;
                as = TransferNames.machineName(folder.replaceFirst("/$", "").replaceFirst("\\" + SUFFIX + "$", ""));
            }
            MachineFolder made = library.build(as, (draft, finished) -> {
                unpack(zip, top, draft.path(), archive, progress);
                MachineSpec spec = safe(description(draft, archive), draft, archive);
                requireImagesInside(draft, archive);
                return spec;
            });
            return new Imported(made, List.copyOf(remarks));
        } catch (ZipException e) {
            throw new IOException(archive + " is a damaged zip file: " + e.getMessage(), e);
        }
    }

    /** The folder in the archive that is the machine's, with a slash, or "" when the archive is the folder. */
    private static String top(ZipFile zip, Path archive) throws IOException {
        if (zip.size() > MAX_ENTRIES) {
            throw new IOException(archive + " has more than " + MAX_ENTRIES + " files in it");
        }
        List<String> found = zip.stream()
                .map(ZipEntry::getName)
                .filter(entry -> entry.matches("([^/]+/)?machine\\.json"))
                .toList();
        if (found.size() != 1) {
            throw new IOException(archive + " holds " + (found.isEmpty() ? "no machine" : "several machines")
                    + ": there must be one file " + DESCRIPTION + " in it");
        }
        return found.getFirst().substring(0, found.getFirst().length() - DESCRIPTION.length());
    }

    private void unpack(ZipFile zip, String top, Path folder, Path archive, Progress progress) throws IOException {
        List<? extends ZipEntry> entries = zip.stream().toList();
        long total = 0;
        for (ZipEntry entry : entries) {
            TransferNames.inside(folder, entry.getName(), archive);
            total = Math.addExact(total, Math.max(0, entry.getSize()));
        }
        Room.require(folder, total, archive.toString());
        Set<Path> seen = new HashSet<>();
        long before = 0;
        for (ZipEntry entry : entries) {
            String inside = entry.getName().startsWith(top) ? entry.getName().substring(top.length()) : "";
            if (inside.isEmpty()
                    || entry.isDirectory()
                    || inside.equals("lock")
                    || inside.equals("snapshots/" + OutsideDisks.NAME)
                    || inside.startsWith("logs/")) {
                continue;
            }
            Path file = TransferNames.inside(folder, inside, archive);
            String what = archive + ": the file '" + TransferNames.shown(entry.getName()) + "'";
            if (!seen.add(file)) {
                throw new IOException(what + " is there twice");
            }
            Files.createDirectories(file.getParent());
            long start = before;
            long all = total;
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                Room.copy(in, out, entry.getSize(), what, (done, of) -> progress.step(start + done, all));
            }
            before += entry.getSize();
        }
    }

    private static MachineSpec description(MachineFolder draft, Path archive) throws IOException {
        try {
            return MachineFile.load(draft.machineJson(), draft.name());
        } catch (SpecException e) {
            String place = draft.machineJson().toString();
            throw new IOException(archive + ": " + e.getMessage().replace(place, DESCRIPTION), e);
        }
    }

    // ---- what somebody else's description may not say ----

    private MachineSpec safe(MachineSpec spec, MachineFolder draft, Path archive) throws IOException {
        for (DiskSpec disk : spec.disks()) {
            String shown = TransferNames.shown(disk.file().toString());
            if (!inside(draft, disk.file())) {
                throw new IOException(
                        archive + " names the disk '" + shown + "' outside its folder, which is not allowed");
            }
            if (!Files.isRegularFile(draft.resolve(disk.file()))) {
                throw new IOException(archive + " names the disk '" + shown + "', which is missing in it");
            }
        }
        MachineSpec safe = spec;
        if (spec.cdrom() != null && !present(draft, spec.cdrom())) {
            remarks.add(
                    "its CD " + TransferNames.shown(spec.cdrom().toString()) + " was not packed; the drive is empty");
            safe = safe.withCdrom(null);
        }
        if (spec.firmware() != null && !present(draft, spec.firmware())) {
            remarks.add("its firmware " + TransferNames.shown(spec.firmware().toString())
                    + " was not packed; it has the built-in one");
            safe = safe.withFirmware(null);
        }
        List<Path> floppies =
                spec.floppies().stream().filter(file -> present(draft, file)).toList();
        if (floppies.size() < spec.floppies().size()) {
            remarks.add("a floppy was not packed; its drive is empty");
            safe = safe.withFloppies(floppies);
        }
        List<SerialSpec> serial = spec.serial().stream()
                .map(port ->
                        port.kind() == SerialSpec.Kind.FILE && !inside(draft, port.file()) ? SerialSpec.NONE : port)
                .toList();
        if (!serial.equals(spec.serial())) {
            remarks.add("a serial port led to a file outside the machine's folder; it leads nowhere now");
            safe = safe.withSerial(serial);
        }
        if (spec.sound().file() != null && !inside(draft, spec.sound().file())) {
            remarks.add("the sound card played into a file outside the machine's folder; it is silent now");
            safe = safe.withSound(SoundSpec.SILENT);
        }
        if (!spec.shares().isEmpty()) {
            remarks.add("it had shared folders of another host; it has none now");
            safe = safe.withShares(List.of());
        }
        return safe.withNics(cards(spec)).withTemplate(false);
    }

    private static boolean inside(MachineFolder draft, Path file) {
        return !file.isAbsolute() && draft.resolve(file).startsWith(draft.path());
    }

    private static boolean present(MachineFolder draft, Path file) {
        return inside(draft, file) && Files.isRegularFile(draft.resolve(file));
    }

    /** Addresses are kept unless a machine here has them, and nobody else decides that a guest may reach this host. */
    private List<NicSpec> cards(MachineSpec spec) throws IOException {
        Set<MacAddress> taken = new HashSet<>();
        for (MachineEntry entry : library.list()) {
            if (!entry.broken()) {
                entry.spec().nics().forEach(nic -> taken.add(nic.mac()));
            }
        }
        List<NicSpec> cards = new ArrayList<>();
        for (NicSpec nic : spec.nics()) {
            if (nic.hostLoopback()) {
                remarks.add("its guest might reach this host's own servers; that is off now");
            }
            NicSpec card = nic.hostLoopback() ? nic.withHostLoopback(false) : nic;
            cards.add(taken.contains(card.mac()) ? card.withNewAddress(random) : card);
        }
        return cards;
    }

    /** No image may lead to files of this host, or of other machines. */
    private static void requireImagesInside(MachineFolder draft, Path archive) throws IOException {
        LinkedDisks images = LinkedDisks.of(draft);
        Path real = draft.path().toRealPath();
        for (Path image : images.files()) {
            if (!image.startsWith(real)) {
                throw new IOException(archive + " has a disk that shows the file '"
                        + TransferNames.shown(image.toString()) + "' outside its folder, which is not allowed");
            }
            if (!Files.isRegularFile(image)) {
                throw new IOException(archive + " has a disk that shows the file '"
                        + TransferNames.shown(real.relativize(image).toString()) + "', which is missing in it");
            }
        }
        Gate own = (folder, file) -> file.startsWith(real);
        for (Path image : images.files()) {
            DiskFormat format = DiskFormats.probe(image);
            boolean named = format == DiskFormat.QCOW2
                    || format == DiskFormat.VMDK
                    || format == DiskFormat.VHD
                    || format == DiskFormat.VDI
                    || format == DiskFormat.VHDX;
            if (named && !DiskFormats.info(image).encrypted()) {
                DiskFormats.open(image, OpenOptions.readOnly().withGate(own)).close();
            }
        }
    }
}
