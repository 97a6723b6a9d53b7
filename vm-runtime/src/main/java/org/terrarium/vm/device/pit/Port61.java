package org.terrarium.vm.device.pit;

import java.util.function.IntConsumer;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.time.Clock;

/**
 * Port 61h, the NMI status and control register of the PIIX3 (82371SB datasheet, 2.5.6.1): gate of timer 2, speaker, and the
 * refresh toggle that old programs use for short delays.
 */
public final class Port61 implements Device<Port61State> {
    private static final int TIMER_COUNTER_2_ENABLE = 0x01;
    private static final int SPEAKER_DATA_ENABLE = 0x02;
    private static final int WRITABLE = 0x0F;
    private static final int REFRESH_CYCLE_TOGGLE = 0x10;
    private static final int TIMER_COUNTER_2_OUT = 0x20;
    /** A refresh cycle every 18 ticks of the timer's input. */
    private static final long REFRESH_NANOS = 15_085;

    private final String label;
    private final Pit pit;
    private final Clock clock;
    private final IntConsumer speaker;
    private int control;
    private int tone;

    /** {@code speaker} is told the tone in hertz whenever it changes, 0 for silence. */
    public Port61(String label, Pit pit, Clock clock, IntConsumer speaker) {
        this.label = label;
        this.pit = pit;
        this.clock = clock;
        this.speaker = speaker;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        write(0);
    }

    /** Port 61h. */
    public PortDevice port() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                boolean refresh = (clock.nanos() / REFRESH_NANOS & 1) != 0;
                return control | (refresh ? REFRESH_CYCLE_TOGGLE : 0) | (pit.out2() ? TIMER_COUNTER_2_OUT : 0);
            }

            @Override
            public void writeByte(int offset, int value) {
                Port61.this.write(value);
            }
        };
    }

    private void write(int value) {
        control = value & WRITABLE;
        pit.setGate2((control & TIMER_COUNTER_2_ENABLE) != 0);
        updateSpeaker();
    }

    private void updateSpeaker() {
        int both = TIMER_COUNTER_2_ENABLE | SPEAKER_DATA_ENABLE;
        int now = (control & both) == both ? pit.tone2() : 0;
        if (now != tone) {
            tone = now;
            speaker.accept(now);
        }
    }

    @Override
    public Port61State save() {
        return new Port61State(control);
    }

    /** The timer's own gate is part of its state; restore the timer too. */
    @Override
    public void restore(Port61State state) {
        control = state.control();
        updateSpeaker();
    }
}
