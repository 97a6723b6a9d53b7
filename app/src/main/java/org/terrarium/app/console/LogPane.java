package org.terrarium.app.console;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Ticker;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.text.Text;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.Machine;

/** What happened to the machine, from its log file, and what the guest has written to the debug port. */
final class LogPane extends VBox {
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Of a long log only the end is shown. */
    private static final int MAX_BYTES = 256 << 10;

    private final Threads threads;
    private final Optional<Path> file;
    private final TextArea events = area("log-events", "console.log.events");
    private final TextArea debug = area("log-debug", "console.log.debug");
    private final Ticker ticker = new Ticker(LOOK, this::look);
    private Machine machine;

    LogPane(Optional<Path> file, Threads threads) {
        this.file = file;
        this.threads = threads;
        getStyleClass().add("log-pane");
        Label eventsLabel = new Label(
                file.map(f -> Text.of("console.log.file", f.toString())).orElse(Text.of("console.log.noFile")));
        eventsLabel.setWrapText(true);
        eventsLabel.setMinHeight(Region.USE_PREF_SIZE);
        eventsLabel.setLabelFor(events);
        Label debugLabel = new Label(Text.of("console.log.debug"));
        debugLabel.setLabelFor(debug);
        getChildren().addAll(eventsLabel, events, debugLabel, debug);
        visibleProperty().addListener((o, was, is) -> {
            if (is) {
                look();
                ticker.start();
                events.requestFocus();
            } else {
                ticker.stop();
            }
        });
    }

    private static TextArea area(String id, String words) {
        TextArea area = new TextArea();
        area.setId(id);
        area.setEditable(false);
        area.setAccessibleText(Text.of(words));
        area.getStyleClass().add("log-text");
        VBox.setVgrow(area, Priority.ALWAYS);
        return area;
    }

    /** Shows another machine's debug port; null leaves what the last one wrote. */
    void connect(Machine newMachine) {
        if (newMachine != null) {
            machine = newMachine;
        }
    }

    private void look() {
        Machine of = machine;
        threads.background().execute(() -> {
            String told = file.map(LogPane::end).orElse("");
            String written = of == null ? "" : of.debugPort().text();
            threads.ui().execute(() -> {
                show(events, told);
                show(debug, written);
            });
        });
    }

    /** New text goes to the end and is scrolled to; what is selected stays while nothing is new. */
    private static void show(TextArea area, String text) {
        if (!text.equals(area.getText())) {
            area.setText(text);
            area.positionCaret(text.length());
        }
    }

    private static String end(Path file) {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - MAX_BYTES));
            byte[] bytes = new byte[(int) Math.min(MAX_BYTES, in.length())];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return HostTrouble.sentence(e);
        }
    }

    void close() {
        ticker.stop();
    }
}
