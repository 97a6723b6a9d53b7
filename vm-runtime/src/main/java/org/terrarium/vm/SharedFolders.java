package org.terrarium.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.device.pci.MsixTable;
import org.terrarium.vm.device.pci.PciBus;
import org.terrarium.vm.device.virtio.VirtioPci;
import org.terrarium.vm.device.virtio9p.Virtio9p;
import org.terrarium.vm.device.virtio9p.Virtio9pState;
import org.terrarium.vm.share.FileServer;
import org.terrarium.vm.share.ShareCounters;
import org.terrarium.vm.share.ShareQueue;

/** The machine's shared folders: a function of one PCI slot each, served by a thread of its own that is there while it has work. */
final class SharedFolders implements AutoCloseable {
    private static final int SLOT = 28;

    private record Share(FileServer server, ShareQueue queue, Virtio9p device) {}

    /**
     * The parts of the board that a share is wired to.
     *
     * @param messages takes message-signalled interrupts
     */
    record Wiring(DmaMemory dma, BoardMemory memory, PortBus ports, PciBus pci, MsixTable.Messages messages) {}

    private final List<ShareOption> options;
    private final List<Share> shares = new ArrayList<>();
    private final ThreadPoolExecutor threads;
    private final AtomicLong activity = new AtomicLong();
    private final List<String> warnings = new ArrayList<>();
    private final boolean[] asserted;

    private SharedFolders(List<ShareOption> options) {
        this.options = options;
        threads = HostThreads.pool("shared folder", Math.max(1, options.size()));
        asserted = new boolean[options.size()];
    }

    /**
     * Builds the devices that {@code b} names. A folder that is not there does not keep the machine from starting.
     *
     * @param add makes a chip part of the board
     * @param machine the machine's thread
     * @throws IOException in a sentence when this host or this kind of run can have no shared folders
     */
    static SharedFolders plug(MachineBuilder b, Wiring w, Consumer<Device<?>> add, Executor machine)
            throws IOException {
        List<ShareOption> options = b.shares();
        SharedFolders all = new SharedFolders(options);
        if (options.isEmpty()) {
            return all;
        }
        if (b.deterministic()) {
            throw new IOException("a deterministic run can have no shared folders, as their files change from outside;"
                    + " leave out the folder '" + options.get(0).tag() + "'");
        }
        if (!FileServer.possibleHere()) {
            throw new IOException("shared folders need a 64-bit Linux as host in this version; leave out the folder '"
                    + options.get(0).tag() + "'");
        }
        IrqLine pin = w.pci().interruptLine(SLOT, 1);
        for (int n = 0; n < options.size(); n++) {
            ShareOption option = options.get(n);
            FileServer server = new FileServer(option.folder(), option.readOnly());
            ShareQueue queue = new ShareQueue(all.threads, machine);
            Virtio9p device = new Virtio9p(option.tag(), server, queue, all.activity::addAndGet);
            int number = n;
            VirtioPci<Virtio9pState> function = new VirtioPci<>(
                    "virtio-9p" + n,
                    device,
                    w.dma(),
                    w.memory().map,
                    w.ports(),
                    high -> all.drive(pin, number, high),
                    w.messages(),
                    true);
            add.accept(function);
            w.pci().attach(SLOT, n, function);
            all.shares.add(new Share(server, queue, device));
            all.look(option);
        }
        return all;
    }

    private void look(ShareOption option) {
        if (!Files.isDirectory(option.folder())) {
            warnings.add("the shared folder '" + option.tag() + "' is not there for the guest: there is no folder "
                    + option.folder());
        } else if (!Files.isReadable(option.folder())) {
            warnings.add("the shared folder '" + option.tag() + "' is not there for the guest: " + option.folder()
                    + " may not be read");
        }
    }

    /** The functions share the slot's pin: it is high while one of them wants it so. */
    private void drive(IrqLine pin, int number, boolean high) {
        asserted[number] = high;
        boolean any = false;
        for (boolean a : asserted) {
            any |= a;
        }
        pin.set(any);
    }

    /** As they were asked for. */
    List<ShareOption> options() {
        return options;
    }

    /** A sentence about each folder that the guest will not find. */
    List<String> warnings() {
        return warnings;
    }

    /** Brings everything in flight to rest. */
    void settle() {
        shares.forEach(s -> s.device().settle());
    }

    /** Bytes of messages since power-on; any thread. */
    long activity() {
        return activity.get();
    }

    /** What was asked of all of them together; any thread. */
    ShareStats stats() {
        ShareStats sum = new ShareStats(0, 0, 0);
        for (Share s : shares) {
            ShareCounters c = s.server().counters();
            sum = new ShareStats(
                    sum.requests() + c.requests(),
                    sum.bytesRead() + c.bytesRead(),
                    sum.bytesWritten() + c.bytesWritten());
        }
        return sum;
    }

    /** Lets the files go; the guest has ended. */
    @Override
    public void close() {
        for (Share s : shares) {
            s.queue().close();
            s.server().close();
        }
        threads.shutdown();
    }
}
