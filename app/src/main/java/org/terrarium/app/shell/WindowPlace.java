package org.terrarium.app.shell;

import java.io.IOException;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.terrarium.vm.library.Preferences;

/** Puts a window where it was last time, if that is still on a screen. */
final class WindowPlace {
    private final Preferences preferences;
    private final String key;

    /** @param name of the window among the preferences */
    WindowPlace(Preferences preferences, String name) {
        this.preferences = preferences;
        this.key = "state." + name + ".place";
    }

    /** Places the window and remembers its place when it is hidden. */
    void follow(Stage stage) {
        String[] parts = preferences.get(key, "").split(" ");
        try {
            if (parts.length == 5) {
                place(stage, new Rectangle2D(number(parts[0]), number(parts[1]), number(parts[2]), number(parts[3])));
                stage.setMaximized(parts[4].equals("max"));
            }
        } catch (IllegalArgumentException e) {
            stage.setMaximized(false); // written by hand, and wrong
        }
        stage.setOnHiding(e -> remember(stage));
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static void place(Stage stage, Rectangle2D where) {
        for (Screen screen : Screen.getScreensForRectangle(where)) {
            Rectangle2D all = screen.getVisualBounds();
            double width = Math.min(where.getWidth(), all.getWidth());
            double height = Math.min(where.getHeight(), all.getHeight());
            stage.setX(Math.clamp(where.getMinX(), all.getMinX(), all.getMaxX() - width));
            stage.setY(Math.clamp(where.getMinY(), all.getMinY(), all.getMaxY() - height));
            stage.setWidth(width);
            stage.setHeight(height);
            return;
        }
    }

    private void remember(Stage stage) {
        if (stage.isFullScreen() || stage.isIconified()) {
            return; // where it was before is where it shall be
        }
        String before = preferences.get(key, "");
        String bounds = stage.isMaximized() && before.split(" ").length == 5
                ? before.substring(0, before.lastIndexOf(' '))
                : "%.0f %.0f %.0f %.0f".formatted(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
        String now = bounds + (stage.isMaximized() ? " max" : " normal");
        if (!now.equals(before)) {
            try {
                preferences.set(key, now);
            } catch (IOException e) {
                return; // a window's place is not worth a dialog
            }
        }
    }
}
