package org.terrarium.x86.interp;

/** What a translated region's hidden class extends. */
public abstract class TranslatedCode {
    /** {@link #run}: the region was left by one of its exits, {@code c.rip} is what comes next. */
    public static final int EXIT = -1;

    /** {@link #run}: added to the number of the instruction that was not carried out because of LeaveTranslation. */
    public static final int LEAVE = 1 << 30;

    /**
     * Runs until an exit. {@code c.retired} was raised by {@code budget} before; what is left of the budget is subtracted from it
     * on return. Without a budget it returns at once and does nothing: that is how HotSpot is made to compile it before it is used.
     *
     * @param base instruction pointer of the region's first block
     * @param budget instructions to run at most
     * @param entry number of the block to begin with
     * @return {@link #EXIT}, or the number of the instruction (in the region's tables) that raised the processor's GuestFault
     */
    public abstract int run(long base, int budget, int entry);
}
