package org.terrarium.app.performance;

import org.terrarium.vm.MachineStats;
import org.terrarium.vm.accel.TranslationStats;

/**
 * What a machine did between two samples.
 *
 * @param seconds of the host's time between them
 * @param mips million guest instructions a second while the guest was not halted
 * @param ratio machine time for host time: 1 keeps up with the clock on the wall
 * @param busy share of the machine's time in which the guest was not halted, 0 to 1
 * @param hostCore share of one of the host's cores that the machine's thread got
 * @param translated share of the instructions that ran translated, 0 to 1
 * @param regions pieces of code translated since power-on
 * @param dropped of them, taken out of use again
 * @param newRegions a second
 * @param newDropped a second
 * @param translating share of the time spent translating, on another core where there is one
 * @param diskRate bytes a second
 * @param netRate bytes a second
 * @param frameRate pictures shown a second; a picture that has not changed is not shown again
 * @param tier what runs the guest's instructions
 */
public record Load(
        double seconds,
        double mips,
        double ratio,
        double busy,
        double hostCore,
        double translated,
        long regions,
        long dropped,
        double newRegions,
        double newDropped,
        double translating,
        double diskRate,
        double netRate,
        double frameRate,
        String tier) {
    private static final TranslationStats NONE = new TranslationStats(0, 0, 0, 0, 0);

    /** What happened from one sample to the next. */
    public static Load between(Sample from, Sample to) {
        double seconds = Math.max(1e-6, (to.hostNanos() - from.hostNanos()) / 1e9);
        MachineStats a = from.stats();
        MachineStats b = to.stats();
        double machine = b.machineSeconds() - a.machineSeconds();
        double idle = b.idleSeconds() - a.idleSeconds();
        double awake = Math.max(0, machine - idle);
        long instructions = b.instructions() - a.instructions();
        TranslationStats ta = a.translation() == null ? NONE : a.translation();
        TranslationStats tb = b.translation() == null ? NONE : b.translation();
        return new Load(
                seconds,
                awake <= 0 ? 0 : instructions / awake / 1e6,
                machine / seconds,
                machine <= 0 ? 0 : Math.clamp(awake / machine, 0, 1),
                (b.hostCpuSeconds() - a.hostCpuSeconds()) / seconds,
                instructions <= 0
                        ? 0
                        : Math.clamp((double) (tb.instructions() - ta.instructions()) / instructions, 0, 1),
                tb.regions(),
                tb.dropped(),
                (tb.regions() - ta.regions()) / seconds,
                (tb.dropped() - ta.dropped()) / seconds,
                (tb.seconds() - ta.seconds()) / seconds,
                (to.diskBytes() - from.diskBytes()) / seconds,
                (to.netBytes() - from.netBytes()) / seconds,
                (to.frames() - from.frames()) / seconds,
                b.tier());
    }
}
