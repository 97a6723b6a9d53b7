package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Carries out a {@link CrashPlan} from a given round on, until it is killed; says after each flush which round is safe. */
final class CrashWriter {
    private CrashWriter() {}

    public static void main(String[] args) throws IOException {
        Path image = Path.of(args[0]);
        long seed = Long.parseLong(args[1]);
        int round = Integer.parseInt(args[2]);
        boolean snapshots = Boolean.parseBoolean(args[3]);
        int last = Integer.parseInt(args[4]);
        while (round <= last) {
            if (snapshots && CrashPlan.snapshotBefore(round)) {
                changeSnapshot(image);
                DiskCompact.compact(image, OpenOptions.readOnly(), Progress.NONE);
            }
            try (VirtualDisk disk = DiskFormats.open(image, OpenOptions.readWrite())) {
                do {
                    run(disk, seed, round);
                    System.out.println(round);
                    if (System.out.checkError()) {
                        return; // Nobody listens any more: the test itself has been ended.
                    }
                    round++;
                } while (round <= last && !(snapshots && CrashPlan.snapshotBefore(round)));
            }
        }
    }

    static void run(VirtualDisk disk, long seed, int round) throws IOException {
        for (CrashPlan.Step step : CrashPlan.round(seed, round)) {
            long at = (long) step.block() * CrashPlan.BLOCK;
            switch (step.kind()) {
                case WRITE -> disk.write(at, CrashPlan.contents(step.block(), step.version()));
                case PACK -> disk.writePacked(at, CrashPlan.contents(step.block(), step.version()));
                case ZERO -> disk.writeZeroes(at, CrashPlan.BLOCK);
                case DISCARD -> disk.discard(at, CrashPlan.BLOCK);
            }
        }
        disk.flush();
    }

    private static void changeSnapshot(Path image) throws IOException {
        List<DiskSnapshot> there = DiskSnapshots.list(image, OpenOptions.readOnly());
        if (there.isEmpty()) {
            DiskSnapshots.create(image, OpenOptions.readWrite(), "s", Instant.EPOCH);
        } else {
            DiskSnapshots.delete(
                    image, OpenOptions.readWrite(), there.getFirst().id());
        }
    }
}
