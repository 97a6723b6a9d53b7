package org.terrarium.vm.device.nic;

/**
 * A 93C46 serial EEPROM as network cards have it: 64 words, read bit by bit over Microwire pins (chip select, clock, data in and
 * out; Microchip DS21749, 2.0). Nothing is ever written to it.
 */
public final class SerialEeprom {
    private static final int WORDS = 64;
    private static final int COMMAND_BITS = 9;
    private static final int OPCODE_READ = 6;

    private final int[] words = new int[WORDS];
    private int shifted;
    private int bits;
    private int outBits;
    private boolean clock;
    private boolean selected;
    private boolean out;

    /** @param contents up to 64 words */
    public SerialEeprom(int[] contents) {
        System.arraycopy(contents, 0, words, 0, contents.length);
    }

    /** The word at an address, which counts modulo 64. */
    public int word(int address) {
        return words[address & WORDS - 1];
    }

    public void reset() {
        shifted = 0;
        bits = 0;
        outBits = 0;
        clock = false;
        selected = false;
        out = false;
    }

    /** The pins as the card drives them now. */
    public void pins(boolean chipSelect, boolean clockHigh, boolean dataIn) {
        boolean rising = clockHigh && !clock;
        clock = clockHigh;
        if (!chipSelect || !selected) {
            selected = chipSelect;
            shifted = 0;
            bits = 0;
            outBits = 0;
            out = true; // "ready": no write is ever going on
            if (!rising || !chipSelect) {
                return;
            }
        }
        if (rising && bits < COMMAND_BITS) {
            shifted = shifted << 1 | (dataIn ? 1 : 0);
            bits += shifted == 0 ? 0 : 1; // zeros before the start bit do not count
            out = false; // the dummy bit before the data
        } else if (rising && shifted >> 6 == OPCODE_READ) {
            // Reading on, the next word follows.
            int word = word((shifted & 0x3F) + outBits / 16);
            out = (word >> 15 - outBits % 16 & 1) != 0;
            outBits = (outBits + 1) % (WORDS * 16);
        }
    }

    /** The data output pin. */
    public boolean dataOut() {
        return out;
    }

    public SerialEepromState save() {
        return new SerialEepromState(shifted, bits, outBits, clock, selected, out);
    }

    public void restore(SerialEepromState s) {
        shifted = s.shifted() & 0x1FF;
        bits = Math.clamp(s.bits(), 0, COMMAND_BITS);
        outBits = Math.floorMod(s.outBits(), WORDS * 16);
        clock = s.clock();
        selected = s.selected();
        out = s.out();
    }
}
