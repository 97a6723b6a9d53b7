package org.terrarium.app.wizard;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.vm.spec.MachineName;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.x86.sys.CpuModel;

/** What the New machine dialog asks for, and what is wrong with each answer while it is typed. */
public final class NewMachineModel {
    private static final long GIB = 1L << 30;
    private static final int MAX_DISK_GIB = 64 * 1024;

    private final Predicate<String> nameTaken;
    private final long hostMemoryMib;
    private final StringProperty name = new SimpleStringProperty(this, "name", "");
    private final ObjectProperty<CpuModel> cpu = new SimpleObjectProperty<>(this, "cpu", CpuModel.X86_64_V2);
    private final StringProperty memory = new SimpleStringProperty(this, "memory", "1024");
    private final StringProperty diskSize = new SimpleStringProperty(this, "diskSize", "8");
    private final StringProperty iso = new SimpleStringProperty(this, "iso", "");
    private final StringBinding nameProblem;
    private final StringBinding memoryProblem;
    private final StringBinding diskProblem;
    private final StringBinding isoProblem;
    private final BooleanBinding valid;

    /**
     * @param nameTaken whether a machine of that name exists
     * @param hostMemoryMib how much memory the host has
     */
    public NewMachineModel(Predicate<String> nameTaken, long hostMemoryMib) {
        this.nameTaken = nameTaken;
        this.hostMemoryMib = hostMemoryMib;
        nameProblem = Bindings.createStringBinding(this::checkName, name);
        memoryProblem = Bindings.createStringBinding(this::checkMemory, memory, cpu);
        diskProblem = Bindings.createStringBinding(this::checkDisk, diskSize);
        isoProblem = Bindings.createStringBinding(this::checkIso, iso);
        List<StringBinding> problems = List.of(nameProblem, memoryProblem, diskProblem, isoProblem);
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

    public BooleanBinding valid() {
        return valid;
    }

    private String checkName() {
        String n = name.get().strip();
        if (n.isEmpty()) {
            return "Give the machine a name.";
        }
        try {
            MachineName.check(n);
        } catch (IllegalArgumentException e) {
            return sentence(e);
        }
        return nameTaken.test(n) ? "There is a machine with this name already." : "";
    }

    private String checkMemory() {
        long mib = number(memory.get());
        if (mib < MachineSpec.MIN_MEMORY || mib > MachineSpec.MAX_MEMORY) {
            return "Memory is a number of MiB from " + MachineSpec.MIN_MEMORY + " to " + MachineSpec.MAX_MEMORY + ".";
        }
        if (mib > hostMemoryMib) {
            return "This computer has only " + hostMemoryMib + " MiB of memory.";
        }
        boolean narrow = !cpu.get().atLeast(CpuModel.P6);
        return narrow && mib > 3072 ? "This processor cannot use more than 3072 MiB." : "";
    }

    private String checkDisk() {
        if (diskSize.get().isBlank()) {
            return "";
        }
        long gib = number(diskSize.get());
        return gib < 0 || gib > MAX_DISK_GIB
                ? "The disk's size is a number of GiB from 0 to " + MAX_DISK_GIB + "."
                : "";
    }

    private String checkIso() {
        if (iso.get().isBlank()) {
            return "";
        }
        try {
            Path file = Path.of(iso.get().strip());
            if (!Files.exists(file)) {
                return "There is no file " + file + ".";
            }
            if (Files.isDirectory(file)) {
                return "This is a folder; choose an ISO image.";
            }
            return Files.isReadable(file) ? "" : "This file cannot be read.";
        } catch (InvalidPathException e) {
            return "This is no file name.";
        }
    }

    private static String sentence(IllegalArgumentException e) {
        String text = e.getMessage();
        String capital = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    /** The number typed, or -1 when it is none. */
    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Takes over a chosen file, and its name for a machine that has none yet. */
    public void chooseIso(Path file) {
        iso.set(file.toString());
        if (name.get().isBlank()) {
            name.set(file.getFileName().toString().replaceFirst("(?i)\\.(iso|img)$", ""));
        }
    }

    /** The description; only when {@link #valid}. */
    public MachineSpec spec() {
        Path cd = iso.get().isBlank() ? null : Path.of(iso.get().strip()).toAbsolutePath();
        return MachineSpec.of(name.get().strip())
                .withCpu(cpu.get())
                .withMemory((int) number(memory.get()))
                .withNics(List.of(NicSpec.usual(new SecureRandom())))
                .withCdrom(cd);
    }

    /** Size of the new disk in bytes; 0 for none. */
    public long diskBytes() {
        return diskSize.get().isBlank() ? 0 : number(diskSize.get()) * GIB;
    }
}
