package org.terrarium.vm.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.terrarium.disk.Progress;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.Drives;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.accel.TranslatorOptions;
import org.terrarium.vm.snapshot.LiveSnapshots;
import org.terrarium.vm.snapshot.Snapshots;
import org.terrarium.vm.snapshot.ThrowAwayRun;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.state.StateException;

/**
 * A machine built from its description, together with what it holds of the host: its lock, serial ports and control socket.
 * The window and the command line both run machines through this.
 */
public final class MachineSession implements AutoCloseable {
    /** How long a card that was replaced is without its cable: long enough for any driver to look. */
    private static final Duration CABLE_OUT = Duration.ofSeconds(3);

    private final String name;
    private final MachineLock lock;
    private final SessionParts parts;
    private final NetworkLinks networks;
    private final Machine machine;
    private final List<Path> disks;
    private final ConsoleOrders console;
    private Path log;
    private ControlServer control;
    private Snapshots snapshots;
    private LiveSnapshots live;
    private ThrowAwayRun throwAway;
    private final DisplaySpec display;
    private final List<NicSpec> nics;
    private final List<Integer> replaced = new ArrayList<>();
    private boolean startsPaused;
    private boolean dropsChanges;

    private MachineSession(MachineSpec spec, MachineLock lock, SessionParts parts, UnaryOperator<Path> resolve) {
        name = spec.name();
        display = spec.display();
        nics = spec.nics();
        disks = spec.disks().stream().map(d -> resolve.apply(d.file())).toList();
        this.lock = lock;
        this.parts = parts;
        machine = parts.machine();
        networks = parts.networks();
        console = new ConsoleOrders(machine);
    }

    /** Builds a machine of the library and makes it reachable for others. Nobody else can use it until this is closed. */
    public static MachineSession open(MachineFolder folder, MachineSpec spec, RunOptions options) throws IOException {
        if (spec.template()) {
            throw new IOException(
                    "the machine " + folder.name() + " is a template, which cannot run; make a clone of it");
        }
        MachineSpec before = folder.load();
        MachineLock lock = MachineLock.acquire(folder);
        MachineSession session = null;
        try {
            MachineSpec now = spec;
            if (!folder.load().equals(before)) {
                // Taking the lock has finished what another process was killed in.
                if (!spec.equals(before)) {
                    throw new IOException("the machine " + folder.name() + " has just been put in order; try again");
                }
                now = folder.load();
            }
            session = open(folder, withIdentity(folder, now), options, lock);
            MachineLog.attach(folder.logs(), session.machine(), InstantSource.system());
            session.log = MachineLog.of(folder);
            session.control = ControlServer.open(
                    ControlSocket.of(folder, System.getenv()),
                    new SessionOrders(
                                    session,
                                    session.console,
                                    new NetworkOrders(session.networks),
                                    session.parts.sound())::carryOut);
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

    private static MachineSession open(MachineFolder folder, MachineSpec spec, RunOptions options, MachineLock lock)
            throws IOException {
        Snapshots snapshots = Snapshots.of(folder);
        if (options.discardState()) {
            snapshots.dropState();
        }
        Optional<Snapshots.Resumable> saved = snapshots.resumable();
        // Overlays that can be kept lie in the machine's folder, and so must what they lie on.
        boolean keepable =
                spec.disks().stream().allMatch(d -> folder.resolve(d.file()).startsWith(folder.path()));
        ThrowAwayRun throwAway = options.throwAway() && keepable ? ThrowAwayRun.begin(folder, snapshots, spec) : null;
        MachineSession session = null;
        try {
            MachineSpec run = throwAway == null ? spec : throwAway.machine();
            boolean temporary = options.throwAway() && !keepable;
            session = new MachineSession(
                    run, lock, SessionParts.build(run, folder::resolve, options, temporary, folder), folder::resolve);
            session.dropsChanges = options.throwAway();
            session.throwAway = throwAway;
            session.live = new LiveSnapshots(session.machine, folder, snapshots);
            if (saved.isPresent()) {
                session.takeOver(folder, saved.get());
            }
            session.snapshots = snapshots;
            return session;
        } catch (IOException | RuntimeException e) {
            if (session != null) {
                session.machine.close();
                session.parts.closeLinks();
            }
            if (throwAway != null) {
                throwAway.end();
            }
            throw e;
        }
    }

    private void takeOver(MachineFolder folder, Snapshots.Resumable saved) throws IOException {
        try {
            machine.restore(saved.sections(), saved.memory());
            startsPaused = saved.paused();
            saved.described().ifPresent(then -> replaced.addAll(withOtherAddresses(then, nics)));
        } catch (StateException e) {
            throw new StateException(
                    "the machine " + folder.name() + " cannot go on from its saved state: " + e.getMessage()
                            + "; put its settings back, or start it with --discard-state",
                    e);
        }
    }

    /** Cards that were called something else when the state was saved, as a clone's all were. */
    private static List<Integer> withOtherAddresses(MachineSpec then, List<NicSpec> now) {
        List<Integer> others = new ArrayList<>();
        for (int n = 0; n < Math.min(then.nics().size(), now.size()); n++) {
            if (!then.nics().get(n).mac().equals(now.get(n).mac())) {
                others.add(n);
            }
        }
        return others;
    }

    /**
     * Has the guest notice that a card is another one: a system with ACPI finds the card taken out and a new one put in; any
     * other at least finds the cable pulled, and plugged in again a moment later.
     */
    private void replaceCards() throws IOException {
        for (int card : replaced) {
            machine.replugCard(card);
            if (networks.links().get(card).network() != null) {
                plug(card, false);
                CompletableFuture.delayedExecutor(CABLE_OUT.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> plugBack(card));
            }
        }
    }

    private void plugBack(int card) {
        try {
            plug(card, true);
        } catch (IOException e) {
            machine.report(HostTrouble.sentence(e));
        }
    }

    /** Switches the machine on: it boots, or goes on where it was suspended or a snapshot was taken. */
    public void start() throws IOException {
        if (snapshots != null && !dropsChanges) {
            snapshots.dropState(); // the disks change from now on, so the state fits them no longer
        }
        replaceCards();
        if (startsPaused) {
            machine.startPaused();
        } else {
            machine.start();
        }
    }

    /** Taking snapshots of the machine while it runs; empty for machines in no library and throw-away runs. */
    public Optional<LiveSnapshots> snapshots() {
        return dropsChanges ? Optional.empty() : Optional.ofNullable(live);
    }

    LiveSnapshots requireSnapshots() throws IOException {
        return snapshots()
                .orElseThrow(() -> new IOException(
                        "this is a throw-away run of the machine " + name + "; keep its changes first ('vm keep')"));
    }

    LiveSnapshots requireLive() throws IOException {
        return Optional.ofNullable(live)
                .orElseThrow(() -> new IOException("the machine " + name + " is in no library and has no snapshots"));
    }

    /** Whether the guest's changes to disks are dropped at the end. */
    public boolean throwsAway() {
        return dropsChanges;
    }

    /** A throw-away run was worth keeping: its changes become the machine's when it ends. */
    public void keepChanges() throws IOException {
        if (dropsChanges && throwAway == null) {
            throw new IOException("the disks of the machine " + name
                    + " lie outside of its folder, so the changes of a throw-away run cannot be kept");
        }
        if (throwAway == null) {
            throw new IOException("this is no throw-away run of the machine " + name + "; its changes are kept anyway");
        }
        throwAway.keep();
    }

    /** Saves the machine's state and switches it off; the next start goes on from there. */
    public void suspend(Progress progress) throws IOException {
        requireSnapshots().suspend(progress);
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
        SessionParts parts = SessionParts.build(spec, Path::toAbsolutePath, options, options.throwAway(), null);
        return new MachineSession(spec, null, parts, Path::toAbsolutePath);
    }

    public Machine machine() {
        return machine;
    }

    public String name() {
        return name;
    }

    /** The hard disks' files. */
    public List<Path> disks() {
        return disks;
    }

    /** The file that tells what happened to the machine; empty for one that is in no library. */
    public Optional<Path> log() {
        return Optional.ofNullable(log);
    }

    /** The network cards, in the description's order. */
    public List<NetworkPlug> networkPlugs() {
        return networks.plugs();
    }

    /**
     * What a run adds to a machine's description.
     *
     * @param kernel booted directly, or null
     * @param append the kernel's command line
     * @param throwAway the guest's changes to disks are dropped at the end, see {@link #keepChanges}
     * @param discardState boot, though the machine is suspended or was put back to a snapshot with a state
     * @param translator how guest code is translated
     * @param in read by a serial port that leads to stdio
     * @param out written by it
     */
    public record RunOptions(
            Path kernel,
            List<Path> initrds,
            String append,
            boolean throwAway,
            boolean discardState,
            boolean deterministic,
            TranslatorOptions translator,
            InputStream in,
            OutputStream out) {
        /** The same as a throw-away run or not, from a saved state or not. */
        public RunOptions with(boolean dropsChanges, boolean boots) {
            return new RunOptions(kernel, initrds, append, dropsChanges, boots, deterministic, translator, in, out);
        }

        /** Nothing special; a serial port that leads to stdio gets no input. */
        public static RunOptions plain(OutputStream out) {
            return new RunOptions(
                    null,
                    List.of(),
                    "",
                    false,
                    false,
                    false,
                    TranslatorOptions.USUAL,
                    InputStream.nullInputStream(),
                    out);
        }
    }

    /** Plugs the cable of network card {@code number}, from 0, in or pulls it; any thread. */
    public void plug(int number, boolean in) throws IOException {
        networks.plug(number, in);
    }

    /** Opens a port of the host that leads to the guest through network card {@code number}, or closes it; any thread. */
    public void forward(int number, PortForward forward, boolean open) throws IOException {
        new NetworkOrders(networks).forward(number, forward, open);
    }

    /** How its screen is to be shown, as its description said at the start. */
    public DisplaySpec display() {
        return display;
    }

    /** The sound card. */
    public SoundPlug sound() {
        return parts.sound();
    }

    /** How much it has done so far; any thread but the machine's own. */
    public Activity activity() {
        Drives drives = machine.drives();
        return new Activity(
                machine.stats().hostCpuSeconds(),
                drives.diskActivity() + drives.cdActivity() + drives.floppyActivity(),
                networks.octets());
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

    /** Powers the machine off and releases everything. */
    @Override
    public void close() throws IOException {
        try {
            console.close();
            if (live != null) {
                live.endMerging();
            }
            machine.close();
            if (live != null) {
                live.close();
            }
            if (throwAway != null) {
                throwAway.end();
            }
        } finally {
            closeRest();
        }
    }

    private void closeRest() throws IOException {
        try {
            parts.closeLinks();
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
