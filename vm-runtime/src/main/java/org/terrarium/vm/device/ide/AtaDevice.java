package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Ata.*;

import java.util.Arrays;
import org.terrarium.vm.io.DiskAttachment;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * What a disk and a packet device have in common: the registers of the command block, the data phases through the data port
 * or DMA, and the moment between a command and its effect. A subclass says what commands do.
 */
public abstract sealed class AtaDevice implements DmaTransfer permits AtaDisk, AtapiDrive {
    /** Which way data moves, and through what. */
    enum Phase {
        NONE,
        PIO_IN,
        PIO_OUT,
        DMA_IN,
        DMA_OUT
    }

    /** What the drive tells its channel. */
    interface Host {
        void interruptChanged();

        void dmaRequested();

        /** A block of a programmed I/O data phase is ready to move; drivers on a parallel channel see that in the status. */
        default void pioRequested() {}
    }

    /** From a command, or a completed buffer, to the next thing the host sees, nanoseconds: faster than any real drive. */
    private static final long RESPONSE_NANOS = 3_000;

    private static final Phase[] PHASES = Phase.values();

    private final Timer timer;
    private final TimerQueue timers;
    private Host host;
    private boolean interrupt;
    private int generation;
    private boolean inFlight;

    protected int features;
    protected int sectorCount;
    protected int lbaLow;
    protected int lbaMid;
    protected int lbaHigh;
    protected int device;
    protected int status;
    protected int error;
    protected int command;
    protected Phase phase = Phase.NONE;
    protected byte[] buffer = new byte[0];
    protected int position;
    protected int blockEnd;

    AtaDevice(String label, TimerQueue timers) {
        this.timers = timers;
        timer = timers.create(label, this::proceed);
    }

    final void connect(Host channel) {
        host = channel;
    }

    /** The command register was written; BSY is set and {@link #proceed} follows. */
    protected abstract void start();

    /** Does what the command asks for next; called a moment after {@link #start} or a buffer's end. */
    protected abstract void proceed();

    /** A block of a PIO data phase has moved through the data port. */
    protected abstract void blockMoved();

    /** All that was offered in a DMA data phase has moved. */
    protected abstract void dmaMoved();

    /** Puts the signature of the device class into the registers (ATA/ATAPI-6, 9.12) and the state after a reset. */
    protected abstract void afterReset(boolean hard);

    protected final void later() {
        timer.at(timers.nanos() + RESPONSE_NANOS);
    }

    /** Wraps the completion of a request to the medium: it is dropped when the command was abandoned meanwhile. */
    protected final DiskAttachment.Completion expect(DiskAttachment.Completion next) {
        int mine = generation;
        inFlight = true;
        return ok -> {
            if (mine == generation) {
                inFlight = false;
                next.done(ok);
            }
        };
    }

    final void writeRegister(int register, int value) {
        switch (register) {
            case FEATURES -> features = (features << 8 | value) & 0xFFFF;
            case SECTOR_COUNT -> sectorCount = (sectorCount << 8 | value) & 0xFFFF;
            case LBA_LOW -> lbaLow = (lbaLow << 8 | value) & 0xFFFF;
            case LBA_MID -> lbaMid = (lbaMid << 8 | value) & 0xFFFF;
            case LBA_HIGH -> lbaHigh = (lbaHigh << 8 | value) & 0xFFFF;
            case DEVICE -> device = value | OBSOLETE_ONES;
            default -> throw new IllegalArgumentException("register " + register);
        }
    }

    /** A command block register other than data; {@code previous} asks for the older content (HOB). */
    final int readRegister(int register, boolean previous) {
        int shift = previous ? 8 : 0;
        return switch (register) {
            case ERROR -> error;
            case SECTOR_COUNT -> sectorCount >> shift & 0xFF;
            case LBA_LOW -> lbaLow >> shift & 0xFF;
            case LBA_MID -> lbaMid >> shift & 0xFF;
            case LBA_HIGH -> lbaHigh >> shift & 0xFF;
            case DEVICE -> device;
            default -> status;
        };
    }

    final void command(int value) {
        boolean reset = value == DEVICE_RESET;
        if ((status & BSY) != 0 && !reset) {
            return; // A busy drive does not see the command register (ATA/ATAPI-6, 7.4).
        }
        abandon();
        setInterrupt(false);
        command = value;
        error = 0;
        status = status & ~(DRQ | ERR | DF) | BSY;
        start();
    }

    /** Stops whatever goes on; requests in flight will find nobody waiting. */
    private void abandon() {
        timer.cancel();
        generation++;
        if (inFlight) {
            inFlight = false;
            buffer = new byte[0]; // the old one still belongs to the request
        }
        phase = Phase.NONE;
        position = 0;
        blockEnd = 0;
    }

    /** Power-on reset or the SRST bit. */
    final void reset(boolean hard) {
        abandon();
        setInterrupt(false);
        command = NOP;
        features = 0;
        device = OBSOLETE_ONES;
        buffer = new byte[0];
        afterReset(hard);
    }

    protected final void signature(int mid, int high) {
        sectorCount = 1;
        lbaLow = 1;
        lbaMid = mid;
        lbaHigh = high;
        device &= DEV | OBSOLETE_ONES;
    }

    final boolean interruptPending() {
        return interrupt;
    }

    final void setInterrupt(boolean pending) {
        if (interrupt != pending) {
            interrupt = pending;
            host.interruptChanged();
        }
    }

    /** The command is over without error. */
    protected final void complete() {
        phase = Phase.NONE;
        status = DRDY | DSC;
        setInterrupt(true);
    }

    /** The command is over with these bits in the error register. */
    protected final void fail(int errorBits) {
        phase = Phase.NONE;
        error = errorBits;
        status = DRDY | DSC | ERR;
        setInterrupt(true);
    }

    /** Offers or asks for {@code bytes} through the data port, in the buffer from {@code from} on. */
    protected final void pioBlock(Phase direction, int from, int bytes, boolean announce) {
        phase = direction;
        position = from;
        blockEnd = from + bytes;
        status = DRDY | DSC | DRQ;
        if (announce) {
            setInterrupt(true);
        }
        host.pioRequested();
    }

    /** Starts the DMA data phase over the first {@code bytes} of the buffer. */
    protected final void dmaBlock(Phase direction, int bytes) {
        phase = direction;
        position = 0;
        blockEnd = bytes;
        status = DRDY | DSC | DRQ;
        host.dmaRequested();
    }

    protected final void busy() {
        status = status & ~DRQ | BSY;
    }

    final int readData(int size) {
        if (phase != Phase.PIO_IN) {
            return size == 4 ? -1 : (1 << 8 * size) - 1;
        }
        int value = 0;
        for (int k = 0; k < size && position < blockEnd; k++) {
            value |= (buffer[position++] & 0xFF) << 8 * k;
        }
        if (position >= blockEnd) {
            blockMoved();
        }
        return value;
    }

    final void writeData(int size, int value) {
        if (phase != Phase.PIO_OUT) {
            return;
        }
        for (int k = 0; k < size && position < blockEnd; k++) {
            buffer[position++] = (byte) (value >>> 8 * k);
        }
        if (position >= blockEnd) {
            blockMoved();
        }
    }

    @Override
    public final boolean requested() {
        return phase == Phase.DMA_IN || phase == Phase.DMA_OUT;
    }

    @Override
    public final boolean toMemory() {
        return phase == Phase.DMA_IN;
    }

    @Override
    public final byte[] buffer() {
        return buffer;
    }

    @Override
    public final int position() {
        return position;
    }

    @Override
    public final int available() {
        return requested() ? blockEnd - position : 0;
    }

    @Override
    public final void moved(int bytes) {
        position += bytes;
        if (position >= blockEnd) {
            dmaMoved();
        }
    }

    /** On a serial link: bytes of the present block in either kind of data phase. */
    final int blockBytes() {
        return phase == Phase.NONE ? 0 : blockEnd - position;
    }

    /** On a serial link: the direction of the data phase. */
    final boolean towardsHost() {
        return phase == Phase.PIO_IN || phase == Phase.DMA_IN;
    }

    /** On a serial link: the present block has moved. */
    final void blockDone() {
        position = blockEnd;
        if (requested()) {
            dmaMoved();
        } else {
            blockMoved();
        }
    }

    /** Makes the buffer at least {@code bytes} long; its content is not kept. */
    protected final void ensureBuffer(int bytes) {
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
    }

    abstract AtaDeviceState save();

    abstract void restore(AtaDeviceState state);

    protected final TaskFileState saveTaskFile(int bufferInUse) {
        return new TaskFileState(
                features,
                sectorCount,
                lbaLow,
                lbaMid,
                lbaHigh,
                device,
                status,
                error,
                command,
                interrupt,
                phase.ordinal(),
                Arrays.copyOf(buffer, Math.max(blockEnd, bufferInUse)),
                position,
                blockEnd,
                timer.deadline());
    }

    protected final void restoreTaskFile(TaskFileState s) {
        abandon();
        features = s.features();
        sectorCount = s.sectorCount();
        lbaLow = s.lbaLow();
        lbaMid = s.lbaMid();
        lbaHigh = s.lbaHigh();
        device = s.device();
        status = s.status();
        error = s.error();
        command = s.command();
        interrupt = s.interrupt();
        phase = PHASES[s.phase()];
        buffer = s.buffer().clone();
        position = s.position();
        blockEnd = s.blockEnd();
        timer.at(s.deadline());
    }
}
