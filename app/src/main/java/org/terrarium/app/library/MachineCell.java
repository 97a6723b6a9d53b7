package org.terrarium.app.library;

import javafx.beans.InvalidationListener;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.terrarium.app.machine.Status;
import org.terrarium.vm.display.Picture;
import org.terrarium.vm.library.Activity;

/** A row of the list: a machine with a small picture, name, state and how busy it is, or a group's heading. */
final class MachineCell extends TreeCell<LibraryItem> {
    /** Files are being dragged over it that it would be given. */
    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");

    private final Thumbnail thumbnail = new Thumbnail(72, 54, 24);
    private final Label name = new Label();
    private final Label state = new Label();
    private final Label busy = new Label();
    private final Tooltip activity = new Tooltip();
    private final HBox stateLine = new HBox(6);
    private final HBox content;
    private final Label heading = new Label();
    private final ChangeListener<Status> statusListener = (o, was, is) -> showStatus();
    private final ChangeListener<Picture> pictureListener = (o, was, is) -> thumbnail.show(is);
    private final ChangeListener<Activity> activityListener = (o, was, is) -> showStatus();
    private final InvalidationListener otherListener = o -> showStatus();
    private MachineModel shown;

    MachineCell(LibraryView.Actions actions) {
        name.getStyleClass().add("machine-name");
        state.getStyleClass().add("machine-state");
        busy.getStyleClass().add("machine-state");
        heading.getStyleClass().add("group-name");
        Region dot = new Region();
        dot.getStyleClass().add("state-dot");
        stateLine.setAlignment(Pos.CENTER_LEFT);
        stateLine.getChildren().addAll(dot, state);
        VBox text = new VBox(3, name, stateLine, busy);
        text.setAlignment(Pos.CENTER_LEFT);
        text.setMinWidth(0);
        busy.managedProperty().bind(busy.textProperty().isNotEmpty());
        content = new HBox(12, thumbnail, text);
        content.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0); // as wide as the list, not as the longest name
        setOnDragEntered(e ->
                pseudoClassStateChanged(DROP, shown != null && e.getDragboard().hasFiles()));
        setOnDragExited(e -> pseudoClassStateChanged(DROP, false));
        setOnMouseClicked(e -> {
            if (shown != null && e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
                actions.open(shown);
            }
        });
    }

    /** The machine of this row, or null. */
    MachineModel machine() {
        return shown;
    }

    @Override
    protected void updateItem(LibraryItem item, boolean empty) {
        super.updateItem(item, empty);
        MachineModel machine = !empty && item instanceof LibraryItem.Entry e ? e.machine() : null;
        follow(machine);
        if (machine != null) {
            setGraphic(content);
        } else if (!empty && item instanceof LibraryItem.Group group) {
            heading.setText(group.name());
            setGraphic(heading);
        } else {
            setGraphic(null);
        }
    }

    private void follow(MachineModel machine) {
        if (machine == shown) {
            return;
        }
        if (shown != null) {
            shown.suspendedProperty().removeListener(otherListener);
            shown.throwsAwayProperty().removeListener(otherListener);
            shown.specProperty().removeListener(otherListener);
            shown.live().statusProperty().removeListener(statusListener);
            shown.live().thumbnailProperty().removeListener(pictureListener);
            shown.activityProperty().removeListener(activityListener);
        }
        shown = machine;
        if (machine == null) {
            setAccessibleText(null);
            return;
        }
        machine.suspendedProperty().addListener(otherListener);
        machine.throwsAwayProperty().addListener(otherListener);
        machine.specProperty().addListener(otherListener);
        machine.live().statusProperty().addListener(statusListener);
        machine.live().thumbnailProperty().addListener(pictureListener);
        machine.activityProperty().addListener(activityListener);
        name.setText(machine.name());
        thumbnail.show(machine.live().thumbnailProperty().get());
        showStatus();
    }

    private void showStatus() {
        Status status = shown.status();
        String text = Words.state(shown);
        state.setText(text);
        stateLine.getStyleClass().setAll(status.styleClass());
        Activity a = shown.activityProperty().get();
        boolean on = status.live() || status == Status.ELSEWHERE;
        busy.setText(on ? Words.busy(a) : "");
        activity.setText(Words.activity(a));
        busy.setTooltip(on ? activity : null);
        setAccessibleText(shown.name() + ", " + text);
    }
}
