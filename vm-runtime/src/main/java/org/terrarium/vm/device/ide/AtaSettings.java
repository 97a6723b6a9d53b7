package org.terrarium.vm.device.ide;

/** What the host may set on a hard disk, and what a power-on reset sets it to. */
final class AtaSettings {
    static final int DEFAULT_HEADS = 16;
    static final int DEFAULT_SECTORS = 63;
    static final int MAX_CYLINDERS = 16383;
    static final int MAX_MULTIPLE = 16;
    private static final int DEFAULT_TRANSFER_MODE = 0x0C;

    int heads;
    int sectors;
    int multiple;
    boolean writeCache;
    boolean lookAhead;
    boolean smart;
    int transferMode;

    AtaSettings() {
        reset();
    }

    void reset() {
        heads = DEFAULT_HEADS;
        sectors = DEFAULT_SECTORS;
        multiple = 0;
        writeCache = true;
        lookAhead = true;
        smart = true;
        transferMode = DEFAULT_TRANSFER_MODE;
    }

    /** SET MULTIPLE MODE; false when the count is none of 0, 1, 2, 4, 8, 16. */
    boolean setMultiple(int count) {
        if (count > MAX_MULTIPLE || Integer.bitCount(count) > 1) {
            return false;
        }
        multiple = count;
        return true;
    }

    /** INITIALIZE DEVICE PARAMETERS; false when the translation makes no sense. */
    boolean translate(int headCount, int sectorsPerTrack) {
        if (sectorsPerTrack == 0 || sectorsPerTrack > DEFAULT_SECTORS) {
            return false;
        }
        sectors = sectorsPerTrack;
        heads = headCount;
        return true;
    }

    /** SET FEATURES (ATA/ATAPI-6, table 42); false when the subcommand or its value is refused. */
    boolean setFeature(int subcommand, int value) {
        switch (subcommand) {
            case 0x02 -> writeCache = true;
            case 0x82 -> writeCache = false;
            case 0x03 -> {
                if (!TransferMode.valid(value)) {
                    return false;
                }
                transferMode = value;
            }
            case 0xAA -> lookAhead = true;
            case 0x55 -> lookAhead = false;
            case 0x66, 0xCC -> {
                // Keep or forget settings over a software reset: this drive always keeps them.
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
