package org.terrarium.app.fx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.ConditionalFeature;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Dialog;
import javafx.scene.layout.Region;
import javafx.stage.Stage;

/**
 * The look: AtlantaFX's Primer, light or dark, with our own colours and classes on top (docs/decisions/0018). Belongs to the
 * JavaFX thread.
 */
public final class Theme {
    /** Which colours the user wants. */
    public enum Choice {
        /** Those of the host's desktop, also when they change. */
        HOST,
        LIGHT,
        DARK;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one of that name, or {@link #HOST}. */
        public static Choice parse(String name) {
            return Stream.of(values())
                    .filter(c -> c.id().equals(name))
                    .findAny()
                    .orElse(HOST);
        }
    }

    private static final List<String> STYLESHEETS = Stream.of("terrarium.css", "console.css", "snapshots.css")
            .map(Theme::stylesheet)
            .toList();

    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(this, "choice", Choice.HOST);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper(this, "dark");
    private final List<WeakReference<Parent>> roots = new ArrayList<>();

    public Theme() {
        Platform.getPreferences().colorSchemeProperty().addListener((o, was, is) -> decide());
        choice.addListener((o, was, is) -> decide());
        dark.addListener((o, was, is) -> {
            useTheme();
            restyleAll();
        });
        decide();
        useTheme();
    }

    public ObjectProperty<Choice> choiceProperty() {
        return choice;
    }

    /** Whether the colours are dark now. */
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    private void decide() {
        dark.set(
                choice.get() == Choice.HOST
                        ? Platform.getPreferences().getColorScheme() == ColorScheme.DARK
                        : choice.get() == Choice.DARK);
    }

    /** The compiled form of the theme, which takes less time to load at the start. */
    private void useTheme() {
        Application.setUserAgentStylesheet(
                dark.get()
                        ? new PrimerDark().getUserAgentStylesheetBSS()
                        : new PrimerLight().getUserAgentStylesheetBSS());
    }

    private static String stylesheet(String name) {
        return Theme.class.getResource("/org/terrarium/app/" + name).toExternalForm();
    }

    private static List<String> stylesheets() {
        List<String> all = new ArrayList<>(STYLESHEETS);
        if (!Platform.isSupported(ConditionalFeature.TRANSPARENT_WINDOW)) {
            all.add(stylesheet("opaque.css"));
        }
        return all;
    }

    /** Styles a window's contents. */
    public void apply(Scene scene) {
        scene.getStylesheets().addAll(stylesheets());
        add(scene.getRoot());
    }

    /** Styles a dialog, and lets Escape close it. */
    public void apply(Dialog<?> dialog) {
        EscapeKey.closes(dialog.getDialogPane());
        dialog.getDialogPane().getStylesheets().addAll(stylesheets());
        // Under a window manager GTK now and then opens a resizable dialog with the least height it may have.
        dialog.getDialogPane().setMinHeight(Region.USE_PREF_SIZE);
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
