package org.terrarium.vm;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.VirtualDisk;
import org.terrarium.vm.firmware.RepeatCall;
import org.terrarium.vm.io.DiskHost;
import org.terrarium.vm.io.DiskQueue;

/**
 * A medium as the built-in firmware uses it, on the machine's thread and beside the controller: whatever the controller has
 * in flight comes first. When the host is out of space the guest repeats its call once it goes on.
 */
final class FirmwareDisk implements VirtualDisk {
    private final DiskQueue queue;
    private final DiskHost host;

    FirmwareDisk(DiskQueue queue, DiskHost host) {
        this.queue = queue;
        this.host = host;
    }

    private interface Access {
        void run(VirtualDisk disk) throws IOException;
    }

    private void atRest(Access access) throws IOException {
        if (!queue.settle()) {
            throw RepeatCall.INSTANCE; // requests are held, so the guest is about to be stopped
        }
        try {
            access.run(queue.disk());
        } catch (DiskException e) {
            if (e.outOfSpace()) {
                host.outOfSpace(e);
                throw RepeatCall.INSTANCE;
            }
            host.trouble(e);
            throw e;
        }
    }

    @Override
    public long size() {
        return queue.size();
    }

    @Override
    public boolean readOnly() {
        return queue.readOnly();
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        atRest(disk -> disk.read(offset, dst));
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        atRest(disk -> disk.write(offset, src));
    }

    @Override
    public void flush() throws IOException {
        atRest(VirtualDisk::flush);
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        atRest(disk -> disk.discard(offset, length));
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        atRest(disk -> disk.writeZeroes(offset, length));
    }

    /** The machine closes its media itself. */
    @Override
    public void close() {}
}
