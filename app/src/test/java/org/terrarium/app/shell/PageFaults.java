package org.terrarium.app.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuBar;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;

/**
 * What is wrong with a page as it is laid out now: something to be operated that has no name for a screen reader or cannot be reached
 * by keyboard, words that end in dots, words and controls that overlap or stick out of what holds them.
 */
final class PageFaults {
    /** Rounding to whole pixels is no fault. */
    private static final double TOLERANCE = 1.5;

    private final List<String> operation = new ArrayList<>();
    private final List<String> layout = new ArrayList<>();
    private final Set<Node> labelled = new HashSet<>();
    private final Map<Node, Bounds> leaves = new LinkedHashMap<>();

    private PageFaults(Scene scene) {
        walk(scene.getRoot(), n -> {
            if (n instanceof Label l && l.getLabelFor() != null && !blank(l.getText())) {
                labelled.add(l.getLabelFor());
            }
        });
        walk(scene.getRoot(), this::look);
        List<Node> all = List.copyOf(leaves.keySet());
        for (int a = 0; a < all.size(); a++) {
            for (int b = a + 1; b < all.size(); b++) {
                overlap(all.get(a), all.get(b));
            }
        }
    }

    /** What can be seen in a scene and has no name or cannot be reached by keyboard, a sentence each; on the JavaFX thread. */
    static List<String> ofOperation(Scene scene) {
        return new PageFaults(scene).operation;
    }

    /** What is cut off or overlaps in a scene, a sentence each; on the JavaFX thread. */
    static List<String> ofLayout(Scene scene) {
        return new PageFaults(scene).layout;
    }

    private static void walk(Node node, Consumer<Node> visit) {
        if (node.isVisible()) {
            visit.accept(node);
            if (node instanceof Parent p) {
                p.getChildrenUnmodifiable().forEach(child -> walk(child, visit));
            }
        }
    }

    private void look(Node node) {
        if (within(node, ComboBoxBase.class, TextArea.class, ScrollBar.class, MenuBar.class)) {
            return; // a part, which has its control's name and place
        }
        boolean button = node instanceof ButtonBase;
        if ((node.isFocusTraversable() || button) && !frame(node) && nameless(node)) {
            operation.add(name(node) + " has no name for screen readers");
        }
        if (button && !node.isFocusTraversable() && !within(node, TextField.class)) {
            operation.add(name(node) + " cannot be reached by keyboard");
        }
        if (node instanceof Labeled l && !(node instanceof TitledPane) && !blank(l.getText())) {
            l.getChildrenUnmodifiable().stream()
                    .filter(Text.class::isInstance)
                    .map(shown -> ((Text) shown).getText())
                    .filter(shown -> !shown.equals(l.getText()))
                    .forEach(shown -> layout.add(name(node) + " ends in dots: " + shown));
            leaf(node);
        } else if (node instanceof TextInputControl || node instanceof ComboBoxBase || button) {
            leaf(node);
        }
    }

    @SafeVarargs
    private static boolean within(Node node, Class<? extends Node>... types) {
        for (Node n = node.getParent(); n != null; n = n.getParent()) {
            for (Class<? extends Node> type : types) {
                if (type.isInstance(n)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Takes the keyboard only to hand it on, or is named by what it shows. */
    private static boolean frame(Node node) {
        return node instanceof ScrollPane || node instanceof TabPane;
    }

    private boolean nameless(Node node) {
        String text = node instanceof Labeled l ? l.getText() : null;
        return blank(node.getAccessibleText()) && blank(text) && !labelled.contains(node);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static String name(Node node) {
        String words = node instanceof Labeled l && !blank(l.getText()) ? " “" + l.getText() + "”" : "";
        String id = node.getId() == null ? "" : " #" + node.getId();
        return node.getClass().getSimpleName() + id + words;
    }

    /** Notes what must be in its place; of what is scrolled, only what can be seen. */
    private void leaf(Node node) {
        Bounds own = node.localToScene(node.getLayoutBounds());
        Bounds seen = own;
        boolean scrolled = false;
        for (Node n = node.getParent(); n != null; n = n.getParent()) {
            Bounds outer = n.localToScene(n.getLayoutBounds());
            if (n.getClass().getName().contains("ScrollPaneSkin")
                    || n.getStyleClass().contains("clipped-container")) {
                scrolled = true;
                seen = common(seen, outer);
                if (seen.isEmpty()) {
                    return;
                }
            } else if (!scrolled && n instanceof Region && sticksOut(own, outer)) {
                layout.add(name(node) + " sticks out of " + n + ": " + box(own) + " in " + box(outer));
                break;
            }
        }
        leaves.put(node, seen);
    }

    private static Bounds common(Bounds a, Bounds b) {
        double x = Math.max(a.getMinX(), b.getMinX());
        double y = Math.max(a.getMinY(), b.getMinY());
        return new BoundingBox(x, y, Math.min(a.getMaxX(), b.getMaxX()) - x, Math.min(a.getMaxY(), b.getMaxY()) - y);
    }

    private static boolean sticksOut(Bounds inner, Bounds outer) {
        return inner.getMinX() < outer.getMinX() - TOLERANCE
                || inner.getMinY() < outer.getMinY() - TOLERANCE
                || inner.getMaxX() > outer.getMaxX() + TOLERANCE
                || inner.getMaxY() > outer.getMaxY() + TOLERANCE;
    }

    private void overlap(Node a, Node b) {
        Bounds both = common(leaves.get(a), leaves.get(b));
        if (both.getWidth() > TOLERANCE && both.getHeight() > TOLERANCE && !holds(a, b) && !holds(b, a)) {
            layout.add(name(a) + " and " + name(b) + " overlap in " + box(both));
        }
    }

    private static boolean holds(Node outer, Node inner) {
        for (Node n = inner.getParent(); n != null; n = n.getParent()) {
            if (n == outer) {
                return true;
            }
        }
        return false;
    }

    private static String box(Bounds b) {
        return "%.0f,%.0f to %.0f,%.0f".formatted(b.getMinX(), b.getMinY(), b.getMaxX(), b.getMaxY());
    }
}
