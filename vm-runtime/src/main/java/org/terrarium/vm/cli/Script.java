package org.terrarium.vm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.input.TextKeys;
import org.terrarium.vm.library.MachineSession;

/**
 * What {@code run} does with the machine, in the order of the options: waiting for text, typing, taking pictures. The run is
 * done when the last step is, unless that was typing: then it goes on until the machine is off. A picture for which nothing
 * was awaited before is taken at the end.
 */
final class Script {
    /** Before a picture is taken after typing: the time one stroke takes, and the time the guest has to draw the result. */
    private static final Duration PER_STROKE = Duration.ofMillis(20);

    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final Duration FOREVER = Duration.ofDays(3650);

    sealed interface Step {
        /** Text on the first serial port, after what was awaited there before. */
        record UntilSerial(String text) implements Step {}

        /** Text in one line of a text screen. */
        record UntilScreen(String text) implements Step {}

        record Type(String keys) implements Step {}

        record Screenshot(Path file) implements Step {}

        /** There is nothing to await or type. */
        default boolean empty() {
            return switch (this) {
                case UntilSerial(String text) -> text.isEmpty();
                case UntilScreen(String text) -> text.isEmpty();
                case Type(String keys) -> keys.isEmpty();
                case Screenshot(Path file) -> file.toString().isEmpty();
            };
        }
    }

    private final List<Step> steps = new ArrayList<>();

    void add(Step step) {
        steps.add(step);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** IllegalArgumentException with a sentence when a text to be typed names a key that does not exist. */
    void checkKeys() {
        for (Step step : steps) {
            if (step instanceof Step.Type(String keys)) {
                TextKeys.strokes(keys);
            }
        }
    }

    /** Refuses pictures that could not be saved, before time is spent on them. */
    void checkPictures() throws IOException {
        for (Step step : steps) {
            if (step instanceof Step.Screenshot(Path file)) {
                MachineSession.requireFolder(file);
            }
        }
    }

    /**
     * Plays the steps with a machine that has been started.
     *
     * @param timeout for all of it; null for none
     * @throws CliFailure when time ran out or the machine ended without what was awaited
     */
    void play(Machine machine, Duration timeout) throws CliFailure, IOException, InterruptedException {
        long deadline = System.nanoTime() + (timeout == null ? FOREVER : timeout).toNanos();
        List<Path> pictures = new ArrayList<>();
        steps.stream()
                .filter(step -> step instanceof Step.Screenshot)
                .forEach(step -> pictures.add(((Step.Screenshot) step).file()));
        try {
            boolean awaited = false;
            Step last = null;
            for (Step step : steps) {
                switch (step) {
                    case Step.UntilSerial(String text) -> {
                        boolean seen = machine.awaitSerial(text, left(deadline)) || endsUnseen(machine, deadline);
                        requireSeen(seen, machine, text, "the serial port", timeout);
                        awaited = true;
                    }
                    case Step.UntilScreen(String text) -> {
                        boolean seen = machine.awaitScreen(text, left(deadline)) || endsUnseen(machine, deadline);
                        requireSeen(seen, machine, text, "the screen", timeout);
                        awaited = true;
                    }
                    case Step.Type(String keys) -> machine.type(keys);
                    case Step.Screenshot(Path file) -> {
                        if (awaited) {
                            settle(machine, last, deadline);
                            MachineSession.savePicture(machine, file);
                            pictures.remove(file);
                        }
                    }
                }
                last = step;
            }
            if (!awaited || last instanceof Step.Type) {
                awaitEnd(machine, deadline, timeout);
            }
        } finally {
            // Also when something failed: what the screen showed then helps to see why.
            for (Path file : pictures) {
                MachineSession.savePicture(machine, file);
            }
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static void settle(Machine machine, Step last, long deadline) {
        if (last instanceof Step.Type(String keys)) {
            Duration wanted =
                    SETTLE.plus(PER_STROKE.multipliedBy(TextKeys.strokes(keys).size()));
            Duration left = left(deadline);
            machine.awaitEnd(left.compareTo(wanted) < 0 ? left : wanted);
        }
    }

    /** False; when waiting was given up early because the machine is ending, its last state is known afterwards. */
    private static boolean endsUnseen(Machine machine, long deadline) {
        machine.awaitEnd(left(deadline));
        return false;
    }

    private static void requireSeen(boolean seen, Machine machine, String text, String where, Duration timeout)
            throws CliFailure {
        if (seen) {
            return;
        }
        requireNotFailed(machine);
        if (machine.state() == MachineState.OFF) {
            throw new CliFailure("the machine powered off before '" + text + "' appeared on " + where);
        }
        throw CliFailure.timeout("'" + text + "' did not appear on " + where + " within " + seconds(timeout));
    }

    private static void awaitEnd(Machine machine, long deadline, Duration timeout) throws CliFailure {
        boolean ended = machine.awaitEnd(left(deadline));
        requireNotFailed(machine);
        if (!ended) {
            throw CliFailure.timeout("the machine still runs after " + seconds(timeout));
        }
    }

    private static void requireNotFailed(Machine machine) throws CliFailure {
        if (machine.state() == MachineState.FAILED) {
            throw new CliFailure(machine.failure().orElse("the machine stopped because of trouble on the host"));
        }
    }

    private static String seconds(Duration timeout) {
        if (timeout == null) {
            return "the time allowed";
        }
        double value = timeout.toMillis() / 1000.0;
        return (value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value))
                + (value == 1 ? " second" : " seconds");
    }
}
