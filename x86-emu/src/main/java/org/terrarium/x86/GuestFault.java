package org.terrarium.x86;

/**
 * An exception of the guest's processor on its way from the place where it is noticed to the place that delivers it. One
 * object per processor, without stack trace, is thrown again and again: a page fault is daily business and must not allocate.
 */
public final class GuestFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * No exception: the instruction cannot go on now. The processor stands still in front of it, as in HLT, and tries it again
     * when an interrupt has been served.
     */
    public static final int WAIT = -1;

    public static final int DE = 0;
    public static final int DB = 1;
    public static final int NMI = 2;
    public static final int BP = 3;
    public static final int OF = 4;
    public static final int BR = 5;
    public static final int UD = 6;
    public static final int NM = 7;
    public static final int DF = 8;
    public static final int TS = 10;
    public static final int NP = 11;
    public static final int SS = 12;
    public static final int GP = 13;
    public static final int PF = 14;
    public static final int MF = 16;
    public static final int AC = 17;
    public static final int XM = 19;

    /** The exception vector (Intel SDM volume 3, chapter 6). */
    public int vector;

    /** The error code, valid where the vector has one. */
    public int errorCode;

    /** A #GP because of a non-canonical address: for a reference to the stack segment it is #SS(0) instead. */
    public boolean nonCanonical;

    public GuestFault() {
        super(null, null, false, false);
    }

    /** Whether this vector pushes an error code. */
    public boolean hasErrorCode() {
        return switch (vector) {
            case DF, TS, NP, SS, GP, PF, AC -> true;
            default -> false;
        };
    }

    @Override
    public String getMessage() {
        return "vector " + vector + " error 0x" + Integer.toHexString(errorCode);
    }
}
