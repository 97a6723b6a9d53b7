package org.terrarium.vm.io;

import java.io.IOException;

/** What a {@link DiskQueue} needs of the machine it serves. */
public interface DiskHost {
    /** Runs {@code work} on one of the threads that wait for the host's disks. */
    void background(Runnable work);

    /** Any thread: has the machine's thread run {@code work} soon, also while the guest stands still. */
    void post(Runnable work);

    /** Any thread: the host reports an error, which the guest sees as one of its drive. */
    void trouble(IOException e);

    /** Any thread: there is no space for what the guest has written. The guest must stand still until there is. */
    void outOfSpace(IOException e);

    /** Any thread: everything held back for want of space has gone through. */
    void spaceFound();
}
