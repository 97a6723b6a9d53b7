package org.terrarium.app.snapshots;

import java.time.Instant;
import java.time.ZoneId;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.library.Words;
import org.terrarium.app.text.Text;
import org.terrarium.vm.snapshot.SnapshotNode;

/** One node of the tree's picture: a snapshot, or what the machine is now. */
final class SnapshotCard extends HBox {
    static final double WIDTH = 264;
    static final double HEIGHT = 84;
    private static final double PICTURE_WIDTH = 84;
    private static final double PICTURE_HEIGHT = 63;
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final String id;
    private final int depth;
    private final ImageView view = new ImageView();
    private final StackPane picture = new StackPane();
    private final Label name = new Label();
    private final Label line = new Label();
    private final HBox marks = new HBox(5);
    private boolean selected;

    /** @param depth generations above it, for screen readers */
    SnapshotCard(String id, int depth) {
        super(10);
        this.id = id;
        this.depth = depth;
        setId(id.isEmpty() ? "snapshot-present" : "snapshot-" + id);
        getStyleClass().add("snapshot-card");
        setAlignment(Pos.CENTER_LEFT);
        setPrefSize(WIDTH, HEIGHT);
        setMinSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
        picture.getStyleClass().add("thumbnail");
        picture.setMinSize(PICTURE_WIDTH, PICTURE_HEIGHT);
        picture.setMaxSize(PICTURE_WIDTH, PICTURE_HEIGHT);
        view.setFitWidth(PICTURE_WIDTH - 4);
        view.setFitHeight(PICTURE_HEIGHT - 4);
        view.setPreserveRatio(true);
        view.setSmooth(true);
        name.getStyleClass().add("machine-name");
        line.getStyleClass().add("machine-state");
        marks.setAlignment(Pos.CENTER_LEFT);
        VBox words = new VBox(3, name, line, marks);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(picture, words);
        setAccessibleRole(AccessibleRole.TREE_ITEM);
        Tooltip tip = new Tooltip();
        tip.setShowDelay(Duration.millis(700));
        tip.textProperty().bind(accessibleTextProperty());
        Tooltip.install(this, tip);
    }

    String snapshot() {
        return id;
    }

    /** Shows a snapshot. */
    void show(SnapshotItem item, Image image, Instant now) {
        SnapshotNode node = item.node();
        name.setText(item.name());
        String age = Ages.words(node.created(), now, ZoneId.systemDefault());
        line.setText(node.automatic() ? Text.of("snapshots.card.automatic", age) : age);
        picture(image, node.state() == SnapshotNode.State.OFF ? "off" : "console");
        Label size = new Label(Words.size(item.bytes()));
        size.getStyleClass().add("machine-state");
        marks.getChildren().setAll(mark(SnapshotWords.icon(node), SnapshotWords.state(node)), size);
        String where = item.current() ? Text.of("snapshots.card.current") : "";
        setAccessibleText(Text.of(
                        "snapshots.card.spoken",
                        item.name(),
                        SnapshotWords.state(node),
                        Ages.moment(node.created(), ZoneId.systemDefault()),
                        Words.size(item.bytes()),
                        where)
                .strip());
    }

    /** Shows what the machine is now. */
    void showPresent(String state, String icon, Image image) {
        getStyleClass().add("present");
        name.setText(Text.of("snapshots.present"));
        line.setText(state);
        marks.getChildren().clear();
        picture(image, icon);
        setAccessibleText(Text.of("snapshots.present.spoken", state));
    }

    private void picture(Image image, String icon) {
        view.setImage(image);
        picture.getChildren().setAll(Icons.of(icon, 24));
        if (image != null) {
            picture.getChildren().setAll(view);
        }
    }

    private static Node mark(String icon, String text) {
        Label label = new Label(text, Icons.of(icon, 12));
        label.getStyleClass().add("snapshot-mark");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    /** Only the selected card is reached by Tab; the arrows lead to the others. */
    void select(boolean is) {
        selected = is;
        pseudoClassStateChanged(SELECTED, is);
        setFocusTraversable(is);
        notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTED);
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case SELECTED -> selected;
            case EXPANDED -> true;
            case LEAF -> false;
            case DISCLOSURE_LEVEL -> depth;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
