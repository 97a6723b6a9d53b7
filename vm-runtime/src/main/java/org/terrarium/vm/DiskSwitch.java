package org.terrarium.vm;

import java.io.IOException;
import org.terrarium.disk.VirtualDisk;

/** A machine's hard disks while nothing is in flight: they may be exchanged under the guest. */
public interface DiskSwitch {
    /** How many hard disks there are. */
    int count();

    /** What disk {@code n} is stored in now. */
    VirtualDisk disk(int n);

    /**
     * The guest's disk {@code n} is {@code other} from now on. Its contents must be those of the one before, which the caller
     * closes.
     */
    void exchange(int n, VirtualDisk other) throws IOException;
}
