package org.terrarium.disk;

import java.util.List;

/**
 * What a check of an image has found.
 *
 * @param corruptions mistakes that endanger contents
 * @param leaks clusters that are counted as used and are not
 * @param corruptionsFixed how many of the mistakes were repaired
 * @param leaksFixed how many of the leaks were repaired
 * @param messages a sentence for each mistake, but not for more than a hundred
 * @param allocated clusters with contents
 * @param total clusters of the disk
 * @param packed those of them that are packed
 * @param endOffset where the used part of the file ends, bytes
 */
public record CheckReport(
        long corruptions,
        long leaks,
        long corruptionsFixed,
        long leaksFixed,
        List<String> messages,
        long allocated,
        long total,
        long packed,
        long endOffset) {
    /** Nothing is wrong, or nothing is wrong any more. */
    public boolean clean() {
        return corruptions == corruptionsFixed && leaks == leaksFixed;
    }
}
