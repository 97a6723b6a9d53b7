package org.terrarium.app.wizard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.settings.MemoryRule;
import org.terrarium.app.settings.NetBootModel;
import org.terrarium.app.settings.Numbers;
import org.terrarium.app.settings.Refusal;
import org.terrarium.app.text.Text;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.library.MachineMaker;
import org.terrarium.vm.media.GuestSystem;
import org.terrarium.vm.media.MediaProposal;
import org.terrarium.vm.spec.BootSpec;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineName;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.SoundSpec;
import org.terrarium.x86.sys.CpuModel;

/**
 * What the New machine dialog asks for, and what is wrong with each answer while it is typed. A CD image is looked at in the
 * background, and memory, processor and disk follow what is on it until the user has chosen them. Belongs to the JavaFX thread.
 */
public final class NewMachineModel {
    /** What the machine starts from. */
    public enum Source {
        CD,
        DISK,
        NET,
        DEMO,
        EMPTY
    }

    /** What becomes of a disk image. */
    public enum DiskUse {
        COPY,
        IN_PLACE,
        LINK
    }

    private static final Path FIRST_DISK = Path.of("disks", "disk0.qcow2");
    private static final long GIB = 1L << 30;
    private static final int MAX_DISK_GIB = 64 * 1024;

    private final Predicate<String> nameTaken;
    private final long hostMemoryMib;
    private final StringProperty name = new SimpleStringProperty(this, "name", "");
    private final ObjectProperty<CpuModel> cpu = new SimpleObjectProperty<>(this, "cpu", CpuModel.X86_64_V2);
    private final StringProperty memory = new SimpleStringProperty(this, "memory", "1024");
    private final StringProperty diskSize = new SimpleStringProperty(this, "diskSize", "8");
    private final StringProperty iso = new SimpleStringProperty(this, "iso", "");
    private final ObjectProperty<Source> source = new SimpleObjectProperty<>(this, "source", Source.CD);
    private final StringProperty image = new SimpleStringProperty(this, "image", "");
    private final ObjectProperty<DiskUse> diskUse = new SimpleObjectProperty<>(this, "diskUse", DiskUse.COPY);
    private final ReadOnlyStringWrapper detected = new ReadOnlyStringWrapper(this, "detected", "");
    private final StringBinding imageProblem;
    private final BooleanBinding sourceValid;
    private final NetBootModel boot = new NetBootModel(BootSpec.NONE);
    private final Threads threads;
    private Path floppy;
    private NicSpec card;
    private boolean proposing;
    private boolean memoryChosen;
    private boolean cpuChosen;
    private boolean diskChosen;
    private final StringBinding nameProblem;
    private final StringBinding memoryProblem;
    private final StringBinding diskProblem;
    private final StringBinding isoProblem;
    private final BooleanBinding valid;

    /**
     * @param nameTaken whether a machine of that name exists
     * @param hostMemoryMib how much memory the host has
     */
    public NewMachineModel(Predicate<String> nameTaken, long hostMemoryMib, Threads threads) {
        this.threads = threads;
        this.nameTaken = nameTaken;
        this.hostMemoryMib = hostMemoryMib;
        nameProblem = Bindings.createStringBinding(this::checkName, name);
        memoryProblem = Bindings.createStringBinding(this::checkMemory, memory, cpu);
        diskProblem = Bindings.createStringBinding(this::checkDisk, diskSize);
        isoProblem = Bindings.createStringBinding(this::checkIso, iso, source);
        imageProblem = Bindings.createStringBinding(this::checkImage, image, source);
        StringBinding netProblem =
                Bindings.createStringBinding(this::checkNet, boot.tftpProblem(), boot.fileProblem(), source);
        sourceValid = isoProblem.isEmpty().and(imageProblem.isEmpty()).and(netProblem.isEmpty());
        List<StringBinding> problems =
                List.of(nameProblem, memoryProblem, diskProblem, isoProblem, imageProblem, netProblem);
        iso.addListener((o, was, is) -> look());
        source.addListener((o, was, is) -> look());
        memory.addListener((o, was, is) -> memoryChosen |= !proposing);
        cpu.addListener((o, was, is) -> cpuChosen |= !proposing);
        diskSize.addListener((o, was, is) -> diskChosen |= !proposing);
        valid = Bindings.createBooleanBinding(
                () -> problems.stream().allMatch(p -> p.get().isEmpty()), problems.toArray(StringBinding[]::new));
    }

    public StringProperty nameProperty() {
        return name;
    }

    public ObjectProperty<CpuModel> cpuProperty() {
        return cpu;
    }

    /** In MiB. */
    public StringProperty memoryProperty() {
        return memory;
    }

    /** In GiB; empty or 0 for no disk. */
    public StringProperty diskSizeProperty() {
        return diskSize;
    }

    /** A file; empty for an empty drive. */
    public StringProperty isoProperty() {
        return iso;
    }

    /** One sentence, or empty; the same for the others. */
    public StringBinding nameProblem() {
        return nameProblem;
    }

    public StringBinding memoryProblem() {
        return memoryProblem;
    }

    public StringBinding diskProblem() {
        return diskProblem;
    }

    public StringBinding isoProblem() {
        return isoProblem;
    }

    public StringBinding imageProblem() {
        return imageProblem;
    }

    public ObjectProperty<Source> sourceProperty() {
        return source;
    }

    /** The disk image it starts from. */
    public StringProperty imageProperty() {
        return image;
    }

    public ObjectProperty<DiskUse> diskUseProperty() {
        return diskUse;
    }

    /** What was found on the CD, a sentence; empty before. */
    public ReadOnlyStringProperty detectedProperty() {
        return detected.getReadOnlyProperty();
    }

    /** Whether what it starts from is right. */
    public BooleanBinding sourceValid() {
        return sourceValid;
    }

    public BooleanBinding valid() {
        return valid;
    }

    private String checkName() {
        String n = name.get().strip();
        if (n.isEmpty()) {
            return Text.of("wizard.name.empty");
        }
        String wrong = Refusal.of(() -> MachineName.check(n));
        return wrong.isEmpty() && nameTaken.test(n) ? Text.of("wizard.name.taken") : wrong;
    }

    private String checkMemory() {
        return MemoryRule.problem(memory.get(), cpu.get(), hostMemoryMib);
    }

    private String checkDisk() {
        if (diskSize.get().isBlank()) {
            return "";
        }
        long gib = Numbers.of(diskSize.get());
        return gib < 0 || gib > MAX_DISK_GIB ? Text.of("wizard.disk.wrong", MAX_DISK_GIB) : "";
    }

    private String checkIso() {
        return source.get() == Source.CD ? checkFile(iso.get()) : "";
    }

    private String checkNet() {
        return source.get() == Source.NET ? boot.problem() : "";
    }

    private String checkImage() {
        if (source.get() != Source.DISK) {
            return "";
        }
        return image.get().isBlank() ? Text.of("wizard.image.empty") : checkFile(image.get());
    }

    private static String checkFile(String text) {
        if (text.isBlank()) {
            return "";
        }
        try {
            Path file = Path.of(text.strip());
            if (!Files.exists(file)) {
                return Text.of("settings.wrong.noFile", file);
            }
            if (Files.isDirectory(file)) {
                return Text.of("settings.wrong.folder", file);
            }
            return Files.isReadable(file) ? "" : Text.of("settings.wrong.unreadable", file);
        } catch (InvalidPathException e) {
            return Text.of("settings.wrong.path");
        }
    }

    /** Looks in the background at what is on the CD. */
    private void look() {
        String text = iso.get();
        detected.set("");
        if (source.get() != Source.CD || text.isBlank() || !checkIso().isEmpty()) {
            return;
        }
        Path file = Path.of(text.strip());
        threads.background().execute(() -> {
            try {
                MediaProposal proposal = MediaProposal.of(file, hostMemoryMib);
                threads.ui().execute(() -> propose(text, proposal));
            } catch (IOException e) {
                String sentence = HostTrouble.sentence(e);
                threads.ui().execute(() -> detected.set(text.equals(iso.get()) ? sentence : detected.get()));
            }
        });
    }

    private void propose(String of, MediaProposal proposal) {
        if (!of.equals(iso.get())) {
            return; // another file has been chosen meanwhile
        }
        boolean known = proposal.system() != GuestSystem.UNKNOWN;
        detected.set(
                known
                        ? Text.of("wizard.detected", proposal.system().label(), proposal.title())
                        : Text.of("wizard.notDetected", proposal.title()));
        if (!known) {
            return;
        }
        proposing = true;
        memory.set(memoryChosen ? memory.get() : String.valueOf(proposal.memoryMib()));
        cpu.set(cpuChosen ? cpu.get() : proposal.cpu());
        diskSize.set(diskChosen ? diskSize.get() : String.valueOf(proposal.diskGib()));
        proposing = false;
    }

    /** Takes over a chosen file, and its name for a machine that has none yet. */
    public void chooseIso(Path file) {
        iso.set(file.toString());
        nameAfter(file);
    }

    /** Takes over a floppy that the machine starts from, and its name for a machine that has none yet. */
    public void chooseFloppy(Path file) {
        source.set(Source.EMPTY);
        floppy = file;
        nameAfter(file);
    }

    /** Takes over a disk image, and its name for a machine that has none yet. */
    public void chooseImage(Path file) {
        source.set(Source.DISK);
        image.set(file.toString());
        nameAfter(file);
    }

    private void nameAfter(Path file) {
        if (name.get().isBlank()) {
            name.set(file.getFileName()
                    .toString()
                    .replaceFirst("(?i)\\.(iso|img|qcow2|vmdk|vdi|vhdx?|raw|ima|gz|xz|zst)$", ""));
        }
    }

    /** The description; only when {@link #valid}. */
    public MachineSpec spec() {
        Path cd = source.get() != Source.CD || iso.get().isBlank()
                ? null
                : Path.of(iso.get().strip()).toAbsolutePath();
        boolean net = source.get() == Source.NET;
        NicSpec nic = NicSpec.usual(new SecureRandom());
        MachineSpec spec = MachineSpec.of(name.get().strip())
                .withCpu(cpu.get())
                .withMemory((int) Numbers.of(memory.get()))
                .withNics(List.of(net ? nic.withBoot(boot.spec()) : nic))
                .withSound(SoundSpec.HOST)
                .withCdrom(cd);
        if (net) {
            // An installer that comes over the network must not come again once there is a system on the disk.
            spec = spec.withBootOrder(List.of(BootDevice.DISK, BootDevice.NET));
        }
        return floppy == null ? spec : spec.withFloppies(List.of(floppy.toAbsolutePath()));
    }

    /** The description with the same network address at every call. */
    public MachineSpec fixedSpec() {
        MachineSpec now = spec();
        NicSpec fresh = now.nics().getFirst();
        card = (card == null ? fresh : card).withBoot(fresh.boot());
        return now.withNics(List.of(card));
    }

    /** The disk image it starts from; only for {@link Source#DISK}. */
    public Path imageFile() {
        return Path.of(image.get().strip()).toAbsolutePath();
    }

    /** Who hands out the system; only for {@link Source#NET}. */
    public NetBootModel boot() {
        return boot;
    }

    /** How the image is used. */
    public MachineMaker.DiskUse imageUse() {
        return MachineMaker.DiskUse.valueOf(diskUse.get().name());
    }

    /** Size of the new disk in bytes; 0 for none. */
    public long diskBytes() {
        return source.get() == Source.DISK || diskSize.get().isBlank() ? 0 : Numbers.of(diskSize.get()) * GIB;
    }

    /** Disks to be made, sizes in bytes by the files that the description names. */
    public Map<Path, Long> disksToMake() {
        return diskBytes() == 0 ? Map.of() : Map.of(FIRST_DISK, diskBytes());
    }

    /** How the description names them. */
    public List<DiskSpec> newDisks() {
        return diskBytes() == 0 ? List.of() : List.of(new DiskSpec(FIRST_DISK, DiskFormat.QCOW2));
    }
}
