package org.terrarium.vm.device.ide;

/** Values of the SET FEATURES subcommand "set transfer mode" (ATA/ATAPI-6, table 43). */
final class TransferMode {
    /** PIO default, PIO flow control 0 to 4, multiword DMA 0 to 2, Ultra DMA 0 to 5. */
    static boolean valid(int mode) {
        int number = mode & 7;
        return switch (mode >> 3) {
            case 0 -> number <= 1;
            case 1 -> number <= 4;
            case 4 -> number <= 2;
            case 8 -> number <= 5;
            default -> false;
        };
    }

    private TransferMode() {}
}
