package org.terrarium.app.library;

import javafx.scene.Node;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.Pictures;
import org.terrarium.vm.display.Picture;

/** A small picture of a screen, or a monitor when there is none yet. */
final class Thumbnail extends StackPane {
    private static final double MARGIN = 3;

    private final ImageView view = new ImageView();
    private final Node icon;

    Thumbnail(double width, double height, double iconSize) {
        icon = Icons.of("console", iconSize);
        getStyleClass().add("thumbnail");
        setMinSize(width, height);
        setPrefSize(width, height);
        setMaxSize(width, height);
        getChildren().addAll(icon, view);
    }

    void show(Picture picture) {
        // Made small here by exact averages: the image view's own way drops lines of text.
        int width = (int) (getPrefWidth() - 2 * MARGIN);
        int height = (int) (getPrefHeight() - 2 * MARGIN);
        view.setImage(picture == null ? null : Pictures.image(picture.thumbnail(width, height)));
        icon.setVisible(picture == null);
    }
}
