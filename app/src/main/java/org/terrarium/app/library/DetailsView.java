package org.terrarium.app.library;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
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
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.Pictures;
import org.terrarium.app.machine.Status;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.display.Picture;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;

/** The selected machine: its picture, its buttons, what it is made of. */
public final class DetailsView extends ScrollPane {
    private static final double PREVIEW_WIDTH = 540;
    private static final double PREVIEW_HEIGHT = 300;
    private static final double CARD_ICON = 22;

    /** What the window does for this view. */
    public interface Actions {
        /** Starts the machine if it is off, and shows its console. */
        void open(MachineModel machine);

        void remove(MachineModel machine);

        void openFolder(Path folder);

        void powerOff(MachineModel machine);

        void reset(MachineModel machine);

        void insertCd(MachineModel machine);
    }

    private final Actions actions;
    private final Label name = new Label();
    private final Label badgeText = new Label();
    private final HBox badge = new HBox();
    private final ImageView picture = new ImageView();
    private final Node pictureIcon = Icons.of("console", 72);
    private final StackPane preview = new StackPane(pictureIcon, picture);
    private final Label trouble = new Label();
    private final HBox banner = new HBox(Icons.of("warning", 18), trouble);
    private final Button start = Buttons.labelled("start", "Start", () -> with(this::open));
    private final Button pause =
            Buttons.labelled("pause", "Pause", () -> with(m -> m.live().togglePause()));
    private final Button reset;
    private final Button power = Buttons.labelled("power", "Power button", () -> with(MachineModel::powerButton));
    private final Button off;
    private final Button delete;
    private final Button insertCd;
    private final Button ejectCd = Buttons.flat("eject", "Take the CD out", () -> with(m -> m.changeCd(null)));
    private final Label cpu = value();
    private final Label memory = value();
    private final Label disks = value();
    private final Label cd = value();
    private final Label boot = value();
    private final Label place = value();
    private final ChangeListener<Status> statusListener = (o, was, is) -> showStatus();
    private final ChangeListener<MachineSpec> specListener = (o, was, is) -> showSpec();
    private final ChangeListener<String> troubleListener = (o, was, is) -> showStatus();
    private final ChangeListener<Picture> pictureListener = (o, was, is) -> showPicture();
    private MachineModel shown;

    public DetailsView(Actions actions) {
        this.actions = actions;
        reset = Buttons.labelled("reset", "Reset", () -> with(actions::reset));
        off = Buttons.labelled("off", "Power off", () -> with(actions::powerOff));
        delete = Buttons.flat("delete", "Delete this machine", () -> with(actions::remove));
        insertCd = Buttons.flat("folder", "Insert a CD image", () -> with(actions::insertCd));
        start.getStyleClass().add("accent");
        off.getStyleClass().add("danger");
        delete.getStyleClass().add("danger");
        delete.setId("delete-machine");
        start.setId("start-machine");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        VBox content = new VBox(header(), previewRow(), banner, buttons(), hardware());
        content.getStyleClass().add("details");
        setContent(content);
        banner.getStyleClass().add("banner");
        trouble.setWrapText(true);
        HBox.setHgrow(trouble, Priority.ALWAYS);
    }

    /** Shows another machine; null shows nothing. */
    public void show(MachineModel machine) {
        if (shown != null) {
            shown.live().statusProperty().removeListener(statusListener);
            shown.specProperty().removeListener(specListener);
            shown.live().troubleProperty().removeListener(troubleListener);
            shown.live().thumbnailProperty().removeListener(pictureListener);
        }
        shown = machine;
        if (machine == null) {
            return;
        }
        machine.live().statusProperty().addListener(statusListener);
        machine.specProperty().addListener(specListener);
        machine.live().troubleProperty().addListener(troubleListener);
        machine.live().thumbnailProperty().addListener(pictureListener);
        name.setText(machine.name());
        place.setText(machine.folder().path().toString());
        setVvalue(0);
        showSpec();
        showStatus();
        showPicture();
    }

    private void open(MachineModel machine) {
        actions.open(machine);
    }

    private void with(Consumer<MachineModel> action) {
        if (shown != null) {
            action.accept(shown);
        }
    }

    private Node header() {
        name.getStyleClass().add("title");
        Region dot = new Region();
        dot.getStyleClass().add("state-dot");
        badge.getChildren().addAll(dot, badgeText);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button folder = Buttons.flat(
                "folder",
                "Open the machine's folder",
                () -> with(m -> actions.openFolder(m.folder().path())));
        HBox header = new HBox(12, name, badge, space, folder, delete);
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

    private Node buttons() {
        FlowPane row = new FlowPane(8, 8, start, pause, reset, power, off);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Node hardware() {
        GridPane grid = new GridPane(12, 12);
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        grid.getColumnConstraints().addAll(half, half);
        grid.addRow(0, card("cpu", "Processor", cpu), card("memory", "Memory", memory));
        grid.addRow(1, card("disk", "Disks", disks), card("cd", "CD drive", cd, insertCd, ejectCd));
        grid.addRow(2, card("start", "Starts from", boot), card("folder", "Folder", place));
        return grid;
    }

    private static Node card(String icon, String title, Label value, Node... buttons) {
        Label heading = new Label(title);
        heading.getStyleClass().add("card-title");
        VBox text = new VBox(3, heading, value);
        text.setAlignment(Pos.CENTER_LEFT);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox card = new HBox(14, Icons.of(icon, CARD_ICON), text);
        card.getChildren().addAll(buttons);
        card.setAlignment(Pos.CENTER_LEFT);
        card.getStyleClass().add("card");
        card.setMaxHeight(Double.MAX_VALUE);
        return card;
    }

    private static Label value() {
        Label label = new Label();
        label.getStyleClass().add("card-value");
        label.setMinWidth(0);
        Tooltip tip = new Tooltip();
        tip.textProperty().bind(label.textProperty());
        label.setTooltip(tip);
        return label;
    }

    private void showStatus() {
        if (shown == null) {
            return;
        }
        Status s = shown.status();
        badgeText.setText(s.text());
        badge.getStyleClass().setAll("badge", s.styleClass());
        start.setText(s.live() ? "Show console" : "Start");
        Buttons.icon(start, s.live() ? "console" : "start");
        start.setDisable(!s.startable() && !s.live());
        pause.setText(s == Status.PAUSED ? "Resume" : "Pause");
        Buttons.icon(pause, s == Status.PAUSED ? "start" : "pause");
        pause.setDisable(!s.live());
        for (Button b : List.of(reset, power, off)) {
            b.setDisable(!shown.controllable());
        }
        delete.setDisable(s.live() || s.busy() || s == Status.ELSEWHERE);
        String why = shown.live().troubleProperty().get();
        trouble.setText(why);
        banner.setVisible(!why.isEmpty());
        banner.setManaged(!why.isEmpty());
        preview.getStyleClass().remove("clickable");
        if (s.live()) {
            preview.getStyleClass().add("clickable");
        }
    }

    private void showSpec() {
        MachineSpec spec = shown.specProperty().get();
        insertCd.setDisable(spec == null);
        ejectCd.setDisable(spec == null || spec.cdrom() == null);
        if (spec == null) {
            for (Label l : List.of(cpu, memory, disks, cd, boot)) {
                l.setText("unknown");
            }
            return;
        }
        cpu.setText(Words.cpu(spec.cpu()));
        memory.setText(Words.memory(spec.memoryMib()));
        String media = Stream.concat(
                        spec.disks().stream().map(DiskSpec::file).map(Words::file),
                        spec.floppies().stream().map(f -> Words.file(f) + " (floppy)"))
                .collect(Collectors.joining(", "));
        disks.setText(media.isEmpty() ? "none" : media);
        cd.setText(Words.file(spec.cdrom()));
        boot.setText(spec.bootOrder().stream().map(DetailsView::words).collect(Collectors.joining(", then ")));
    }

    private static String words(BootDevice device) {
        return switch (device) {
            case CD -> "CD";
            case DISK -> "disk";
            case FLOPPY -> "floppy";
            case NET -> "network";
        };
    }

    private void showPicture() {
        Picture p = shown == null ? null : shown.live().thumbnailProperty().get();
        picture.setImage(
                p == null ? null : Pictures.image(p.thumbnail((int) PREVIEW_WIDTH, (int) PREVIEW_HEIGHT - 24)));
        pictureIcon.setVisible(p == null);
    }
}
