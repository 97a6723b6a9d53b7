package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.library.MachineSession.RunOptions;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetworksFile;

/** A machine built from its description, and what it is connected to on the host. */
record SessionParts(SerialLinks serial, PrinterLink printer, NetworkLinks networks, SoundLink sound, Machine machine) {
    /**
     * Builds the machine and opens what it is connected to; nothing stays open on failure.
     *
     * @param resolve where the description's paths lead
     * @param temporary writes to disks go to overlays that nobody sees
     * @param folder the machine's, null when it is in no library
     */
    static SessionParts build(
            MachineSpec spec, UnaryOperator<Path> resolve, RunOptions options, boolean temporary, MachineFolder folder)
            throws IOException {
        spec.accel().requireAvailable();
        SoundLink sound = SoundLink.open(spec.sound(), resolve);
        SerialLinks serial = null;
        NetworkLinks networks = null;
        PrinterLink printer = null;
        try {
            serial = SerialLinks.open(spec.serial(), resolve, new SerialLinks.Console(options.in(), options.out()));
            printer = PrinterLink.open(spec.printer() == null ? null : resolve.apply(spec.printer()));
            networks = NetworkLinks.open(
                    spec.name(),
                    spec.nics(),
                    resolve,
                    NetworksFile.load(networksFile(folder)),
                    folder == null || options.throwAway() ? null : new LeaseFile(folder.leases()));
            MachineBuilder builder = Machine.builder()
                    .name(spec.name())
                    .cpu(spec.cpu())
                    .accel(spec.accel())
                    .memory(spec.memoryMib())
                    .videoMemory(spec.display().videoMemoryMib())
                    .bootOrder(spec.bootOrder())
                    .deterministic(options.deterministic())
                    .translator(options.translator())
                    .append(options.append());
            builder.cdController(spec.cdController());
            if (folder != null) {
                builder.gate(AllowedFolders.gate(folder, System.getenv()));
            }
            for (DiskSpec disk : spec.disks()) {
                builder.disk(new MachineBuilder.DiskOption(
                        resolve.apply(disk.file()),
                        temporary,
                        disk.format() == null ? null : disk.format().label(),
                        disk.controller(),
                        disk.discard()));
            }
            optional(spec.cdrom()).map(resolve).ifPresent(builder::cdrom);
            spec.floppies().stream().map(resolve).forEach(builder::floppy);
            optional(spec.firmware()).map(resolve).ifPresent(builder::firmware);
            optional(options.kernel()).ifPresent(builder::kernel);
            options.initrds().forEach(builder::initrd);
            optional(folder == null ? null : folder.nvram())
                    .map(file -> new MachineBuilder.NvramOption(file, options.throwAway()))
                    .ifPresent(builder::nvram);
            Optional.ofNullable(spec.uuid()).ifPresent(builder::identity);
            serial.sinks().forEach(builder::serial);
            builder.printer(printer.sink());
            spec.shares().forEach(share -> builder.share(share.option(resolve)));
            networks.plugInto(builder, spec.bootOrder().contains(MachineBuilder.BootDevice.NET));
            sound.plugInto(builder);
            Machine machine = builder.build();
            sound.connect(machine);
            serial.connect(machine);
            networks.troubles().forEach(machine::report);
            if (folder != null) {
                machine.shares().stream()
                        .filter(share -> !share.readOnly() && MachineFolder.exposed(share.folder(), folder.path()))
                        .forEach(share -> machine.report("the shared folder '" + share.tag()
                                + "' holds this machine itself, so that its guest can spoil its own disks;"
                                + " share another folder or make it read only"));
            }
            return new SessionParts(serial, printer, networks, sound, machine);
        } catch (IOException | RuntimeException e) {
            sound.close();
            if (serial != null) {
                serial.close();
            }
            if (printer != null) {
                printer.close();
            }
            if (networks != null) {
                networks.close();
            }
            throw e;
        }
    }

    /** The one of the library that the machine is in; one that is nowhere goes by the user's usual library. */
    private static Path networksFile(MachineFolder folder) {
        Path beside = folder == null ? null : folder.path().resolveSibling(NetworksFile.NAME);
        return beside != null && Files.exists(beside)
                ? beside
                : MachineLibrary.of(System.getenv()).networks();
    }

    private static Optional<Path> optional(Path path) {
        return Optional.ofNullable(path);
    }

    /** Closes what the machine was connected to. */
    void closeLinks() throws IOException {
        networks.close();
        serial.close();
        printer.close();
        sound.close();
    }
}
