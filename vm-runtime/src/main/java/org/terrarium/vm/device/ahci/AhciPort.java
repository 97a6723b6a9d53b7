package org.terrarium.vm.device.ahci;

import static org.terrarium.vm.device.ahci.Ahci.*;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.device.ide.SataDrive;
import org.terrarium.vm.io.DiskAttachment;
import org.terrarium.vm.io.DiskTransfers;

/**
 * One port: its registers (AHCI 1.3.1, 3.3), the commands it fetches from the driver's list (5.3), and the drive behind it.
 * Commands without queue run one at a time; queued ones side by side, while none of the others runs.
 */
final class AhciPort implements SataDrive.Host {
    private static final int SRST = 0x04;
    private static final int NO_DRIVE = 0x7F;
    private static final int ABRT = 0x04;
    private static final int IDNF = 0x10;
    private static final int UNC = 0x40;
    private static final int SECTOR = 512;
    private static final int OFFLINE = 4;
    private static final int DEVICE_CONTROL = 15;
    private static final int PACKET_BYTES = 12;

    private final DmaMemory memory;
    private final BooleanSupplier mayUseMemory;
    private final Runnable interruptChanged;
    private final ReceivedFis received;
    private SataDrive drive;
    private DiskTransfers transfers;
    private boolean present;

    private long commandList;
    private long receivedArea;
    private int interruptStatus;
    private int interruptEnable;
    private int command;
    private int taskFile;
    private int signature;
    private int control;
    private int error;
    private int active;
    private int issued;
    private CommandSlot current;
    private int queued;
    private boolean softReset;
    private boolean stopped;
    private boolean processing;

    AhciPort(DmaMemory memory, BooleanSupplier mayUseMemory, Runnable interruptChanged) {
        this.memory = memory;
        this.mayUseMemory = mayUseMemory;
        this.interruptChanged = interruptChanged;
        received = new ReceivedFis(memory);
    }

    /** Puts a drive on the port before power-on. */
    void install(SataDrive newDrive) {
        drive = newDrive;
        present = true;
        drive.connect(this);
        transfers = drive.queuedMedium() == null ? null : new DiskTransfers(drive.queuedMedium());
    }

    /** The drive's cable is pulled while the machine runs. */
    void unplug() {
        if (present) {
            present = false;
            abandon();
            taskFile = NO_DRIVE;
            signature = -1;
            error |= SERR_N;
            interruptChanged.run();
        }
    }

    /** The drive is connected again, or another in its place. */
    void plug(SataDrive newDrive) {
        if (newDrive != drive) {
            install(newDrive);
        }
        present = true;
        linkUp();
        interruptChanged.run();
    }

    /** Power-on or controller reset (10.4.3); the addresses of the driver's memory are lost only at the first. */
    void reset(boolean powerOn) {
        if (powerOn) {
            commandList = 0;
            receivedArea = 0;
        }
        command = 0;
        interruptStatus = 0;
        interruptEnable = 0;
        control = 0;
        error = 0;
        softReset = false;
        abandon();
        taskFile = NO_DRIVE;
        signature = -1;
        if (present) {
            drive.reset(true);
            sendSignature();
        }
    }

    /** Forgets every command. */
    private void abandon() {
        issued = 0;
        active = 0;
        current = null;
        queued = 0;
        stopped = false;
        if (transfers != null) {
            transfers.reset();
        }
    }

    private void linkUp() {
        error |= SERR_X;
        drive.reset(true);
        sendSignature();
    }

    /** The drive's first message after a reset tells what it is (3.3.9). */
    private void sendSignature() {
        SataDrive.Registers r = drive.registers();
        signature =
                (r.lbaHigh() & 0xFF) << 24 | (r.lbaMid() & 0xFF) << 16 | (r.lbaLow() & 0xFF) << 8 | r.count() & 0xFF;
        takeStatus();
        postRegisters(false);
    }

    private void takeStatus() {
        taskFile = drive.error() << 8 | drive.status();
    }

    private boolean receives() {
        return (command & CMD_FRE) != 0 && mayUseMemory.getAsBoolean();
    }

    private void postRegisters(boolean interrupt) {
        if (receives()) {
            received.registers(receivedArea, drive, interrupt);
        }
        if (interrupt) {
            interruptStatus |= IS_DHRS;
        }
    }

    private int status() {
        return interruptStatus | ((error & SERR_X) != 0 ? IS_PCS : 0) | ((error & SERR_N) != 0 ? IS_PRCS : 0);
    }

    boolean interruptPending() {
        return (status() & interruptEnable) != 0;
    }

    int read(int register) {
        return switch (register) {
            case CLB -> (int) commandList;
            case CLBU -> (int) (commandList >>> 32);
            case FB -> (int) receivedArea;
            case FBU -> (int) (receivedArea >>> 32);
            case PXIS -> status();
            case PXIE -> interruptEnable;
            case CMD -> readCommand();
            case TFD -> taskFile;
            case SIG -> signature;
            case SSTS -> {
                int det = control & SCTL_DET;
                yield det == OFFLINE ? OFFLINE : present && det == 0 ? SSTS_PRESENT : 0;
            }
            case SCTL -> control;
            case SERR -> error;
            case SACT -> active;
            case CI -> issued;
            default -> 0;
        };
    }

    private int readCommand() {
        return command
                | CMD_SUD
                | CMD_POD
                | ((command & CMD_ST) != 0 ? CMD_CR : 0)
                | ((command & CMD_FRE) != 0 ? CMD_FR : 0)
                | (current == null ? 0 : current.number << CMD_CCS_SHIFT);
    }

    void write(int register, int value) {
        switch (register) {
            case CLB -> commandList = commandList & ~0xFFFF_FFFFL | value & 0xFFFF_FC00L;
            case CLBU -> commandList = commandList & 0xFFFF_FFFFL | (long) value << 32;
            case FB -> receivedArea = receivedArea & ~0xFFFF_FFFFL | value & 0xFFFF_FF00L;
            case FBU -> receivedArea = receivedArea & 0xFFFF_FFFFL | (long) value << 32;
            case PXIS -> interruptStatus &= ~(value & IS_WRITABLE);
            case PXIE -> interruptEnable = value & IE_MASK;
            case CMD -> writeCommand(value);
            case SCTL -> writeControl(value & SCTL_MASK);
            case SERR -> error &= ~(value & SERR_MASK);
            case SACT -> {
                if ((command & CMD_ST) != 0) {
                    active |= value;
                }
            }
            case CI -> {
                if ((command & CMD_ST) != 0) {
                    issued |= value;
                    process();
                }
            }
            default -> {
                // Read-only or not implemented.
            }
        }
        interruptChanged.run();
    }

    private void writeCommand(int value) {
        int before = command;
        command = value & CMD_KEPT;
        if ((before & CMD_ST) != 0 && (command & CMD_ST) == 0) {
            abandon();
        }
        if ((value & CMD_CLO) != 0 && (command & CMD_ST) == 0) {
            taskFile &= ~(STS_BSY | STS_DRQ);
        }
        if ((before & CMD_FRE) == 0 && (command & CMD_FRE) != 0 && present) {
            postRegisters(false); // what the drive has sent meanwhile
        }
        process();
    }

    /** DET 1 holds the drive in reset, 4 switches the interface off; 0 lets the drive come back (10.4.2). */
    private void writeControl(int value) {
        int before = control & SCTL_DET;
        control = value;
        int after = value & SCTL_DET;
        if (after != 0 && before == 0) {
            abandon();
            taskFile = NO_DRIVE;
        } else if (after == 0 && before != 0 && present) {
            linkUp();
        }
    }

    /** Fetches commands as long as the drive can take them. */
    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        while (issued != 0 && runs() && current == null) {
            CommandSlot slot = new CommandSlot(memory, commandList, Integer.numberOfTrailingZeros(issued));
            boolean isQueued = slot.carriesCommand()
                    && (slot.command() == READ_FPDMA_QUEUED || slot.command() == WRITE_FPDMA_QUEUED);
            if (isQueued ? transfers != null && !transfers.room() : queued != 0) {
                break;
            }
            if (isQueued) {
                startQueued(slot);
            } else {
                start(slot);
            }
        }
        processing = false;
    }

    private boolean runs() {
        return (command & CMD_ST) != 0
                && !stopped
                && present
                && (control & SCTL_DET) == 0
                && mayUseMemory.getAsBoolean();
    }

    private void start(CommandSlot slot) {
        if (!slot.carriesCommand()) {
            issued &= ~(1 << slot.number);
            deviceControl((slot.fisByte(DEVICE_CONTROL) & SRST) != 0);
            return;
        }
        current = slot;
        drive.command(slot.registers());
        takeStatus();
    }

    private void deviceControl(boolean reset) {
        if (reset && !softReset) {
            drive.reset(false);
            taskFile |= STS_BSY;
        } else if (!reset && softReset) {
            sendSignature();
        }
        softReset = reset;
    }

    @Override
    public void dataPhase() {
        CommandSlot slot = current;
        if (slot == null) {
            return; // its driver has given up
        }
        if (drive.wantsPacket()) {
            System.arraycopy(slot.packet(), 0, drive.buffer(), drive.blockStart(), PACKET_BYTES);
            drive.blockDone();
            return;
        }
        int bytes = drive.blockBytes();
        int before = drive.status();
        boolean toHost = drive.towardsHost();
        boolean programmedIo = drive.programmedIo();
        int from = drive.blockStart();
        int moved = slot.move(slot.moved, drive.buffer(), from, bytes, toHost);
        if (!toHost) {
            Arrays.fill(drive.buffer(), from + moved, from + bytes, (byte) 0);
        }
        slot.moved += moved;
        drive.blockDone();
        if (programmedIo) {
            if (receives()) {
                received.pioSetup(receivedArea, drive, toHost, before, bytes);
            }
            interruptStatus |= IS_PSS;
            if (toHost && current == slot && (drive.status() & (STS_BSY | STS_DRQ)) == 0) {
                over(slot); // no further message follows the last block
            }
            interruptChanged.run();
        }
    }

    @Override
    public void finished() {
        CommandSlot slot = current;
        if (slot != null) {
            postRegisters(true);
            over(slot);
            interruptChanged.run();
        }
    }

    /** After a failure the command stays in PxCI and the others wait until the driver stops the port (6.2.2). */
    private void over(CommandSlot slot) {
        takeStatus();
        slot.reportMoved();
        current = null;
        if ((drive.status() & STS_ERR) != 0) {
            interruptStatus |= IS_TFES;
            stopped = true;
        } else {
            issued &= ~(1 << slot.number);
            process();
        }
    }

    private void startQueued(CommandSlot slot) {
        issued &= ~(1 << slot.number);
        queued |= 1 << slot.queuedTag();
        DiskAttachment disk = drive.queuedMedium();
        boolean write = slot.command() == WRITE_FPDMA_QUEUED;
        long bytes = (long) slot.queuedSectors() * SECTOR;
        if (disk == null || write && disk.readOnly() || slot.capacity(bytes) < bytes) {
            queuedFailed(slot, ABRT);
            return;
        }
        if (slot.lba() > disk.size() / SECTOR - slot.queuedSectors()) {
            queuedFailed(slot, IDNF);
            return;
        }
        postRegisters(false); // the drive has taken the command
        long offset = slot.lba() * SECTOR;
        if (!write) {
            transfers.read(offset, bytes, slot, ok -> queuedOver(slot, ok, UNC));
            return;
        }
        boolean through = slot.forcedUnitAccess() || !drive.writeCache();
        transfers.write(offset, bytes, slot, ok -> {
            if (ok && through) {
                disk.flush(transfers.expect(flushed -> queuedOver(slot, flushed, ABRT)));
            } else {
                queuedOver(slot, ok, ABRT);
            }
        });
    }

    private void queuedOver(CommandSlot slot, boolean ok, int errorBits) {
        int bit = 1 << slot.queuedTag();
        if (stopped) {
            queued &= ~bit; // another one has failed: the driver repeats all that it finds in PxSACT
        } else if (ok) {
            queued &= ~bit;
            active &= ~bit;
            if (receives()) {
                received.setDeviceBits(receivedArea, drive.status(), 0, bit);
            }
            interruptStatus |= IS_SDBS;
        } else {
            queuedFailed(slot, errorBits);
        }
        process();
        interruptChanged.run();
    }

    private void queuedFailed(CommandSlot slot, int errorBits) {
        queued &= ~(1 << slot.queuedTag());
        stopped = true;
        if (drive.queuedMedium() != null) {
            drive.queuedFailure(slot.queuedTag(), errorBits, slot.lba(), slot.queuedSectors());
            takeStatus();
        } else {
            taskFile = ABRT << 8 | drive.status() | STS_ERR;
        }
        if (receives()) {
            received.setDeviceBits(receivedArea, taskFile, taskFile >> 8, 0);
        }
        interruptStatus |= IS_SDBS | IS_TFES;
    }

    AhciPortState save() {
        return new AhciPortState(
                commandList,
                receivedArea,
                interruptStatus,
                interruptEnable,
                command,
                taskFile,
                signature,
                control,
                error,
                active,
                issued,
                current == null ? -1 : current.number,
                current == null ? 0 : current.moved,
                softReset,
                stopped,
                present,
                drive == null ? null : drive.save());
    }

    void restore(AhciPortState s) {
        abandon();
        commandList = s.commandList();
        receivedArea = s.received();
        interruptStatus = s.interruptStatus();
        interruptEnable = s.interruptEnable();
        command = s.command();
        taskFile = s.taskFile();
        signature = s.signature();
        control = s.control();
        error = s.error();
        active = s.active();
        issued = s.issued();
        softReset = s.softReset();
        stopped = s.stopped();
        present = s.present();
        if (drive != null) {
            drive.restore(s.drive());
        }
        if (s.current() >= 0) {
            current = new CommandSlot(memory, commandList, s.current());
            current.moved = s.moved();
        }
    }
}
