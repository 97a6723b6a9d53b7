package org.terrarium.vm.device.rtl8139;

import static org.terrarium.vm.device.rtl8139.Reg8139.*;

import java.util.Arrays;
import org.terrarium.net.MacAddress;
import org.terrarium.net.link.Cable;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.nic.FrameBytes;
import org.terrarium.vm.device.nic.NetworkCard;
import org.terrarium.vm.device.nic.SerialEeprom;
import org.terrarium.vm.device.pci.MemoryWindow;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.device.pci.PortWindow;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * Realtek RTL8139C Fast Ethernet controller (RTL8139C(L) datasheet). One ring of octets to receive, four descriptors to send; a
 * frame is sent when its TSD register is written and takes no modelled time.
 */
public final class Rtl8139 implements Device<Rtl8139State>, PciFunction, NetworkCard {
    private static final int VENDOR = 0x10EC;
    private static final int DEVICE = 0x8139;
    private static final int EEPROM_SIGNATURE = 0x8129;
    private static final int RX_HEADER = 4;
    private static final int RX_RESERVE = 16;
    private static final int MAX_FRAME = 1792;

    /** TCTR counts the PCI clock (5.16). */
    private static final long PCI_CLOCK_NANOS = 30;

    private final String label;
    private final TimerQueue timers;
    private final DmaMemory memory;
    private final Cable cable;
    private final MacAddress mac;
    private final PciConfig config;
    private final SerialEeprom eeprom;
    private final Timer timer;
    private final byte[] registers = new byte[BYTES];
    private long timerStart;

    /**
     * @param mac the address in its EEPROM
     * @param wire its INTA# pin
     */
    public Rtl8139(
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
        timer = timers.create(label + " TimerInt", () -> raise(ISR_TIMEOUT));
        config = PciConfig.of(VENDOR, DEVICE, 0x020000)
                .revision(0x10)
                .subsystem(VENDOR, DEVICE)
                .interrupt(1, wire)
                .ioBar(0, BYTES, new PortWindow(ports, BYTES, ports()))
                .memoryBar(1, BYTES, false, new MemoryWindow(map, BYTES, MemoryWindow.PCI_PRIORITY, memory()))
                .onWrite((offset, size) -> framesArrived())
                .build();
        resetChip();
    }

    /** The EEPROM's words (datasheet, chapter 6). */
    private static int[] eepromContents(MacAddress mac) {
        int[] words = new int[64];
        words[0] = EEPROM_SIGNATURE;
        words[1] = VENDOR;
        words[2] = DEVICE;
        words[3] = VENDOR;
        words[4] = DEVICE;
        for (int k = 0; k < 3; k++) {
            words[7 + k] = Short.toUnsignedInt(Short.reverseBytes((short) (mac.bits() >>> 32 - 16 * k)));
        }
        return words;
    }

    /** The registers as BAR 0 shows them. */
    public PortDevice ports() {
        return new PortDevice() {
            @Override
            public int read(int offset, int size) {
                return readRegister(offset, size);
            }

            @Override
            public void write(int offset, int size, int value) {
                writeRegister(offset, size, value);
            }
        };
    }

    /** The same registers as BAR 1 shows them. */
    public MmioDevice memory() {
        return new MmioDevice() {
            @Override
            public long read(long offset, int size) {
                if (size == 8) {
                    return read(offset, 4) | read(offset + 4, 4) << 32;
                }
                int value = readRegister((int) offset, size);
                return size == 4 ? value & 0xFFFF_FFFFL : value;
            }

            @Override
            public void write(long offset, int size, long value) {
                writeRegister((int) offset, Math.min(4, size), (int) value);
                if (size == 8) {
                    writeRegister((int) offset + 4, 4, (int) (value >>> 32));
                }
            }
        };
    }

    private int get(int at, int size) {
        int value = 0;
        for (int k = size - 1; k >= 0; k--) {
            value = value << 8 | (at + k < BYTES ? registers[at + k] & 0xFF : 0);
        }
        return value;
    }

    private void set(int at, int size, int value) {
        for (int k = 0; k < size && at + k < BYTES; k++) {
            registers[at + k] = (byte) (value >>> 8 * k);
        }
    }

    private int readRegister(int offset, int size) {
        if (offset < 0 || offset >= BYTES) {
            return 0;
        }
        // Registers whose value is made when it is asked for; they are put into the file and read from there.
        set(CR, 1, get(CR, 1) & ~CR_BUFE | (used() == 0 ? CR_BUFE : 0));
        set(TCTR, 4, (int) ((timers.nanos() - timerStart) / PCI_CLOCK_NANOS));
        set(MSR, 1, get(MSR, 1) & ~MSR_LINKB | (cable.connected() ? 0 : MSR_LINKB));
        set(BMSR, 2, 0x7809 | (cable.connected() ? 0x24 : 0));
        set(CSCR, 2, chipStatus());
        set(CR9346, 1, get(CR9346, 1) & ~EE_DO | (eeprom.dataOut() ? EE_DO : 0));
        set(TSAD, 2, transmitStatus());
        return get(offset, size);
    }

    /**
     * CSCR (5.27). Linux's driver looks at the state of the link only when LinkChange is set here beside its interrupt, and asks before
     * it acknowledges that.
     */
    private int chipStatus() {
        int link = cable.connected() ? CSCR_CON_STATUS | CSCR_LINK_OK : 0;
        return CSCR_USUAL | link | ((get(ISR, 2) & ISR_LINK) != 0 ? CSCR_LINK_CHANGE : 0);
    }

    /** TSAD (5.18): the state bits of all four descriptors. */
    private int transmitStatus() {
        int all = 0;
        for (int k = 0; k < 4; k++) {
            int tsd = get(TSD0 + 4 * k, 4);
            all |= (tsd & TSD_OWN) != 0 ? 1 << k : 0;
            all |= (tsd & TSD_TOK) != 0 ? 1 << 12 + k : 0;
        }
        return all;
    }

    private void writeRegister(int offset, int size, int value) {
        if (offset >= TSD0 && offset < TSD0 + 16 && size == 4 && (offset & 3) == 0) {
            set(offset, 4, value);
            transmit((offset - TSD0) / 4);
            return;
        }
        // A wide access is the same as narrow ones one after the other, except that 16-bit registers change at once.
        for (int k = 0; k < size; ) {
            int at = offset + k;
            boolean pair = k + 1 < size && (at == CAPR || at == IMR || at == ISR || at == BMCR);
            int width = pair ? 2 : 1;
            writeNarrow(at, width, value >>> 8 * k & (pair ? 0xFFFF : 0xFF));
            k += width;
        }
    }

    private void writeNarrow(int at, int width, int value) {
        // Behind CONFIG5 the 8139C+ has its descriptor rings: drivers write there to see which of the two chips it is.
        if (at < 0 || at > CONFIG5) {
            return;
        }
        switch (at) {
            case CR -> command(value);
            case CAPR, CAPR + 1 -> {
                set(at, width, value);
                framesArrived();
            }
            case ISR, ISR + 1 -> {
                set(at, width, get(at, width) & ~value);
                // While frames are held back at the cable nothing new arrives to raise ROK again, so it stays.
                if ((get(CR, 1) & CR_RE) != 0 && !room()) {
                    set(ISR, 2, get(ISR, 2) | ISR_ROK);
                }
                updateInterrupt();
            }
            case IMR, IMR + 1 -> {
                set(at, width, value);
                updateInterrupt();
            }
            case CBR, CBR + 1, BMSR, BMSR + 1, ANLPAR, ANLPAR + 1, ANER, ANER + 1, MSR, CONFIG0 -> {
                // read only
            }
            case TCR + 3 -> set(at, 1, value & 3 | TCR_HWVERID >>> 24); // the version cannot be written
            case TCR + 2 -> set(at, 1, value & 0x3F);
            case TCTR, TCTR + 1, TCTR + 2, TCTR + 3 -> {
                timerStart = timers.nanos(); // any write starts it anew
                armTimer();
            }
            case TIMER_INT, TIMER_INT + 1, TIMER_INT + 2, TIMER_INT + 3 -> {
                set(at, 1, value);
                armTimer();
            }
            case CR9346 -> {
                set(at, 1, value & ~EE_DO);
                boolean programming = (value & EE_MODE) == EE_PROGRAM;
                eeprom.pins(programming && (value & EE_CS) != 0, (value & EE_SK) != 0, (value & EE_DI) != 0);
            }
            case BMCR -> set(at, width, value & ~(width == 2 ? 0x8200 : 0)); // reset and negotiation are done at once
            default -> {
                set(at, width, value);
                if (at >= RCR && at < RCR + 4) {
                    framesArrived();
                }
            }
        }
    }

    private void command(int value) {
        if ((value & CR_RST) != 0) {
            byte[] address = Arrays.copyOf(registers, IDR0 + 6);
            resetChip();
            System.arraycopy(address, 0, registers, 0, 6); // RST leaves IDR and MAR alone (5.7)
            updateInterrupt();
            return;
        }
        boolean starting = (value & CR_RE) != 0 && (get(CR, 1) & CR_RE) == 0;
        set(CR, 1, value & (CR_TE | CR_RE));
        if (starting) {
            set(CBR, 2, 0);
            set(CAPR, 2, -RX_RESERVE);
        }
        framesArrived();
    }

    private void armTimer() {
        long at = get(TIMER_INT, 4) & 0xFFFF_FFFFL;
        long due = timerStart + at * PCI_CLOCK_NANOS;
        if (at == 0 || due <= timers.nanos()) {
            timer.cancel();
        } else {
            timer.at(due);
        }
    }

    private void raise(int causes) {
        set(ISR, 2, get(ISR, 2) | causes);
        updateInterrupt();
    }

    private void updateInterrupt() {
        config.setInterrupt((get(ISR, 2) & get(IMR, 2)) != 0);
    }

    private void transmit(int n) {
        int tsd = get(TSD0 + 4 * n, 4);
        if ((tsd & TSD_OWN) != 0 || (get(CR, 1) & CR_TE) == 0 || !config.busMaster()) {
            return;
        }
        int length = tsd & TSD_SIZE;
        if (length >= Ethernet.HEADER && length <= MAX_FRAME) {
            byte[] frame = new byte[length];
            memory.read(get(TSAD0 + 4 * n, 4) & 0xFFFF_FFFFL, frame, 0, length);
            if ((get(TCR, 4) & TCR_LBK) == TCR_LBK) {
                receive(frame);
            } else if (cable.connected()) {
                cable.send(FrameBytes.padded(frame));
            }
        }
        set(TSD0 + 4 * n, 4, tsd | TSD_OWN | TSD_TOK);
        raise(ISR_TOK);
    }

    private int ringSize() {
        return 8192 << (get(RCR, 4) >>> RCR_RBLEN_SHIFT & 3);
    }

    /** Octets in the ring that the guest has not read yet. */
    private int used() {
        int read = get(CAPR, 2) + RX_RESERVE & 0xFFFF;
        return Math.floorMod(get(CBR, 2) - read, ringSize());
    }

    /** Whether the longest frame fits into the ring. */
    private boolean room() {
        return ringSize() - used() > (RX_HEADER + Ethernet.MAX_FRAME + FrameBytes.FCS + 3 & ~3);
    }

    @Override
    public void framesArrived() {
        if ((get(CR, 1) & CR_RE) == 0) {
            while (cable.receive() != null) {
                set(MPC, 3, Math.min(0xFFFFFF, get(MPC, 3) + 1));
            }
            return;
        }
        // Frames wait at the cable until the guest has read enough.
        while (config.busMaster() && room()) {
            byte[] frame = cable.receive();
            if (frame == null) {
                return;
            }
            receive(frame);
        }
    }

    private void receive(byte[] frame) {
        int kind = accepted(frame);
        byte[] wire = FrameBytes.withFcs(frame);
        int size = ringSize();
        int taken = RX_HEADER + wire.length + 3 & ~3;
        if (kind < 0 || size - used() <= taken) {
            return;
        }
        byte[] record = new byte[RX_HEADER + wire.length];
        int status = RX_ROK | kind;
        record[0] = (byte) status;
        record[1] = (byte) (status >> 8);
        record[2] = (byte) wire.length;
        record[3] = (byte) (wire.length >> 8);
        System.arraycopy(wire, 0, record, RX_HEADER, wire.length);
        long base = get(RBSTART, 4) & 0xFFFF_FFFFL;
        int at = get(CBR, 2) % size;
        // With WRAP the chip writes on behind the ring's end; a 64 KiB ring always turns round (5.14).
        boolean straight = (get(RCR, 4) & RCR_WRAP) != 0 && size < 65536;
        int first = straight ? record.length : Math.min(record.length, size - at);
        memory.write(base + at, record, 0, first);
        memory.write(base, record, first, record.length - first);
        set(CBR, 2, (at + taken) % size);
        raise(ISR_ROK);
    }

    /** The status bits that say how a frame was accepted, or -1 when it is not for this card (5.14). */
    private int accepted(byte[] frame) {
        int rcr = get(RCR, 4);
        long to = FrameBytes.destination(frame);
        if (to == Ethernet.BROADCAST) {
            return (rcr & (RCR_AB | RCR_AAP)) != 0 ? RX_BAR : -1;
        }
        if (Ethernet.group(to)) {
            int bit = FrameBytes.hash(frame) >>> 26;
            boolean wanted = (rcr & RCR_AM) != 0 && (get(MAR0 + (bit >> 3), 1) >> (bit & 7) & 1) != 0;
            return wanted || (rcr & RCR_AAP) != 0 ? RX_MAR : -1;
        }
        long own = 0;
        for (int k = 0; k < 6; k++) {
            own = own << 8 | get(IDR0 + k, 1);
        }
        boolean mine = own == to;
        return mine && (rcr & RCR_APM) != 0 ? RX_PAM : (rcr & RCR_AAP) != 0 ? 0 : -1;
    }

    @Override
    public void linkChanged() {
        raise(ISR_LINK);
    }

    @Override
    public PciConfig config() {
        return config;
    }

    @Override
    public String label() {
        return label;
    }

    private void resetChip() {
        Arrays.fill(registers, (byte) 0);
        for (int k = 0; k < 6; k++) {
            registers[IDR0 + k] = (byte) (mac.bits() >>> 40 - 8 * k);
        }
        set(CAPR, 2, -RX_RESERVE);
        set(TCR, 4, TCR_HWVERID);
        for (int k = 0; k < 4; k++) {
            set(TSD0 + 4 * k, 4, TSD_OWN);
        }
        set(CONFIG1, 1, 0x0D); // memory and port ranges, full duplex LED
        set(MSR, 1, 0x10);
        set(BMCR, 2, 0x3100); // negotiation on, 100 Mbit/s, full duplex
        set(ANAR, 2, 0x05E1);
        set(ANLPAR, 2, 0x45E1);
        set(ANER, 2, 1);
        eeprom.reset();
        timerStart = timers.nanos();
        timer.cancel();
    }

    @Override
    public void reset() {
        resetChip();
        timerStart = 0;
        config.reset();
    }

    @Override
    public Rtl8139State save() {
        return new Rtl8139State(config.save(), registers.clone(), eeprom.save(), timerStart, timer.deadline());
    }

    @Override
    public void restore(Rtl8139State s) {
        System.arraycopy(s.registers(), 0, registers, 0, BYTES);
        eeprom.restore(s.eeprom());
        timerStart = s.timerStart();
        if (s.timer() == Long.MAX_VALUE) {
            timer.cancel();
        } else {
            timer.at(s.timer());
        }
        config.restore(s.config());
    }
}
