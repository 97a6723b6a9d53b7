package org.terrarium.disk.qcow2;

import java.util.HashMap;
import java.util.Map;

/** How often each cluster of a file is referred to, as counted. Takes memory only for what is counted. */
final class ClusterCounts {
    private static final int PAGE_BITS = 12;

    private final Map<Long, int[]> pages = new HashMap<>();
    private long latestNumber = -1;
    private int[] latest;

    int get(long cluster) {
        int[] page = page(cluster >>> PAGE_BITS, false);
        return page == null ? 0 : page[(int) cluster & (1 << PAGE_BITS) - 1];
    }

    void add(long cluster) {
        page(cluster >>> PAGE_BITS, true)[(int) cluster & (1 << PAGE_BITS) - 1]++;
    }

    private int[] page(long number, boolean make) {
        if (number != latestNumber) {
            int[] page = pages.get(number);
            if (page == null) {
                if (!make) {
                    return null;
                }
                page = new int[1 << PAGE_BITS];
                pages.put(number, page);
            }
            latest = page;
            latestNumber = number;
        }
        return latest;
    }
}
