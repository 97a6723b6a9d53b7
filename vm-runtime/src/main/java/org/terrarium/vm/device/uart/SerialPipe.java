package org.terrarium.vm.device.uart;

import java.util.ArrayDeque;
import java.util.function.IntConsumer;

/** A backend that hands output to a consumer and keeps input until the guest takes it. Machine thread only. */
public final class SerialPipe implements SerialBackend {
    private final IntConsumer output;
    private final ArrayDeque<Byte> input = new ArrayDeque<>();

    /** {@code output} takes each byte that the guest sends. */
    public SerialPipe(IntConsumer output) {
        this.output = output;
    }

    /** Queues bytes for the guest; follow with {@link Uart#inputReady}. */
    public void send(byte[] bytes) {
        for (byte b : bytes) {
            input.add(b);
        }
    }

    /** Bytes that the guest has not taken yet. */
    public int waiting() {
        return input.size();
    }

    @Override
    public void transmit(int value) {
        output.accept(value);
    }

    @Override
    public int receive() {
        Byte b = input.poll();
        return b == null ? -1 : b & 0xFF;
    }
}
