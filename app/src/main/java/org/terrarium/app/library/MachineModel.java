package org.terrarium.app.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Status;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.text.Text;
import org.terrarium.disk.Progress;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;
import org.terrarium.vm.cli.Serve;
import org.terrarium.vm.library.Activity;
import org.terrarium.vm.library.BackgroundStart;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.LockOwner;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.MachineSession.RunOptions;
import org.terrarium.vm.library.NetworkPlug;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.SoundSpec;

/** One machine of the library: its folder, its description, and what it is doing. Belongs to the JavaFX thread. */
public final class MachineModel {
    private final Threads threads;
    private final Problems problems;
    private final LiveMachine live;
    private boolean hasRun;
    private final Object writing = new Object();
    private final ReadOnlyObjectWrapper<MachineSpec> spec = new ReadOnlyObjectWrapper<>(this, "spec");
    private final MachineFolder folder;
    private final MachineLibrary library;
    private final Runnable afterChange;
    private MachineEntry seen;
    private final ReadOnlyObjectWrapper<Activity> activity =
            new ReadOnlyObjectWrapper<>(this, "activity", Activity.NONE);
    private final ReadOnlyBooleanWrapper throwsAway = new ReadOnlyBooleanWrapper(this, "throwsAway");
    private final BooleanProperty suspended = new SimpleBooleanProperty(this, "suspended");
    private RunEnd runEnd = (machine, keep) -> keep.accept(false);
    private volatile MachineSession session;
    private Activity counted;
    private long countedAt;

    MachineModel(MachineEntry entry, MachineLibrary library, Threads threads, Problems problems, Runnable afterChange) {
        this.library = library;
        this.afterChange = afterChange;
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

    /** Whether it is there only to be cloned. */
    public boolean template() {
        MachineSpec s = spec.get();
        return s != null && s.template();
    }

    /** The group it is in; empty for none. */
    public String group() {
        MachineSpec s = spec.get();
        return s == null ? "" : s.group();
    }

    /** Whether the words, in lower case, occur in its name, group or notes. */
    public boolean matches(String words) {
        MachineSpec s = spec.get();
        String text = s == null ? name() : name() + "\n" + s.group() + "\n" + s.notes();
        return text.toLowerCase(Locale.ROOT).contains(words);
    }

    /** What it does a second: processors of the host in use, bytes of disks and networks. */
    public ReadOnlyObjectProperty<Activity> activityProperty() {
        return activity.getReadOnlyProperty();
    }

    /**
     * Asks a machine that is on what it has done since the last time, and shows it when the answer is there.
     *
     * @param nanos a clock's reading now
     */
    void sample(long nanos) {
        MachineSession here = session;
        boolean there = live.status() == Status.ELSEWHERE && controllable();
        if (!live.on() && !there) {
            counted = null;
            activity.set(Activity.NONE);
            return;
        }
        MachineEntry entry = seen;
        threads.background().execute(() -> {
            try {
                Activity now = live.on() && here != null
                        ? here.activity()
                        : Activity.of(ControlClient.of(entry).order("status"));
                threads.ui().execute(() -> counted(now, nanos));
            } catch (IOException e) {
                threads.ui().execute(() -> activity.set(Activity.NONE)); // it is just ending
            }
        });
    }

    private void counted(Activity now, long nanos) {
        if (counted != null && nanos > countedAt) {
            activity.set(now.rate(counted, (nanos - countedAt) / 1e9));
        }
        counted = now;
        countedAt = nanos;
    }

    /** Changes the description of a machine that is off; for good, and in the background. */
    public void change(UnaryOperator<MachineSpec> change) {
        inBackground(() -> library.update(folder, change.apply(folder.load())));
    }

    /** The same with disks to be made, sizes in bytes by the files that the description names. */
    public void change(MachineSpec changed, Map<Path, Long> newDisks) {
        inBackground(() -> library.update(folder, changed, newDisks));
    }

    /** What of the settings can be changed while the machine is on: media, sound, notes, group, and how it is shown. */
    public void changeWhileOn(MachineSpec before, MachineSpec after) {
        if (!Objects.equals(before.cdrom(), after.cdrom())) {
            changeCd(after.cdrom() == null ? null : folder.resolve(after.cdrom()));
        }
        for (int drive = 0; drive < 2; drive++) {
            Path was = drive < before.floppies().size() ? before.floppies().get(drive) : null;
            Path is = drive < after.floppies().size() ? after.floppies().get(drive) : null;
            if (!Objects.equals(was, is)) {
                changeFloppy(drive, is == null ? null : folder.resolve(is));
            }
        }
        for (int card = 0; card < before.nics().size(); card++) {
            changeForwards(
                    card,
                    before.nics().get(card).forwards(),
                    after.nics().get(card).forwards());
        }
        if (!before.sound().equals(after.sound())) {
            hear(after.sound().kind() == SoundSpec.Kind.HOST);
        }
        DisplaySpec display =
                before.display().with(after.display().scaling(), after.display().fullScreen());
        if (!display.equals(before.display())
                || !after.notes().equals(before.notes())
                || !after.group().equals(before.group())) {
            annotate(spec -> spec.withDisplay(display).withNotes(after.notes()).withGroup(after.group()));
        }
    }

    /** Whether the cable of a network card of a machine that runs here is pulled. */
    public boolean unplugged(int card) {
        List<NetworkPlug> cards = cards();
        return card < cards.size()
                && cards.get(card).pluggable()
                && !cards.get(card).connected();
    }

    /** Plugs the cable of a running machine's network card in or pulls it. */
    public void plug(int card, boolean in) {
        MachineSession here = session;
        MachineEntry entry = seen;
        threads.background().execute(() -> {
            try {
                if (live.on() && here != null) {
                    here.plug(card, in);
                } else {
                    ControlClient.of(entry)
                            .order("cable", Map.of("card", String.valueOf(card), "in", String.valueOf(in)));
                }
            } catch (IOException e) {
                problems.report(Text.of("library.trouble.cable"), HostTrouble.sentence(e));
            }
        });
    }

    /** Closes and opens ports of the host that lead to a running guest, for later starts, too. */
    private void changeForwards(int card, List<PortForward> before, List<PortForward> after) {
        if (after.equals(before)) {
            return;
        }
        MachineSession here = live.on() ? session : null;
        MachineEntry entry = seen;
        inBackground(() -> {
            for (PortForward gone : without(before, after)) {
                forward(here, entry, card, gone, false);
            }
            for (PortForward added : without(after, before)) {
                forward(here, entry, card, added, true);
            }
            MachineSpec now = folder.load();
            List<NicSpec> cards = new ArrayList<>(now.nics());
            cards.set(card, cards.get(card).withForwards(after));
            folder.save(now.withNics(cards));
        });
    }

    private static List<PortForward> without(List<PortForward> some, List<PortForward> others) {
        return some.stream().filter(f -> !others.contains(f)).toList();
    }

    private static void forward(MachineSession here, MachineEntry entry, int card, PortForward forward, boolean open)
            throws IOException {
        if (here != null) {
            here.forward(card, forward, open);
        } else {
            ControlClient.of(entry)
                    .order(
                            open ? "netForward" : "netUnforward",
                            Map.of("nic", String.valueOf(card), "forward", forward.text()));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Changes the description, shows what became of it. */
    private void inBackground(Work work) {
        threads.background().execute(() -> {
            try {
                oneAtATime(work);
            } catch (IOException | RuntimeException e) {
                problems.report(Text.of("library.trouble.change", name()), HostTrouble.sentence(e));
            }
        });
    }

    /** Two changes at once would each start from the description without the other, and one would be lost. */
    private void oneAtATime(Work work) throws IOException {
        synchronized (writing) {
            work.run();
            MachineSpec changed = folder.load();
            threads.ui().execute(() -> spec.set(changed));
        }
    }

    /** Changes the description on the calling thread, also while the machine is on. */
    void changeNow(UnaryOperator<MachineSpec> change) throws IOException {
        oneAtATime(() -> folder.save(change.apply(folder.load())));
    }

    /** Changes it after a drive or the sound of the running machine was changed; an error goes to who changed that. */
    private void changeWithDrive(UnaryOperator<MachineSpec> change) {
        try {
            changeNow(change);
        } catch (IOException e) {
            throw new UncheckedIOException(HostTrouble.sentence(e), e);
        }
    }

    /** Changes what is only there for people, such as notes and group; also while the machine is on. */
    public void annotate(UnaryOperator<MachineSpec> change) {
        inBackground(() -> changeNow(change));
    }

    /** Takes over what is on disk now; a machine that we run ourselves is left alone. */
    void refresh(MachineEntry entry) {
        if (live.on() || live.status().busy() || session != null) {
            if (entry.spec() != null && spec.get() != null) {
                spec.set(spec.get()
                        .withNotes(entry.spec().notes())
                        .withGroup(entry.spec().group()));
            }
            return;
        }
        if (hasRun && entry.owner().filter(LockOwner::isSelf).isPresent()) {
            return; // what was read while our own run gave its lock back
        }
        seen = entry;
        spec.set(entry.spec());
        if (entry.broken()) {
            live.set(Status.BROKEN, entry.trouble());
        } else if (entry.owner().filter(o -> !isOwnWork(o)).isPresent()) {
            live.set(Status.ELSEWHERE, entry.owner().map(MachineModel::words).orElse(""));
        } else if (live.status() == Status.BROKEN || live.status() == Status.ELSEWHERE) {
            live.set(Status.OFF, ""); // after a run here, what was said about it stays
        }
    }

    /** Whether it is this program that has the lock, for something else than running the machine. */
    private static boolean isOwnWork(LockOwner owner) {
        return owner.isSelf() && owner.control().isEmpty();
    }

    private static String words(LockOwner owner) {
        return Text.of("library.usedBy", owner.text());
    }

    /** Whether there is a good description from before the last change. */
    public boolean revertible() {
        return folder.previous().isPresent();
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
                problems.report(Text.of("library.trouble.reach", name()), HostTrouble.sentence(e));
            }
        });
    }

    /** Asks what shall become of the changes that a throw-away run has made. */
    @FunctionalInterface
    public interface RunEnd {
        /** @param keep to be told once whether they are kept */
        void ask(MachineModel machine, Consumer<Boolean> keep);
    }

    /** Who is asked at the end of a throw-away run; without anybody its changes are dropped. */
    void setRunEnd(RunEnd asked) {
        runEnd = asked;
    }

    /** Whether the machine is in a throw-away run whose changes nobody has kept yet. */
    public ReadOnlyBooleanProperty throwsAwayProperty() {
        return throwsAway.getReadOnlyProperty();
    }

    /** Whether the next start goes on from a saved state; set by who reads the snapshots. */
    public BooleanProperty suspendedProperty() {
        return suspended;
    }

    /** Starts the machine, or lets it go on from where it was suspended. */
    public void start() {
        start(false);
    }

    /** Starts the machine so that what it changes on its disks is gone at the end, unless it is kept. */
    public void startThrowAway() {
        start(true);
    }

    /** Makes the changes of a throw-away run the machine's own, now and at its end. */
    public void keepChanges() {
        MachineSession here = session;
        if (here == null || !throwsAway.get()) {
            return;
        }
        threads.background().execute(() -> {
            try {
                here.keepChanges();
                threads.ui().execute(() -> throwsAway.set(false));
            } catch (IOException | RuntimeException e) {
                problems.report(Text.of("library.trouble.keep", name()), HostTrouble.sentence(e));
            }
        });
    }

    private void start(boolean dropsChanges) {
        if (!live.status().startable()) {
            return;
        }
        hasRun = true;
        live.set(Status.STARTING, "");
        threads.background().execute(() -> {
            release(); // of the last run, if that is not done yet
            try {
                MachineSpec description = folder.load(); // not what was read last: others change it too
                threads.ui().execute(() -> spec.set(description));
                MachineSession opened = MachineSession.open(
                        folder, description, RunOptions.plain(System.out).with(dropsChanges, false));
                session = opened;
                threads.ui().execute(() -> {
                    throwsAway.set(dropsChanges);
                    live.attach(opened.machine(), this::ended);
                    threads.background().execute(() -> switchOn(opened));
                });
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                String sentence = HostTrouble.sentence(e);
                threads.ui().execute(() -> live.set(Status.FAILED, sentence));
                problems.report(Text.of("library.trouble.start", name()), sentence);
            }
        });
    }

    private void switchOn(MachineSession opened) {
        try {
            opened.start();
        } catch (IOException e) {
            problems.report(Text.of("library.trouble.start", name()), HostTrouble.sentence(e));
            threads.ui().execute(() -> throwsAway.set(false));
            opened.machine().close();
        }
    }

    /** Starts it in a process of its own, which goes on when this program ends. */
    public void startHeadless() {
        if (!live.status().startable()) {
            return;
        }
        live.set(Status.STARTING, "");
        MachineEntry entry = seen;
        threads.background().execute(() -> {
            release();
            String sentence = "";
            try {
                BackgroundStart.start(entry, Serve.class, List.of());
            } catch (IOException | TimeoutException e) {
                sentence = HostTrouble.sentence(e);
                problems.report(Text.of("library.trouble.start", name()), sentence);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            String why = sentence;
            threads.ui().execute(() -> {
                live.set(why.isEmpty() ? Status.OFF : Status.FAILED, why);
                afterChange.run();
            });
        });
    }

    /** The machine has ended: what it held goes back, after the question what becomes of a throw-away run's changes. */
    private void ended() {
        threads.ui().execute(() -> {
            if (throwsAway.get()) {
                runEnd.ask(this, keep -> threads.background().execute(() -> endThrowAway(keep)));
            } else {
                threads.background().execute(this::releaseAndReload);
            }
        });
    }

    private void endThrowAway(boolean keep) {
        MachineSession here = session;
        try {
            if (keep && here != null) {
                here.keepChanges();
            }
        } catch (IOException | RuntimeException e) {
            problems.report(Text.of("library.trouble.keep", name()), HostTrouble.sentence(e));
        }
        threads.ui().execute(() -> throwsAway.set(false));
        releaseAndReload();
    }

    /** What it is now is in its folder: the disks may be other ones than when it was started. */
    private void releaseAndReload() {
        release();
        threads.ui().execute(afterChange);
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
            problems.report(Text.of("library.trouble.close", name()), HostTrouble.sentence(e));
        }
        session = null;
    }

    /** Puts a CD into the drive, now and for later starts; null takes it out. */
    public void changeCd(Path iso) {
        live.changeCd(iso, () -> changeWithDrive(now -> now.withCdrom(iso == null ? null : folder.name(iso))));
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
        live.changeFloppy(
                drive,
                image,
                () -> changeWithDrive(now -> {
                    List<Path> floppies = new ArrayList<>(now.floppies());
                    // A description has the floppies from drive A on: one in B alone stays for this run.
                    if (drive < floppies.size()) {
                        floppies.remove(drive);
                    }
                    if (image != null && drive <= floppies.size()) {
                        floppies.add(drive, folder.name(image));
                    }
                    return now.withFloppies(floppies);
                }));
    }

    /** The sound card, and where what it plays goes now. */
    public SoundSpec sound() {
        MachineSpec s = spec.get();
        return session().map(here -> here.sound().spec()).orElse(s == null ? SoundSpec.NONE : s.sound());
    }

    /** Lets what the machine plays be heard on the host, or mutes it, now and for later starts. */
    public void hear(boolean on) {
        UnaryOperator<MachineSpec> kept = now -> now.withSound(on ? SoundSpec.HOST : SoundSpec.SILENT);
        MachineEntry there = seen;
        session()
                .ifPresentOrElse(
                        here -> live.hear(here.sound(), on, () -> changeWithDrive(kept)),
                        () -> inBackground(() -> {
                            ControlClient.of(there).order("hear", Map.of("on", String.valueOf(on)));
                            folder.save(kept.apply(folder.load()));
                        }));
    }

    /** Whether its state can be saved now: it is on, and its changes are kept. */
    public boolean suspendable() {
        if (live.status() == Status.ELSEWHERE) {
            return controllable();
        }
        MachineSession s = session;
        return s != null && live.on() && s.snapshots().isPresent();
    }

    /** Saves the state of the machine and switches it off; the next start goes on from there. */
    public void suspend() {
        suspend(() -> {});
    }

    /** The same; {@code failed} is told when the machine runs on. */
    public void suspend(Runnable failed) {
        MachineSession s = session;
        if (live.status() == Status.ELSEWHERE) {
            MachineEntry there = seen;
            live.suspend(() -> ControlClient.of(there).longOrder("suspend"), failed);
        } else if (s != null) {
            live.suspend(() -> s.suspend(Progress.NONE), failed);
        }
    }

    /** The machine with what it holds of the host, while it runs in this program. */
    public Optional<MachineSession> session() {
        return live.on() ? Optional.ofNullable(session) : Optional.empty();
    }

    /** Waits until a run that has ended has given back what it held of the host; not on the JavaFX thread. */
    public void awaitReleased() {
        if (live.status().startable()) {
            release();
        }
    }

    /** Takes over what is in the description's file now, of a machine that is off. */
    public void reload() {
        inBackground(() -> {});
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
