package org.terrarium.vm.device.apic;

import static org.terrarium.vm.device.apic.ApicRegisters.*;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.device.pci.MemoryWindow;
import org.terrarium.vm.time.TimerQueue;

/**
 * The local APIC of the one processor (Intel SDM volume 3, chapter 11; xAPIC, version 14h), with the PIC in front of its
 * LINT0 pin. It decides what the processor's interrupt acknowledge returns. TSC-deadline mode and x2APIC are not there and CPUID must not claim them.
 */
public final class LocalApic implements Device<LocalApicState>, MmioDevice {
    /** Size of the register page. */
    public static final long PAGE = 0x1000;

    /** Where the page is after reset. */
    public static final long DEFAULT_BASE = 0xFEE0_0000L;

    /** The page hides whatever else is at its address. */
    private static final int MAP_PRIORITY = 20;

    private final String label;
    private final ApicTimer timer;
    private final ProcessorPins pins;
    private final IntSupplier picAcknowledge;
    private final MemoryWindow window;
    private IntConsumer eoiBroadcast = vector -> {};

    private long base;
    private int id;
    private int tpr;
    private int ldr;
    private int dfr;
    private int svr;
    private final VectorSet isr = new VectorSet();
    private final VectorSet tmr = new VectorSet();
    private final VectorSet irr = new VectorSet();
    private int esr;
    private int errors;
    private int icrLow;
    private int icrHigh;
    private final int[] lvt = new int[6];
    private boolean lint0;
    private boolean lint1;
    private boolean external;
    private boolean requesting;

    /**
     * @param pins the processor
     * @param picAcknowledge the PIC's interrupt acknowledge cycle: returns its vector
     * @param map where the register page is placed, and moved when IA32_APIC_BASE is written
     */
    public LocalApic(String label, TimerQueue timers, ProcessorPins pins, IntSupplier picAcknowledge, MemoryMap map) {
        this.label = label;
        this.pins = pins;
        this.picAcknowledge = picAcknowledge;
        window = new MemoryWindow(map, PAGE, MAP_PRIORITY, this);
        timer = new ApicTimer(label + ".timer", timers, this::timerExpired);
        setPowerOnState();
        placePage();
    }

    /** Connects the I/O APIC, which is told the vector of every finished level-triggered interrupt. */
    public void onEoi(IntConsumer listener) {
        eoiBroadcast = listener;
    }

    /** The LINT0 pin: the PIC's INT output. */
    public IrqLine lint0() {
        return high -> {
            boolean rising = high && !lint0;
            lint0 = high;
            pinChanged(LINT0, rising);
        };
    }

    /** The LINT1 pin: the board's NMI. */
    public IrqLine lint1() {
        return high -> {
            boolean rising = high && !lint1;
            lint1 = high;
            if (!hardwareEnabled()) {
                if (rising) {
                    pins.nmi();
                }
                return;
            }
            pinChanged(LINT1, rising);
        };
    }

    private void pinChanged(int entry, boolean rising) {
        int mode = lvt[entry] >> 8 & 7;
        if (rising && hardwareEnabled() && (lvt[entry] & LVT_MASKED) == 0) {
            if (mode == InterruptMessage.NMI) {
                pins.nmi();
            } else if (mode == InterruptMessage.FIXED) {
                accept(lvt[entry] & 0xFF, false);
            }
        }
        update();
    }

    /** The I/O APIC forwards the PIC's request (an entry in ExtINT mode). */
    public void externalInterrupt(boolean high) {
        external = high;
        update();
    }

    /** Takes a message off the interrupt bus if it is meant for this APIC; returns whether it was accepted. */
    public boolean deliver(InterruptMessage m) {
        if (!hardwareEnabled() || !(m.logical() ? logicalMatch(m.destination()) : physicalMatch(m.destination()))) {
            return false;
        }
        switch (m.deliveryMode()) {
            case InterruptMessage.FIXED, InterruptMessage.LOWEST_PRIORITY -> accept(m.vector(), m.level());
            case InterruptMessage.NMI -> pins.nmi();
            case InterruptMessage.INIT -> {
                long keptBase = base;
                int keptId = id;
                setPowerOnState();
                base = keptBase;
                id = keptId;
                pins.init();
                update();
            }
            default -> {
                // SMI: this board has no system management mode. Start-up: the processor never waits for it.
                return false;
            }
        }
        return true;
    }

    private boolean physicalMatch(int destination) {
        return destination == BROADCAST || destination == id;
    }

    /** SDM volume 3, 11.6.2.2: flat model, or cluster model with the cluster in the high nibble. */
    private boolean logicalMatch(int destination) {
        int own = ldr >>> 24;
        if (dfr >>> 28 == 0xF) {
            return (destination & own) != 0;
        }
        boolean sameCluster = destination >> 4 == own >> 4 || destination >> 4 == 0xF;
        return sameCluster && (destination & own & 0xF) != 0;
    }

    private void accept(int vector, boolean level) {
        if (vector < FIRST_LEGAL_VECTOR) {
            error(ESR_RECEIVED_ILLEGAL_VECTOR);
            return;
        }
        irr.set(vector);
        if (level) {
            tmr.set(vector);
        } else {
            tmr.clear(vector);
        }
        update();
    }

    private void error(int bit) {
        errors |= bit;
        int entry = lvt[ERROR];
        if ((entry & LVT_MASKED) == 0 && (entry & 0xFF) >= FIRST_LEGAL_VECTOR) {
            accept(entry & 0xFF, false);
        }
    }

    private boolean hardwareEnabled() {
        return (base & BASE_ENABLE) != 0;
    }

    private boolean softwareEnabled() {
        return (svr & SVR_ENABLE) != 0;
    }

    private int processorPriority() {
        int service = Math.max(isr.highest(), 0);
        return (tpr & 0xF0) >= (service & 0xF0) ? tpr : service & 0xF0;
    }

    /** The vector the processor would be given now, or -1. */
    private int deliverable() {
        if (!hardwareEnabled() || !softwareEnabled()) {
            return -1;
        }
        int vector = irr.highest();
        return vector >= 0 && (vector & 0xF0) > (processorPriority() & 0xF0) ? vector : -1;
    }

    private boolean picRequests() {
        if (!hardwareEnabled()) {
            return lint0;
        }
        boolean virtualWire =
                (lvt[LINT0] & LVT_MASKED) == 0 && (lvt[LINT0] >> 8 & 7) == InterruptMessage.EXT_INT && lint0;
        return virtualWire || external;
    }

    private void update() {
        boolean high = deliverable() >= 0 || picRequests();
        if (high != requesting) {
            requesting = high;
            pins.interrupt(high);
        }
    }

    /** The interrupt acknowledge cycle: the vector to serve, or -1 when nothing is pending any more. */
    public int acknowledgeInterrupt() {
        int vector = deliverable();
        if (vector >= 0) {
            irr.clear(vector);
            isr.set(vector);
        } else if (picRequests()) {
            vector = picAcknowledge.getAsInt();
        }
        update();
        return vector;
    }

    /** CR8: the task priority class, 0..15. */
    public int taskPriority() {
        return tpr >> 4;
    }

    public void setTaskPriority(int priority) {
        tpr = (priority & 0xF) << 4;
        update();
    }

    /** IA32_APIC_BASE. */
    public long apicBase() {
        return base;
    }

    /** Moves the page or switches the APIC off and on; switching off resets it (SDM volume 3, 11.4.3). */
    public void setApicBase(long value) {
        long bsp = base & BASE_BSP;
        boolean was = hardwareEnabled();
        base = value & (BASE_ADDRESS | BASE_ENABLE) | bsp;
        if (was && !hardwareEnabled()) {
            long kept = base;
            setPowerOnState();
            base = kept;
        }
        placePage();
        update();
    }

    private void placePage() {
        window.moved(base & BASE_ADDRESS, hardwareEnabled());
    }

    @Override
    public long read(long offset, int size) {
        // Registers are 32 bits on 16-byte steps; narrower reads are undefined on hardware and see the addressed bytes
        // here.
        int lane = (int) offset & 0xF;
        if (lane >= 4) {
            return 0;
        }
        long value = readRegister((int) offset & 0xFF0) & 0xFFFF_FFFFL;
        value >>>= 8 * lane;
        return size >= 4 ? value : value & (1L << 8 * size) - 1;
    }

    private int readRegister(int register) {
        if (register >= ISR && register < ESR) {
            VectorSet set = register < TMR ? isr : register < IRR ? tmr : irr;
            return set.word(register >> 4 & 7);
        }
        if (register >= LVT_TIMER && register <= LVT_ERROR) {
            return lvt[register - LVT_TIMER >> 4];
        }
        return switch (register) {
            case ID -> id << 24;
            case VERSION -> VERSION_VALUE;
            case TPR -> tpr;
            case APR -> arbitrationPriority();
            case PPR -> processorPriority();
            case LDR -> ldr;
            case DFR -> dfr;
            case SVR -> svr;
            case ESR -> esr;
            case ICR_LOW -> icrLow;
            case ICR_HIGH -> icrHigh;
            case INITIAL_COUNT -> timer.initialCount();
            case CURRENT_COUNT -> timer.currentCount();
            case DIVIDE -> timer.divide();
            case EOI, RRD -> 0;
            default -> {
                error(ESR_ILLEGAL_REGISTER);
                yield 0;
            }
        };
    }

    /** SDM volume 3, 11.6.2.4. */
    private int arbitrationPriority() {
        int requested = Math.max(irr.highest(), 0) & 0xF0;
        int service = Math.max(isr.highest(), 0) & 0xF0;
        int task = tpr & 0xF0;
        return task >= requested && task > service ? tpr : Math.max(task, Math.max(requested, service));
    }

    @Override
    public void write(long offset, int size, long value) {
        if (((int) offset & 0xF) == 0 && size >= 4) {
            writeRegister((int) offset & 0xFF0, (int) value);
            update();
        }
    }

    private void writeRegister(int register, int value) {
        if (register >= LVT_TIMER && register <= LVT_ERROR) {
            writeLvt(register - LVT_TIMER >> 4, value);
            return;
        }
        switch (register) {
            case ID -> id = value >>> 24;
            case TPR -> tpr = value & 0xFF;
            case EOI -> endOfInterrupt();
            case LDR -> ldr = value & 0xFF00_0000;
            case DFR -> dfr = value | 0x0FFF_FFFF;
            case SVR -> {
                svr = value & 0x1FF;
                if (!softwareEnabled()) {
                    for (int k = 0; k < lvt.length; k++) {
                        lvt[k] |= LVT_MASKED;
                    }
                }
            }
            case ESR -> {
                esr = errors;
                errors = 0;
            }
            case ICR_LOW -> {
                icrLow = value & 0x000C_CFFF;
                sendCommand();
            }
            case ICR_HIGH -> icrHigh = value & 0xFF00_0000;
            case INITIAL_COUNT -> timer.setInitialCount(value);
            case DIVIDE -> timer.setDivide(value);
            case VERSION, APR, PPR, RRD, CURRENT_COUNT -> {}
            default -> {
                if (register < ISR || register >= ESR) {
                    error(ESR_ILLEGAL_REGISTER);
                }
            }
        }
    }

    private void writeLvt(int entry, int value) {
        lvt[entry] = value & LVT_WRITABLE[entry] | (softwareEnabled() ? 0 : LVT_MASKED);
        if (entry == TIMER) {
            timer.setPeriodic(timerPeriodic());
        }
    }

    private boolean timerPeriodic() {
        return (lvt[TIMER] & LVT_PERIODIC) != 0;
    }

    private void endOfInterrupt() {
        int vector = isr.highest();
        if (vector < 0) {
            return;
        }
        isr.clear(vector);
        if (tmr.contains(vector)) {
            eoiBroadcast.accept(vector);
        }
    }

    private void sendCommand() {
        int mode = icrLow >> 8 & 7;
        int vector = icrLow & 0xFF;
        boolean level = (icrLow & 0x8000) != 0;
        boolean asserted = (icrLow & 0x4000) != 0;
        if (mode == InterruptMessage.INIT && level && !asserted) {
            return; // INIT level de-assert only synchronizes arbitration identifiers.
        }
        if (mode <= InterruptMessage.LOWEST_PRIORITY && vector < FIRST_LEGAL_VECTOR) {
            error(ESR_SEND_ILLEGAL_VECTOR);
            return;
        }
        boolean logical = (icrLow & 0x800) != 0;
        switch (icrLow >> 18 & 3) {
            case 0 -> deliver(new InterruptMessage(icrHigh >>> 24, logical, mode, vector, false));
            case 1, 2 -> deliver(new InterruptMessage(BROADCAST, false, mode, vector, false));
            default -> {
                // All excluding self: nobody is there.
            }
        }
    }

    private void timerExpired() {
        if ((lvt[TIMER] & LVT_MASKED) == 0) {
            accept(lvt[TIMER] & 0xFF, false);
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        setPowerOnState();
        placePage();
        update();
    }

    /**
     * SDM volume 3, 11.4.7.1, except that LINT0 passes the PIC through: the boot processor of a PC starts in virtual wire mode
     * (MultiProcessor Specification 1.4, 3.6.2.2), with or without a firmware that knows of the APIC.
     */
    private void setPowerOnState() {
        base = DEFAULT_BASE | BASE_ENABLE | BASE_BSP;
        id = 0;
        tpr = 0;
        ldr = 0;
        dfr = -1;
        svr = 0xFF;
        isr.clearAll();
        tmr.clearAll();
        irr.clearAll();
        esr = 0;
        errors = 0;
        icrLow = 0;
        icrHigh = 0;
        Arrays.fill(lvt, LVT_MASKED);
        lvt[LINT0] = InterruptMessage.EXT_INT << 8;
        timer.reset();
    }

    @Override
    public LocalApicState save() {
        return new LocalApicState(
                base,
                id,
                tpr,
                ldr,
                dfr,
                svr,
                isr.toArray(),
                tmr.toArray(),
                irr.toArray(),
                esr,
                errors,
                icrLow,
                icrHigh,
                lvt.clone(),
                timer.initialCount(),
                timer.divide(),
                timer.start(),
                timer.deadline(),
                lint0,
                lint1,
                external);
    }

    @Override
    public void restore(LocalApicState s) {
        base = s.base();
        id = s.id();
        tpr = s.tpr();
        ldr = s.ldr();
        dfr = s.dfr();
        svr = s.svr();
        isr.assign(s.isr());
        tmr.assign(s.tmr());
        irr.assign(s.irr());
        esr = s.esr();
        errors = s.errors();
        icrLow = s.icrLow();
        icrHigh = s.icrHigh();
        System.arraycopy(s.lvt(), 0, lvt, 0, lvt.length);
        lint0 = s.lint0();
        lint1 = s.lint1();
        external = s.external();
        timer.restore(s.initialCount(), s.divide(), timerPeriodic(), s.timerStart(), s.timerDeadline());
        placePage();
        requesting = deliverable() >= 0 || picRequests();
        pins.interrupt(requesting);
    }
}
