package org.terrarium.vm.device.piix;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.terrarium.vm.bus.BytePortDevice;

/**
 * Cards that are taken out and put in while the machine runs. The PIIX4 has no registers for it; these are the ones that QEMU
 * gives its PIIX4 board (its docs/specs/acpi_pci_hotplug), which the ACPI tables of SeaBIOS use too. Offsets from port AE00h, a
 * doubleword each, a bit per slot: PCIU slots with a new card (reading clears it), PCID slots whose card is to go, B0EJ written
 * when the system has let go of a card, PCRM slots whose cards can go.
 */
final class SlotEvents implements BytePortDevice {
    static final int PORTS = 0x10;

    private static final int PCIU = 0x00;
    private static final int PCID = 0x04;
    private static final int B0EJ = 0x08;

    private final Runnable changed;
    private int removable;
    private IntConsumer ejected = slot -> {};
    private int inserted;
    private int leaving;

    /** @param changed called when there is news for the system */
    SlotEvents(Runnable changed) {
        this.changed = changed;
    }

    /** Names the slots whose cards can be taken out, a bit each, and who takes them out. */
    void connect(int removableSlots, IntConsumer takenOut) {
        removable = removableSlots;
        ejected = takenOut;
    }

    /** Asks the system to let go of a slot's card; false where it cannot be taken out. */
    boolean requestRemoval(int slot) {
        if ((removable >> slot & 1) == 0) {
            return false;
        }
        leaving |= 1 << slot;
        changed.run();
        return true;
    }

    @Override
    public int readByte(int offset) {
        int shift = 8 * (offset & 3);
        int value = (switch (offset & ~3) {
                            case PCIU -> inserted;
                            case PCID -> leaving;
                            case B0EJ -> 0;
                            default -> removable;
                        })
                        >>> shift
                & 0xFF;
        if ((offset & ~3) == PCIU) {
            inserted &= ~(0xFF << shift);
        }
        return value;
    }

    @Override
    public void writeByte(int offset, int value) {
        if ((offset & ~3) != B0EJ) {
            return;
        }
        // Only what was asked for: a card that the system ejects by itself stays, as nobody would put it in again.
        int gone = value << 8 * (offset & 3) & leaving;
        leaving &= ~gone;
        for (int slots = gone; slots != 0; slots &= slots - 1) {
            ejected.accept(Integer.numberOfTrailingZeros(slots));
        }
        if (gone != 0) {
            inserted |= gone; // the card is put in again at once
            changed.run();
        }
    }

    void reset() {
        inserted = 0;
        leaving = 0;
    }

    /** PCIU and PCID. */
    int[] save() {
        return new int[] {inserted, leaving};
    }

    /** @param saved what {@link #save} gave; states of versions before there was hot plug have none */
    void restore(int[] saved) {
        int[] both = Arrays.copyOf(saved, 2);
        inserted = both[0];
        leaving = both[1];
    }
}
