package org.terrarium.app.console;

import java.time.Duration;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.Ticker;
import org.terrarium.app.text.Text;

/**
 * A line across the console that says something without stopping the guest: trouble, which stays until it is put away, or that
 * something was done, which goes by itself.
 */
final class MessageBar extends HBox {
    private static final Duration NOTICE = Duration.ofSeconds(5);
    private static final int ICON = 18;

    private final Label text = new Label();
    private final Node warning = Icons.of("warning", ICON);
    private final Node done = Icons.of("check", ICON);
    private final Ticker noticeEnds = new Ticker(NOTICE, this::endNotice);
    private String trouble = "";
    private boolean putAway;

    /** @param putAwayThen gives the keyboard back to what was used before, when the user has put a message away */
    MessageBar(Runnable putAwayThen) {
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button close = Buttons.flat("close", Text.of("console.message.putAway"), () -> {
            close();
            putAwayThen.run();
        });
        getStyleClass().add("console-message");
        for (Node icon : new Node[] {warning, done}) {
            icon.managedProperty().bind(icon.visibleProperty());
        }
        getChildren().addAll(warning, done, text, close);
        refresh();
    }

    /** Shows trouble, empty for none; one that was put away comes back only when it changes. */
    void show(String sentence) {
        if (!sentence.equals(trouble)) {
            trouble = sentence;
            putAway = false;
            refresh();
        }
    }

    /** Says for a while that something was done. */
    void tell(String sentence) {
        noticeEnds.stop();
        noticeEnds.start();
        fill(sentence, false);
    }

    private void endNotice() {
        noticeEnds.stop();
        refresh();
    }

    private void close() {
        putAway = true;
        endNotice();
    }

    private void refresh() {
        fill(putAway ? "" : trouble, true);
    }

    private void fill(String sentence, boolean isTrouble) {
        text.setText(sentence);
        warning.setVisible(isTrouble);
        done.setVisible(!isTrouble);
        getStyleClass().removeAll("banner", "banner-info");
        getStyleClass().add(isTrouble ? "banner" : "banner-info");
        setVisible(!sentence.isEmpty());
        setManaged(!sentence.isEmpty());
    }
}
