package org.terrarium.app.fx;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Dialog;
import javafx.stage.Stage;

/** Gives windows and dialogs our stylesheet, light or dark, and our icon. Belongs to the JavaFX thread. */
public final class Theme {
    private static final String STYLESHEET =
            Theme.class.getResource("/org/terrarium/app/terrarium.css").toExternalForm();

    private final BooleanProperty dark = new SimpleBooleanProperty(this, "dark");
    private final List<WeakReference<Parent>> roots = new ArrayList<>();

    public Theme() {
        dark.set(Platform.getPreferences().getColorScheme() == ColorScheme.DARK);
        dark.addListener((o, was, is) -> restyleAll());
    }

    public BooleanProperty darkProperty() {
        return dark;
    }

    /** Styles a window's contents. */
    public void apply(Scene scene) {
        scene.getStylesheets().add(STYLESHEET);
        add(scene.getRoot());
    }

    /** Styles a dialog. */
    public void apply(Dialog<?> dialog) {
        dialog.getDialogPane().getStylesheets().add(STYLESHEET);
        // A dialog's pane becomes its scene's root, so it carries the class that chooses the colours.
        add(dialog.getDialogPane());
    }

    /** Gives a window our icon. */
    public static void icon(Stage stage) {
        for (int size : new int[] {16, 32, 48, 128}) {
            stage.getIcons().add(Icons.image("terrarium", size));
        }
    }

    private void add(Parent root) {
        roots.removeIf(r -> r.get() == null);
        roots.add(new WeakReference<>(root));
        restyle(root);
    }

    private void restyleAll() {
        for (WeakReference<Parent> reference : roots) {
            Parent root = reference.get();
            if (root != null) {
                restyle(root);
            }
        }
    }

    private void restyle(Parent root) {
        root.getStyleClass().remove("dark");
        if (dark.get()) {
            root.getStyleClass().add("dark");
        }
    }
}
