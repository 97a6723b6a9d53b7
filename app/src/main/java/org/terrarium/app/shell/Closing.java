package org.terrarium.app.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.value.ChangeListener;
import javafx.stage.Stage;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;

/** What becomes of machines that are on when the program is about to end. Belongs to the JavaFX thread. */
final class Closing {
    private final Stage stage;
    private final LibraryModel model;
    private final Dialogs dialogs;
    private final Runnable close;

    /** @param close closes the window without asking */
    Closing(Stage stage, LibraryModel model, Dialogs dialogs, Runnable close) {
        this.stage = stage;
        this.model = model;
        this.dialogs = dialogs;
        this.close = close;
    }

    /**
     * Whether the window may close now. Machines that are on are asked about; when they are to be suspended, the window
     * stays until they are, and closes then by itself.
     */
    boolean mayClose() {
        List<MachineModel> live = model.live();
        if (live.isEmpty()) {
            return true;
        }
        boolean suspendable = live.stream().allMatch(MachineModel::suspendable);
        String names = live.stream().map(MachineModel::name).collect(Collectors.joining(", "));
        String off = Text.of("shell.close.agree");
        Optional<Integer> answer = dialogs.choose(
                stage,
                Text.of("shell.close.title", live.size()),
                Text.of(suspendable ? "shell.close.textSuspend" : "shell.close.text", names),
                suspendable ? List.of(Text.of("shell.close.suspend"), off) : List.of(off));
        if (suspendable && answer.filter(n -> n == 0).isPresent()) {
            new Suspending(live).begin();
            return false;
        }
        return answer.isPresent();
    }

    /** Waits until all machines are suspended; one that could not be keeps the window open. */
    private final class Suspending {
        private final List<MachineModel> machines;
        private final ChangeListener<Status> listener = (o, was, is) -> look();

        Suspending(List<MachineModel> machines) {
            this.machines = List.copyOf(machines);
        }

        void begin() {
            machines.forEach(m -> m.live().statusProperty().addListener(listener));
            machines.forEach(m -> m.suspend(this::end));
        }

        private void end() {
            machines.forEach(m -> m.live().statusProperty().removeListener(listener));
        }

        private void look() {
            if (machines.stream().noneMatch(m -> m.live().on() || m.status().busy())) {
                end();
                close.run();
            }
        }
    }
}
