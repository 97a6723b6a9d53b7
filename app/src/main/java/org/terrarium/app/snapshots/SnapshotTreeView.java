package org.terrarium.app.snapshots;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Pane;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import org.terrarium.app.fx.Pictures;
import org.terrarium.app.library.Words;
import org.terrarium.app.machine.Status;
import org.terrarium.app.snapshots.SnapshotsModel.Shown;
import org.terrarium.app.text.Text;
import org.terrarium.vm.display.Picture;

/**
 * The tree of a machine's snapshots as a picture: time runs downwards, branches go to the right. Only what can be seen has nodes, so
 * that a tree may be as large as it likes. Arrow keys walk, and what Enter, Delete and F2 do is said by {@link Actions}.
 */
public final class SnapshotTreeView extends ScrollPane {
    private static final double GAP_X = 28;
    private static final double GAP_Y = 34;
    private static final double MARGIN = 22;
    private static final double STEP_X = SnapshotCard.WIDTH + GAP_X;
    private static final double STEP_Y = SnapshotCard.HEIGHT + GAP_Y;
    /** Where a line leaves and reaches a card, from its left side. */
    private static final double STEM = 46;

    private static final int PICTURES_KEPT = 300;

    /** What the keys and the mouse do. */
    public interface Actions {
        /** Enter or a double click. */
        void open(SnapshotsModel model);

        /** The Delete key. */
        void delete(SnapshotsModel model);

        /** F2. */
        void rename(SnapshotsModel model);

        /** The selected node's menu. */
        ContextMenu menu(SnapshotsModel model);
    }

    private final Actions actions;
    private final InstantSource clock;
    private final Pane content = new Pane();
    private final Path lines = new Path();
    private final Path way = new Path();
    private final Map<String, SnapshotCard> cards = new HashMap<>();
    private final Map<java.nio.file.Path, Image> pictures = new HashMap<>();
    private final ChangeListener<Shown> shownListener = (o, was, is) -> rebuild();
    private final ChangeListener<String> selectedListener = (o, was, is) -> select(is);
    private final ChangeListener<Picture> pictureListener = (o, was, is) -> showPresent();
    private final ChangeListener<Status> statusListener = (o, was, is) -> showPresent();
    private SnapshotsModel model;
    private ContextMenu menu;

    public SnapshotTreeView(Actions actions, InstantSource clock) {
        this.actions = actions;
        this.clock = clock;
        getStyleClass().add("snapshot-tree");
        setId("snapshot-tree");
        setAccessibleText(Text.of("snapshots.tree"));
        content.setAccessibleRole(AccessibleRole.TREE_VIEW);
        content.setAccessibleText(Text.of("snapshots.tree"));
        lines.getStyleClass().add("snapshot-line");
        way.getStyleClass().addAll("snapshot-line", "snapshot-way");
        setContent(content);
        setFocusTraversable(false);
        setPannable(true);
        viewportBoundsProperty().addListener((o, was, is) -> populate());
        vvalueProperty().addListener((o, was, is) -> populate());
        hvalueProperty().addListener((o, was, is) -> populate());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menu);
    }

    /** Shows another machine's tree; null shows none. */
    public void show(SnapshotsModel other) {
        if (model == other) {
            return;
        }
        if (model != null) {
            model.shownProperty().removeListener(shownListener);
            model.selectedProperty().removeListener(selectedListener);
            model.machine().live().thumbnailProperty().removeListener(pictureListener);
            model.machine().live().statusProperty().removeListener(statusListener);
        }
        model = other;
        if (other != null) {
            other.shownProperty().addListener(shownListener);
            other.selectedProperty().addListener(selectedListener);
            other.machine().live().thumbnailProperty().addListener(pictureListener);
            other.machine().live().statusProperty().addListener(statusListener);
            pictures.clear();
            rebuild();
            reveal(other.selectedProperty().get());
        }
    }

    /** Gives the keyboard to the selected card. */
    public void focusSelected() {
        if (model != null) {
            reveal(model.selectedProperty().get());
            card(model.selectedProperty().get()).ifPresent(Node::requestFocus);
        }
    }

    private Optional<SnapshotCard> card(String id) {
        return Optional.ofNullable(cards.get(id));
    }

    private TreeLayout tree() {
        return model.shown().layout();
    }

    private void rebuild() {
        boolean focused =
                card(model.selectedProperty().get()).filter(Node::isFocused).isPresent();
        cards.clear();
        TreeLayout layout = tree();
        content.setPrefSize(
                layout.columns() * STEP_X - GAP_X + 2 * MARGIN, layout.rowCount() * STEP_Y - GAP_Y + 2 * MARGIN);
        content.setMinSize(content.getPrefWidth(), content.getPrefHeight());
        content.getChildren().setAll(lines, way);
        populate();
        if (focused) {
            focusSelected();
        }
    }

    private static double x(TreeLayout.Place p) {
        return MARGIN + p.column() * STEP_X;
    }

    private static double y(TreeLayout.Place p) {
        return MARGIN + p.row() * STEP_Y;
    }

    /** What of the contents can be seen. */
    private Bounds visible() {
        Bounds port = getViewportBounds();
        double x = Math.max(0, content.getPrefWidth() - port.getWidth()) * getHvalue();
        double y = Math.max(0, content.getPrefHeight() - port.getHeight()) * getVvalue();
        return new BoundingBox(x, y, port.getWidth(), port.getHeight());
    }

    /** Makes the cards and lines that can be seen, and drops those that cannot any more. */
    private void populate() {
        if (model == null) {
            return;
        }
        Bounds seen = visible();
        TreeLayout layout = tree();
        int first = Math.clamp((int) ((seen.getMinY() - MARGIN) / STEP_Y), 0, layout.rowCount());
        int end = Math.clamp((int) ((seen.getMaxY() - MARGIN) / STEP_Y) + 2, first, layout.rowCount());
        Set<String> wanted = new HashSet<>();
        String selected = model.selectedProperty().get();
        layout.place(selected).ifPresent(p -> wanted.add(p.id()));
        List<PathElement> strokes = new ArrayList<>();
        for (int row = first; row < end; row++) {
            for (TreeLayout.Place p : layout.row(row)) {
                if (x(p) < seen.getMaxX() && x(p) + SnapshotCard.WIDTH > seen.getMinX()) {
                    wanted.add(p.id());
                }
                layout.place(p.parent() == null ? "none" : p.parent()).ifPresent(above -> stroke(strokes, above, p));
            }
        }
        lines.getElements().setAll(strokes);
        List<PathElement> present = new ArrayList<>();
        List<TreeLayout.Place> path = layout.path(SnapshotsModel.PRESENT);
        for (int n = 0; n + 1 < path.size(); n++) {
            if (path.get(n).row() >= first && path.get(n).row() < end) {
                stroke(present, path.get(n + 1), path.get(n));
            }
        }
        way.getElements().setAll(present);
        cards.entrySet().removeIf(e -> {
            boolean gone = !wanted.contains(e.getKey());
            if (gone) {
                content.getChildren().remove(e.getValue());
            }
            return gone;
        });
        for (String id : wanted) {
            cards.computeIfAbsent(id, this::make);
        }
    }

    private static void stroke(List<PathElement> strokes, TreeLayout.Place above, TreeLayout.Place below) {
        double bottom = y(above) + SnapshotCard.HEIGHT;
        double middle = bottom + GAP_Y / 2;
        strokes.add(new MoveTo(x(above) + STEM, bottom));
        if (above.column() != below.column()) {
            strokes.add(new LineTo(x(above) + STEM, middle));
            strokes.add(new LineTo(x(below) + STEM, middle));
        }
        strokes.add(new LineTo(x(below) + STEM, y(below)));
    }

    private SnapshotCard make(String id) {
        TreeLayout.Place place = tree().place(id).orElseThrow();
        SnapshotCard card = new SnapshotCard(id, place.row());
        card.setLayoutX(x(place));
        card.setLayoutY(y(place));
        fill(card);
        card.select(id.equals(model.selectedProperty().get()));
        card.setOnMousePressed(e -> {
            model.selectedProperty().set(id);
            card.requestFocus();
        });
        card.setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
                actions.open(model);
            }
        });
        content.getChildren().add(card);
        return card;
    }

    private void fill(SnapshotCard card) {
        Optional<SnapshotItem> item = model.shown().item(card.snapshot());
        if (item.isPresent()) {
            card.show(item.get(), image(item.get().picture()), clock.instant());
            return;
        }
        Status status = model.machine().status();
        boolean saved = model.shown().suspended() && status.startable();
        Picture live =
                status.live() ? model.machine().live().thumbnailProperty().get() : null;
        card.showPresent(
                saved ? Text.of("library.suspended") : Text.of(status),
                status == Status.RUNNING ? "start" : status == Status.PAUSED || saved ? "pause" : "off",
                live != null
                        ? Pictures.image(live.thumbnail(160, 120))
                        : saved ? image(model.shown().lastScreen()) : null);
    }

    private void showPresent() {
        card(SnapshotsModel.PRESENT).ifPresent(this::fill);
    }

    /** Read in the background; a picture never changes, so one is enough for each file. */
    private Image image(java.nio.file.Path file) {
        if (file == null) {
            return null;
        }
        if (pictures.size() > PICTURES_KEPT) {
            pictures.clear();
        }
        return pictures.computeIfAbsent(file, f -> new Image(f.toUri().toString(), 160, 120, true, true, true));
    }

    private void select(String id) {
        cards.values().forEach(c -> c.select(c.snapshot().equals(id)));
        reveal(id);
    }

    /** Scrolls so that a node can be seen, with what is around it. */
    private void reveal(String id) {
        tree().place(id).ifPresent(p -> {
            Bounds seen = visible();
            setHvalue(scrolled(seen.getMinX(), seen.getWidth(), content.getPrefWidth(), x(p), SnapshotCard.WIDTH));
            setVvalue(scrolled(seen.getMinY(), seen.getHeight(), content.getPrefHeight(), y(p), SnapshotCard.HEIGHT));
            populate();
        });
    }

    private static double scrolled(double from, double window, double whole, double start, double length) {
        double to = from;
        if (start - MARGIN < from) {
            to = start - MARGIN;
        } else if (start + length + MARGIN > from + window) {
            to = start + length + MARGIN - window;
        }
        return whole <= window ? 0 : Math.clamp(to / (whole - window), 0, 1);
    }

    private void key(KeyEvent e) {
        if (model == null || e.isShortcutDown() || e.isAltDown()) {
            return;
        }
        String here = model.selectedProperty().get();
        Consumer<String> go = id -> {
            model.selectedProperty().set(id);
            card(id).ifPresent(Node::requestFocus);
        };
        TreeLayout layout = tree();
        switch (e.getCode()) {
            case UP, KP_UP -> go.accept(layout.neighbour(here, -1, 0));
            case DOWN, KP_DOWN -> go.accept(layout.neighbour(here, 1, 0));
            case LEFT, KP_LEFT -> go.accept(layout.neighbour(here, 0, -1));
            case RIGHT, KP_RIGHT -> go.accept(layout.neighbour(here, 0, 1));
            case HOME ->
                layout.path(here).stream()
                        .reduce((a, b) -> b)
                        .map(TreeLayout.Place::id)
                        .ifPresent(go);
            case END -> go.accept(SnapshotsModel.PRESENT);
            case ENTER -> actions.open(model);
            case DELETE -> actions.delete(model);
            case F2 -> actions.rename(model);
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void menu(ContextMenuEvent e) {
        if (model == null) {
            return;
        }
        if (menu != null) {
            menu.hide();
        }
        menu = actions.menu(model);
        Optional<SnapshotCard> card = card(model.selectedProperty().get());
        if (e.isKeyboardTrigger() && card.isPresent()) {
            menu.show(card.get(), Side.BOTTOM, STEM, 0);
        } else {
            menu.show(this, e.getScreenX(), e.getScreenY());
        }
        e.consume();
    }

    /** What is said of the whole tree in one line. */
    public static String summary(Shown shown) {
        int count = shown.items().size();
        return count == 0
                ? Text.of("snapshots.summary.none")
                : Text.of("snapshots.summary", count, Words.size(shown.bytes()));
    }
}
