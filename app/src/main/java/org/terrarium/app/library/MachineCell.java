package org.terrarium.app.library;

import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.terrarium.app.machine.Status;
import org.terrarium.vm.display.Picture;

/** A machine in the list: small picture, name, state. */
final class MachineCell extends ListCell<MachineModel> {
    private final Thumbnail thumbnail = new Thumbnail(72, 54, 24);
    private final Label name = new Label();
    private final Label state = new Label();
    private final HBox stateLine = new HBox(6);
    private final HBox content;
    private final ChangeListener<Status> statusListener = (o, was, is) -> showStatus(is);
    private final ChangeListener<Picture> pictureListener = (o, was, is) -> thumbnail.show(is);
    private MachineModel shown;

    MachineCell() {
        name.getStyleClass().add("machine-name");
        state.getStyleClass().add("machine-state");
        Region dot = new Region();
        dot.getStyleClass().add("state-dot");
        stateLine.setAlignment(Pos.CENTER_LEFT);
        stateLine.getChildren().addAll(dot, state);
        VBox text = new VBox(4, name, stateLine);
        text.setAlignment(Pos.CENTER_LEFT);
        text.setMinWidth(0);
        content = new HBox(12, thumbnail, text);
        content.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0); // as wide as the list, not as the longest name
    }

    @Override
    protected void updateItem(MachineModel machine, boolean empty) {
        super.updateItem(machine, empty);
        if (machine == shown && !empty) {
            return;
        }
        if (shown != null) {
            shown.live().statusProperty().removeListener(statusListener);
            shown.live().thumbnailProperty().removeListener(pictureListener);
        }
        shown = empty ? null : machine;
        if (shown == null) {
            setGraphic(null);
            return;
        }
        shown.live().statusProperty().addListener(statusListener);
        shown.live().thumbnailProperty().addListener(pictureListener);
        name.setText(shown.name());
        thumbnail.show(shown.live().thumbnailProperty().get());
        showStatus(shown.status());
        setGraphic(content);
    }

    private void showStatus(Status status) {
        state.setText(status.text());
        stateLine.getStyleClass().setAll(status.styleClass());
    }
}
