package org.terrarium.x86.mem;

import java.util.ArrayList;
import java.util.List;
import org.terrarium.x86.CpuBus;

/** A bus without devices that writes down what reaches it. */
final class FakeBus implements CpuBus {
    /** One line per access: {@code r/w size address [value]} in hexadecimal. */
    final List<String> accesses = new ArrayList<>();

    /** What device reads give. */
    long readValue = 0x8877_6655_4433_2211L;

    @Override
    public int in(int port, int size) {
        return -1;
    }

    @Override
    public void out(int port, int size, int value) {}

    @Override
    public long mmioRead(long pa, int size) {
        accesses.add(String.format("r%d %x", size, pa));
        return size == 8 ? readValue : readValue & (1L << 8 * size) - 1;
    }

    @Override
    public void mmioWrite(long pa, int size, long value) {
        accesses.add(String.format("w%d %x %x", size, pa, value));
    }

    @Override
    public int acknowledgeInterrupt() {
        return -1;
    }

    @Override
    public long timeStampCounter() {
        return 0;
    }

    @Override
    public int taskPriority() {
        return 0;
    }

    @Override
    public void setTaskPriority(int priority) {}

    @Override
    public long apicBase() {
        return 0xFEE0_0900L;
    }

    @Override
    public void setApicBase(long value) {}

    @Override
    public void shutdown() {}
}
