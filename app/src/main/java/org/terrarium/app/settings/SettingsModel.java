package org.terrarium.app.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.terrarium.app.text.Text;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.spec.AccelSpec;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.SerialSpec;
import org.terrarium.vm.spec.ShareSpec;
import org.terrarium.x86.sys.CpuModel;

/**
 * A machine's description while it is edited: each value as the user types it, what is wrong with each page, and the description
 * that comes out. Belongs to the JavaFX thread.
 */
public final class SettingsModel {

    private static final int SERIAL_PORTS = 2;

    private final MachineSpec original;
    private final boolean running;
    private final long hostMemoryMib;
    private final RandomGenerator random;
    private final StringProperty group = new SimpleStringProperty(this, "group");
    private final StringProperty notes = new SimpleStringProperty(this, "notes");
    private final BooleanProperty template = new SimpleBooleanProperty(this, "template");
    private final ObjectProperty<CpuModel> cpu = new SimpleObjectProperty<>(this, "cpu");
    private final ObjectProperty<AccelSpec> accel = new SimpleObjectProperty<>(this, "accel");
    private final StringProperty memory = new SimpleStringProperty(this, "memory");
    private final ObjectProperty<DisplaySpec.Scaling> scaling = new SimpleObjectProperty<>(this, "scaling");
    private final BooleanProperty fullScreen = new SimpleBooleanProperty(this, "fullScreen");
    private final ObjectProperty<Integer> videoMemory = new SimpleObjectProperty<>(this, "videoMemory");
    private final StorageModel storage;
    private final ObservableList<CardModel> cards =
            FXCollections.observableArrayList(c -> new javafx.beans.Observable[] {c.problem(), c.macProperty()});
    private final StringProperty printer = new SimpleStringProperty(this, "printer");
    private final SoundModel sound;
    private final UnaryOperator<Path> resolve;
    private final ObservableList<ShareModel> shares =
            FXCollections.observableArrayList(s -> new javafx.beans.Observable[] {s.problem(), s.tagProperty()});
    private final List<PortModel> ports = new ArrayList<>();
    private final ObservableList<BootDevice> bootOrder = FXCollections.observableArrayList();
    private final StringProperty firmware = new SimpleStringProperty(this, "firmware");
    private final Map<SettingsPage, StringBinding> problems = new EnumMap<>(SettingsPage.class);
    private final StringBinding memoryWarning;
    private final BooleanBinding valid;

    /**
     * @param spec the description as it is
     * @param resolve finds the file that a path of the description means
     * @param running whether the machine is on, so that only some things can be changed
     * @param random makes network addresses
     */
    public SettingsModel(
            MachineSpec spec,
            UnaryOperator<Path> resolve,
            boolean running,
            long hostMemoryMib,
            RandomGenerator random) {
        original = spec;
        this.running = running;
        this.hostMemoryMib = hostMemoryMib;
        this.random = random;
        group.set(spec.group());
        notes.set(spec.notes());
        template.set(spec.template());
        cpu.set(spec.cpu());
        accel.set(spec.accel());
        memory.set(String.valueOf(spec.memoryMib()));
        scaling.set(spec.display().scaling());
        fullScreen.set(spec.display().fullScreen());
        videoMemory.set(spec.display().videoMemoryMib());
        storage = new StorageModel(spec, resolve);
        spec.nics().forEach(nic -> cards.add(new CardModel(nic)));
        for (int n = 0; n < SERIAL_PORTS; n++) {
            ports.add(new PortModel(n < spec.serial().size() ? spec.serial().get(n) : SerialSpec.NONE));
        }
        sound = new SoundModel(spec.sound());
        this.resolve = resolve;
        spec.shares().forEach(share -> shares.add(new ShareModel(share, resolve)));
        printer.set(spec.printer() == null ? "" : spec.printer().toString());
        bootOrder.setAll(spec.bootOrder());
        firmware.set(spec.firmware() == null ? "" : spec.firmware().toString());
        problem(SettingsPage.GENERAL, this::checkGeneral, group, notes);
        problem(SettingsPage.PROCESSOR, this::checkProcessor, accel);
        problem(SettingsPage.MEMORY, this::checkMemory, memory, cpu);
        problem(
                SettingsPage.STORAGE,
                () -> first(
                        storage.disksProblem(),
                        storage.cdProblem(),
                        storage.floppyProblem(0),
                        storage.floppyProblem(1)),
                storage.disksProblem(),
                storage.cdProblem(),
                storage.floppyProblem(0),
                storage.floppyProblem(1));
        problem(SettingsPage.NETWORK, this::checkNetwork, cards);
        problem(
                SettingsPage.PORTS,
                this::checkPorts,
                ports.get(0).problem(),
                ports.get(1).problem(),
                ports.get(0).kindProperty(),
                ports.get(1).kindProperty(),
                printer);
        problem(SettingsPage.SOUND, () -> sound.problem().get(), sound.problem());
        problem(SettingsPage.SHARES, this::checkShares, shares);
        problem(SettingsPage.BOOT, () -> checkFirmware(resolve), firmware, bootOrder);
        memoryWarning = Bindings.createStringBinding(this::warnOfMemory, memory);
        valid = Bindings.createBooleanBinding(
                () -> problems.values().stream().allMatch(p -> p.get().isEmpty()),
                problems.values().toArray(StringBinding[]::new));
    }

    private void problem(SettingsPage page, Supplier<String> check, javafx.beans.Observable... on) {
        problems.put(page, Bindings.createStringBinding(check::get, on));
    }

    private static String first(StringBinding... problems) {
        for (StringBinding p : problems) {
            if (!p.get().isEmpty()) {
                return p.get();
            }
        }
        return "";
    }

    /** What is wrong on a page: one sentence, or empty. */
    public StringBinding problem(SettingsPage page) {
        return problems.computeIfAbsent(page, p -> Bindings.createStringBinding(() -> ""));
    }

    /** Whether every page is right. */
    public BooleanBinding valid() {
        return valid;
    }

    /** Why most things cannot be changed now; empty when they can. */
    public String whyNotNow() {
        return running ? Text.of("settings.whileOff") : "";
    }

    public boolean running() {
        return running;
    }

    public long hostMemoryMib() {
        return hostMemoryMib;
    }

    public MachineSpec original() {
        return original;
    }

    private String checkGeneral() {
        return Refusal.of(() -> original.withGroup(group.get().strip()).withNotes(notes.get()));
    }

    private String checkProcessor() {
        return Refusal.of(() -> accel.get().requireAvailable());
    }

    private String checkMemory() {
        return MemoryRule.problem(memory.get(), cpu.get(), hostMemoryMib);
    }

    private String warnOfMemory() {
        long mib = Numbers.of(memory.get());
        return mib > hostMemoryMib * 3 / 4 && mib <= hostMemoryMib
                ? Text.of("settings.memory.much", hostMemoryMib)
                : "";
    }

    private String checkNetwork() {
        return firstProblem(
                cards.stream().map(CardModel::problem),
                () -> original.withNics(cards.stream().map(CardModel::spec).toList()));
    }

    private String checkShares() {
        return firstProblem(
                shares.stream().map(ShareModel::problem),
                () -> original.withShares(shares.stream().map(ShareModel::spec).toList()));
    }

    private String checkPorts() {
        return firstProblem(
                ports.stream().map(PortModel::problem),
                () -> original.withPrinter(printerFile())
                        .withSerial(ports.stream().map(PortModel::spec).toList()));
    }

    /** What is wrong with one of a page's parts, or else with them together; empty where nothing is. */
    private static String firstProblem(Stream<StringBinding> parts, Runnable together) {
        return parts.map(StringBinding::get)
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .orElseGet(() -> Refusal.of(together));
    }

    private Path printerFile() {
        return printer.get().isBlank() ? null : Path.of(printer.get().strip());
    }

    private String checkFirmware(UnaryOperator<Path> resolve) {
        if (bootOrder.isEmpty()) {
            return Text.of("settings.wrong.noBoot");
        }
        if (firmware.get().isBlank()) {
            return "";
        }
        try {
            Path file = resolve.apply(Path.of(firmware.get().strip()));
            return Files.isRegularFile(file) ? "" : Text.of("settings.wrong.noFile", file);
        } catch (InvalidPathException e) {
            return Text.of("settings.wrong.path");
        }
    }

    public StringProperty groupProperty() {
        return group;
    }

    public StringProperty notesProperty() {
        return notes;
    }

    public BooleanProperty templateProperty() {
        return template;
    }

    public ObjectProperty<CpuModel> cpuProperty() {
        return cpu;
    }

    public ObjectProperty<AccelSpec> accelProperty() {
        return accel;
    }

    /** In MiB. */
    public StringProperty memoryProperty() {
        return memory;
    }

    /** What should be thought of before this much memory is given away; empty for nothing. */
    public StringBinding memoryWarning() {
        return memoryWarning;
    }

    public ObjectProperty<DisplaySpec.Scaling> scalingProperty() {
        return scaling;
    }

    public BooleanProperty fullScreenProperty() {
        return fullScreen;
    }

    /** In MiB. */
    public ObjectProperty<Integer> videoMemoryProperty() {
        return videoMemory;
    }

    public StorageModel storage() {
        return storage;
    }

    public ObservableList<CardModel> cards() {
        return cards;
    }

    /** Adds a card with a new address, if there is a place for it. */
    public void addCard() {
        if (cards.size() < MachineBuilder.MAX_NICS) {
            cards.add(CardModel.usual(random));
        }
    }

    public ObservableList<ShareModel> shares() {
        return shares;
    }

    /** Shares a folder by its own name, as far as that can be a tag and no other has it. */
    public void addShare(Path folder) {
        if (shares.size() < MachineBuilder.MAX_SHARES) {
            Path name = folder.getFileName();
            Set<String> taken = shares.stream().map(s -> s.tagProperty().get()).collect(Collectors.toSet());
            shares.add(new ShareModel(new ShareSpec(ShareSpec.tagFor(name, taken), folder, false), resolve));
        }
    }

    /** The two serial ports. */
    public List<PortModel> ports() {
        return ports;
    }

    /** The file that the parallel port prints into; empty for none. */
    public StringProperty printerProperty() {
        return printer;
    }

    /** The sound card. */
    public SoundModel sound() {
        return sound;
    }

    /** Where a system is looked for, in this order; devices that are not in it are not asked. */
    public ObservableList<BootDevice> bootOrder() {
        return bootOrder;
    }

    /** A ROM file; empty for the built-in firmware. */
    public StringProperty firmwareProperty() {
        return firmware;
    }

    /** The description as it is now; only when {@link #valid}. */
    public MachineSpec spec() {
        List<SerialSpec> serial =
                new ArrayList<>(ports.stream().map(PortModel::spec).toList());
        while (!serial.isEmpty() && serial.getLast().kind() == SerialSpec.Kind.NONE) {
            serial.removeLast();
        }
        return storage.applyTo(original)
                .withGroup(group.get().strip())
                .withNotes(notes.get())
                .withTemplate(template.get())
                .withCpu(cpu.get())
                .withAccel(accel.get())
                .withMemory((int) Numbers.of(memory.get()))
                .withDisplay(new DisplaySpec(scaling.get(), fullScreen.get(), videoMemory.get()))
                .withNics(cards.stream().map(CardModel::spec).toList())
                .withSerial(serial)
                .withPrinter(printerFile())
                .withSound(sound.spec())
                .withShares(shares.stream().map(ShareModel::spec).toList())
                .withBootOrder(bootOrder)
                .withFirmware(
                        firmware.get().isBlank() ? null : Path.of(firmware.get().strip()));
    }

    /** Disks to be made, sizes in bytes by the files that the description names. */
    public Map<Path, Long> disksToMake() {
        return storage.toMake().stream().collect(Collectors.toMap(DiskModel::file, DiskModel::newBytes));
    }
}
