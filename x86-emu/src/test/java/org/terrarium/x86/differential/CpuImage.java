package org.terrarium.x86.differential;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** User-mode processor state and the data window, in the layout of {@code host-cpu.c}. */
final class CpuImage {
    static final int CODE = 0x1000_0000;
    static final int DATA = 0x2000_0000;
    static final int CODE_AT = 0x800;
    static final int WINDOW_AT = 0x700;
    static final int WINDOW = 512;
    static final int NO_TRAP = 0xFFFF;
    static final int HANGS = 0xFFFE;

    // Offsets in the FXSAVE image (SDM volume 1, 10.5.1).
    static final int FX_CONTROL = 0;
    static final int FX_STATUS = 2;
    static final int FX_TAGS = 4;
    static final int FX_MXCSR = 24;
    static final int FX_ST = 32;
    static final int FX_XMM = 160;

    final long[] gpr = new long[16];
    long rip;
    long flags = 0x202;
    final byte[] fx = new byte[512];
    final byte[] window = new byte[WINDOW];
    int trap = NO_TRAP;
    int error;
    long cr2;
    boolean outside;

    ByteBuffer fxBuffer() {
        return ByteBuffer.wrap(fx).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    }

    CpuImage copy() {
        CpuImage c = new CpuImage();
        System.arraycopy(gpr, 0, c.gpr, 0, 16);
        c.rip = rip;
        c.flags = flags;
        System.arraycopy(fx, 0, c.fx, 0, fx.length);
        System.arraycopy(window, 0, c.window, 0, WINDOW);
        return c;
    }

    void putState(ByteBuffer b) {
        for (long r : gpr) {
            b.putLong(r);
        }
        b.putLong(rip).putLong(flags).put(fx);
    }

    static CpuImage readReply(ByteBuffer b) {
        CpuImage c = new CpuImage();
        c.trap = b.getInt();
        c.error = b.getInt();
        c.cr2 = b.getLong();
        for (int n = 0; n < 16; n++) {
            c.gpr[n] = b.getLong();
        }
        c.rip = b.getLong();
        c.flags = b.getLong();
        b.get(c.fx).get(c.window);
        c.outside = b.getInt() != 0;
        return c;
    }

    byte[] st(int n) {
        return Arrays.copyOfRange(fx, FX_ST + 16 * n, FX_ST + 16 * n + 10);
    }

    byte[] xmm(int n) {
        return Arrays.copyOfRange(fx, FX_XMM + 16 * n, FX_XMM + 16 * n + 16);
    }
}
