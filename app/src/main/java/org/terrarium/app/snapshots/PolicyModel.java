package org.terrarium.app.snapshots;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.terrarium.app.text.Text;
import org.terrarium.vm.snapshot.SnapshotPolicy;

/** Automatic snapshots and limits while they are edited. Belongs to the JavaFX thread. */
final class PolicyModel {
    private static final int USUAL_MINUTES = 30;
    private static final int MOST_MINUTES = 100_000;
    private static final int MOST = 100_000;

    private final BooleanProperty automatic = new SimpleBooleanProperty(this, "automatic");
    private final StringProperty minutes = new SimpleStringProperty(this, "minutes");
    private final StringProperty keep = new SimpleStringProperty(this, "keep");
    private final StringProperty most = new SimpleStringProperty(this, "most");
    private final StringBinding minutesProblem;
    private final StringBinding keepProblem;
    private final StringBinding mostProblem;

    PolicyModel(SnapshotPolicy now) {
        automatic.set(now.everyMinutes() > 0);
        minutes.set(Integer.toString(now.everyMinutes() > 0 ? now.everyMinutes() : USUAL_MINUTES));
        keep.set(Integer.toString(now.keep()));
        most.set(Integer.toString(now.most()));
        minutesProblem = Bindings.createStringBinding(
                () -> automatic.get() ? problem(minutes, MOST_MINUTES) : "", automatic, minutes);
        keepProblem = Bindings.createStringBinding(() -> automatic.get() ? problem(keep, MOST) : "", automatic, keep);
        mostProblem = Bindings.createStringBinding(() -> problem(most, MOST), most);
    }

    private static String problem(StringProperty value, int limit) {
        int number = number(value);
        return number < 1 || number > limit ? Text.of("snapshots.policy.wrong", limit) : "";
    }

    private static int number(StringProperty value) {
        try {
            return Integer.parseInt(value.get().strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    BooleanProperty automaticProperty() {
        return automatic;
    }

    StringProperty minutesProperty() {
        return minutes;
    }

    StringProperty keepProperty() {
        return keep;
    }

    StringProperty mostProperty() {
        return most;
    }

    StringBinding minutesProblem() {
        return minutesProblem;
    }

    StringBinding keepProblem() {
        return keepProblem;
    }

    StringBinding mostProblem() {
        return mostProblem;
    }

    BooleanBinding valid() {
        return minutesProblem.isEmpty().and(keepProblem.isEmpty()).and(mostProblem.isEmpty());
    }

    /** What was answered; only while it is valid. */
    SnapshotPolicy policy() {
        return new SnapshotPolicy(automatic.get() ? number(minutes) : 0, Math.max(1, number(keep)), number(most));
    }
}
