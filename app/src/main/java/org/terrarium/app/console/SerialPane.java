package org.terrarium.app.console;

import com.techsenger.jeditermfx.core.TerminalColor;
import com.techsenger.jeditermfx.ui.JediTermFxWidget;
import com.techsenger.jeditermfx.ui.settings.DefaultSettingsProvider;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.text.Font;
import org.terrarium.app.text.Text;
import org.terrarium.vm.Machine;

/**
 * A terminal on one of the machine's serial ports: shows what the port has sent since power-on and sends what is typed. It is made
 * when it is first looked at, as most machines never need it.
 */
final class SerialPane extends BorderPane {
    private static final float FONT_SIZE = 14;

    private final int port;
    private JediTermFxWidget terminal;
    private SerialConnector connector;
    private Machine machine;

    /** {@code port} is 0 or 1. */
    SerialPane(int port) {
        this.port = port;
        getStyleClass().add("serial-pane");
        setId("serial-pane-" + port);
        setBottom(hint());
        setAccessibleText(Text.of("console.serial.terminal", port + 1));
        visibleProperty().addListener((o, was, is) -> {
            if (is) {
                show();
            }
        });
    }

    /** What the port is to the guest; also the only thing to see as long as the guest sends nothing. */
    private Label hint() {
        Label hint = new Label(Text.of("console.serial.hint", port + 1, port));
        hint.getStyleClass().addAll("field-hint", "serial-hint");
        hint.setWrapText(true);
        hint.setMinHeight(Label.USE_PREF_SIZE);
        return hint;
    }

    /** Shows another machine's port; null for one that is off, of which everything stays to be read. */
    void connect(Machine newMachine) {
        machine = newMachine;
        if (machine != null && (terminal != null || isVisible())) {
            open();
        }
    }

    private void show() {
        if (terminal == null && machine != null) {
            open();
        }
        focus();
    }

    private void open() {
        close();
        connector = new SerialConnector(machine, port);
        terminal = new JediTermFxWidget(80, 25, new Settings());
        terminal.setTtyConnector(connector);
        terminal.start();
        terminal.getPane()
                .lookupAll("Canvas")
                .forEach(canvas -> canvas.setAccessibleText(Text.of("console.serial.terminal", port + 1)));
        setCenter(terminal.getPane());
    }

    /** Gives the keyboard to the terminal. */
    void focus() {
        if (terminal != null) {
            terminal.getPreferredFocusableNode().requestFocus();
        }
    }

    /** What the terminal shows, for tests. */
    String screenText() {
        return terminal == null ? "" : terminal.getTerminalTextBuffer().getScreenLines();
    }

    void close() {
        if (connector != null) {
            connector.close();
        }
        if (terminal != null) {
            terminal.close();
        }
    }

    private static final class Settings extends DefaultSettingsProvider {
        @Override
        public TerminalColor getDefaultBackground() {
            return TerminalColor.rgb(0x0D, 0x11, 0x17);
        }

        @Override
        public TerminalColor getDefaultForeground() {
            return TerminalColor.rgb(0xE6, 0xED, 0xF3);
        }

        @Override
        public Font getTerminalFont() {
            return Font.font("Monospaced", FONT_SIZE);
        }

        @Override
        public float getTerminalFontSize() {
            return FONT_SIZE;
        }

        @Override
        public boolean audibleBell() {
            return false;
        }

        @Override
        public boolean copyOnSelect() {
            return false;
        }
    }
}
