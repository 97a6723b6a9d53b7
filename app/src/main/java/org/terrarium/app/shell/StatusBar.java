package org.terrarium.app.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.terrarium.app.fx.TaskBar;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.text.Text;

/** The line below the library: how many machines there are and run, what is being worked on. */
final class StatusBar extends HBox {
    private final Label machines = new Label();
    private final LibraryModel model;

    StatusBar(LibraryModel model, TaskBar tasks) {
        this.model = model;
        machines.setId("status-machines");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("status-bar-line");
        getChildren().addAll(machines, space, tasks);
        refresh();
    }

    /** Counts again. */
    void refresh() {
        int on = model.live().size();
        machines.setText(Text.of("shell.status.machines", model.machines().size()) + "  ·  "
                + Text.of("shell.status.running", on));
    }
}
