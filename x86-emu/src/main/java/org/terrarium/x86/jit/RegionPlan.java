package org.terrarium.x86.jit;

import java.util.List;
import java.util.Set;

/** What is to be translated as one method, and what the passes have found out about it. */
final class RegionPlan {
    /** Mode all blocks were decoded for ({@code Modes.KEY_...}). */
    final int key;

    /** May be entered at any block, for HotSpot's first compiler; else at the first only, for its second. */
    final boolean warm;

    /** The entry first; afterwards in the order of emission. */
    List<RegionBlock> blocks;

    /** Instructions that may be run from one look at the budget to the next. */
    int slack;

    /** General registers it uses: bit n for register n; and those it may change. */
    int usedRegisters;

    int changedRegisters;

    /** Contains instructions that need SSE to be enabled. */
    boolean sse;

    /** XMM registers that are kept in JVM variables: bit n for register n; and those of them that it may change. */
    int usedXmm;

    int changedXmm;

    private final Set<Long> interpreted;

    RegionPlan(int key, boolean warm, List<RegionBlock> blocks, Set<Long> interpreted) {
        this.warm = warm;
        this.interpreted = interpreted;
        this.key = key;
        this.blocks = blocks;
    }

    /** Where it is entered; of one that may be entered anywhere, any block. */
    RegionBlock entry() {
        return blocks.get(0);
    }

    /** 16, 32 or 64. */
    int codeSize() {
        return 16 << (key & 3);
    }

    boolean wide() {
        return (key & 3) == 2;
    }

    boolean xmmInVariables(int n) {
        return (usedXmm >> n & 1) != 0;
    }

    /** Variable with bits 63..0 ({@code half} 0) or 127..64 of an XMM register that is kept in variables. */
    int xmmVariable(int n, int half) {
        return Asm.FIRST_XMM + 4 * Integer.bitCount(usedXmm & (1 << n) - 1) + 2 * half;
    }

    /** The stack pointer's width as a mask. */
    long stackMask() {
        return switch (key >> 2 & 3) {
            case 0 -> 0xFFFFL;
            case 1 -> 0xFFFF_FFFFL;
            default -> ~0L;
        };
    }

    boolean flat(int segment) {
        return wide() ? segment < 4 : segment < 4 && (key >> 8 + segment & 1) != 0;
    }

    int instructions() {
        return blocks.stream().mapToInt(b -> b.count).sum();
    }

    /** Drops blocks from the end, so that a method that came out too large can be tried again. */
    RegionPlan smaller() {
        List<RegionBlock> fewer = blocks.subList(0, Math.max(1, blocks.size() / 2));
        List<org.terrarium.x86.interp.Block> kept =
                fewer.stream().map(b -> b.block).toList();
        List<Long> deltas = fewer.stream().map(b -> b.delta).toList();
        return RegionFinder.connect(key, warm, kept, deltas, interpreted);
    }
}
