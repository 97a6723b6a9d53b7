package org.terrarium.x86.interp;

/** The second tier, as the interpreter uses it. All calls come from the processor's thread. */
public interface Tier {
    /** A block has been interpreted often; {@code c.rip} is at its start. */
    void hot(Block block);

    /** Puts in place what was translated meanwhile. Called often: cheap where there is nothing. */
    void install();

    /**
     * Runs the region of a block that {@link Region#mayRun} from {@code c.rip}, where the block is.
     *
     * @param block where to begin
     * @param end {@code c.retired} at which to stop
     * @return {@link Region#DONE}, {@link Region#FAULT} or {@link Region#LEFT}
     */
    int run(Block block, long end);
}
