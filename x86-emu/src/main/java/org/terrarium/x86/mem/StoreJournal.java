package org.terrarium.x86.mem;

/** Is told of stores before they are made: see {@link Mmu#setJournal}. */
@FunctionalInterface
public interface StoreJournal {
    /**
     * Bytes at a backing offset, within one page, are about to change.
     *
     * @param size 1, 2, 4 or 8
     */
    void before(long backingOffset, int size);
}
