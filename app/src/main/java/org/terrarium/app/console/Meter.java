package org.terrarium.app.console;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.performance.PerformanceModel;
import org.terrarium.app.performance.Sample;
import org.terrarium.vm.Drives;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.MachineStats;
import org.terrarium.vm.library.NetworkPlug;

/**
 * Reads a machine's figures regularly in the background, as machine and network answer from their own threads: what has passed
 * the network cards for their light, and a sample for the performance page once a second. Belongs to the JavaFX thread.
 */
final class Meter {
    /** Ticks between two looks at the network cards, and between two samples; a tick is an eighth of a second. */
    private static final int NETWORK_TICKS = 3;

    private static final int SAMPLE_TICKS = 8;

    private final ConsoleSubject subject;
    private final Threads threads;
    private final LongSupplier nanos;
    private final PerformanceModel performance = new PerformanceModel();
    private final AtomicBoolean reading = new AtomicBoolean();
    private Machine machine;
    private int ticks;

    Meter(ConsoleSubject subject, Threads threads, LongSupplier nanos) {
        this.subject = subject;
        this.threads = threads;
        this.nanos = nanos;
    }

    PerformanceModel performance() {
        return performance;
    }

    /** Another machine, or null: the figures of the last one stay. */
    void connect(Machine newMachine) {
        machine = newMachine;
        if (machine != null) {
            performance.clear();
        }
        ticks = 0;
    }

    /** {@code octets} is told, on some thread, how much has passed the network cards; {@code frames} were drawn by now. */
    void tick(LongConsumer octets, long frames) {
        Machine of = machine;
        boolean sample = ticks % SAMPLE_TICKS == 0;
        boolean cards = ticks % NETWORK_TICKS == 0 && !subject.cards().isEmpty();
        ticks++;
        // A reading that takes long, on a busy host, is not followed by a queue of others.
        if (of == null || !(sample || cards) || !reading.compareAndSet(false, true)) {
            return;
        }
        var plugs = subject.cards();
        threads.background().execute(() -> {
            try {
                long passed = plugs.stream()
                        .map(NetworkPlug::counters)
                        .mapToLong(c -> c.octetsIn() + c.octetsOut())
                        .sum();
                octets.accept(passed);
                if (sample && of.state() != MachineState.READY) {
                    MachineStats stats = of.stats();
                    Drives d = of.drives();
                    Sample taken = new Sample(
                            nanos.getAsLong(),
                            stats,
                            d.diskActivity() + d.cdActivity() + d.floppyActivity(),
                            passed,
                            frames);
                    threads.ui().execute(() -> add(of, taken));
                }
            } finally {
                reading.set(false);
            }
        });
    }

    private void add(Machine of, Sample sample) {
        if (machine == of) {
            performance.add(sample);
        }
    }
}
