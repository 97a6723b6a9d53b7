package org.terrarium.app.fx;

import javafx.scene.control.Button;
import javafx.scene.control.DialogPane;
import javafx.scene.control.ListView;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Escape gives a dialog up from everywhere in it: lists and trees, which end editing by it, keep it for themselves otherwise. */
final class EscapeKey {
    private EscapeKey() {}

    static void closes(DialogPane pane) {
        pane.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            boolean list = e.getTarget() instanceof ListView<?> || e.getTarget() instanceof TreeView<?>;
            if (list && e.getCode() == KeyCode.ESCAPE) {
                e.consume();
                pane.getButtonTypes().stream()
                        .filter(type -> type.getButtonData().isCancelButton())
                        .findFirst()
                        .ifPresent(type -> ((Button) pane.lookupButton(type)).fire());
            }
        });
    }
}
