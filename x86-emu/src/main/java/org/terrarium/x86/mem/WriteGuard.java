package org.terrarium.x86.mem;

/** Asked before a page of guest memory is changed: whoever reads it as it was at an earlier instant takes its copy now. */
@FunctionalInterface
public interface WriteGuard {
    /**
     * A store follows as soon as this returns. Called on the machine's thread, from slow paths only: for a page that is already
     * safe it must return at once.
     *
     * @param backingPage number of the 4 KiB page in {@link PhysicalMemory#backing()}
     */
    void beforeWrite(int backingPage);
}
