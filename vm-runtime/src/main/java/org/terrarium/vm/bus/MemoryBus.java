package org.terrarium.vm.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.terrarium.x86.mem.PhysicalMemory;

/**
 * The machine's memory map: resolves overlapping placements into disjoint intervals, tells {@link PhysicalMemory} which
 * pages are memory, and hands device accesses to their chip. Changes are rare (BARs, shadow RAM, video windows), so every
 * change resolves all of it again; an access is a binary search behind a one-entry cache.
 */
public final class MemoryBus implements MemoryMap {
    private static final long PAGE = 4096;

    private enum Kind {
        RAM,
        ROM,
        DEVICE
    }

    private final class Region implements Placement {
        final long start;
        final long end;
        final int priority;
        final Kind kind;
        final MemoryBlock block;
        final MmioDevice device;

        Region(long start, long bytes, int priority, Kind kind, MemoryBlock block, MmioDevice device) {
            this.start = start;
            this.end = start + bytes;
            this.priority = priority;
            this.kind = kind;
            this.block = block;
            this.device = device;
        }

        @Override
        public void remove() {
            if (regions.remove(this)) {
                resolve(start, end);
            }
        }
    }

    private final PhysicalMemory memory;
    private final List<Region> regions = new ArrayList<>();
    private long[] starts = {0};
    private Region[] owners = {null};
    private int recent;

    public MemoryBus(PhysicalMemory memory) {
        this.memory = memory;
    }

    @Override
    public Placement ram(long pa, int priority, MemoryBlock block) {
        return place(new Region(pa, block.size(), priority, Kind.RAM, block, null));
    }

    @Override
    public Placement rom(long pa, int priority, MemoryBlock block, MmioDevice writes) {
        return place(new Region(pa, block.size(), priority, Kind.ROM, block, writes));
    }

    @Override
    public Placement device(long pa, long bytes, int priority, MmioDevice device) {
        return place(new Region(pa, bytes, priority, Kind.DEVICE, null, device));
    }

    /** A processor read that is not plain memory; holes read as all ones. */
    public long read(long pa, int size) {
        Region r = owners[find(pa)];
        if (r == null || r.device == null || r.kind != Kind.DEVICE) {
            return size == 8 ? -1L : (1L << 8 * size) - 1;
        }
        return r.device.read(pa - r.start, size);
    }

    /** A processor write that is not plain memory: to a device, or to a read-only page. */
    public void write(long pa, int size, long value) {
        Region r = owners[find(pa)];
        if (r != null && r.device != null) {
            r.device.write(pa - r.start, size, value);
        }
    }

    private Placement place(Region region) {
        regions.add(region);
        resolve(region.start, region.end);
        return region;
    }

    private int find(long pa) {
        int i = recent;
        if (pa >= starts[i] && (i + 1 == starts.length || pa < starts[i + 1])) {
            return i;
        }
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int mid = (low + high + 1) >>> 1;
            if (starts[mid] <= pa) {
                low = mid;
            } else {
                high = mid - 1;
            }
        }
        recent = low;
        return low;
    }

    private void resolve(long changedFrom, long changedTo) {
        TreeSet<Long> edges = new TreeSet<>();
        edges.add(0L);
        for (Region r : regions) {
            edges.add(r.start);
            edges.add(r.end);
        }
        List<Long> newStarts = new ArrayList<>();
        List<Region> newOwners = new ArrayList<>();
        for (long edge : edges) {
            Region top = topmost(edge);
            if (newOwners.isEmpty() || newOwners.getLast() != top) {
                newStarts.add(edge);
                newOwners.add(top);
            }
        }
        starts = newStarts.stream().mapToLong(Long::longValue).toArray();
        owners = newOwners.toArray(Region[]::new);
        recent = 0;
        publish(changedFrom & -PAGE, (changedTo + PAGE - 1) & -PAGE);
    }

    /** The latest of the regions with the highest priority that cover this address. */
    private Region topmost(long pa) {
        Region top = null;
        for (Region r : regions) {
            if (r.start <= pa && pa < r.end && (top == null || r.priority >= top.priority)) {
                top = r;
            }
        }
        return top;
    }

    private void publish(long from, long to) {
        long pa = from;
        while (pa < to) {
            int i = find(pa);
            Region r = owners[i];
            long end = i + 1 < starts.length ? Math.min(to, starts[i + 1]) : to;
            boolean direct = r != null && r.kind != Kind.DEVICE && (end - pa) >= PAGE;
            // A page that is only partly memory is treated as a device page; no chip of the board needs such a page.
            long stop = direct ? end & -PAGE : Math.min(to, (end + PAGE - 1) & -PAGE);
            if (!direct) {
                memory.mapDevice(pa, stop - pa);
            } else if (r.kind == Kind.RAM) {
                memory.mapRam(pa, stop - pa, r.block.offset() + (pa - r.start));
            } else {
                memory.mapRom(pa, stop - pa, r.block.offset() + (pa - r.start));
            }
            pa = stop;
        }
    }
}
