package org.terrarium.vm.device.ac97;

import java.util.Arrays;

/**
 * The mixer behind the AC-link: a stereo codec with 5-bit volumes and variable rates (Audio Codec '97 component specification
 * 2.1, chapter 5). It calls itself an STAC9700, the plain codec that every system has a driver for.
 */
final class Codec {
    // Registers (AC'97 2.1, table 13).
    static final int RESET = 0x00;
    static final int MASTER_VOLUME = 0x02;
    static final int MONO_VOLUME = 0x06;
    static final int PC_BEEP_VOLUME = 0x0A;
    static final int PHONE_VOLUME = 0x0C;
    static final int MIC_VOLUME = 0x0E;
    static final int LINE_IN_VOLUME = 0x10;
    static final int CD_VOLUME = 0x12;
    static final int VIDEO_VOLUME = 0x14;
    static final int AUX_VOLUME = 0x16;
    static final int PCM_OUT_VOLUME = 0x18;
    static final int RECORD_SELECT = 0x1A;
    static final int RECORD_GAIN = 0x1C;
    static final int GENERAL_PURPOSE = 0x20;
    static final int POWERDOWN = 0x26;
    static final int EXTENDED_AUDIO_ID = 0x28;
    static final int EXTENDED_AUDIO_CONTROL = 0x2A;
    static final int PCM_FRONT_DAC_RATE = 0x2C;
    static final int PCM_ADC_RATE = 0x32;
    static final int VENDOR_ID1 = 0x7C;
    static final int VENDOR_ID2 = 0x7E;

    static final int MUTE = 0x8000;

    /** Extended audio: variable rate PCM. */
    static final int VRA = 1;

    private static final int REGISTERS = 64;
    private static final int FIXED_RATE = 48_000;
    private static final int MIN_RATE = 4_000;

    // Powerdown control (5.2.11): ready bits and what switches each part off.
    private static final int READY = 0xF;
    private static final int READY_ADC = 1;
    private static final int READY_DAC = 1 << 1;
    private static final int READY_ANALOG = 1 << 2;
    private static final int READY_REFERENCE = 1 << 3;
    private static final int PR0_ADC = 1 << 8;
    private static final int PR1_DAC = 1 << 9;
    private static final int PR2_ANALOG = 1 << 10;
    private static final int PR3_REFERENCE = 1 << 11;
    private static final int PR4_LINK = 1 << 12;
    private static final int PR5_CLOCK = 1 << 13;

    private static final int STEREO = 0x9F1F;
    private static final int FIVE_BITS = 0x1F;
    private static final int SIXTH_BIT = 0x20;

    /** PCM out: 0 dB; lower values amplify, by 1.5 dB a step (5.2.4). */
    private static final int NO_GAIN = 8;

    private static final double DECIBELS_PER_STEP = 1.5;

    /** Gains are in 1/65536. */
    static final int UNITY = 1 << 16;

    private final int[] registers = new int[REGISTERS];
    private final int[] gains = new int[2];

    Codec() {
        reset();
    }

    /** Every register back to its default, as a write to register 0 or a cold reset does. */
    void reset() {
        Arrays.fill(registers, 0);
        for (int mono : new int[] {MASTER_VOLUME, MONO_VOLUME, RECORD_GAIN}) {
            set(mono, MUTE);
        }
        set(PHONE_VOLUME, MUTE | NO_GAIN);
        set(MIC_VOLUME, MUTE | NO_GAIN);
        for (int stereo : new int[] {LINE_IN_VOLUME, CD_VOLUME, VIDEO_VOLUME, AUX_VOLUME, PCM_OUT_VOLUME}) {
            set(stereo, MUTE | NO_GAIN << 8 | NO_GAIN);
        }
        set(EXTENDED_AUDIO_ID, VRA);
        set(PCM_FRONT_DAC_RATE, FIXED_RATE);
        set(PCM_ADC_RATE, FIXED_RATE);
        set(VENDOR_ID1, 0x8384);
        set(VENDOR_ID2, 0x7600);
        mix();
    }

    /** A warm reset wakes the link and keeps the registers (AC'97 2.1, 3.4.2). */
    void warmReset() {
        set(POWERDOWN, get(POWERDOWN) & ~(PR4_LINK | PR5_CLOCK));
    }

    /** Whether the codec drives the link; it does not while it is told to stop its clock. */
    boolean ready() {
        return (get(POWERDOWN) & (PR4_LINK | PR5_CLOCK)) == 0;
    }

    private int get(int register) {
        return registers[register / 2];
    }

    private void set(int register, int value) {
        registers[register / 2] = value;
    }

    /** Reads a 16-bit register; ones that the codec does not have are 0. */
    int read(int register) {
        int value = get(register & 0x7E);
        if ((register & 0x7E) == POWERDOWN) {
            value |= READY
                    & ~((value & PR0_ADC) != 0 ? READY_ADC : 0)
                    & ~((value & PR1_DAC) != 0 ? READY_DAC : 0)
                    & ~((value & (PR2_ANALOG | PR3_REFERENCE)) != 0 ? READY_ANALOG : 0)
                    & ~((value & PR3_REFERENCE) != 0 ? READY_REFERENCE : 0);
        }
        return value;
    }

    /** Writes a 16-bit register; the bits that the codec does not have stay 0. */
    void write(int register, int value) {
        switch (register & 0x7E) {
            case RESET -> reset();
            case MASTER_VOLUME -> set(MASTER_VOLUME, volume(value) & STEREO);
            case MONO_VOLUME -> set(MONO_VOLUME, volume(value) & 0x801F);
            case PC_BEEP_VOLUME -> set(PC_BEEP_VOLUME, value & 0x801E);
            case PHONE_VOLUME -> set(PHONE_VOLUME, value & 0x801F);
            case MIC_VOLUME -> set(MIC_VOLUME, value & 0x805F);
            case LINE_IN_VOLUME, CD_VOLUME, VIDEO_VOLUME, AUX_VOLUME, PCM_OUT_VOLUME ->
                set(register & 0x7E, value & STEREO);
            case RECORD_SELECT -> set(RECORD_SELECT, value & 0x0707);
            case RECORD_GAIN -> set(RECORD_GAIN, value & 0x8F0F);
            case GENERAL_PURPOSE -> set(GENERAL_PURPOSE, value & 0x0380);
            case POWERDOWN -> set(POWERDOWN, value & 0xFF00);
            case EXTENDED_AUDIO_CONTROL -> {
                set(EXTENDED_AUDIO_CONTROL, value & VRA);
                if ((value & VRA) == 0) {
                    set(PCM_FRONT_DAC_RATE, FIXED_RATE);
                    set(PCM_ADC_RATE, FIXED_RATE);
                }
            }
            case PCM_FRONT_DAC_RATE, PCM_ADC_RATE -> rate(register & 0x7E, value);
            default -> {} // nothing there
        }
        mix();
    }

    /** A sixth bit that the codec does not have means the lowest volume (5.2.2). */
    private static int volume(int value) {
        int v = value;
        if ((v & SIXTH_BIT) != 0) {
            v |= FIVE_BITS;
        }
        if ((v & SIXTH_BIT << 8) != 0) {
            v |= FIVE_BITS << 8;
        }
        return v;
    }

    /** A rate that the codec cannot do becomes the nearest that it can (AC'97 2.1, appendix A). */
    private void rate(int register, int value) {
        if ((get(EXTENDED_AUDIO_CONTROL) & VRA) != 0) {
            set(register, Math.clamp(value & 0xFFFF, MIN_RATE, FIXED_RATE));
        }
    }

    private void mix() {
        int master = get(MASTER_VOLUME);
        int pcm = get(PCM_OUT_VOLUME);
        boolean silent = ((master | pcm) & MUTE) != 0 || (get(POWERDOWN) & (PR1_DAC | PR2_ANALOG | PR3_REFERENCE)) != 0;
        for (int channel = 0; channel < 2; channel++) {
            int shift = 8 - 8 * channel; // the left channel is in the upper byte
            int steps = NO_GAIN - (pcm >> shift & FIVE_BITS) - (master >> shift & FIVE_BITS);
            gains[channel] = silent ? 0 : (int) Math.round(UNITY * Math.pow(10, DECIBELS_PER_STEP * steps / 20));
        }
    }

    /** What samples of a channel (0 left, 1 right) are multiplied by, in 1/{@link #UNITY}; 0 when muted or off. */
    int gain(int channel) {
        return gains[channel];
    }

    /** Frames a second that the DACs take. */
    int dacRate() {
        return get(PCM_FRONT_DAC_RATE);
    }

    /** Frames a second that the ADCs give. */
    int adcRate() {
        return get(PCM_ADC_RATE);
    }

    CodecState save() {
        return new CodecState(registers.clone());
    }

    void restore(CodecState s) {
        Arrays.setAll(registers, n -> n < s.registers().length ? s.registers()[n] & 0xFFFF : 0);
        registers[PCM_FRONT_DAC_RATE / 2] = Math.clamp(dacRate(), MIN_RATE, FIXED_RATE);
        registers[PCM_ADC_RATE / 2] = Math.clamp(adcRate(), MIN_RATE, FIXED_RATE);
        mix();
    }
}
