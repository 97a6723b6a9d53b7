package org.terrarium.vm.spec;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.x86.sys.CpuModel;

/**
 * What a machine is. Every value is possible by itself; whether the files exist and the host is large enough shows when it is
 * started. Paths are relative to the machine's folder, or absolute where the file is outside.
 *
 * @param name what the user calls it, also the name of its folder
 * @param memoryMib guest memory, MiB
 * @param disks hard disks, those of one controller in the order of its places
 * @param cdrom the medium in the CD drive, or null
 * @param cdController what the CD drive is connected to: the IDE or the AHCI controller, whose last place it takes
 * @param floppies the media in the floppy drives, two at most
 * @param bootOrder where the firmware looks for a system
 * @param firmware a ROM file, or null for the built-in firmware
 * @param nics its network cards, eight at most
 * @param serial where the serial ports lead, the first two
 * @param printer the file that the parallel port prints into, or null: what is printed is thrown away
 * @param sound its sound card, and where what it plays goes
 * @param notes whatever the user wrote about it
 * @param group under which the library shows it, or empty
 * @param template whether it is there only to be cloned: it cannot be started or changed
 * @param uuid by which guests know the machine again whatever it is called, or null where it has none yet
 * @param shares folders of the host's that the guest may use, eight at most
 */
public record MachineSpec(
        String name,
        CpuModel cpu,
        int memoryMib,
        List<DiskSpec> disks,
        Path cdrom,
        DiskController cdController,
        List<Path> floppies,
        List<BootDevice> bootOrder,
        Path firmware,
        DisplaySpec display,
        List<SerialSpec> serial,
        Path printer,
        List<NicSpec> nics,
        AccelSpec accel,
        SoundSpec sound,
        String notes,
        String group,
        boolean template,
        UUID uuid,
        List<ShareSpec> shares) {
    public static final int MIN_MEMORY = 2;
    public static final int MAX_MEMORY = 512 * 1024;
    private static final int MAX_NOTES = 65536;
    private static final int MAX_GROUP = 64;

    public MachineSpec {
        MachineName.check(name);
        Checks.present("cpu", cpu);
        Checks.range("memory", memoryMib, MIN_MEMORY, MAX_MEMORY);
        disks = List.copyOf(disks);
        Checks.present("cdController", cdController);
        if (cdController == DiskController.VIRTIO) {
            throw new IllegalArgumentException("cdController must be ide or ahci, as there are no virtio CD drives");
        }
        requirePlaces(disks, cdController);
        requireDifferentFiles(disks);
        if (cdrom != null) {
            Checks.file("cdrom", cdrom);
        }
        floppies = List.copyOf(floppies);
        Checks.range("the number of floppies", floppies.size(), 0, 2);
        floppies.forEach(file -> Checks.file("floppies", file));
        bootOrder = List.copyOf(bootOrder);
        if (bootOrder.isEmpty() || new HashSet<>(bootOrder).size() != bootOrder.size()) {
            throw new IllegalArgumentException("boot must name at least one device, and none twice");
        }
        if (firmware != null) {
            Checks.file("firmware", firmware);
        }
        Checks.present("display", display);
        serial = List.copyOf(serial);
        Checks.range("the number of serial ports", serial.size(), 0, 2);
        if (serial.stream().filter(port -> port.kind() == SerialSpec.Kind.STDIO).count() > 1) {
            throw new IllegalArgumentException("serial: only one port can lead to stdio");
        }
        if (printer != null) {
            Checks.file("printer", printer);
        }
        nics = List.copyOf(nics);
        Checks.range("the number of network cards", nics.size(), 0, MachineBuilder.MAX_NICS);
        NicSpec.requireDifferentAddresses(nics);
        shares = List.copyOf(shares);
        ShareSpec.requireDifferent(shares);
        Checks.present("accel", accel);
        Checks.present("sound", sound);
        Checks.present("notes", notes);
        Checks.range("the length of notes", notes.length(), 0, MAX_NOTES);
        Checks.present("group", group);
        Checks.range("the length of group", group.length(), 0, MAX_GROUP);
        if (!group.equals(group.strip()) || group.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "group must not begin or end with a blank or have control characters in it");
        }
    }

    private static void requirePlaces(List<DiskSpec> disks, DiskController cdController) {
        for (DiskController c : DiskController.values()) {
            int count = (int) disks.stream().filter(d -> d.controller() == c).count();
            // The IDE controller's fourth place is the CD drive's in any case.
            int forCd = c == DiskController.AHCI && c == cdController ? 1 : 0;
            Checks.range("the number of disks on the " + c.id() + " controller", count, 0, c.places() - forCd);
        }
    }

    private static void requireDifferentFiles(List<DiskSpec> disks) {
        if (disks.stream().map(DiskSpec::file).distinct().count() != disks.size()) {
            throw new IllegalArgumentException("disks must not name the same file twice");
        }
    }

    /** A machine with the usual defaults and nothing in its drives. */
    public static MachineSpec of(String name) {
        return new MachineSpec(
                name,
                CpuModel.X86_64_V2,
                512,
                List.of(),
                null,
                DiskController.IDE,
                List.of(),
                List.of(BootDevice.CD, BootDevice.DISK, BootDevice.FLOPPY),
                null,
                DisplaySpec.DEFAULT,
                List.of(),
                null,
                List.of(),
                AccelSpec.AUTO,
                SoundSpec.NONE,
                "",
                "",
                false,
                null,
                List.of());
    }

    public MachineSpec withName(String value) {
        return change(value, cpu, memoryMib, disks, cdrom, cdController, floppies, bootOrder, firmware);
    }

    public MachineSpec withCpu(CpuModel value) {
        return change(name, value, memoryMib, disks, cdrom, cdController, floppies, bootOrder, firmware);
    }

    public MachineSpec withMemory(int mib) {
        return change(name, cpu, mib, disks, cdrom, cdController, floppies, bootOrder, firmware);
    }

    public MachineSpec withDisks(List<DiskSpec> value) {
        return change(name, cpu, memoryMib, value, cdrom, cdController, floppies, bootOrder, firmware);
    }

    /** @param value the medium, or null for an empty drive */
    public MachineSpec withCdrom(Path value) {
        return change(name, cpu, memoryMib, disks, value, cdController, floppies, bootOrder, firmware);
    }

    /** @param value where the CD drive is connected, IDE or AHCI */
    public MachineSpec withCdController(DiskController value) {
        return change(name, cpu, memoryMib, disks, cdrom, value, floppies, bootOrder, firmware);
    }

    public MachineSpec withFloppies(List<Path> value) {
        return change(name, cpu, memoryMib, disks, cdrom, cdController, value, bootOrder, firmware);
    }

    public MachineSpec withBootOrder(List<BootDevice> value) {
        return change(name, cpu, memoryMib, disks, cdrom, cdController, floppies, value, firmware);
    }

    /** @param rom a file, or null for the built-in firmware */
    public MachineSpec withFirmware(Path rom) {
        return change(name, cpu, memoryMib, disks, cdrom, cdController, floppies, bootOrder, rom);
    }

    private MachineSpec change(
            String newName,
            CpuModel newCpu,
            int newMemory,
            List<DiskSpec> newDisks,
            Path newCdrom,
            DiskController newCdController,
            List<Path> newFloppies,
            List<BootDevice> newBootOrder,
            Path newFirmware) {
        return new MachineSpec(
                newName,
                newCpu,
                newMemory,
                newDisks,
                newCdrom,
                newCdController,
                newFloppies,
                newBootOrder,
                newFirmware,
                display,
                serial,
                printer,
                nics,
                accel,
                sound,
                notes,
                group,
                template,
                uuid,
                shares);
    }

    public MachineSpec withDisplay(DisplaySpec value) {
        return change(value, serial, printer, nics, accel, sound, notes, group, template, uuid, shares);
    }

    public MachineSpec withSerial(List<SerialSpec> value) {
        return change(display, value, printer, nics, accel, sound, notes, group, template, uuid, shares);
    }

    /** @param value the file that the parallel port prints into, or null for none */
    public MachineSpec withPrinter(Path value) {
        return change(display, serial, value, nics, accel, sound, notes, group, template, uuid, shares);
    }

    public MachineSpec withNics(List<NicSpec> value) {
        return change(display, serial, printer, value, accel, sound, notes, group, template, uuid, shares);
    }

    public MachineSpec withAccel(AccelSpec value) {
        return change(display, serial, printer, nics, value, sound, notes, group, template, uuid, shares);
    }

    /** @param value the sound card, or {@link SoundSpec#NONE} */
    public MachineSpec withSound(SoundSpec value) {
        return change(display, serial, printer, nics, accel, value, notes, group, template, uuid, shares);
    }

    public MachineSpec withNotes(String value) {
        return change(display, serial, printer, nics, accel, sound, value, group, template, uuid, shares);
    }

    /** @param value under which the library shows it, or empty */
    public MachineSpec withGroup(String value) {
        return change(display, serial, printer, nics, accel, sound, notes, value, template, uuid, shares);
    }

    /** @param value whether it is there only to be cloned */
    public MachineSpec withTemplate(boolean value) {
        return change(display, serial, printer, nics, accel, sound, notes, group, value, uuid, shares);
    }

    public MachineSpec withUuid(UUID value) {
        return change(display, serial, printer, nics, accel, sound, notes, group, template, value, shares);
    }

    /** @param value folders of the host's that the guest may use */
    public MachineSpec withShares(List<ShareSpec> value) {
        return change(display, serial, printer, nics, accel, sound, notes, group, template, uuid, value);
    }

    private MachineSpec change(
            DisplaySpec newDisplay,
            List<SerialSpec> newSerial,
            Path newPrinter,
            List<NicSpec> newNics,
            AccelSpec newAccel,
            SoundSpec newSound,
            String newNotes,
            String newGroup,
            boolean newTemplate,
            UUID newUuid,
            List<ShareSpec> newShares) {
        return new MachineSpec(
                name,
                cpu,
                memoryMib,
                disks,
                cdrom,
                cdController,
                floppies,
                bootOrder,
                firmware,
                newDisplay,
                newSerial,
                newPrinter,
                newNics,
                newAccel,
                newSound,
                newNotes,
                newGroup,
                newTemplate,
                newUuid,
                newShares);
    }

    /** The order that tries {@code first} before what else is in the default order. */
    public static List<BootDevice> bootFirst(BootDevice first) {
        List<BootDevice> rest = List.of(BootDevice.CD, BootDevice.DISK, BootDevice.FLOPPY);
        return Stream.concat(Stream.of(first), rest.stream().filter(d -> d != first))
                .toList();
    }
}
