package org.terrarium.net;

import org.terrarium.net.link.Cable;
import org.terrarium.net.wire.Ethernet;

/** Frames by which tests follow what goes where. */
final class Frames {
    static final int LENGTH = 64;

    /** Where a frame's mark is. */
    static final int MARK = LENGTH - 1;

    private Frames() {}

    static byte[] frame(long destination, long source, int mark) {
        byte[] f = new byte[LENGTH];
        new Ethernet(destination, source, Ethernet.TYPE_IPV4).emit(f);
        f[MARK] = (byte) mark;
        return f;
    }

    static byte[] await(Cable cable, int millis) throws InterruptedException {
        for (int k = 0; k < millis; k++) {
            byte[] f = cable.receive();
            if (f != null) {
                return f;
            }
            Thread.sleep(1);
        }
        return null;
    }

    /** Sends, from a station with the number {@code mark}, until it arrives: networks that have just lost a link need a moment. */
    static void meets(Cable from, Cable to, int mark) throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            from.send(frame(Ethernet.BROADCAST, 0x0200_0000_0000L + mark, mark));
            byte[] got = await(to, 50);
            while (got != null && got[MARK] != mark) {
                got = await(to, 50);
            }
            if (got != null) {
                return;
            }
        }
        throw new AssertionError("frames do not arrive");
    }
}
