package org.terrarium.app.library;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.Pictures;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;
import org.terrarium.vm.display.Picture;
import org.terrarium.vm.library.Activity;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;

/** The selected machine: its picture, its buttons, what it is made of, what the user wrote about it. */
public final class DetailsView extends ScrollPane {
    private static final double PREVIEW_WIDTH = 540;
    private static final double PREVIEW_HEIGHT = 270;
    private static final double CARD_ICON = 22;
    private static final int NOTES_ROWS = 4;

    /** What the window does for this view. */
    public interface Actions {
        /** Starts the machine if it is off, and shows its console. */
        void open(MachineModel machine);

        /** Offers the description before the last change in place of a spoiled one. */
        void revert(MachineModel machine);
    }

    /** Of a name that is never cut for what stands beside it. */
    private static final double NAME_WIDTH = 240;

    private final Actions actions;
    private final Label name = new Label();
    private final Label badgeText = new Label();
    private final HBox badge = new HBox();
    private final Label busy = new Label();
    private final ImageView picture = new ImageView();
    private final Node pictureIcon = Icons.of("console", 72);
    private final StackPane preview = new StackPane(pictureIcon, picture);
    private final Label trouble = new Label();
    private final Button revert = new Button(Text.of("library.details.revert"));
    private final HBox banner = new HBox(Icons.of("warning", 18), trouble, revert);
    private final Label cpu = value("cpu");
    private final Label memory = value("memory");
    private final Label disks = value("disks");
    private final Label cd = value("cd");
    private final Label network = value("network");
    private final Label sound = value("sound");
    private final Label boot = value("boot");
    private final TextArea notes = new TextArea();
    private final ChangeListener<Status> statusListener = (o, was, is) -> showStatus();
    private final ChangeListener<MachineSpec> specListener = (o, was, is) -> {
        showSpec();
        showStatus();
    };
    private final ChangeListener<String> troubleListener = (o, was, is) -> showStatus();
    private final ChangeListener<Picture> pictureListener = (o, was, is) -> showPicture();
    private final ChangeListener<Activity> activityListener = (o, was, is) -> showStatus();
    private final ChangeListener<Boolean> suspendedListener = (o, was, is) -> showStatus();
    private MachineModel shown;

    /**
     * @param buttons what can be done with the machine, in a row below its picture
     * @param tools the same, small and beside its name
     * @param snapshots its snapshots, below its picture
     */
    public DetailsView(Actions actions, List<Node> buttons, List<Node> tools, Node snapshots) {
        this.actions = actions;
        getStyleClass().add("details-view");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        FlowPane row = new FlowPane(8, 8);
        row.getChildren().addAll(buttons);
        row.setAlignment(Pos.CENTER_LEFT);
        VBox content = new VBox(header(tools), banner, row, previewRow(), hardware(), snapshots, notesCard());
        content.getStyleClass().add("details");
        setContent(content);
        banner.getStyleClass().add("banner");
        trouble.setWrapText(true);
        trouble.setMinHeight(Region.USE_PREF_SIZE);
        trouble.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(trouble, Priority.ALWAYS);
        revert.setId("revert");
        revert.setMinWidth(Region.USE_PREF_SIZE);
        revert.setOnAction(e -> actions.revert(shown));
    }

    /** Shows another machine; null shows nothing. */
    public void show(MachineModel machine) {
        if (machine == shown) {
            return;
        }
        saveNotes();
        if (shown != null) {
            shown.live().statusProperty().removeListener(statusListener);
            shown.suspendedProperty().removeListener(suspendedListener);
            shown.throwsAwayProperty().removeListener(suspendedListener);
            shown.specProperty().removeListener(specListener);
            shown.live().troubleProperty().removeListener(troubleListener);
            shown.live().thumbnailProperty().removeListener(pictureListener);
            shown.activityProperty().removeListener(activityListener);
        }
        shown = machine;
        if (machine == null) {
            return;
        }
        machine.live().statusProperty().addListener(statusListener);
        machine.suspendedProperty().addListener(suspendedListener);
        machine.throwsAwayProperty().addListener(suspendedListener);
        machine.specProperty().addListener(specListener);
        machine.live().troubleProperty().addListener(troubleListener);
        machine.live().thumbnailProperty().addListener(pictureListener);
        machine.activityProperty().addListener(activityListener);
        name.setText(machine.name());
        name.applyCss();
        name.setMinWidth(Math.min(name.prefWidth(-1), NAME_WIDTH)); // rather than what it does just now
        name.getTooltip().setText(machine.name() + "\n" + machine.folder().path());
        setVvalue(0);
        showSpec();
        showStatus();
        showPicture();
    }

    private Node header(List<Node> tools) {
        name.getStyleClass().add("title");
        name.setTooltip(new Tooltip());
        Region dot = new Region();
        dot.getStyleClass().add("state-dot");
        badge.getChildren().addAll(dot, badgeText);
        busy.getStyleClass().add("field-hint");
        busy.setMinWidth(0);
        busy.setWrapText(true);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(12, name, badge, busy, space);
        header.getChildren().addAll(tools);
        header.setAlignment(Pos.CENTER_LEFT);
        badge.setMinWidth(Region.USE_PREF_SIZE);
        badge.setMaxHeight(Region.USE_PREF_SIZE);
        return header;
    }

    private Node previewRow() {
        preview.getStyleClass().add("preview");
        preview.setPrefHeight(PREVIEW_HEIGHT);
        preview.setMinHeight(PREVIEW_HEIGHT);
        preview.setMaxWidth(Double.MAX_VALUE);
        preview.setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY
                    && shown != null
                    && shown.live().on()) {
                actions.open(shown);
            }
        });
        return preview;
    }

    private Node hardware() {
        GridPane grid = new GridPane(12, 12);
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        grid.getColumnConstraints().addAll(half, half);
        grid.addRow(
                0,
                card("cpu", Text.of("library.details.cpu"), cpu),
                card("memory", Text.of("library.details.memory"), memory));
        grid.addRow(
                1,
                card("disk", Text.of("library.details.disks"), disks),
                card("cd", Text.of("library.details.cd"), cd));
        grid.addRow(
                2,
                card("network", Text.of("library.details.network"), network),
                card("sound", Text.of("library.details.sound"), sound));
        grid.add(card("boot", Text.of("library.details.boot"), boot), 0, 3, 2, 1);
        return grid;
    }

    private Node notesCard() {
        notes.setId("notes");
        notes.setPromptText(Text.of("library.details.notesPrompt"));
        notes.setAccessibleText(Text.of("library.details.notes"));
        notes.setWrapText(true);
        notes.setPrefRowCount(NOTES_ROWS);
        notes.focusedProperty().addListener((o, was, is) -> {
            if (!is) {
                saveNotes();
            }
        });
        VBox text = new VBox(6, heading(Text.of("library.details.notes")), notes);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox card = new HBox(14, Icons.of("notes", CARD_ICON), text);
        card.getStyleClass().add("card");
        return card;
    }

    private void saveNotes() {
        if (shown == null || shown.specProperty().get() == null || notes.isDisabled()) {
            return;
        }
        String written = notes.getText();
        if (!written.equals(shown.specProperty().get().notes())) {
            shown.annotate(spec -> spec.withNotes(written));
        }
    }

    private static Label heading(String title) {
        Label heading = new Label(title);
        heading.getStyleClass().add("card-title");
        return heading;
    }

    private static Node card(String icon, String title, Label value) {
        VBox text = new VBox(3, heading(title), value);
        text.setAlignment(Pos.CENTER_LEFT);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox card = new HBox(14, Icons.of(icon, CARD_ICON), text);
        card.setAlignment(Pos.CENTER_LEFT);
        card.getStyleClass().add("card");
        card.setMaxHeight(Double.MAX_VALUE);
        return card;
    }

    private static Label value(String id) {
        Label label = new Label();
        label.setId("details-" + id);
        label.getStyleClass().add("card-value");
        label.setMinWidth(0);
        Tooltip tip = new Tooltip();
        tip.textProperty().bind(label.textProperty());
        label.setTooltip(tip);
        return label;
    }

    private void showStatus() {
        Status s = shown.status();
        badgeText.setText(Words.state(shown));
        badge.getStyleClass().setAll("badge", s.styleClass());
        busy.setText(
                s.live() || s == Status.ELSEWHERE
                        ? Words.activity(shown.activityProperty().get())
                        : "");
        String why = shown.live().troubleProperty().get();
        trouble.setText(why);
        banner.setVisible(!why.isEmpty());
        banner.setManaged(!why.isEmpty());
        boolean revertible = s == Status.BROKEN && shown.revertible();
        revert.setVisible(revertible);
        revert.setManaged(revertible);
        preview.getStyleClass().remove("clickable");
        if (s.live()) {
            preview.getStyleClass().add("clickable");
        }
    }

    private void showSpec() {
        MachineSpec spec = shown.specProperty().get();
        notes.setDisable(spec == null);
        if (spec == null) {
            for (Label l : List.of(cpu, memory, disks, cd, network, sound, boot)) {
                l.setText(Text.of("library.details.unknown"));
            }
            notes.setText("");
            return;
        }
        if (!notes.isFocused()) {
            notes.setText(spec.notes());
        }
        cpu.setText(Words.cpu(spec.cpu()));
        memory.setText(Words.memory(spec.memoryMib()));
        String media = Stream.concat(
                        spec.disks().stream().map(DiskSpec::file).map(Words::file),
                        spec.floppies().stream().map(f -> Text.of("library.details.floppy", Words.file(f))))
                .collect(Collectors.joining(", "));
        disks.setText(media.isEmpty() ? Text.of("library.details.none") : media);
        cd.setText(spec.cdrom() == null ? Text.of("library.details.empty") : Words.file(spec.cdrom()));
        String cards = spec.nics().stream().map(DetailsView::words).collect(Collectors.joining(", "));
        network.setText(cards.isEmpty() ? Text.of("library.details.none") : cards);
        sound.setText(Text.of(spec.sound().kind()));
        boot.setText(spec.bootOrder().stream().map(Text::of).collect(Collectors.joining(", ")));
    }

    private static String words(NicSpec nic) {
        return Words.card(nic.model()) + " – " + Words.network(nic.net());
    }

    private void showPicture() {
        Picture p = shown.live().thumbnailProperty().get();
        picture.setImage(
                p == null ? null : Pictures.image(p.thumbnail((int) PREVIEW_WIDTH, (int) PREVIEW_HEIGHT - 24)));
        pictureIcon.setVisible(p == null);
    }
}
