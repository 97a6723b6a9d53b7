package org.terrarium.app.performance;

import java.util.ArrayList;
import java.util.List;

/** Why a machine is busy or slow, from what it did lately; each has a plain sentence for the user. */
public enum Reason {
    /** Nothing to explain: the guest waits most of the time. */
    IDLE,
    /** The machine is paused or has only just begun. */
    STANDS_STILL,
    /** The guest computes without a pause. */
    COMPUTING,
    /** The guest computes now and then. */
    WORKING,
    /** Other programs on the host take the processor away from it. */
    HOST_BUSY,
    /** Everything is interpreted, as the user chose. */
    INTERPRETER,
    /** Most of the guest's code is too new to be translated yet. */
    NEW_CODE,
    /** Translations are thrown away all the time: the guest changes its code. */
    CHANGING_CODE,
    /** Disks move much data. */
    DISK,
    /** Network cards move much data. */
    NETWORK;

    private static final double IDLE_BELOW = 0.10;
    private static final double COMPUTING_ABOVE = 0.90;

    /** A machine that computes without a pause should have a core nearly for itself. */
    private static final double OWN_CORE = 0.75;

    private static final double TRANSLATED = 0.80;
    private static final double DROPPED_A_SECOND = 20;
    private static final double MUCH_DATA = 5e6;

    /** All that apply, the most telling first; never none. */
    public static List<Reason> of(Load load) {
        List<Reason> reasons = new ArrayList<>();
        if (load.ratio() < 0.01) {
            return List.of(STANDS_STILL);
        }
        boolean awake = load.busy() >= IDLE_BELOW;
        if (awake && load.busy() > 0.5 && load.hostCore() < OWN_CORE * load.busy() * Math.min(1, load.ratio())) {
            reasons.add(HOST_BUSY);
        }
        if (awake && load.tier().equals("interpreter")) {
            reasons.add(INTERPRETER);
        } else if (awake && load.newDropped() > DROPPED_A_SECOND) {
            reasons.add(CHANGING_CODE);
        } else if (awake && load.tier().equals("jit") && load.translated() < TRANSLATED) {
            reasons.add(NEW_CODE);
        }
        if (load.diskRate() > MUCH_DATA) {
            reasons.add(DISK);
        }
        if (load.netRate() > MUCH_DATA) {
            reasons.add(NETWORK);
        }
        reasons.add(!awake ? IDLE : load.busy() > COMPUTING_ABOVE ? COMPUTING : WORKING);
        return reasons;
    }
}
