package org.terrarium.disk;

/**
 * The locks by which QEMU's processes tell each other what they do with an image, taken in the same way (QEMU
 * block/file-posix.c and docs/devel/block-permissions): for each thing somebody does, a shared lock on byte 100 plus its number;
 * for each that it does not want others to do, one on byte 200 plus its number. Whoever comes looks at the opposite bytes.
 */
final class ByteLocks {
    private static final long DOES = 100;
    private static final long REFUSES = 200;

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int RESIZE = 3;

    private static final int[] READER = {READ};
    private static final int[] WRITER = {READ, WRITE, RESIZE};
    private static final int[] ALONE = {WRITE, RESIZE};

    private ByteLocks() {}

    /**
     * Takes the locks for reading or writing; nobody else may write or resize meanwhile. A file system without locks lets
     * everybody through.
     *
     * @return false when somebody is in the way; then no lock is held
     */
    static boolean take(NativeFile file, boolean writing) {
        int[] does = writing ? WRITER : READER;
        set(file, does, DOES);
        set(file, ALONE, REFUSES);
        // Locks first, then the look: of two that come at once at least one sees the other.
        if (anyOther(file, does, REFUSES) || anyOther(file, ALONE, DOES)) {
            for (int number = READ; number <= RESIZE; number++) {
                file.unlock(DOES + number);
                file.unlock(REFUSES + number);
            }
            return false;
        }
        return true;
    }

    private static void set(NativeFile file, int[] numbers, long base) {
        for (int number : numbers) {
            file.lockShared(base + number);
        }
    }

    private static boolean anyOther(NativeFile file, int[] numbers, long base) {
        for (int number : numbers) {
            if (file.lockedByOthers(base + number)) {
                return true;
            }
        }
        return false;
    }
}
