package org.terrarium.vm.transfer;

import java.util.List;
import org.terrarium.vm.DiskController;

/**
 * What an OVF description says of a machine, as far as Terrarium's machines can be like it.
 *
 * @param name what it is called there
 * @param disks in the order of its controllers
 * @param cards which network cards it has, as this program's models
 * @param sound whether it has a sound card
 * @param cdFile the file of the CD in its drive, or null
 * @param remarks sentences about what is different here
 */
record OvfMachine(
        String name,
        int memoryMib,
        List<Disk> disks,
        List<Card> cards,
        boolean sound,
        String cdFile,
        String notes,
        List<String> remarks) {
    /**
     * A hard disk.
     *
     * @param file the image's name in the package, or null for a new, empty disk
     * @param gzip whether the file is packed with gzip
     * @param capacity bytes
     */
    record Disk(String file, boolean gzip, long capacity, DiskController controller) {}

    /** A network card; whether it was plugged in. */
    record Card(boolean connected) {}

    OvfMachine {
        disks = List.copyOf(disks);
        cards = List.copyOf(cards);
        remarks = List.copyOf(remarks);
    }
}
