package org.terrarium.vm;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.terrarium.disk.Gate;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.net.MacAddress;
import org.terrarium.net.link.Cable;
import org.terrarium.vm.accel.TranslatorOptions;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.sound.SoundOutput;
import org.terrarium.vm.spec.AccelSpec;
import org.terrarium.x86.sys.CpuModel;

/**
 * Says what a machine is made of; {@link #build()} opens the files and wires the board. Sizes are in MiB where the name says
 * nothing else. Every method returns the builder.
 */
public final class MachineBuilder {
    /** Where the firmware looks for a system, in order. */
    public enum BootDevice {
        CD,
        DISK,
        FLOPPY,
        NET;

        /** The device named on a command line; IllegalArgumentException with a sentence otherwise. */
        public static BootDevice parse(String name) {
            for (BootDevice d : values()) {
                if (d.id().equals(name)) {
                    return d;
                }
            }
            throw new IllegalArgumentException("'" + name + "' is no boot device; choose cd, disk, floppy or net");
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A hard disk.
     *
     * @param file the image
     * @param throwAway keep the guest's changes in a temporary overlay that is dropped at the end
     * @param format the format's name, or null to look at the contents
     * @param controller what it is connected to
     * @param discard whether space that the guest gives back (TRIM) is given back to the host
     */
    public record DiskOption(Path file, boolean throwAway, String format, DiskController controller, boolean discard) {
        /** A disk on the IDE controller. */
        public DiskOption(Path file, boolean throwAway, String format) {
            this(file, throwAway, format, DiskController.IDE, true);
        }

        public DiskOption on(DiskController other) {
            return new DiskOption(file, throwAway, format, other, discard);
        }
    }

    /**
     * Where the firmware's settings are kept.
     *
     * @param throwAway the file is read, but what the guest changes in the settings is dropped
     */
    public record NvramOption(Path file, boolean throwAway) {}

    /**
     * A network card.
     *
     * @param mac its own address
     * @param cable where it is plugged in; see {@code Network.plug}
     * @param rom a file with a program that boots from the network, or null for a card without
     */
    public record NicOption(NicModel model, MacAddress mac, Cable cable, Path rom) {}

    static final int MIN_MEMORY = 2;

    /** More would need tables for physical addresses that the board's chipset never had. */
    static final int MAX_MEMORY = 512 * 1024;

    /** Slots for network cards. */
    public static final int MAX_NICS = 8;

    /** Functions of the shared folders' slot. */
    public static final int MAX_SHARES = 8;

    private String name = "machine";
    private CpuModel cpu = CpuModel.X86_64_V2;
    private AccelSpec accel = AccelSpec.AUTO;
    private TranslatorOptions translator = TranslatorOptions.USUAL;
    private int memoryMib = 128;
    private int videoMemoryMib = 16;
    private final List<DiskOption> disks = new ArrayList<>();
    private final Map<DiskOption, VirtualDisk> opened = new IdentityHashMap<>();
    private Path cdrom;
    private DiskController cdController = DiskController.IDE;
    private Gate gate;
    private final List<Path> floppies = new ArrayList<>();
    private Path kernel;
    private final List<Path> initrds = new ArrayList<>();
    private String append = "";
    private List<BootDevice> bootOrder = List.of(BootDevice.CD, BootDevice.DISK, BootDevice.FLOPPY);
    private Path firmwareRom;
    private NvramOption nvram;
    private UUID identity;
    private boolean deterministic;
    private InstantSource wallClock = InstantSource.system();
    private IntConsumer printer = value -> {};
    private final List<OutputStream> serialSinks = new ArrayList<>();
    private final List<NicOption> nics = new ArrayList<>();
    private final List<ShareOption> shares = new ArrayList<>();
    private boolean bootMenu = true;
    private SoundOutput sound;

    MachineBuilder() {}

    /** The name for threads, logs and window titles. */
    public MachineBuilder name(String value) {
        name = value;
        return this;
    }

    public MachineBuilder cpu(CpuModel model) {
        cpu = model;
        return this;
    }

    /** What runs the guest's instructions; IllegalArgumentException with a sentence when this version does not have it. */
    public MachineBuilder accel(AccelSpec value) {
        value.requireAvailable();
        accel = value;
        return this;
    }

    /** How guest code is translated, where it is. */
    public MachineBuilder translator(TranslatorOptions value) {
        translator = value;
        return this;
    }

    public MachineBuilder memory(int mib) {
        if (mib < MIN_MEMORY || mib > MAX_MEMORY) {
            throw new IllegalArgumentException(
                    "memory of " + mib + " MiB is not possible; choose " + MIN_MEMORY + " to " + MAX_MEMORY);
        }
        memoryMib = mib;
        return this;
    }

    /** Video memory; a power of two from 1 to 256. */
    public MachineBuilder videoMemory(int mib) {
        if (mib < 1 || mib > 256 || Integer.bitCount(mib) != 1) {
            throw new IllegalArgumentException(
                    "video memory of " + mib + " MiB is not possible; choose a power of two from 1 to 256");
        }
        videoMemoryMib = mib;
        return this;
    }

    /** Adds a hard disk, used as it is, in the format its contents show. On the IDE controller. */
    public MachineBuilder disk(Path file) {
        return disk(new DiskOption(file, false, null));
    }

    public MachineBuilder disk(DiskOption option) {
        DiskController c = option.controller();
        int taken = c == cdController && c == DiskController.AHCI ? 1 : 0;
        if (disks.stream().filter(d -> d.controller() == c).count() + taken >= c.places()) {
            throw new IllegalArgumentException("the " + c.id() + " controller has room for " + c.places()
                    + " hard disks; leave out " + option.file() + " or put it on another controller");
        }
        disks.add(option);
        return this;
    }

    /** Adds a hard disk that is open already, wherever its bytes are. The machine closes it at its end. */
    public MachineBuilder disk(VirtualDisk open, DiskController controller) {
        DiskOption option = new DiskOption(Path.of("disk " + (disks.size() + 1)), false, null, controller, true);
        disk(option);
        opened.put(option, open);
        return this;
    }

    /** Puts a CD into the drive, which is there in any case. */
    public MachineBuilder cdrom(Path iso) {
        cdrom = iso;
        return this;
    }

    /** What the CD drive hangs on: the IDE controller (default), or the AHCI controller's last port. */
    public MachineBuilder cdController(DiskController controller) {
        if (controller == DiskController.VIRTIO) {
            throw new IllegalArgumentException("a CD drive cannot be a virtio disk; choose ide or ahci");
        }
        cdController = controller;
        return this;
    }

    /** Puts a floppy into the first, then the second drive. */
    public MachineBuilder floppy(Path image) {
        if (floppies.size() == 2) {
            throw new IllegalArgumentException("a machine has two floppy drives; leave out " + image);
        }
        floppies.add(image);
        return this;
    }

    /** Boots this kernel (Linux boot protocol or Multiboot 1) directly. */
    public MachineBuilder kernel(Path file) {
        kernel = file;
        return this;
    }

    /** The initial RAM disk; called again, further Multiboot modules. */
    public MachineBuilder initrd(Path file) {
        initrds.add(file);
        return this;
    }

    /** The kernel's command line. */
    public MachineBuilder append(String commandLine) {
        append = commandLine;
        return this;
    }

    public MachineBuilder bootOrder(List<BootDevice> order) {
        bootOrder = List.copyOf(order);
        return this;
    }

    /** Whether the built-in firmware waits a moment for the key that opens its boot menu. */
    public MachineBuilder bootMenu(boolean offered) {
        bootMenu = offered;
        return this;
    }

    /** Uses this ROM file (SeaBIOS) instead of the built-in firmware; its VGA BIOS is looked for beside it. */
    public MachineBuilder firmware(Path rom) {
        firmwareRom = rom;
        return this;
    }

    /** Keeps the firmware's settings (CMOS memory) in this file; without it they last as long as the machine. */
    public MachineBuilder nvram(Path file) {
        return nvram(new NvramOption(file, false));
    }

    public MachineBuilder nvram(NvramOption option) {
        nvram = option;
        return this;
    }

    /** The machine's UUID, by which guests know it again (SMBIOS); without one it is made from the name. */
    public MachineBuilder identity(UUID uuid) {
        identity = uuid;
        return this;
    }

    /**
     * Counts machine time in instructions and starts the calendar at a fixed instant, so that the same guest with the same
     * input runs the same way every time.
     */
    public MachineBuilder deterministic(boolean on) {
        deterministic = on;
        return this;
    }

    /** The calendar the real-time clock starts from. */
    public MachineBuilder wallClock(InstantSource source) {
        wallClock = source;
        return this;
    }

    /** Copies what the first serial port sends to {@code sink} as well; called again, the second port's. */
    public MachineBuilder serial(OutputStream sink) {
        if (serialSinks.size() == 2) {
            throw new IllegalArgumentException("a machine has two serial ports");
        }
        serialSinks.add(sink);
        return this;
    }

    /** Takes each byte that the guest prints on the parallel port, on the machine's thread; without it they are thrown away. */
    public MachineBuilder printer(IntConsumer sink) {
        printer = sink;
        return this;
    }

    /** What the disks' images may open beside themselves; the user's library and what the user allows unless stated. */
    public MachineBuilder gate(Gate mayOpen) {
        gate = mayOpen;
        return this;
    }

    /** Puts in an AC'97 sound card that plays there; the output stays the caller's to close. */
    public MachineBuilder sound(SoundOutput output) {
        sound = output;
        return this;
    }

    /** Adds a network card; up to eight. */
    public MachineBuilder nic(NicModel model, MacAddress mac, Cable cable) {
        return nic(model, mac, cable, null);
    }

    /** Adds a network card with an expansion ROM, a file such as one of Debian's package ipxe-qemu; null for none. */
    public MachineBuilder nic(NicModel model, MacAddress mac, Cable cable, Path rom) {
        if (rom != null && model == NicModel.NE2000_ISA) {
            throw new IllegalArgumentException(
                    "an ne2000-isa card has no place for the ROM " + rom + "; take a PCI card");
        }
        if (nics.size() == MAX_NICS) {
            throw new IllegalArgumentException("a machine has room for " + MAX_NICS + " network cards");
        }
        if (model == NicModel.NE2000_ISA && nics.stream().anyMatch(n -> n.model() == model)) {
            throw new IllegalArgumentException("a machine has one place for an ne2000-isa card, at port 300h");
        }
        nics.add(new NicOption(model, mac, cable, rom));
        return this;
    }

    /** Lets the guest use a folder of the host's; up to eight, each with a tag of its own. */
    public MachineBuilder share(ShareOption option) {
        if (shares.size() == MAX_SHARES) {
            throw new IllegalArgumentException("a machine has room for " + MAX_SHARES + " shared folders");
        }
        if (shares.stream().anyMatch(s -> s.tag().equals(option.tag()))) {
            throw new IllegalArgumentException("two shared folders have the tag '" + option.tag() + "'");
        }
        shares.add(option);
        return this;
    }

    /**
     * Opens every file and wires the board. The machine is then {@link MachineState#READY}.
     *
     * @throws IOException in one sentence, naming the file that could not be used; nothing stays open then
     */
    public Machine build() throws IOException {
        HostMemory.check(memoryMib + videoMemoryMib);
        return new Machine(name, Board.assemble(this));
    }

    String name() {
        return name;
    }

    TranslatorOptions translator() {
        return translator;
    }

    AccelSpec accel() {
        return accel;
    }

    CpuModel cpu() {
        return cpu;
    }

    int memoryMib() {
        return memoryMib;
    }

    int videoMemoryMib() {
        return videoMemoryMib;
    }

    List<DiskOption> disks() {
        return List.copyOf(disks);
    }

    /** The disk of this option where it was given open, else null. */
    VirtualDisk opened(DiskOption option) {
        return opened.get(option);
    }

    Optional<Path> cdrom() {
        return Optional.ofNullable(cdrom);
    }

    Gate gate() {
        return gate != null ? gate : AllowedFolders.gate(System.getenv());
    }

    DiskController cdController() {
        return cdController;
    }

    List<Path> floppies() {
        return List.copyOf(floppies);
    }

    Optional<Path> kernel() {
        return Optional.ofNullable(kernel);
    }

    List<Path> initrds() {
        return List.copyOf(initrds);
    }

    String append() {
        return append;
    }

    List<BootDevice> bootOrder() {
        return bootOrder;
    }

    boolean bootMenu() {
        return bootMenu;
    }

    Optional<Path> firmwareRom() {
        return Optional.ofNullable(firmwareRom);
    }

    Optional<NvramOption> nvram() {
        return Optional.ofNullable(nvram);
    }

    UUID identity() {
        return identity == null ? UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) : identity;
    }

    boolean deterministic() {
        return deterministic;
    }

    InstantSource wallClock() {
        return wallClock;
    }

    List<NicOption> nics() {
        return List.copyOf(nics);
    }

    List<ShareOption> shares() {
        return List.copyOf(shares);
    }

    IntConsumer printer() {
        return printer;
    }

    Optional<SoundOutput> sound() {
        return Optional.ofNullable(sound);
    }

    List<OutputStream> serialSinks() {
        return List.copyOf(serialSinks);
    }
}
