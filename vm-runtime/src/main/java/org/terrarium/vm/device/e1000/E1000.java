package org.terrarium.vm.device.e1000;

import static org.terrarium.vm.device.e1000.Reg82540.*;

import java.util.Arrays;
import org.terrarium.net.MacAddress;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.Ipv4;
import org.terrarium.net.wire.Octets;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.nic.FrameBytes;
import org.terrarium.vm.device.nic.NetworkCard;
import org.terrarium.vm.device.nic.ReceivedChecksum;
import org.terrarium.vm.device.nic.SerialEeprom;
import org.terrarium.vm.device.pci.MemoryWindow;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.device.pci.PortWindow;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * Intel 82540EM Gigabit Ethernet controller ("e1000"; PCI/PCI-X Family of Gigabit Ethernet Controllers Software Developer's
 * Manual, Intel 317453). Copper link, always at 1000 Mbit/s; descriptors are worked off when their tail is written, so frames
 * take no modelled time; interrupts come at most as often as ITR says.
 */
public final class E1000 implements Device<E1000State>, PciFunction, NetworkCard {
    private static final int VENDOR = 0x8086;
    private static final int DEVICE = 0x100E;
    private static final int EEPROM_CHECKSUM_WORD = 0x3F;

    /** All words of the EEPROM together give this (5.6.35). */
    private static final int EEPROM_SUM = 0xBABA;

    private static final int MEMORY_BYTES = 0x20000;
    private static final int IO_PORTS = 64;
    private static final int IOADDR = 0;
    private static final int IODATA = 4;
    private static final int DESCRIPTOR = 16;

    /** ITR counts in units of 256 ns (13.4.18). */
    private static final long ITR_NANOS = 256;

    // Receive descriptor, status and errors (3.2.3.1).
    private static final int RX_DD = 1;
    private static final int RX_EOP = 2;
    private static final int RX_IXSM = 4;
    private static final int RX_VP = 8;
    private static final int RX_TCPCS = 0x20;
    private static final int RX_IPCS = 0x40;
    private static final int TX_DD = 1;

    private final String label;
    private final TimerQueue timers;
    private final DmaMemory memory;
    private final Cable cable;
    private final PciConfig config;
    private final SerialEeprom eeprom;
    private final Phy phy = new Phy();
    private final Transmitter transmitter;
    private final MacAddress mac;
    private final Timer interruptTimer;
    private final int[] registers = new int[END / 4];
    private final byte[] descriptor = new byte[DESCRIPTOR];
    private int ioAddress;
    private long nextInterrupt;
    private boolean asserted;

    /**
     * @param mac the address in its EEPROM
     * @param wire its INTA# pin
     */
    public E1000(
            String label,
            TimerQueue timers,
            DmaMemory memory,
            MemoryMap map,
            PortBus ports,
            IrqLine wire,
            Cable cable,
            MacAddress mac) {
        this.label = label;
        this.timers = timers;
        this.memory = memory;
        this.cable = cable;
        this.mac = mac;
        eeprom = new SerialEeprom(eepromContents(mac));
        transmitter = new Transmitter(this::transmitted, this::transmittedLarge);
        interruptTimer = timers.create(label + " ITR", this::updateInterrupt);
        config = PciConfig.of(VENDOR, DEVICE, 0x020000)
                .revision(2)
                .subsystem(VENDOR, 0x001E)
                .interrupt(1, wire)
                .memoryBar(
                        0,
                        MEMORY_BYTES,
                        false,
                        new MemoryWindow(map, MEMORY_BYTES, MemoryWindow.PCI_PRIORITY, memory()))
                .ioBar(2, IO_PORTS, new PortWindow(ports, IO_PORTS, io()))
                .register(0x3E, 1, 255, 0) // MIN_GNT: likes to keep the bus
                .onWrite((offset, size) -> framesArrived())
                .build();
        resetChip();
    }

    /** The EEPROM's words (5.6): the address, identifiers, and what makes their sum right. */
    private static int[] eepromContents(MacAddress mac) {
        int[] words = new int[EEPROM_CHECKSUM_WORD + 1];
        for (int k = 0; k < 3; k++) {
            words[k] = Short.toUnsignedInt(Short.reverseBytes((short) (mac.bits() >>> 32 - 16 * k)));
        }
        words[0x0A] = 0x4408; // initialization control 1: valid signature, little endian
        words[0x0B] = DEVICE;
        words[0x0C] = VENDOR;
        words[0x0D] = DEVICE;
        words[0x0E] = VENDOR;
        words[0x0F] = 0x3040; // initialization control 2: automatic negotiation
        words[EEPROM_CHECKSUM_WORD] = EEPROM_SUM - Arrays.stream(words).sum() & 0xFFFF;
        return words;
    }

    /** The register range of BAR 0. */
    public MmioDevice memory() {
        return new MmioDevice() {
            @Override
            public long read(long offset, int size) {
                if (size == 8) {
                    return readRegister((int) offset) & 0xFFFF_FFFFL | (long) readRegister((int) offset + 4) << 32;
                }
                int shifted = readRegister((int) offset & ~3) >>> 8 * ((int) offset & 3);
                return shifted & (size == 4 ? 0xFFFF_FFFFL : (1L << 8 * size) - 1);
            }

            @Override
            public void write(long offset, int size, long value) {
                // "Registers may only be accessed as 32-bit quantities" (13.2.1): narrower writes are dropped.
                if (size >= 4 && (offset & 3) == 0) {
                    writeRegister((int) offset, (int) value);
                    if (size == 8) {
                        writeRegister((int) offset + 4, (int) (value >>> 32));
                    }
                }
            }
        };
    }

    /** IOADDR and IODATA of BAR 2 (13.2.2): the registers by way of ports. */
    public PortDevice io() {
        return new PortDevice() {
            @Override
            public int read(int offset, int size) {
                int register = offset & ~3;
                int value = register == IOADDR ? ioAddress : register == IODATA ? readRegister(ioAddress) : 0;
                int shifted = value >>> 8 * (offset & 3);
                return size == 4 ? shifted : shifted & (1 << 8 * size) - 1;
            }

            @Override
            public void write(int offset, int size, int value) {
                if (size == 4 && offset == IOADDR) {
                    ioAddress = value;
                } else if (size == 4 && offset == IODATA) {
                    writeRegister(ioAddress, value);
                }
            }
        };
    }

    private int readRegister(int offset) {
        if ((offset & 3) != 0 || offset < 0 || offset >= END) {
            return 0;
        }
        switch (offset) {
            case STATUS:
                return status();
            case EECD:
                return registers[EECD / 4] | EECD_PRES | (eeprom.dataOut() ? EECD_DO : 0);
            case ICR:
                int causes = registers[ICR / 4];
                registers[ICR / 4] = 0; // read to clear (13.4.17)
                updateInterrupt();
                return causes;
            case ICS, IMC:
                return 0;
            default:
                int value = registers[offset / 4];
                if (offset >= STATISTICS && offset < STATISTICS_END) {
                    registers[offset / 4] = 0;
                }
                return value;
        }
    }

    private int status() {
        boolean up = cable.connected() && (registers[CTRL / 4] & CTRL_SLU) != 0;
        return STATUS_FD | STATUS_SPEED_1000 | (up ? STATUS_LU : 0);
    }

    private void writeRegister(int offset, int value) {
        if ((offset & 3) != 0 || offset < 0 || offset >= END) {
            return;
        }
        switch (offset) {
            case CTRL -> control(value);
            case EECD -> {
                boolean granted = (value & EECD_REQ) != 0;
                registers[EECD / 4] = value & (EECD_SK | EECD_CS | EECD_DI | EECD_REQ) | (granted ? EECD_GNT : 0);
                eeprom.pins((value & EECD_CS) != 0, (value & EECD_SK) != 0, (value & EECD_DI) != 0);
            }
            case EERD -> {
                boolean start = (value & EERD_START) != 0;
                int address = value >>> 8 & 0xFF;
                registers[EERD / 4] = start ? eeprom.word(address) << 16 | address << 8 | EERD_DONE : value & 0xFF00;
            }
            case MDIC -> managementData(value);
            case ICR -> {
                registers[ICR / 4] &= ~value;
                updateInterrupt();
            }
            case ICS -> raise(value);
            case IMS -> {
                registers[IMS / 4] |= value;
                updateInterrupt();
            }
            case IMC -> {
                registers[IMS / 4] &= ~value;
                updateInterrupt();
            }
            case STATUS -> {
                // read only
            }
            case RDLEN, TDLEN -> registers[offset / 4] = value & 0xFFF80;
            case RDBAL, TDBAL -> registers[offset / 4] = value & ~15;
            case RDH, TDH -> registers[offset / 4] = value & 0xFFFF;
            case RDT -> {
                registers[RDT / 4] = value & 0xFFFF;
                framesArrived();
            }
            case TDT -> {
                registers[TDT / 4] = value & 0xFFFF;
                transmit();
            }
            case TCTL -> {
                registers[TCTL / 4] = value;
                transmit();
            }
            case RCTL -> {
                registers[RCTL / 4] = value;
                framesArrived();
            }
            default -> {
                if (offset < STATISTICS || offset >= STATISTICS_END) {
                    registers[offset / 4] = value;
                }
            }
        }
    }

    private void control(int value) {
        if ((value & CTRL_RST) != 0) {
            resetChip();
            updateInterrupt();
            return;
        }
        int before = status();
        registers[CTRL / 4] = value & ~(CTRL_RST | CTRL_PHY_RST);
        if ((value & CTRL_PHY_RST) != 0) {
            phy.reset();
        }
        if (status() != before) {
            raise(ICR_LSC);
        }
    }

    private void managementData(int value) {
        int register = value >>> 16 & 31;
        int address = value >>> 21 & 31;
        int result = value & 0x03FF_FFFF;
        if (address != Phy.ADDRESS) {
            result |= MDIC_ERROR;
        } else if ((value & MDIC_READ) != 0) {
            result = result & ~0xFFFF | phy.read(register, cable.connected());
        } else if ((value & MDIC_WRITE) != 0) {
            phy.write(register, value & 0xFFFF);
        }
        registers[MDIC / 4] = result | value & (MDIC_READ | MDIC_WRITE | MDIC_INTERRUPT) | MDIC_READY;
        if ((value & MDIC_INTERRUPT) != 0) {
            raise(ICR_MDAC);
        }
    }

    // ---- interrupts

    private void raise(int causes) {
        registers[ICR / 4] |= causes;
        updateInterrupt();
    }

    /** Drives INTA#; a new interrupt waits until ITR's interval since the last one is over. */
    private void updateInterrupt() {
        boolean wanted = (registers[ICR / 4] & registers[IMS / 4]) != 0;
        if (!wanted) {
            asserted = false;
            interruptTimer.cancel();
            config.setInterrupt(false);
            return;
        }
        if (asserted) {
            return;
        }
        long now = timers.nanos();
        if (now < nextInterrupt) {
            if (!interruptTimer.armed()) {
                interruptTimer.at(nextInterrupt);
            }
            return;
        }
        asserted = true;
        interruptTimer.cancel();
        nextInterrupt = now + (registers[ITR / 4] & 0xFFFF) * ITR_NANOS;
        config.setInterrupt(true);
    }

    // ---- transmission

    private void transmit() {
        if ((registers[TCTL / 4] & TCTL_EN) == 0 || !config.busMaster()) {
            return;
        }
        int count = registers[TDLEN / 4] / DESCRIPTOR;
        int causes = 0;
        int[] words = new int[4];
        // At most once round: a tail outside of the ring is never reached.
        for (int guard = 0; guard < count && registers[TDH / 4] != registers[TDT / 4]; guard++) {
            int head = registers[TDH / 4] % count;
            long at = base(TDBAL) + (long) head * DESCRIPTOR;
            memory.read(at, descriptor, 0, DESCRIPTOR);
            for (int k = 0; k < 4; k++) {
                words[k] = Integer.reverseBytes(Octets.i32(descriptor, 4 * k));
            }
            int cmd = words[2] >>> 24;
            work(words, cmd);
            if ((cmd & Transmitter.CMD_RS) != 0) {
                memory.write(at + 12, new byte[] {(byte) (words[3] & 0xFF | TX_DD)}, 0, 1);
                causes |= ICR_TXDW;
            }
            registers[TDH / 4] = head + 1 == count ? 0 : head + 1;
            causes |= ICR_TXQE;
        }
        if (causes != 0) {
            raise(causes);
        }
    }

    private void work(int[] words, int cmd) {
        int type = (cmd & Transmitter.CMD_DEXT) == 0 ? Transmitter.TYPE_LEGACY : words[2] >>> 20 & 15;
        if (type == Transmitter.TYPE_CONTEXT) {
            transmitter.context(words);
            return;
        }
        if (type != Transmitter.TYPE_LEGACY && type != Transmitter.TYPE_DATA) {
            return;
        }
        int length = words[2] & (type == Transmitter.TYPE_LEGACY ? 0xFFFF : 0xFFFFF);
        if (!transmitter.begun()) {
            transmitter.begin(type, cmd, words[3] >>> 8 & 0xFF);
        }
        int room = length == 0 ? -1 : transmitter.room(length);
        if (room >= 0) {
            long address = words[0] & 0xFFFF_FFFFL | (long) words[1] << 32;
            memory.read(address, transmitter.buffer(), room, length);
        }
        if ((cmd & Transmitter.CMD_EOP) != 0) {
            boolean vlan = (registers[CTRL / 4] & CTRL_VME) != 0;
            transmitter.send(cmd, words, vlan ? registers[VET / 4] & 0xFFFF : 0);
        }
    }

    /** A segment counts as the frames it stands for. */
    private void transmittedLarge(byte[] large) {
        int header = LargeFrame.payloadAt(large);
        int frames = Math.ceilDiv(LargeFrame.octets(large) - header, LargeFrame.mss(large));
        countTransmitted(frames, LargeFrame.octets(large) + (long) (frames - 1) * header);
        if ((status() & STATUS_LU) != 0) {
            cable.sendLarge(large);
        }
    }

    private void countTransmitted(int frames, long octets) {
        count(GPTC, frames);
        count(TPT, frames);
        count64(GOTCL, octets + (long) frames * FrameBytes.FCS);
        count64(TOTL, octets + (long) frames * FrameBytes.FCS);
    }

    private void transmitted(byte[] frame) {
        countTransmitted(1, frame.length);
        if ((frame[0] & 1) != 0) {
            count(FrameBytes.destination(frame) == Ethernet.BROADCAST ? BPTC : MPTC, 1);
        }
        if ((status() & STATUS_LU) != 0) {
            cable.send(FrameBytes.padded(frame));
        }
    }

    // ---- reception

    @Override
    public void framesArrived() {
        if ((registers[RCTL / 4] & RCTL_EN) == 0) {
            while (cable.receive() != null) {
                count(MPC, 1); // the receiver is off: nobody keeps them
            }
            return;
        }
        int count = registers[RDLEN / 4] / DESCRIPTOR;
        int causes = 0;
        // Frames wait in the cable's queue until the guest gives more descriptors, as in the chip's packet buffer.
        while (count > 0 && config.busMaster() && free(count) >= needed()) {
            byte[] frame = cable.receive();
            if (frame == null) {
                break;
            }
            if (accepted(frame)) {
                store(frame, count);
                causes |= ICR_RXT0;
                int threshold = count >> 1 + (registers[RCTL / 4] >>> RCTL_RDMTS_SHIFT & 3);
                causes |= free(count) <= threshold ? ICR_RXDMT0 : 0;
            }
        }
        if (causes != 0) {
            raise(causes);
        }
    }

    private int free(int count) {
        int free = registers[RDT / 4] % count - registers[RDH / 4] % count;
        return free < 0 ? free + count : free;
    }

    /** Descriptors that the longest frame takes. */
    private int needed() {
        return (Ethernet.MAX_FRAME + FrameBytes.FCS + bufferSize() - 1) / bufferSize();
    }

    private int bufferSize() {
        int size = 2048 >> (registers[RCTL / 4] >>> RCTL_BSIZE_SHIFT & 3);
        return (registers[RCTL / 4] & RCTL_BSEX) != 0 && size < 2048 ? size * 16 : size;
    }

    /** Address filtering (3.2.1) and VLAN filtering (9.3). */
    private boolean accepted(byte[] frame) {
        int rctl = registers[RCTL / 4];
        if ((rctl & RCTL_VFE) != 0 && tagged(frame)) {
            int vlan = Octets.u16(frame, 14) & 0xFFF;
            if ((registers[VFTA / 4 + (vlan >> 5)] >>> (vlan & 31) & 1) == 0) {
                return false;
            }
        }
        long destination = FrameBytes.destination(frame);
        if (destination == Ethernet.BROADCAST && (rctl & RCTL_BAM) != 0) {
            return true;
        }
        boolean group = Ethernet.group(destination);
        if ((rctl & (group ? RCTL_MPE : RCTL_UPE)) != 0) {
            return true;
        }
        for (int k = 0; k < RECEIVE_ADDRESSES; k++) {
            int high = registers[RAH0 / 4 + 2 * k];
            long address = registers[RAL0 / 4 + 2 * k] & 0xFFFF_FFFFL | (long) (high & 0xFFFF) << 32;
            if ((high & RAH_AV) != 0 && reversed(destination) == address) {
                return true;
            }
        }
        if (!group) {
            return false;
        }
        // The multicast table is chosen by bits of the address's last two octets (13.5.1).
        int shift = 4 - (rctl >>> RCTL_MO_SHIFT & 3);
        shift = shift == 1 ? 0 : shift;
        int hash = (frame[5] & 0xFF) << 8 | frame[4] & 0xFF;
        int bit = hash >> shift & 0xFFF;
        return (registers[MTA / 4 + (bit >> 5)] >>> (bit & 31) & 1) != 0;
    }

    /** The registers hold an address with its first octet lowest. */
    private static long reversed(long address) {
        return Long.reverseBytes(address) >>> 16;
    }

    private boolean tagged(byte[] frame) {
        return frame.length >= 18 && Octets.u16(frame, 12) == (registers[VET / 4] & 0xFFFF);
    }

    private void store(byte[] received, int count) {
        byte[] frame = received;
        int special = 0;
        int status = checksumStatus(frame);
        if ((registers[CTRL / 4] & CTRL_VME) != 0 && tagged(frame)) {
            special = Octets.u16(frame, 14);
            status |= RX_VP;
            byte[] bare = new byte[frame.length - 4];
            System.arraycopy(frame, 0, bare, 0, 12);
            System.arraycopy(frame, 16, bare, 12, bare.length - 12);
            frame = bare;
        }
        boolean strip = (registers[RCTL / 4] & RCTL_SECRC) != 0;
        byte[] wire = strip ? FrameBytes.padded(frame) : FrameBytes.withFcs(frame);
        countReceived(received);
        int size = bufferSize();
        for (int done = 0; done < wire.length; done += size) {
            int head = registers[RDH / 4] % count;
            long at = base(RDBAL) + (long) head * DESCRIPTOR;
            memory.read(at, descriptor, 0, 8);
            long address = Long.reverseBytes(
                    (long) Octets.i32(descriptor, 0) << 32 | Octets.i32(descriptor, 4) & 0xFFFF_FFFFL);
            int piece = Math.min(size, wire.length - done);
            memory.write(address, wire, done, piece);
            boolean last = done + piece == wire.length;
            descriptor[8] = (byte) piece;
            descriptor[9] = (byte) (piece >> 8);
            descriptor[10] = 0;
            descriptor[11] = 0;
            descriptor[12] = (byte) (RX_DD | (last ? RX_EOP | status : 0));
            descriptor[13] = 0;
            descriptor[14] = (byte) special;
            descriptor[15] = (byte) (special >> 8);
            memory.write(at + 8, descriptor, 8, 8);
            registers[RDH / 4] = head + 1 == count ? 0 : head + 1;
        }
    }

    /**
     * What the chip says about checksums (3.2.9): looked at and right, or not looked at. A wrong one is left for the system to
     * find.
     */
    private int checksumStatus(byte[] frame) {
        int enabled = registers[RXCSUM / 4] & (RXCSUM_IPOFL | RXCSUM_TUOFL);
        Ipv4 ip = enabled == 0 ? null : ReceivedChecksum.packet(frame);
        if (ip == null) {
            return RX_IXSM;
        }
        boolean transport = (enabled & RXCSUM_TUOFL) != 0 && ReceivedChecksum.right(frame, ip);
        return RX_IPCS | (transport ? RX_TCPCS : 0);
    }

    private void countReceived(byte[] frame) {
        count(GPRC, 1);
        count(TPR, 1);
        count64(GORCL, frame.length + FrameBytes.FCS);
        count64(TORL, frame.length + FrameBytes.FCS);
        if ((frame[0] & 1) != 0) {
            count(FrameBytes.destination(frame) == Ethernet.BROADCAST ? BPRC : MPRC, 1);
        }
    }

    private void count(int register, int by) {
        int value = registers[register / 4];
        // Statistics stick at their greatest value (13.7).
        registers[register / 4] = Integer.compareUnsigned(value, -1 - by) > 0 ? -1 : value + by;
    }

    private void count64(int register, long by) {
        long value = registers[register / 4] & 0xFFFF_FFFFL | (long) registers[register / 4 + 1] << 32;
        registers[register / 4] = (int) (value + by);
        registers[register / 4 + 1] = (int) (value + by >>> 32);
    }

    private long base(int low) {
        return registers[low / 4] & 0xFFFF_FFFFL | (long) registers[low / 4 + 1] << 32;
    }

    @Override
    public void linkChanged() {
        raise(ICR_LSC);
    }

    // ---- life

    @Override
    public PciConfig config() {
        return config;
    }

    @Override
    public String label() {
        return label;
    }

    /** CTRL.RST (13.4.1): everything but the PCI configuration; the receive address comes from the EEPROM again. */
    private void resetChip() {
        Arrays.fill(registers, 0);
        registers[CTRL / 4] = CTRL_FD | CTRL_SLU;
        registers[PBA / 4] = 0x0010_0030;
        registers[VET / 4] = Ethernet.TYPE_VLAN;
        registers[EECD / 4] = 0;
        long address = reversed(mac.bits());
        registers[RAL0 / 4] = (int) address;
        registers[RAH0 / 4] = (int) (address >>> 32) | RAH_AV;
        phy.reset();
        eeprom.reset();
        transmitter.reset();
        nextInterrupt = 0;
    }

    @Override
    public void reset() {
        resetChip();
        ioAddress = 0;
        asserted = false;
        interruptTimer.cancel();
        config.reset();
    }

    @Override
    public E1000State save() {
        return new E1000State(
                config.save(),
                registers.clone(),
                phy.save(),
                eeprom.save(),
                ioAddress,
                transmitter.saveChecksumContext(),
                transmitter.saveSegmentContext(),
                transmitter.savePacket(),
                transmitter.saveCommand(),
                transmitter.saveOversize(),
                nextInterrupt,
                interruptTimer.deadline());
    }

    @Override
    public void restore(E1000State s) {
        System.arraycopy(s.registers(), 0, registers, 0, registers.length);
        phy.restore(s.phy());
        eeprom.restore(s.eeprom());
        ioAddress = s.ioAddress();
        transmitter.restore(s);
        nextInterrupt = s.nextInterrupt();
        interruptTimer.at(s.interruptTimer());
        asserted = s.config().interrupt();
        config.restore(s.config());
    }
}
