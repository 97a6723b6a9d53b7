package org.terrarium.app.fx;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Text on the host's clipboard. */
public final class ClipboardText {
    private ClipboardText() {}

    /** Replaces what is on the clipboard. */
    public static void put(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
