package org.terrarium.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.disk.Gate;
import org.terrarium.disk.OpenOptions;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.device.floppy.FloppyController;
import org.terrarium.vm.device.floppy.FloppyGeometry;
import org.terrarium.vm.device.ide.AtapiDrive;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.io.DirectDiskAttachment;
import org.terrarium.vm.io.DiskAttachment;

/** Every disk image of a machine: opens them, hands them to the drives, changes removable ones, closes all at the end. */
final class Media implements Drives, AutoCloseable {
    private static final int FLOPPIES = 2;

    private final Consumer<IOException> trouble;
    private final AtomicLong diskBytes = new AtomicLong();
    private final AtomicLong cdBytes = new AtomicLong();
    private final AtomicLong floppyBytes = new AtomicLong();
    private final List<VirtualDisk> disks = new ArrayList<>();
    private final VirtualDisk[] floppyDisks = new VirtualDisk[FLOPPIES];
    private final Path[] floppyFiles = new Path[FLOPPIES];
    private volatile VirtualDisk cd;
    private volatile Path cdFile;
    private AtapiDrive cdDrive;
    private FloppyController floppies;
    private Executor machineThread = Runnable::run;

    /** {@code trouble} is told about the host's errors while the guest runs. */
    Media(Consumer<IOException> trouble) {
        this.trouble = trouble;
    }

    /** Opens what the builder names; on failure nothing stays open. */
    static Media open(MachineBuilder b, Consumer<IOException> trouble) throws IOException {
        Media m = new Media(trouble);
        try {
            for (MachineBuilder.DiskOption d : b.disks()) {
                m.disks.add(openDisk(d));
            }
            if (b.cdrom().isPresent()) {
                m.cd = DiskFormats.openCd(b.cdrom().get());
                m.cdFile = b.cdrom().get();
            }
            for (int n = 0; n < b.floppies().size(); n++) {
                m.floppyDisks[n] = openFloppy(b.floppies().get(n));
                m.floppyFiles[n] = b.floppies().get(n);
            }
            return m;
        } catch (IOException e) {
            m.close();
            throw e;
        }
    }

    private static VirtualDisk openDisk(MachineBuilder.DiskOption d) throws IOException {
        DiskFormat format = d.format() == null ? null : DiskFormat.byLabel(d.format());
        Gate gate = AllowedFolders.gate(System.getenv());
        if (!d.throwAway()) {
            return DiskFormats.open(
                    d.file(), OpenOptions.readWrite().withFormat(format).withGate(gate));
        }
        VirtualDisk base = DiskFormats.open(
                d.file(), OpenOptions.readOnly().withFormat(format).withGate(gate));
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

    List<VirtualDisk> disks() {
        return List.copyOf(disks);
    }

    /** The disc in the drive, or null. */
    VirtualDisk cdMedium() {
        return cd;
    }

    /** The floppy in the drive, or null. */
    VirtualDisk floppyMedium(int drive) {
        return floppyDisks[drive];
    }

    DiskAttachment diskAttachment(int n) {
        return new DirectDiskAttachment(disks.get(n), false, trouble, diskBytes::addAndGet);
    }

    /** Null for an empty drive. */
    DiskAttachment cdAttachment() {
        return cd == null ? null : new DirectDiskAttachment(cd, true, trouble, cdBytes::addAndGet);
    }

    /** Null for an empty drive. */
    DiskAttachment floppyAttachment(int drive) {
        VirtualDisk d = floppyDisks[drive];
        return d == null ? null : new DirectDiskAttachment(d, false, trouble, floppyBytes::addAndGet);
    }

    /** The drives that removable media go into. */
    void connect(AtapiDrive cdromDrive, FloppyController floppyController) {
        cdDrive = cdromDrive;
        floppies = floppyController;
    }

    /** From now on the drives belong to this thread. */
    void attach(Executor machine) {
        machineThread = machine;
    }

    /** The guest opened the tray: the disc comes out. */
    void trayMoved(boolean open) {
        if (open) {
            cdDrive.remove(); // the file is closed, so the drive must not read from it when the guest closes the tray
            closeQuietly(cd);
            cd = null;
            cdFile = null;
        }
    }

    @Override
    public void insertCd(Path iso) throws IOException {
        VirtualDisk disc = DiskFormats.openCd(iso);
        onMachineThread(() -> {
            takeCdOut();
            cd = disc;
            cdFile = iso;
            cdDrive.insert(cdAttachment());
        });
    }

    @Override
    public void ejectCd() {
        onMachineThread(this::takeCdOut);
    }

    private void takeCdOut() {
        if (cd != null) {
            cdDrive.remove();
            closeQuietly(cd);
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
            floppyDisks[drive] = disk;
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
            floppies.remove(drive);
            closeQuietly(floppyDisks[drive]);
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

    private void closeQuietly(VirtualDisk disk) {
        if (disk != null) {
            try {
                disk.close();
            } catch (IOException e) {
                trouble.accept(e);
            }
        }
    }

    /** Flushes and closes everything; the first failure is thrown after all have been tried. */
    @Override
    public void close() throws IOException {
        IOException first = null;
        List<VirtualDisk> all = new ArrayList<>(disks);
        all.add(cd);
        all.addAll(java.util.Arrays.asList(floppyDisks));
        for (VirtualDisk d : all) {
            try {
                if (d != null) {
                    d.close();
                }
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        disks.clear();
        cd = null;
        java.util.Arrays.fill(floppyDisks, null);
        if (first != null) {
            throw first;
        }
    }
}
