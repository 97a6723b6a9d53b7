package org.terrarium.vm.snapshot;

/**
 * What Terrarium does by itself.
 *
 * @param everyMinutes an automatic snapshot of the running machine so often; 0 for none
 * @param keep automatic snapshots kept; older ones are deleted
 * @param most snapshots a machine may have, so that nobody fills the host's disk by mistake
 */
public record SnapshotPolicy(int everyMinutes, int keep, int most) {
    public static final SnapshotPolicy USUAL = new SnapshotPolicy(0, 3, 1000);

    public SnapshotPolicy {
        if (everyMinutes < 0 || keep < 1 || most < 1 || most > 100_000) {
            throw new IllegalArgumentException(
                    "automatic snapshots need a number of minutes (0 for none), at least one to keep, and a limit of"
                            + " 1 to 100000 snapshots");
        }
    }
}
