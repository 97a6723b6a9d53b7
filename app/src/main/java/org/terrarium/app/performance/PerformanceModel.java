package org.terrarium.app.performance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What a machine did in the last minute, a second each. Belongs to the JavaFX thread. */
public final class PerformanceModel {
    /** How many seconds are kept. */
    public static final int HISTORY = 60;

    private final ArrayDeque<Load> loads = new ArrayDeque<>();
    private final ReadOnlyObjectWrapper<Load> latest = new ReadOnlyObjectWrapper<>(this, "latest");
    private Sample last;

    /** The last second, or null when there was none yet. */
    public ReadOnlyObjectProperty<Load> latestProperty() {
        return latest.getReadOnlyProperty();
    }

    /** Takes the next sample of a machine's figures. */
    public void add(Sample sample) {
        if (last != null && sample.hostNanos() > last.hostNanos()) {
            if (loads.size() == HISTORY) {
                loads.removeFirst();
            }
            loads.addLast(Load.between(last, sample));
            latest.set(loads.getLast());
        }
        last = sample;
    }

    /** Forgets everything, for another machine. */
    public void clear() {
        loads.clear();
        last = null;
        latest.set(null);
    }

    /** One figure of every second that is kept, the oldest first. */
    public double[] history(ToDoubleFunction<Load> figure) {
        return loads.stream().mapToDouble(figure).toArray();
    }

    /** Why the machine is as fast as it is: what held for the last few seconds; none before there are figures. */
    public List<Reason> reasons() {
        return latest.get() == null ? List.of() : new ArrayList<>(Reason.of(latest.get()));
    }
}
