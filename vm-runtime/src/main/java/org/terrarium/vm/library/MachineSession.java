package org.terrarium.vm.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.MachineStats;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/**
 * A machine built from its description, together with what it holds of the host: its lock, serial ports and control socket.
 * The window and the command line both run machines through this.
 */
public final class MachineSession implements AutoCloseable {
    private final String name;
    private final MachineLock lock;
    private final SerialLinks serial;
    private final NetworkLinks networks;
    private final Machine machine;
    private ControlServer control;

    private MachineSession(String name, MachineLock lock, SerialLinks serial, NetworkLinks networks, Machine machine) {
        this.name = name;
        this.lock = lock;
        this.serial = serial;
        this.networks = networks;
        this.machine = machine;
    }

    /** Builds a machine of the library and makes it reachable for others. Nobody else can use it until this is closed. */
    public static MachineSession open(MachineFolder folder, MachineSpec spec, RunOptions options) throws IOException {
        if (spec.template()) {
            throw new IOException(
                    "the machine " + folder.name() + " is a template, which cannot run; make a clone of it");
        }
        MachineLock lock = MachineLock.acquire(folder);
        MachineSession session = null;
        try {
            session = build(withIdentity(folder, spec), folder::resolve, options, lock, folder.nvram());
            MachineLog.attach(folder.logs(), session.machine(), InstantSource.system());
            session.control = ControlServer.open(ControlSocket.of(folder, System.getenv()), session::carryOut);
            lock.publish(session.control.socket());
            return session;
        } catch (IOException | RuntimeException e) {
            if (session != null) {
                session.close();
            } else {
                lock.close();
            }
            throw e;
        }
    }

    /** Gives a machine a UUID for good whose description has none, as older ones and those written by hand. */
    private static MachineSpec withIdentity(MachineFolder folder, MachineSpec spec) throws IOException {
        if (spec.uuid() != null) {
            return spec;
        }
        UUID uuid = UUID.randomUUID();
        folder.save(folder.load().withUuid(uuid));
        return spec.withUuid(uuid);
    }

    /** Builds a machine that is in no library; its paths are relative to the current folder. */
    public static MachineSession open(MachineSpec spec, RunOptions options) throws IOException {
        return build(spec, Path::toAbsolutePath, options, null, null);
    }

    private static MachineSession build(
            MachineSpec spec, UnaryOperator<Path> resolve, RunOptions options, MachineLock lock, Path nvram)
            throws IOException {
        spec.accel().requireAvailable();
        SerialLinks serial =
                SerialLinks.open(spec.serial(), resolve, new SerialLinks.Console(options.in(), options.out()));
        NetworkLinks networks = null;
        try {
            networks = NetworkLinks.open(spec.name(), spec.nics());
            MachineBuilder builder = Machine.builder()
                    .name(spec.name())
                    .cpu(spec.cpu())
                    .accel(spec.accel())
                    .memory(spec.memoryMib())
                    .videoMemory(spec.display().videoMemoryMib())
                    .bootOrder(spec.bootOrder())
                    .deterministic(options.deterministic())
                    .append(options.append());
            builder.cdController(spec.cdController());
            for (DiskSpec disk : spec.disks()) {
                builder.disk(new MachineBuilder.DiskOption(
                        resolve.apply(disk.file()),
                        options.throwAway(),
                        disk.format() == null ? null : disk.format().label(),
                        disk.controller(),
                        disk.discard()));
            }
            optional(spec.cdrom()).map(resolve).ifPresent(builder::cdrom);
            spec.floppies().stream().map(resolve).forEach(builder::floppy);
            optional(spec.firmware()).map(resolve).ifPresent(builder::firmware);
            optional(options.kernel()).ifPresent(builder::kernel);
            options.initrds().forEach(builder::initrd);
            optional(nvram)
                    .map(file -> new MachineBuilder.NvramOption(file, options.throwAway()))
                    .ifPresent(builder::nvram);
            Optional.ofNullable(spec.uuid()).ifPresent(builder::identity);
            serial.sinks().forEach(builder::serial);
            networks.plugInto(builder);
            Machine machine = builder.build();
            serial.connect(machine);
            networks.troubles().forEach(machine::report);
            return new MachineSession(spec.name(), lock, serial, networks, machine);
        } catch (IOException | RuntimeException e) {
            serial.close();
            if (networks != null) {
                networks.close();
            }
            throw e;
        }
    }

    private static Optional<Path> optional(Path path) {
        return Optional.ofNullable(path);
    }

    public Machine machine() {
        return machine;
    }

    public String name() {
        return name;
    }

    /**
     * What a run adds to a machine's description.
     *
     * @param kernel booted directly, or null
     * @param append the kernel's command line
     * @param throwAway the guest's changes to disks are dropped at the end
     * @param in read by a serial port that leads to stdio
     * @param out written by it
     */
    public record RunOptions(
            Path kernel,
            List<Path> initrds,
            String append,
            boolean throwAway,
            boolean deterministic,
            InputStream in,
            OutputStream out) {
        /** Nothing special; a serial port that leads to stdio gets no input. */
        public static RunOptions plain(OutputStream out) {
            return new RunOptions(null, List.of(), "", false, false, InputStream.nullInputStream(), out);
        }
    }

    private void carryOut(String command, JsonNode order, ObjectNode answer) throws IOException {
        switch (command) {
            case "status" -> status(answer);
            case "pause" -> machine.pause();
            case "resume" -> machine.resume();
            case "togglePause" -> togglePause();
            case "reset" -> machine.reset();
            case "powerButton" -> machine.powerButton();
            case "powerOff" -> machine.powerOff();
            case "screenshot" -> savePicture(machine, Path.of(order.path("file").asText()));
            case "screenText" -> answer.put("text", machine.screenText());
            case "type" -> machine.type(order.path("text").asText());
            case "insertCd" ->
                machine.drives().insertCd(Path.of(order.path("file").asText()));
            case "ejectCd" -> machine.drives().ejectCd();
            default -> throw new IOException("a machine does not know the order '" + command + "'");
        }
    }

    private void togglePause() {
        if (machine.state() == MachineState.PAUSED) {
            machine.resume();
        } else {
            machine.pause();
        }
    }

    /** Saves what the screen shows as a PNG file; trouble is one sentence that names it. */
    public static void savePicture(Machine machine, Path file) throws IOException {
        requireFolder(file);
        try {
            machine.screenshot(file);
        } catch (IOException e) {
            throw new IOException("the picture " + file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }

    /** Refuses a picture that could not be saved because there is no folder for it. */
    public static void requireFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IOException("the picture " + file + " cannot be written: there is no folder " + folder);
        }
    }

    private void status(ObjectNode answer) {
        MachineStats stats = machine.stats();
        answer.put("name", name);
        answer.put("state", machine.state().name().toLowerCase(Locale.ROOT));
        answer.put("pid", ProcessHandle.current().pid());
        answer.put("instructions", stats.instructions());
        answer.put("tier", stats.tier());
        answer.put("mips", stats.mips());
        answer.put("seconds", stats.machineSeconds());
        answer.put("idleSeconds", stats.idleSeconds());
        machine.troubles().forEach(answer.putArray("troubles")::add);
    }

    /** Powers the machine off and releases everything. */
    @Override
    public void close() throws IOException {
        try {
            machine.close();
        } finally {
            closeRest();
        }
    }

    private void closeRest() throws IOException {
        try {
            networks.close();
            serial.close();
            if (control != null) {
                control.close();
            }
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
