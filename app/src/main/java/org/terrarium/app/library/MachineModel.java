package org.terrarium.app.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Status;
import org.terrarium.app.machine.Threads;
import org.terrarium.disk.Progress;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.LockOwner;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.MachineSession.RunOptions;
import org.terrarium.vm.library.NetworkPlug;
import org.terrarium.vm.spec.MachineSpec;

/** One machine of the library: its folder, its description, and what it is doing. Belongs to the JavaFX thread. */
public final class MachineModel {
    private final Threads threads;
    private final Problems problems;
    private final LiveMachine live;
    private final ReadOnlyObjectWrapper<MachineSpec> spec = new ReadOnlyObjectWrapper<>(this, "spec");
    private final MachineFolder folder;
    private MachineEntry seen;
    private volatile MachineSession session;

    MachineModel(MachineEntry entry, Threads threads, Problems problems) {
        this.folder = entry.folder();
        this.seen = entry;
        this.threads = threads;
        this.problems = problems;
        this.live = new LiveMachine(entry.name(), threads, problems);
        refresh(entry);
    }

    public MachineFolder folder() {
        return folder;
    }

    public String name() {
        return folder.name();
    }

    /** What it is doing, and its buttons. */
    public LiveMachine live() {
        return live;
    }

    public Status status() {
        return live.status();
    }

    /** The description, null while it cannot be read. */
    public ReadOnlyObjectProperty<MachineSpec> specProperty() {
        return spec.getReadOnlyProperty();
    }

    /** Takes over what is on disk now; a machine that we run ourselves is left alone. */
    void refresh(MachineEntry entry) {
        if (live.on() || live.status().busy() || session != null) {
            return;
        }
        seen = entry;
        spec.set(entry.spec());
        if (entry.broken()) {
            live.set(Status.BROKEN, entry.trouble());
        } else if (entry.inUse()) {
            live.set(Status.ELSEWHERE, entry.owner().map(MachineModel::words).orElse(""));
        } else if (live.status() == Status.BROKEN || live.status() == Status.ELSEWHERE) {
            live.set(Status.OFF, ""); // after a run here, what was said about it stays
        }
    }

    private static String words(LockOwner owner) {
        return "It is used by " + owner.text() + ".";
    }

    /** Whether its buttons reach it: it runs here, or elsewhere with a way to talk to it. */
    public boolean controllable() {
        boolean reachable = seen.owner().filter(o -> !o.control().isEmpty()).isPresent();
        return live.status().live() || live.status() == Status.ELSEWHERE && reachable;
    }

    /** Pauses a running machine, lets a paused one run. */
    public void togglePause() {
        order("togglePause", live::togglePause);
    }

    /** Presses the reset button. */
    public void reset() {
        order("reset", live::reset);
    }

    /** Presses the power button: asks the guest to shut down. */
    public void powerButton() {
        order("powerButton", live::powerButton);
    }

    /** Pulls the plug. */
    public void powerOff() {
        order("powerOff", live::powerOff);
    }

    /** Gives an order to the machine here, or to the process that runs it. */
    private void order(String command, Runnable here) {
        if (live.status() != Status.ELSEWHERE) {
            here.run();
            return;
        }
        MachineEntry there = seen;
        threads.background().execute(() -> {
            try {
                ControlClient.of(there).order(command);
            } catch (IOException e) {
                problems.report("“" + name() + "” could not be reached", HostTrouble.sentence(e));
            }
        });
    }

    /** Starts the machine. */
    public void start() {
        if (!live.status().startable()) {
            return;
        }
        live.set(Status.STARTING, "");
        MachineSpec description = spec.get();
        threads.background().execute(() -> {
            release(); // of the last run, if that is not done yet
            try {
                MachineSession opened = MachineSession.open(folder, description, RunOptions.plain(System.out));
                session = opened;
                threads.ui().execute(() -> {
                    live.attach(opened.machine(), this::release);
                    threads.background().execute(() -> switchOn(opened));
                });
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                String sentence = HostTrouble.sentence(e);
                threads.ui().execute(() -> live.set(Status.FAILED, sentence));
                problems.report("“" + name() + "” could not be started", sentence);
            }
        });
    }

    private void switchOn(MachineSession opened) {
        try {
            opened.start();
        } catch (IOException e) {
            problems.report("“" + name() + "” could not be started", HostTrouble.sentence(e));
            opened.machine().close();
        }
    }

    /** Gives back what the machine held of the host: its lock and its serial ports. */
    private synchronized void release() {
        MachineSession held = session;
        if (held == null) {
            return;
        }
        try {
            held.close();
        } catch (IOException e) {
            problems.report("“" + name() + "” could not be closed properly", HostTrouble.sentence(e));
        }
        session = null;
    }

    /** Puts a CD into the drive, now and for later starts; null takes it out. */
    public void changeCd(Path iso) {
        live.changeCd(iso, () -> {
            try {
                MachineSpec changed = folder.load().withCdrom(iso == null ? null : folder.name(iso));
                folder.save(changed);
                threads.ui().execute(() -> spec.set(changed));
            } catch (IOException e) {
                throw new UncheckedIOException(HostTrouble.sentence(e), e);
            }
        });
    }

    /** The CD that the description names, in full. */
    public Optional<Path> cd() {
        MachineSpec s = spec.get();
        return s == null || s.cdrom() == null ? Optional.empty() : Optional.of(folder.resolve(s.cdrom()));
    }

    /** The floppy that is in drive 0 or 1, or will be after the start. */
    public Optional<Path> floppy(int drive) {
        Machine m = live.machineProperty().get();
        if (m != null) {
            return m.drives().floppy(drive);
        }
        MachineSpec s = spec.get();
        return s == null || drive >= s.floppies().size()
                ? Optional.empty()
                : Optional.of(folder.resolve(s.floppies().get(drive)));
    }

    /** Puts a floppy into drive 0 or 1, now and for later starts; null takes it out. */
    public void changeFloppy(int drive, Path image) {
        live.changeFloppy(drive, image, () -> {
            try {
                MachineSpec now = folder.load();
                List<Path> floppies = new ArrayList<>(now.floppies());
                // A description has the floppies from drive A on: one in B alone stays for this run.
                if (drive < floppies.size()) {
                    floppies.remove(drive);
                }
                if (image != null && drive <= floppies.size()) {
                    floppies.add(drive, folder.name(image));
                }
                MachineSpec changed = now.withFloppies(floppies);
                folder.save(changed);
                threads.ui().execute(() -> spec.set(changed));
            } catch (IOException e) {
                throw new UncheckedIOException(HostTrouble.sentence(e), e);
            }
        });
    }

    /** Whether its state can be saved now: it runs here, and its changes are kept. */
    public boolean suspendable() {
        MachineSession s = session;
        return s != null && s.snapshots().isPresent();
    }

    /** Saves the state of the machine that runs here and switches it off; the next start goes on from there. */
    public void suspend() {
        MachineSession s = session;
        if (s != null) {
            live.suspend(() -> s.suspend(Progress.NONE));
        }
    }

    /** The network cards while it runs here, else none. */
    public List<NetworkPlug> cards() {
        MachineSession s = session;
        return s == null ? List.of() : s.networkPlugs();
    }

    /** Powers off and waits, at the end of the program; any thread but the JavaFX one. */
    void shutDown() {
        release();
    }
}
