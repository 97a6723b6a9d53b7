package org.terrarium.app.machine;

import java.util.Locale;

/** What a machine of the library is doing, as the window shows it. */
public enum Status {
    OFF,
    STARTING,
    RUNNING,
    PAUSED,
    STOPPING,
    /** Stopped by trouble on the host's side. */
    FAILED,
    /** Its description cannot be read. */
    BROKEN,
    /** Another program runs it. */
    ELSEWHERE;

    /** Whether there is a machine to talk to. */
    public boolean live() {
        return this == RUNNING || this == PAUSED;
    }

    /** Whether it can be started. */
    public boolean startable() {
        return this == OFF || this == FAILED;
    }

    /** Whether a start or a stop is under way. */
    public boolean busy() {
        return this == STARTING || this == STOPPING;
    }

    /** The stylesheet's name for it. */
    public String styleClass() {
        return "status-" + name().toLowerCase(Locale.ROOT);
    }
}
