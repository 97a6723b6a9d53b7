package org.terrarium.vm;

import java.io.IOException;
import java.lang.management.ManagementFactory;

/** How much memory the host has. */
public final class HostMemory {
    private HostMemory() {}

    /** The host's physical memory (or what its container allows), MiB. */
    public static long totalMib() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os) {
            return os.getTotalMemorySize() >> 20;
        }
        return Long.MAX_VALUE;
    }

    /** Refuses a machine that is larger than the host, in one sentence. */
    static void check(long mib) throws IOException {
        long total = totalMib();
        if (mib > total) {
            throw new IOException("The machine wants " + mib + " MiB of memory, but this host has " + total
                    + " MiB; give it less memory");
        }
    }
}
