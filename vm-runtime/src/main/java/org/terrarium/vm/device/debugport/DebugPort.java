package org.terrarium.vm.device.debugport;

import java.util.function.IntConsumer;
import org.terrarium.vm.bus.BytePortDevice;

/** Port E9h as Bochs has it: what is written goes to the host, reading gives E9h, by which a guest finds it. Stateless. */
public final class DebugPort implements BytePortDevice {
    private static final int SIGNATURE = 0xE9;

    private final IntConsumer sink;

    /** {@code sink} takes each byte written. */
    public DebugPort(IntConsumer sink) {
        this.sink = sink;
    }

    @Override
    public int readByte(int offset) {
        return SIGNATURE;
    }

    @Override
    public void writeByte(int offset, int value) {
        sink.accept(value);
    }
}
