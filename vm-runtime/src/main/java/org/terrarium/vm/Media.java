package org.terrarium.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.device.floppy.FloppyController;
import org.terrarium.vm.device.floppy.FloppyGeometry;
import org.terrarium.vm.device.ide.Tray;
import org.terrarium.vm.disk.Passphrases;
import org.terrarium.vm.io.DiskAttachment;
import org.terrarium.vm.io.DiskQueue;
import org.terrarium.vm.time.TimerQueue;

/** Every disk image of a machine: opens them, hands them to the drives, changes removable ones, closes all at the end. */
final class Media implements Drives, DiskSwitch, AutoCloseable {
    private static final int FLOPPIES = 2;

    private final Consumer<IOException> trouble;
    private final DiskHosting hosting;
    private final AtomicLong diskBytes = new AtomicLong();
    private final AtomicLong cdBytes = new AtomicLong();
    private final AtomicLong floppyBytes = new AtomicLong();
    private final List<Place> disks = new ArrayList<>();
    private final Place[] floppyDisks = new Place[FLOPPIES];
    private final Path[] floppyFiles = new Path[FLOPPIES];
    private volatile Place cd;
    private volatile Path cdFile;
    private List<MachineBuilder.DiskOption> options = List.of();
    private TimerQueue countedTimers;
    private Tray cdTray;
    private FloppyController floppies;
    private Executor machineThread = Runnable::run;

    /** An image in its drive: the disk, how the drive reaches it, and how the firmware does. */
    private static final class Place {
        VirtualDisk disk;
        DiskQueue queue;
        FirmwareDisk firmware;

        Place(VirtualDisk disk) {
            this.disk = disk;
        }

        void close() throws IOException {
            if (queue != null) {
                queue.close();
            } else {
                disk.close();
            }
        }
    }

    /** {@code trouble} is told about the host's errors while the guest runs, on any thread. */
    Media(Consumer<IOException> trouble) {
        this.trouble = trouble;
        hosting = new DiskHosting(trouble);
    }

    /** Opens what the builder names; on failure nothing stays open. */
    static Media open(MachineBuilder b, Consumer<IOException> trouble) throws IOException {
        Media m = new Media(trouble);
        m.options = b.disks();
        try {
            for (MachineBuilder.DiskOption d : m.options) {
                VirtualDisk open = b.opened(d);
                m.disks.add(new Place(open != null ? open : openDisk(d, b.gate())));
            }
            if (b.cdrom().isPresent()) {
                m.cd = new Place(DiskFormats.openCd(b.cdrom().get()));
                m.cdFile = b.cdrom().get();
            }
            for (int n = 0; n < b.floppies().size(); n++) {
                m.floppyDisks[n] = new Place(openFloppy(b.floppies().get(n)));
                m.floppyFiles[n] = b.floppies().get(n);
            }
            return m;
        } catch (IOException e) {
            m.close();
            throw e;
        }
    }

    private static VirtualDisk openDisk(MachineBuilder.DiskOption d, Gate gate) throws IOException {
        DiskFormat format = d.format() == null ? null : DiskFormat.byLabel(d.format());
        OpenOptions how = OpenOptions.readWrite()
                .withFormat(format)
                .withGate(gate)
                .withPassphrases(Passphrases.of(System.getenv()));
        if (!d.throwAway()) {
            return DiskFormats.open(d.file(), how);
        }
        VirtualDisk base = DiskFormats.open(d.file(), how.withWritable(false));
        try {
            return DiskFormats.throwAway(base, Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException e) {
            base.close();
            throw e;
        }
    }

    private static VirtualDisk openFloppy(Path image) throws IOException {
        VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite().withFormat(DiskFormat.RAW));
        if (FloppyGeometry.forSize(disk.size()) == null) {
            disk.close();
            throw new DiskException(
                    image, "is no floppy image: it has " + disk.size() + " bytes, more than any floppy holds");
        }
        return disk;
    }

    /**
     * The board is about to be wired.
     *
     * @param counted its timers where machine time is counted in instructions; null in real time
     */
    void useTimers(TimerQueue counted) {
        countedTimers = counted;
        for (int n = 0; n < disks.size(); n++) {
            connect(disks.get(n), "disk" + n, false, options.get(n).discard(), diskBytes);
        }
        connectCd(cd);
        for (int n = 0; n < FLOPPIES; n++) {
            connectFloppy(n, floppyDisks[n]);
        }
    }

    private void connect(Place p, String label, boolean readOnly, boolean discard, AtomicLong light) {
        if (p != null) {
            p.queue = new DiskQueue(label, p.disk, readOnly, discard, hosting, light::addAndGet, countedTimers);
            p.firmware = new FirmwareDisk(p.queue, hosting);
        }
    }

    private void connectCd(Place p) {
        connect(p, "cd", true, false, cdBytes);
    }

    private void connectFloppy(int drive, Place p) {
        connect(p, "floppy" + drive, false, false, floppyBytes);
    }

    @Override
    public int count() {
        return disks.size();
    }

    @Override
    public VirtualDisk disk(int n) {
        return disks.get(n).disk;
    }

    @Override
    public void exchange(int n, VirtualDisk other) {
        Place p = disks.get(n);
        if (other.size() != p.disk.size()) {
            throw new IllegalArgumentException("a disk of another size");
        }
        p.queue.exchange(other);
        p.disk = other;
    }

    /** How the hard disks were asked for, in order. */
    List<MachineBuilder.DiskOption> options() {
        return options;
    }

    /** A hard disk as the firmware reads it. */
    VirtualDisk firmwareDisk(int n) {
        return disks.get(n).firmware;
    }

    /** The disc in the drive as the firmware reads it, or null. */
    VirtualDisk cdMedium() {
        Place p = cd;
        return p == null ? null : p.firmware;
    }

    /** The floppy in the drive as the firmware reads it, or null. */
    VirtualDisk floppyMedium(int drive) {
        Place p = floppyDisks[drive];
        return p == null ? null : p.firmware;
    }

    DiskAttachment diskAttachment(int n) {
        return disks.get(n).queue;
    }

    /** Null for an empty drive. */
    DiskAttachment cdAttachment() {
        return cd == null ? null : cd.queue;
    }

    /** Null for an empty drive. */
    DiskAttachment floppyAttachment(int drive) {
        Place p = floppyDisks[drive];
        return p == null ? null : p.queue;
    }

    /** The drives that removable media go into. */
    void connect(Tray tray, FloppyController floppyController) {
        cdTray = tray;
        floppies = floppyController;
    }

    /** From now on the drives belong to this thread. */
    void attach(Executor machine) {
        machineThread = machine;
        hosting.attach(machine);
    }

    /** Who is told when the guest must wait for the host to make space. */
    void onSpace(DiskHosting.SpaceListener listener) {
        hosting.onSpace(listener);
    }

    private Stream<DiskQueue> queues() {
        return Stream.of(disks.stream(), Stream.ofNullable(cd), Arrays.stream(floppyDisks))
                .flatMap(places -> places)
                .filter(p -> p != null && p.queue != null)
                .map(p -> p.queue);
    }

    /** Brings everything in flight to rest; false when requests are held until the host has space. */
    boolean settle() {
        boolean atRest = true;
        for (DiskQueue q : queues().toList()) {
            atRest &= q.settle();
        }
        return atRest;
    }

    /** Tries again what is held until the host has space; returns how many requests that were. */
    int retryHeld() {
        return queues().mapToInt(DiskQueue::retryHeld).sum();
    }

    /** The machine was reset, the drives have forgotten their commands: nothing is in flight afterwards. */
    void reset() {
        queues().forEach(DiskQueue::reset);
    }

    /** The guest opened the tray: the disc comes out. */
    void trayMoved(boolean open) {
        if (open) {
            takeCdOut(); // the file is closed, so the drive must not read from it when the guest closes the tray
        }
    }

    @Override
    public void insertCd(Path iso) throws IOException {
        VirtualDisk disc = DiskFormats.openCd(iso);
        onMachineThread(() -> {
            takeCdOut();
            cd = new Place(disc);
            connectCd(cd);
            cdFile = iso;
            cdTray.insert(cdAttachment());
        });
    }

    @Override
    public void ejectCd() {
        onMachineThread(this::takeCdOut);
    }

    private void takeCdOut() {
        if (cd != null) {
            closeQuietly(cd);
            cdTray.remove();
            cd = null;
            cdFile = null;
        }
    }

    @Override
    public Optional<Path> cd() {
        return Optional.ofNullable(cdFile);
    }

    @Override
    public void insertFloppy(int drive, Path image) throws IOException {
        checkDrive(drive);
        VirtualDisk disk = openFloppy(image);
        onMachineThread(() -> {
            takeFloppyOut(drive);
            floppyDisks[drive] = new Place(disk);
            connectFloppy(drive, floppyDisks[drive]);
            floppyFiles[drive] = image;
            floppies.insert(drive, floppyAttachment(drive));
        });
    }

    @Override
    public void ejectFloppy(int drive) {
        checkDrive(drive);
        onMachineThread(() -> takeFloppyOut(drive));
    }

    private void takeFloppyOut(int drive) {
        if (floppyDisks[drive] != null) {
            closeQuietly(floppyDisks[drive]);
            floppies.remove(drive);
            floppyDisks[drive] = null;
            floppyFiles[drive] = null;
        }
    }

    private static void checkDrive(int drive) {
        if (drive < 0 || drive >= FLOPPIES) {
            throw new IllegalArgumentException("there is no floppy drive " + drive + "; choose 0 or 1");
        }
    }

    @Override
    public Optional<Path> floppy(int drive) {
        checkDrive(drive);
        return Optional.ofNullable(floppyFiles[drive]);
    }

    @Override
    public long diskActivity() {
        return diskBytes.get();
    }

    @Override
    public long cdActivity() {
        return cdBytes.get();
    }

    @Override
    public long floppyActivity() {
        return floppyBytes.get();
    }

    private void onMachineThread(Runnable change) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        machineThread.execute(() -> {
            try {
                change.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            done.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** What the drive has asked of the medium is finished before it goes. */
    private void closeQuietly(Place p) {
        try {
            p.queue.settle();
            p.close();
        } catch (IOException e) {
            trouble.accept(e);
        }
    }

    /** Flushes and closes everything; the first failure is thrown after all have been tried. */
    @Override
    public void close() throws IOException {
        IOException first = null;
        List<Place> all = new ArrayList<>(disks);
        all.add(cd);
        all.addAll(Arrays.asList(floppyDisks));
        for (Place p : all) {
            try {
                if (p != null) {
                    p.close();
                }
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        disks.clear();
        cd = null;
        Arrays.fill(floppyDisks, null);
        hosting.close();
        if (first != null) {
            throw first;
        }
    }
}
