package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Mmc.*;

import org.terrarium.vm.io.DiskAttachment;

/** The tray of a CD drive and the disc in it, which the user and the guest both move; and what the guest has yet to be told. */
public final class Tray {
    /** Told when the guest moves the tray. */
    @FunctionalInterface
    public interface Listener {
        void moved(boolean open);
    }

    private final Listener listener;
    private DiskAttachment medium;
    private boolean open;
    private boolean locked;
    private int attention;
    private int event;

    Tray(DiskAttachment medium, Listener listener) {
        this.medium = medium;
        this.listener = listener;
    }

    /** The user puts a disc in and closes the tray; another one that is in there comes out. */
    public void insert(DiskAttachment disc) {
        medium = disc;
        open = false;
        event = EVENT_NEW_MEDIA;
        attention = MEDIUM_MAY_HAVE_CHANGED;
    }

    /** The user takes the disc out, whatever the guest has locked (the pin hole in the front). */
    public void remove() {
        medium = null;
        locked = false;
        event = EVENT_MEDIA_REMOVAL;
        attention = MEDIUM_MAY_HAVE_CHANGED;
    }

    /**
     * The user presses the eject button. A locked drive passes the wish on to the guest; returns whether the tray is open now.
     */
    public boolean pressEject() {
        if (locked && medium != null) {
            event = EVENT_EJECT_REQUEST;
            return false;
        }
        open = true;
        event = EVENT_MEDIA_REMOVAL;
        attention = medium == null ? attention : MEDIUM_MAY_HAVE_CHANGED;
        return true;
    }

    public boolean open() {
        return open;
    }

    /** Whether the guest prevents the removal of the disc. */
    public boolean locked() {
        return locked;
    }

    void lock(boolean on) {
        locked = on;
    }

    /** The guest opens or closes the tray; false when it has locked it itself. */
    boolean move(boolean toOpen) {
        if (toOpen == open) {
            return true;
        }
        if (toOpen && locked) {
            return false;
        }
        open = toOpen;
        boolean arrived = !open && medium != null;
        event = arrived ? EVENT_NEW_MEDIA : EVENT_MEDIA_REMOVAL;
        if (arrived) {
            attention = MEDIUM_MAY_HAVE_CHANGED;
        }
        listener.moved(open);
        return true;
    }

    void reset() {
        locked = false;
        event = EVENT_NONE;
        attention = POWER_ON_OR_RESET;
    }

    /** Whether a disc can be read. */
    boolean ready() {
        return medium != null && !open;
    }

    /** The disc; null when there is none. */
    DiskAttachment medium() {
        return medium;
    }

    /** Blocks of the disc, the last one perhaps in part. */
    long blocks() {
        return medium == null ? 0 : (medium.size() + BLOCK - 1) / BLOCK;
    }

    /** The additional sense code of a unit attention that waits; 0 for none. */
    int attention() {
        return attention;
    }

    int takeAttention() {
        int taken = attention;
        attention = 0;
        return taken;
    }

    /** The media event of GET EVENT STATUS NOTIFICATION. */
    int event() {
        return event;
    }

    void eventTold() {
        event = EVENT_NONE;
    }

    void restore(boolean trayOpen, boolean trayLocked, int waitingAttention, int waitingEvent) {
        open = trayOpen;
        locked = trayLocked;
        attention = waitingAttention;
        event = waitingEvent;
    }
}
