package org.terrarium.app.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.terrarium.app.text.Text;

/** The answer to “why is it slow?”: what runs the guest, how fast, what keeps it busy, and charts of the last minute. */
public final class PerformancePane extends ScrollPane {
    private static final double GAP = 12;

    /** The least; where a row has room left, its cards are wider. */
    private static final double CARD_WIDTH = 252;

    private static final List<String> TIERS = List.of("interpreter", "jit", "kvm");

    private final PerformanceModel model;
    private final Label badge = new Label();
    private final VBox reasons = new VBox(6);
    private final FlowPane charts = new FlowPane(GAP, GAP);
    private final List<Chart> all = new ArrayList<>();

    /** A chart with its title and the newest value. */
    private record Chart(
            Label value, Sparkline line, ToDoubleFunction<Load> figure, Function<Load, String> words, String title) {}

    public PerformancePane(PerformanceModel model) {
        this.model = model;
        setId("performance");
        setFitToWidth(true);
        badge.setId("accelerator");
        badge.getStyleClass().add("accelerator-badge");
        reasons.setId("reasons");
        Label headline = new Label(Text.of("performance.title"));
        headline.getStyleClass().add("title");
        HBox head = new HBox(12, headline, badge);
        head.setStyle("-fx-alignment: center-left;");
        chart("mips", 1, Load::mips, l -> number("performance.mips.value", l.mips()));
        chart("ratio", 1, Load::ratio, l -> number("performance.ratio.value", l.ratio() * 100));
        chart("busy", 1, Load::busy, l -> number("performance.percent", l.busy() * 100));
        chart("hostCore", 1, Load::hostCore, l -> number("performance.percent", l.hostCore() * 100));
        chart("frames", 1, Load::frameRate, l -> number("performance.frames.value", l.frameRate()));
        chart("disk", 1e5, Load::diskRate, l -> rate(l.diskRate()));
        chart("network", 1e4, Load::netRate, l -> rate(l.netRate()));
        chart("translated", 1, Load::translated, l -> number("performance.percent", l.translated() * 100));
        chart("translating", 0.1, Load::translating, l -> number("performance.percent", l.translating() * 100));
        chart(
                "regions",
                1,
                Load::newRegions,
                l -> Text.of("performance.regions.value", l.regions(), number("performance.number", l.newRegions())));
        chart(
                "dropped",
                1,
                Load::newDropped,
                l -> Text.of("performance.dropped.value", l.dropped(), number("performance.number", l.newDropped())));
        charts.widthProperty().addListener((o, was, is) -> fillRows(is.doubleValue()));
        VBox box = new VBox(18, head, reasons, charts);
        box.getStyleClass().add("performance-pane");
        setContent(box);
        model.latestProperty().addListener((o, was, is) -> refreshIfSeen());
        visibleProperty().addListener((o, was, is) -> refreshIfSeen());
        refresh();
    }

    private void chart(String id, double least, ToDoubleFunction<Load> figure, Function<Load, String> words) {
        String title = Text.of("performance." + id);
        Label name = new Label(title);
        name.getStyleClass().add("card-title");
        Label value = new Label();
        value.setId("performance-" + id);
        value.getStyleClass().add("card-value");
        Sparkline line = new Sparkline(least);
        Label what = new Label(Text.of("performance." + id + ".what"));
        what.getStyleClass().add("field-hint");
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        VBox card = new VBox(4, name, value, line, what);
        card.getStyleClass().addAll("card", "chart-card");
        card.setPrefWidth(CARD_WIDTH);
        charts.getChildren().add(card);
        all.add(new Chart(value, line, figure, words, title));
    }

    /** As many cards in a row as have room, as wide as the row allows. */
    private void fillRows(double width) {
        int columns = Math.max(1, (int) ((width + GAP) / (CARD_WIDTH + GAP)));
        double each = Math.floor((width - GAP * (columns - 1)) / columns);
        charts.getChildren().forEach(card -> ((Region) card).setPrefWidth(each));
    }

    private void refreshIfSeen() {
        if (isVisible()) {
            refresh();
        }
    }

    private void refresh() {
        Load load = model.latestProperty().get();
        badge.setVisible(load != null);
        for (Chart c : all) {
            String words = load == null ? "–" : c.words.apply(load);
            c.value.setText(words);
            c.line.setAccessibleText(c.title + " " + words);
            c.line.show(model.history(c.figure));
        }
        reasons.getChildren().clear();
        if (load == null) {
            reasons.getChildren().add(sentence(Text.of("performance.none")));
            return;
        }
        badge.setText(TIERS.contains(load.tier()) ? Text.of("performance.tier." + load.tier()) : load.tier());
        badge.getStyleClass().removeIf(s -> s.startsWith("tier-"));
        badge.getStyleClass().add("tier-" + load.tier());
        for (Reason reason : model.reasons()) {
            reasons.getChildren().add(sentence(Text.of("performance.reason." + reason)));
        }
    }

    private static Label sentence(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private static String number(String key, double value) {
        return Text.of(key, String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value));
    }

    /** Bytes a second in the largest unit that leaves a number of at least one. */
    static String rate(double bytes) {
        if (bytes < 1e3) {
            return number("performance.rate.b", bytes);
        }
        return bytes < 1e6 ? number("performance.rate.kb", bytes / 1e3) : number("performance.rate.mb", bytes / 1e6);
    }
}
