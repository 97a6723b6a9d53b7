package org.terrarium.app.shell;

import java.io.File;
import java.util.List;
import javafx.application.Application;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

/**
 * A program of its own with a small window in the screen's lower right corner, from which the files that its arguments name can be
 * dragged, as from a file manager.
 */
public final class FileDragSource {
    static final int SIZE = 80;
    static final String TITLE = "Files to drag";

    private FileDragSource() {}

    public static void main(String[] args) {
        Application.launch(Window.class, args);
    }

    /** Not the class with {@code main}, which Java would only start from the module path. */
    public static final class Window extends Application {
        @Override
        public void start(Stage stage) {
            show(stage, getParameters().getRaw());
        }
    }

    private static void show(Stage stage, List<String> names) {
        List<File> files = names.stream().map(File::new).toList();
        StackPane pane = new StackPane(new Label("files"));
        pane.setOnDragDetected(e -> {
            Dragboard board = pane.startDragAndDrop(TransferMode.COPY);
            ClipboardContent content = new ClipboardContent();
            content.putFiles(files);
            board.setContent(content);
            e.consume();
        });
        stage.initStyle(StageStyle.UNDECORATED);
        stage.setScene(new Scene(pane, SIZE, SIZE));
        Rectangle2D screen = Screen.getPrimary().getBounds();
        stage.setX(screen.getMaxX() - SIZE);
        stage.setY(screen.getMaxY() - SIZE);
        stage.setTitle(TITLE);
        stage.show();
    }
}
