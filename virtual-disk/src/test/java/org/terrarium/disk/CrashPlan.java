package org.terrarium.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a writer does in each round, so that whoever looks at the image afterwards can tell what has to be in it. */
final class CrashPlan {
    static final int BLOCK = 4096;
    static final int BLOCKS = 512;

    /** What a disk writes whole or not at all. */
    private static final int SECTOR = 512;

    /** One step; version 0 means that the block reads as zeroes. */
    record Step(Kind kind, int block, int version) {
        enum Kind {
            WRITE,
            PACK,
            ZERO,
            DISCARD
        }
    }

    private CrashPlan() {}

    static List<Step> round(long seed, int round) {
        Random random = new Random(seed * 1_000_003 + round);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int block = 1 + random.nextInt(BLOCKS - 1);
            Step.Kind kind = switch (random.nextInt(8)) {
                case 0 -> Step.Kind.DISCARD;
                case 1 -> Step.Kind.ZERO;
                case 2 -> Step.Kind.PACK;
                default -> Step.Kind.WRITE;
            };
            boolean empty = kind == Step.Kind.DISCARD || kind == Step.Kind.ZERO;
            steps.add(new Step(kind, block, empty ? 0 : round));
        }
        steps.add(new Step(Step.Kind.WRITE, 0, round));
        return steps;
    }

    /** A snapshot is taken, or the one there deleted, and the image compacted, before these rounds. */
    static boolean snapshotBefore(int round) {
        return round % 7 == 3;
    }

    /** Contents that tell place and version; version 0 is zeroes. */
    static ByteBuffer contents(int block, int version) {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        while (version != 0 && bytes.hasRemaining()) {
            bytes.putInt(block).putInt(version);
        }
        return bytes.clear();
    }

    /** The version that a block's bytes show, or -1 when they show none. */
    static int version(int block, ByteBuffer bytes) {
        List<Integer> versions = sectorVersions(block, bytes);
        return versions.stream().distinct().count() == 1 ? versions.getFirst() : -1;
    }

    /** The version that each sector of a block shows, -1 for one that shows none. */
    static List<Integer> sectorVersions(int block, ByteBuffer bytes) {
        List<Integer> versions = new ArrayList<>();
        for (int at = 0; at < BLOCK; at += SECTOR) {
            int version = bytes.getInt(at + 4);
            boolean whole = contents(block, version).slice(at, SECTOR).equals(bytes.slice(at, SECTOR));
            versions.add(whole ? version : -1);
        }
        return versions;
    }
}
