package org.terrarium.app.fx;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import org.terrarium.app.text.Text;

/** Shows the long work that is under way, each with its bar and a button that stops it. */
public final class TaskBar extends HBox {
    private static final double SPACING = 14;
    private static final double BAR_WIDTH = 150;

    public TaskBar(Tasks tasks) {
        super(SPACING);
        setAlignment(Pos.CENTER_RIGHT);
        tasks.running().addListener((ListChangeListener<Tasks.Task>) c ->
                getChildren().setAll(tasks.running().stream().map(TaskBar::row).toList()));
    }

    private static Node row(Tasks.Task task) {
        ProgressBar bar = new ProgressBar();
        bar.setPrefWidth(BAR_WIDTH);
        bar.setAccessibleText(task.title());
        bar.progressProperty().bind(task.doneProperty());
        Button stop = Buttons.flat("close", Text.of("dialogs.stopTask", task.title()), task::cancel);
        stop.getStyleClass().add("small");
        HBox row = new HBox(8, new Label(task.title()), bar, stop);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
