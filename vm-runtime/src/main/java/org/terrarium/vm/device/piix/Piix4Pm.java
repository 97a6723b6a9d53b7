package org.terrarium.vm.device.piix;

import static org.terrarium.vm.device.piix.PmEvents.*;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.device.pci.PortWindow;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * 82371AB (PIIX4) function 3, power management (Intel 290562, chapter 7): ACPI fixed events, PM timer, general purpose
 * events, soft-off, the APM ports and an empty SMBus. The board has no system management mode, so events that would raise an
 * SMI are only recorded, and the SMI command that switches to ACPI mode is carried out by the chip itself.
 */
public final class Piix4Pm implements Device<Piix4PmState>, PciFunction {
    /** Ports of APMC and APMS; map two ports to {@link #apm()}. */
    public static final int APM = 0xB2;

    /**
     * Ports where the ACPI tables of SeaBIOS expect the general purpose event block; map {@link #GPE_PORTS} ports to
     * {@link #generalPurposeEvents()}. The same registers are in the power management range.
     */
    public static final int GPE = 0xAFE0;

    public static final int GPE_PORTS = 4;

    /** Ports of the cards' comings and goings; map {@link #HOT_PLUG_PORTS} ports to {@link #hotPlug()}. */
    public static final int HOT_PLUG = 0xAE00;

    public static final int HOT_PLUG_PORTS = SlotEvents.PORTS;

    /** GPSTS and GPEN bit of the cards' comings and goings, as in QEMU's board. */
    private static final int SLOT_EVENT = 1 << 1;

    /** Commands at port B2h that the ACPI FADT names: give the events to the system, take them back. */
    public static final int ACPI_ENABLE = 0xF1;

    public static final int ACPI_DISABLE = 0xF0;

    // Configuration registers (82371AB datasheet, 7.1).
    public static final int PMBA = 0x40;
    public static final int DEVACTB = 0x58;
    public static final int PMREGMISC = 0x80;
    public static final int SMBBA = 0x90;
    public static final int SMBHSTCFG = 0xD2;

    /** DEVACTB bit: port B2h raises an SMI. Firmware that finds it set takes system management mode as already set up. */
    public static final int APMC_EN = 1 << 25;

    private static final int PMREGMISC_PMIOSE = 1;
    private static final int SMBHSTCFG_HST_EN = 1;

    /** SUS_TYP of soft-off (S5). */
    private static final int SOFT_OFF = 0;

    private static final long TIMER_HZ = 3_579_545;
    private static final long NANOS = 1_000_000_000;
    private static final long TIMER_HALF = 0x80_0000;
    private static final int TIMER_MASK = 0xFF_FFFF;

    private final String label;
    private final TimerQueue timers;
    private final Timer overflow;
    private final IrqLine sci;
    private final Runnable softOff;
    private final PciConfig config;
    private final PortWindow pmWindow;
    private final PortWindow smbusWindow;
    private final SmBusHost smbus = new SmBusHost();
    private final SlotEvents slots = new SlotEvents(this::slotsChanged);
    private int status;
    private int enable;
    private int control;
    private long overflowAt;
    private int gpStatus;
    private int gpEnable;
    private final byte[] stored = new byte[PORTS - PCNTRL];
    private int apmControl;
    private int apmStatus;

    /**
     * @param sci the system control interrupt, ISA interrupt 9
     * @param softOff called when the guest switches the machine off
     */
    public Piix4Pm(String label, TimerQueue timers, PortBus ports, IrqLine sci, Runnable softOff) {
        this.label = label;
        this.timers = timers;
        this.sci = sci;
        this.softOff = softOff;
        overflow = timers.create(label + ".timer", this::updateSci);
        overflowAt = nextOverflow();
        pmWindow = new PortWindow(ports, PORTS, new PmPorts());
        smbusWindow = new PortWindow(ports, SmBusHost.PORTS, smbus);
        config = PciConfig.of(0x8086, 0x7113, 0x068000)
                .revision(3)
                .subsystem(BoardId.VENDOR, BoardId.DEVICE)
                .interrupt(1, IrqLine.NONE)
                .register(PciConfig.STATUS, 2, 0x0280, 0)
                .register(PMBA, 4, 1, 0xFFC0)
                .register(0x44, 4, 0, -1)
                .register(0x48, 4, 0, -1)
                .register(0x4C, 4, 0, -1)
                .register(0x50, 4, 0, -1)
                .register(0x54, 4, 0, -1)
                .register(DEVACTB, 4, APMC_EN, -1)
                .register(0x5C, 4, 0, -1)
                .register(0x60, 4, 0, -1)
                .register(0x64, 4, 0, -1)
                .register(0x68, 4, 0, -1)
                .register(0x6C, 4, 0, -1)
                .register(0x70, 4, 0, -1)
                .register(0x74, 4, 0, -1)
                .register(0x78, 4, 0, -1)
                .register(0x7C, 4, 0, -1)
                .register(PMREGMISC, 1, 0, PMREGMISC_PMIOSE)
                .register(SMBBA, 4, 1, 0xFFF0)
                .register(SMBHSTCFG, 1, 0, 0x0F)
                .onWrite((offset, size) -> placePorts())
                .build();
    }

    @Override
    public PciConfig config() {
        return config;
    }

    private void placePorts() {
        int pm = config.read(PMBA, 4) & 0xFFC0;
        pmWindow.moved(pm, pm != 0 && (config.read(PMREGMISC, 1) & PMREGMISC_PMIOSE) != 0);
        int smb = config.read(SMBBA, 4) & 0xFFF0;
        boolean smbOn = (config.read(SMBHSTCFG, 1) & SMBHSTCFG_HST_EN) != 0
                && (config.read(PciConfig.COMMAND, 2) & PciConfig.COMMAND_IO) != 0;
        smbusWindow.moved(smb, smb != 0 && smbOn);
    }

    /** The user presses the power button. */
    public void pressPowerButton() {
        status |= PWRBTN;
        updateSci();
    }

    /** The RTC's alarm reached the power management logic. */
    public void rtcAlarm() {
        status |= RTC;
        updateSci();
    }

    /**
     * Names the PCI slots whose cards can be taken out while the machine runs, a bit each.
     *
     * @param ejected told when the system has let go of a slot's card, which is then put in again as after power-on
     */
    public void connectSlots(int removable, IntConsumer ejected) {
        slots.connect(removable, ejected);
    }

    /** Asks the system to let go of a slot's card and find it anew; false where that card cannot be taken out. */
    public boolean replug(int slot) {
        return slots.requestRemoval(slot);
    }

    private void slotsChanged() {
        gpStatus |= SLOT_EVENT;
        updateSci();
    }

    /** The ports at {@link #HOT_PLUG}. */
    public PortDevice hotPlug() {
        return slots;
    }

    /** Ports B2h (APMC) and B3h (APMS). */
    public PortDevice apm() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return offset == 0 ? apmControl : apmStatus;
            }

            @Override
            public void writeByte(int offset, int value) {
                if (offset != 0) {
                    apmStatus = value;
                    return;
                }
                apmControl = value;
                if (value == ACPI_ENABLE) {
                    control |= SCI_EN;
                } else if (value == ACPI_DISABLE) {
                    control &= ~SCI_EN;
                }
                updateSci();
            }
        };
    }

    /** GPSTS and GPEN, two bytes each. */
    public PortDevice generalPurposeEvents() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return readPm(GPSTS + offset);
            }

            @Override
            public void writeByte(int offset, int value) {
                writePm(GPSTS + offset, value);
            }
        };
    }

    private final class PmPorts implements BytePortDevice {
        @Override
        public int readByte(int offset) {
            return readPm(offset);
        }

        @Override
        public int read(int offset, int size) {
            // The timer must not change between the bytes of one access.
            return offset == PMTMR && size == 4 ? timerCount() : BytePortDevice.super.read(offset, size);
        }

        @Override
        public void writeByte(int offset, int value) {
            writePm(offset, value);
        }
    }

    private int readPm(int offset) {
        int shift = 8 * (offset & 1);
        return switch (offset & ~1) {
            case PMSTS -> statusNow() >> shift & 0xFF;
            case PMEN -> enable >> shift & 0xFF;
            case PMCNTRL -> control >> shift & 0xFF;
            case PMTMR, PMTMR + 2 -> timerCount() >> 8 * (offset & 3) & 0xFF;
            case GPSTS -> gpStatus >> shift & 0xFF;
            case GPEN -> gpEnable >> shift & 0xFF;
            default -> offset >= PCNTRL && offset < PORTS ? stored[offset - PCNTRL] & 0xFF : 0;
        };
    }

    private void writePm(int offset, int value) {
        int v = value << 8 * (offset & 1);
        int lane = 0xFF << 8 * (offset & 1);
        switch (offset & ~1) {
            case PMSTS -> clearStatus(v & STATUS_BITS);
            case PMEN -> enable = (enable & ~lane | v) & ENABLE_BITS;
            case PMCNTRL -> writeControl(control & ~lane | v);
            case GPSTS -> gpStatus &= ~v;
            case GPEN -> gpEnable = gpEnable & ~lane | v;
            default -> {
                boolean levelRead = offset >= PLVL2 && offset < GLBSTS;
                if (offset >= PCNTRL && offset < PORTS && !levelRead) {
                    stored[offset - PCNTRL] = (byte) value;
                }
            }
        }
        updateSci();
    }

    private void clearStatus(int bits) {
        status &= ~bits;
        if ((bits & TMROF) != 0) {
            overflowAt = nextOverflow();
        }
    }

    private void writeControl(int value) {
        control = value & (SCI_EN | BRLD_EN_BM | SUS_TYP);
        if ((value & SUS_EN) != 0 && (value & SUS_TYP) >> SUS_TYP_SHIFT == SOFT_OFF) {
            softOff.run();
        }
    }

    private long timerTicks() {
        long now = timers.nanos();
        return now / NANOS * TIMER_HZ + now % NANOS * TIMER_HZ / NANOS;
    }

    private int timerCount() {
        return (int) timerTicks() & TIMER_MASK;
    }

    /** The status bit is set whenever the timer's top bit changes. */
    private long nextOverflow() {
        return (timerTicks() / TIMER_HALF + 1) * TIMER_HALF;
    }

    private int statusNow() {
        return statusAt(timerTicks());
    }

    private int statusAt(long ticks) {
        return status | (ticks >= overflowAt ? TMROF : 0);
    }

    private void updateSci() {
        // One instant for both questions: time goes on while they are asked.
        long ticks = timerTicks();
        boolean fixed = (statusAt(ticks) & enable) != 0;
        boolean general = (gpStatus & gpEnable) != 0;
        sci.set((control & SCI_EN) != 0 && (fixed || general));
        if ((enable & TMROF) != 0 && ticks < overflowAt) {
            long nanos = overflowAt / TIMER_HZ * NANOS + (overflowAt % TIMER_HZ * NANOS + TIMER_HZ - 1) / TIMER_HZ;
            overflow.at(nanos);
        } else {
            overflow.cancel();
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        config.reset();
        smbus.reset();
        slots.reset();
        placePorts();
        status = 0;
        enable = 0;
        control = 0;
        gpStatus = 0;
        gpEnable = 0;
        apmControl = 0;
        apmStatus = 0;
        Arrays.fill(stored, (byte) 0);
        overflowAt = nextOverflow();
        updateSci();
    }

    @Override
    public Piix4PmState save() {
        return new Piix4PmState(
                config.save(),
                status,
                enable,
                control,
                overflowAt,
                gpStatus,
                gpEnable,
                stored.clone(),
                apmControl,
                apmStatus,
                smbus.save(),
                slots.save());
    }

    @Override
    public void restore(Piix4PmState s) {
        config.restore(s.config());
        smbus.restore(s.smbus());
        slots.restore(s.slots());
        status = s.status();
        enable = s.enable();
        control = s.control();
        overflowAt = s.overflowAt();
        gpStatus = s.gpStatus();
        gpEnable = s.gpEnable();
        System.arraycopy(s.stored(), 0, stored, 0, stored.length);
        apmControl = s.apmControl();
        apmStatus = s.apmStatus();
        placePorts();
        updateSci();
    }
}
