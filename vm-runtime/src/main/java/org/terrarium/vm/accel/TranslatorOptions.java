package org.terrarium.vm.accel;

import java.util.Set;
import org.terrarium.x86.Optimisation;

/**
 * How the translator of our own processor works, where it is not as usual: for people who look for a mistake in it.
 *
 * @param without optimisations that are left out
 * @param listing gets the text of regions as they are translated (called by the translator's thread); null for none
 * @param listedAddress only regions with the instruction at this place in memory, as listings show it, are listed; -1 for all
 * @param regions most regions that are kept, 0 for as many as usual
 */
public record TranslatorOptions(Set<Optimisation> without, Appendable listing, long listedAddress, int regions) {
    /** Nothing special. */
    public static final TranslatorOptions USUAL = new TranslatorOptions(Set.of(), null, -1, 0);

    public TranslatorOptions {
        without = Set.copyOf(without);
    }
}
