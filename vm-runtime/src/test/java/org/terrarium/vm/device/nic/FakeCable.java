package org.terrarium.vm.device.nic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.terrarium.net.link.Cable;

/** A cable whose other end is the test. */
public final class FakeCable implements Cable {
    public final List<byte[]> sent = new ArrayList<>();
    public final Queue<byte[]> waiting = new ArrayDeque<>();
    public boolean connected = true;
    public boolean large;

    @Override
    public void send(byte[] frame) {
        if (sent.size() < 1000) {
            sent.add(frame);
        }
    }

    @Override
    public void sendLarge(byte[] large) {
        send(large);
    }

    @Override
    public void takesLarge(boolean on) {
        large = on;
    }

    @Override
    public byte[] receive() {
        return waiting.poll();
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public void listen(Listener listener) {
        // The test calls the card itself.
    }

    /** A frame to {@code destination} of {@code length} octets. */
    public static byte[] frame(long destination, int length) {
        byte[] f = new byte[length];
        for (int k = 0; k < length; k++) {
            f[k] = (byte) (k * 7);
        }
        for (int k = 0; k < 6; k++) {
            f[k] = (byte) (destination >>> 40 - 8 * k);
            f[6 + k] = (byte) (k == 0 ? 2 : k);
        }
        f[12] = 0x08;
        f[13] = 0x00;
        return f;
    }
}
