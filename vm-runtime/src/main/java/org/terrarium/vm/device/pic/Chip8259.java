package org.terrarium.vm.device.pic;

import static org.terrarium.vm.device.pic.Reg8259.*;

import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.IrqLine;

/** One 8259A of the pair: requests in, INT out, two ports. Intel 8259A datasheet, order number 231468. */
final class Chip8259 implements BytePortDevice {
    private static final int SPURIOUS_LEVEL = 7;

    private final int slaveInput;
    private final int elcrWritable;
    private final IrqLine out;

    private int lines;
    private int irr;
    private int isr;
    private int imr;
    private int elcr;
    private int vectorBase;
    private int lowestPriority;
    private int initStep;
    private boolean needsIcw4;
    private boolean single;
    private boolean autoEoi;
    private boolean rotateInAutoEoi;
    private boolean specialFullyNested;
    private boolean specialMask;
    private boolean poll;
    private boolean readIsr;
    private boolean output;

    /** {@code slaveInput} is the bit of the input that a slave drives, 0 when there is none. */
    Chip8259(int slaveInput, int elcrWritable, IrqLine out) {
        this.slaveInput = slaveInput;
        this.elcrWritable = elcrWritable;
        this.out = out;
        lowestPriority = 7;
    }

    void reset() {
        elcr = 0;
        vectorBase = 0;
        initStep = 0;
        needsIcw4 = false;
        single = false;
        initialize();
        clearIcw4();
    }

    /** What ICW1 resets: edge sense, mask, priorities, special mask mode, status read. */
    private void initialize() {
        irr = lines & elcr;
        isr = 0;
        imr = 0;
        lowestPriority = 7;
        specialMask = false;
        rotateInAutoEoi = false;
        poll = false;
        readIsr = false;
        update();
    }

    private void clearIcw4() {
        autoEoi = false;
        specialFullyNested = false;
    }

    /** The level of input {@code n}. An edge-triggered request that goes away before it is acknowledged is forgotten. */
    void setLine(int n, boolean high) {
        int bit = 1 << n;
        boolean was = (lines & bit) != 0;
        if (was == high) {
            return;
        }
        lines ^= bit;
        if (high) {
            irr |= bit;
        } else {
            irr &= ~bit;
        }
        update();
    }

    int elcr() {
        return elcr;
    }

    void setElcr(int value) {
        elcr = value & elcrWritable;
        irr |= lines & elcr;
        update();
    }

    /** INTA: returns the level that is served; a request that vanished meanwhile gives level 7 without an in-service bit. */
    int acknowledge() {
        int level = highestRequest();
        if (level < 0) {
            update();
            return SPURIOUS_LEVEL;
        }
        int bit = 1 << level;
        if (autoEoi) {
            if (rotateInAutoEoi) {
                lowestPriority = level;
            }
        } else {
            isr |= bit;
        }
        if ((elcr & bit) == 0) {
            irr &= ~bit;
        }
        // INT goes low with INTA even if another request follows at once: the master sees a new edge.
        setOutput(false);
        update();
        return level;
    }

    int vector(int level) {
        return vectorBase | level;
    }

    /** The level that would be served now, or -1. */
    private int highestRequest() {
        int requests = irr & ~imr;
        if (requests == 0) {
            return -1;
        }
        int inService = specialMask ? isr & ~imr : isr;
        for (int k = 1; k <= 8; k++) {
            int level = lowestPriority + k & 7;
            int bit = 1 << level;
            boolean requested = (requests & bit) != 0;
            if ((inService & bit) != 0) {
                // In special fully nested mode a slave's own level does not lock out the slave's further requests.
                return requested && specialFullyNested && (bit & slaveInput) != 0 ? level : -1;
            }
            if (requested) {
                return level;
            }
        }
        return -1;
    }

    private void update() {
        setOutput(highestRequest() >= 0);
    }

    private void setOutput(boolean high) {
        if (output != high) {
            output = high;
            out.set(high);
        }
    }

    @Override
    public int readByte(int offset) {
        if (poll) {
            poll = false;
            boolean requested = highestRequest() >= 0;
            return requested ? 0x80 | acknowledge() : 0;
        }
        if ((offset & 1) != 0) {
            return imr;
        }
        return readIsr ? isr : irr;
    }

    @Override
    public void writeByte(int offset, int value) {
        if ((offset & 1) != 0) {
            writeData(value);
        } else if ((value & ICW1) != 0) {
            needsIcw4 = (value & ICW1_IC4) != 0;
            single = (value & ICW1_SNGL) != 0;
            if (!needsIcw4) {
                clearIcw4();
            }
            initStep = 2;
            initialize();
        } else if ((value & OCW3) != 0) {
            writeOcw3(value);
        } else {
            writeOcw2(value >> 5, value & OCW2_LEVEL);
        }
    }

    private void writeData(int value) {
        switch (initStep) {
            case 2 -> {
                vectorBase = value & 0xF8;
                initStep = single ? afterIcw3() : 3;
            }
            case 3 -> initStep = afterIcw3(); // the cascade is wired on the board, ICW3 cannot change it
            case 4 -> {
                autoEoi = (value & ICW4_AEOI) != 0;
                specialFullyNested = (value & ICW4_SFNM) != 0;
                initStep = 0;
            }
            default -> imr = value; // OCW1
        }
        update();
    }

    private int afterIcw3() {
        return needsIcw4 ? 4 : 0;
    }

    private void writeOcw2(int command, int level) {
        switch (command) {
            case OCW2_NON_SPECIFIC_EOI -> endOfInterrupt(highestInService(), false);
            case OCW2_ROTATE_ON_NON_SPECIFIC_EOI -> endOfInterrupt(highestInService(), true);
            case OCW2_SPECIFIC_EOI -> endOfInterrupt(level, false);
            case OCW2_ROTATE_ON_SPECIFIC_EOI -> endOfInterrupt(level, true);
            case OCW2_SET_PRIORITY -> lowestPriority = level;
            case OCW2_SET_ROTATE_IN_AEOI -> rotateInAutoEoi = true;
            case OCW2_CLEAR_ROTATE_IN_AEOI -> rotateInAutoEoi = false;
            default -> {} // OCW2_NO_OPERATION
        }
        update();
    }

    private void endOfInterrupt(int level, boolean rotate) {
        if (level < 0) {
            return;
        }
        isr &= ~(1 << level);
        if (rotate) {
            lowestPriority = level;
        }
    }

    /** A non-specific EOI in special mask mode does not reset an in-service bit that is masked. */
    private int highestInService() {
        int candidates = specialMask ? isr & ~imr : isr;
        for (int k = 1; k <= 8; k++) {
            int level = lowestPriority + k & 7;
            if ((candidates & 1 << level) != 0) {
                return level;
            }
        }
        return -1;
    }

    private void writeOcw3(int value) {
        if ((value & OCW3_ESMM) != 0) {
            specialMask = (value & OCW3_SMM) != 0;
        }
        if ((value & OCW3_RR) != 0) {
            readIsr = (value & OCW3_RIS) != 0;
        }
        poll = (value & OCW3_P) != 0;
        update();
    }

    Chip8259State save() {
        return new Chip8259State(
                lines,
                irr,
                isr,
                imr,
                elcr,
                vectorBase,
                lowestPriority,
                initStep,
                needsIcw4,
                single,
                autoEoi,
                rotateInAutoEoi,
                specialFullyNested,
                specialMask,
                poll,
                readIsr,
                output);
    }

    /** Does not drive INT; {@link #driveOutput} does when both chips are restored. */
    void restore(Chip8259State s) {
        lines = s.lines();
        irr = s.irr();
        isr = s.isr();
        imr = s.imr();
        elcr = s.elcr();
        vectorBase = s.vectorBase();
        lowestPriority = s.lowestPriority();
        initStep = s.initStep();
        needsIcw4 = s.needsIcw4();
        single = s.single();
        autoEoi = s.autoEoi();
        rotateInAutoEoi = s.rotateInAutoEoi();
        specialFullyNested = s.specialFullyNested();
        specialMask = s.specialMask();
        poll = s.poll();
        readIsr = s.readIsr();
        output = s.output();
    }

    void driveOutput() {
        out.set(output);
    }
}
