package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.terrarium.disk.DiskFormats;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.spec.AccelSpec;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.SerialSpec;
import org.terrarium.vm.spec.ShareSpec;
import org.terrarium.vm.spec.SoundSpec;
import org.terrarium.x86.sys.CpuModel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a machine is, common to running, creating and changing one. */
final class MachineOptions {
    static final String NONE = "none";

    private static final SecureRandom RANDOM = new SecureRandom();

    @Option(names = "--memory", paramLabel = "MIB", description = "memory in MiB")
    private Integer memory;

    @Option(
            names = "--cpu",
            paramLabel = "MODEL",
            converter = Cpu.class,
            description = "processor: 486, pentium, p6, x86-64-v1 or x86-64-v2")
    private CpuModel cpu;

    @Option(names = "--cdrom", paramLabel = "FILE", description = "CD image in the drive; none for an empty drive")
    private String cdrom;

    @Option(
            names = "--cd-controller",
            paramLabel = "CONTROLLER",
            converter = Controller.class,
            description = "what the CD drive is connected to: ide (default) or ahci")
    private DiskController cdController;

    @Option(
            names = "--disk",
            paramLabel = "FILE[,SETTING]",
            converter = Disk.class,
            description = "hard disk image; may be repeated, in the order of the controller. Settings:"
                    + " controller=ide (default), ahci or virtio; discard=on (default) or off: whether space the"
                    + " guest gives back is freed in the image; format=NAME instead of looking at the content")
    private List<DiskArgument> disks = new ArrayList<>();

    @Option(names = "--floppy", paramLabel = "FILE", description = "floppy image; may be given twice")
    private List<Path> floppies = new ArrayList<>();

    @Option(
            names = "--boot",
            paramLabel = "DEVICE",
            split = ",",
            converter = Boot.class,
            description = "where to look for a system first: cd, disk, floppy or net; several with commas")
    private List<BootDevice> boot = new ArrayList<>();

    @Option(
            names = "--firmware",
            paramLabel = "ROM",
            description = "a firmware ROM file such as SeaBIOS's; builtin for Terrarium's own (default)")
    private String firmware;

    @Option(
            names = "--accel",
            paramLabel = "KIND",
            converter = Accel.class,
            description = "what runs the guest's instructions: auto (default), jit or interpreter")
    private AccelSpec accel;

    @Option(
            names = "--serial",
            paramLabel = "PLACE",
            converter = Serial.class,
            description =
                    "where the serial port leads: none, stdio, file:FILE or tcp:PORT; given again, the second port's")
    private List<SerialSpec> serial = new ArrayList<>();

    @Option(
            names = "--printer",
            paramLabel = "FILE",
            description = "what the guest prints on the parallel port is added to this file; none throws it away")
    private String printer;

    @Option(
            names = "--net",
            paramLabel = "NETWORK",
            converter = Net.class,
            description =
                    "what the network card is plugged into: nat (default for new machines), nat:NAME, private:NAME,"
                            + " host-only, host-only:NAME or none")
    private NetTarget net;

    @Option(
            names = "--nic",
            paramLabel = "CARD",
            converter = Nic.class,
            description = "a network card, such as model=e1000,mac=02:00:00:00:00:01,net=nat; also switch=NAME (as"
                + " net=private:NAME), group=NAME, vlan=10, trunk=10+20, promiscuous=on, cable=off; may be repeated;"
                + " replaces the cards there are")
    private List<NicSpec> nics = new ArrayList<>();

    @Option(
            names = "--forward",
            paramLabel = "PORTS",
            converter = Forward.class,
            description = "lead a port of this host to the guest, such as tcp:127.0.0.1:2222-:22; may be repeated")
    private List<PortForward> forwards = new ArrayList<>();

    @Option(
            names = "--allow-host-loopback",
            negatable = true,
            description = "let the guest reach this host's own servers at the gateway's address 10.0.2.2")
    private Boolean hostLoopback;

    @Option(
            names = "--sound",
            paramLabel = "OUTPUT",
            converter = Sound.class,
            description =
                    "an AC'97 sound card and where it plays: host (default for new machines), wav:FILE or silent; none"
                            + " (default of run) for no card")
    private SoundSpec sound;

    static final class Sound implements ITypeConverter<SoundSpec> {
        @Override
        public SoundSpec convert(String text) {
            return converted(() -> SoundSpec.parse(text));
        }
    }

    @Option(
            names = "--share",
            paramLabel = "TAG=FOLDER[,readonly]",
            description = "a folder of this host that a Linux guest mounts by its tag: mount -t 9p -o"
                    + " trans=virtio,version=9p2000.L TAG /mnt; may be repeated; replaces those there are, none takes"
                    + " all away")
    private List<String> shares = new ArrayList<>();

    static final class Net implements ITypeConverter<NetTarget> {
        @Override
        public NetTarget convert(String text) {
            return converted(() -> NetTarget.parse(text));
        }
    }

    static final class Nic implements ITypeConverter<NicSpec> {
        @Override
        public NicSpec convert(String text) {
            return converted(() -> NicSpec.parse(text, RANDOM));
        }
    }

    static final class Forward implements ITypeConverter<PortForward> {
        @Override
        public PortForward convert(String text) {
            return converted(() -> PortForward.parse(text));
        }
    }

    static final class Cpu implements ITypeConverter<CpuModel> {
        @Override
        public CpuModel convert(String text) {
            return converted(() -> MachineFile.cpu(text));
        }
    }

    static final class Boot implements ITypeConverter<BootDevice> {
        @Override
        public BootDevice convert(String text) {
            return converted(() -> BootDevice.parse(text));
        }
    }

    static final class Accel implements ITypeConverter<AccelSpec> {
        @Override
        public AccelSpec convert(String text) {
            return converted(() -> {
                AccelSpec accel = AccelSpec.parse(text);
                accel.requireAvailable();
                return accel;
            });
        }
    }

    static final class Controller implements ITypeConverter<DiskController> {
        @Override
        public DiskController convert(String text) {
            return converted(() -> DiskController.parse(text));
        }
    }

    static final class Disk implements ITypeConverter<DiskArgument> {
        @Override
        public DiskArgument convert(String text) {
            return converted(() -> DiskArgument.parse(text));
        }
    }

    static final class Serial implements ITypeConverter<SerialSpec> {
        @Override
        public SerialSpec convert(String text) {
            return converted(() -> SerialSpec.parse(text));
        }
    }

    private static <T> T converted(java.util.function.Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /**
     * The machine with these options put in, for a single run: disks are added to those it has, and used in the format their
     * content shows.
     */
    MachineSpec applyForRun(MachineSpec base) {
        List<DiskSpec> all = new ArrayList<>(base.disks());
        disks.forEach(disk -> all.add(disk.spec(null)));
        return apply(base).withDisks(all);
    }

    /**
     * The machine with these options put in, to be kept: disks replace those it has, their format is written down, and every
     * file has been looked at.
     */
    MachineSpec applyToKeep(MachineSpec base) throws IOException {
        MachineSpec spec = apply(base);
        if (!disks.isEmpty()) {
            List<DiskSpec> all = new ArrayList<>();
            for (DiskArgument disk : disks) {
                if (!disk.file().toString().equals(NONE)) {
                    all.add(disk.spec(DiskFormats.info(disk.file()).format()));
                }
            }
            spec = spec.withDisks(all);
        }
        if (cdrom != null && !cdrom.equals(NONE)) {
            DiskFormats.openCd(Path.of(cdrom)).close();
        }
        return spec;
    }

    private MachineSpec apply(MachineSpec base) {
        MachineSpec spec = base;
        spec = memory == null ? spec : spec.withMemory(memory);
        spec = cpu == null ? spec : spec.withCpu(cpu);
        spec = cdrom == null ? spec : spec.withCdrom(file(cdrom, NONE));
        spec = cdController == null ? spec : spec.withCdController(cdController);
        spec = firmware == null ? spec : spec.withFirmware(file(firmware, "builtin"));
        spec = accel == null ? spec : spec.withAccel(accel);
        spec = sound == null ? spec : spec.withSound(sound.located(Path::toAbsolutePath));
        spec = serial.isEmpty()
                ? spec
                : spec.withSerial(serial.stream().map(MachineOptions::absolute).toList());
        spec = printer == null ? spec : spec.withPrinter(file(printer, NONE));
        if (!floppies.isEmpty()) {
            spec = spec.withFloppies(floppies.stream()
                    .filter(file -> !file.toString().equals(NONE))
                    .map(Path::toAbsolutePath)
                    .toList());
        }
        if (!shares.isEmpty()) {
            spec = spec.withShares(shares.stream()
                    .filter(text -> !text.equals(NONE))
                    .map(ShareSpec::parse)
                    .map(share -> share.withFolder(share.folder().toAbsolutePath()))
                    .toList());
        }
        spec = spec.withNics(cards(spec.nics()));
        if (boot.size() == 1) {
            spec = spec.withBootOrder(MachineSpec.bootFirst(boot.get(0)));
        } else if (!boot.isEmpty()) {
            spec = spec.withBootOrder(boot);
        }
        return spec;
    }

    /** A machine as it is when nothing is said about it: with a network card. */
    static MachineSpec fresh(String name) {
        return MachineSpec.of(name).withNics(List.of(NicSpec.usual(RANDOM)));
    }

    private List<NicSpec> cards(List<NicSpec> base) {
        List<NicSpec> cards = new ArrayList<>(nics.isEmpty() ? base : nics);
        if (net != null && nics.isEmpty()) {
            if (cards.isEmpty()) {
                cards.add(NicSpec.usual(RANDOM));
            }
            cards.set(0, cards.get(0).withNet(net));
        } else if (net != null) {
            throw new IllegalArgumentException(
                    "--net is for machines with one card; say net=" + net.text() + " in the --nic it is meant for");
        }
        if (forwards.isEmpty() && hostLoopback == null) {
            return cards;
        }
        List<NicSpec> changed = new ArrayList<>();
        boolean found = false;
        for (NicSpec card : cards) {
            if (card.net().kind() == NetTarget.Kind.NAT) {
                // A port of the host leads to one card; the loopback is a matter of the machine.
                card = found || forwards.isEmpty() ? card : card.withForwards(forwards);
                card = hostLoopback == null ? card : card.withHostLoopback(hostLoopback);
                found = true;
            }
            changed.add(card);
        }
        if (found) {
            return changed;
        }
        throw new IllegalArgumentException("--forward and --allow-host-loopback need a network card with --net nat");
    }

    private static Path file(String text, String nothing) {
        return text.equals(nothing) ? null : Path.of(text).toAbsolutePath();
    }

    private static SerialSpec absolute(SerialSpec spec) {
        return spec.kind() == SerialSpec.Kind.FILE ? SerialSpec.file(spec.file().toAbsolutePath()) : spec;
    }

    /** The CD that was given. */
    Optional<Path> cd() {
        return Optional.ofNullable(cdrom).filter(c -> !c.equals(NONE)).map(Path::of);
    }

    /** Whether any of them was given. */
    boolean anyGiven() {
        return memory != null
                || cpu != null
                || cdrom != null
                || cdController != null
                || firmware != null
                || printer != null
                || accel != null
                || net != null
                || sound != null
                || hostLoopback != null
                || Arrays.asList(disks, floppies, boot, serial, nics, forwards, shares).stream()
                        .anyMatch(list -> !list.isEmpty());
    }
}
