package org.terrarium.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.event.Event;
import javafx.event.EventHandler;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.input.FxKeys;
import org.terrarium.app.input.RawInput;

/**
 * Connects a console's window to its model: raw keyboard and mouse where the host has them, else JavaFX's events with the pointer
 * put back to the middle after every movement.
 */
final class ConsoleInput implements AutoCloseable {
    private final Stage stage;
    private final ScreenCanvas canvas;
    private final ConsoleModel model;
    private final Optional<RawInput> raw;
    private final List<Runnable> undo = new ArrayList<>();
    private boolean suspended;
    private Robot robot;
    private Point2D middle;

    ConsoleInput(Stage stage, ScreenCanvas canvas, ConsoleModel model) {
        this.stage = stage;
        this.canvas = canvas;
        this.model = model;
        this.raw = RawInput.open(model);
        canvas.setFocusTraversable(true);
        EventHandler<KeyEvent> keys = this::key;
        stage.getScene().addEventFilter(KeyEvent.ANY, keys);
        undo.add(() -> stage.getScene().removeEventFilter(KeyEvent.ANY, keys));
        onCanvas(MouseEvent.MOUSE_PRESSED, this::pressed);
        onCanvas(MouseEvent.MOUSE_RELEASED, this::released);
        onCanvas(MouseEvent.MOUSE_MOVED, this::moved);
        onCanvas(MouseEvent.MOUSE_DRAGGED, this::moved);
        onCanvas(ScrollEvent.SCROLL, this::scrolled);
        follow(stage.focusedProperty(), is -> focusChanged());
        follow(canvas.focusedProperty(), is -> focusChanged());
        follow(model.capturedProperty(), this::captured);
        follow(model.absoluteProperty(), is -> pointerModeChanged());
        focusChanged();
    }

    private <E extends Event> void onCanvas(EventType<E> type, EventHandler<E> handler) {
        canvas.addEventHandler(type, handler);
        undo.add(() -> canvas.removeEventHandler(type, handler));
    }

    private void follow(ReadOnlyBooleanProperty property, Consumer<Boolean> action) {
        ChangeListener<Boolean> listener = (o, was, is) -> action.accept(is);
        property.addListener(listener);
        undo.add(() -> property.removeListener(listener));
    }

    /** All keys belong to the guest while its screen has the focus: no button of ours reacts to them. */
    private void key(KeyEvent e) {
        if (!canvas.isFocused()) {
            return;
        }
        e.consume();
        if (raw.isPresent() || e.getEventType() == KeyEvent.KEY_TYPED) {
            return;
        }
        boolean down = e.getEventType() == KeyEvent.KEY_PRESSED;
        if (e.getCode() != KeyCode.UNDEFINED) {
            FxKeys.key(e.getCode()).ifPresent(k -> model.key(k, down));
        }
    }

    /** Keeps keys from the guest, while a menu of the window is open, and gives them to it again. */
    void suspend(boolean on) {
        suspended = on;
        focusChanged();
    }

    /** The guest has the keyboard while its screen has the focus of the window that has the host's. */
    private void focusChanged() {
        focus(!suspended && stage.isFocused() && canvas.isFocused());
    }

    private void focus(boolean focused) {
        if (focused) {
            raw.ifPresent(RawInput::listen);
        } else if (!model.capturedProperty().get()) {
            // While captured, the window may be told that it lost the keyboard: to ourselves.
            raw.ifPresent(RawInput::ignore);
            model.releaseAll();
        } else if (raw.isEmpty()) {
            model.release();
        }
    }

    private void captured(boolean on) {
        if (!on) {
            raw.ifPresent(RawInput::ungrab);
            canvas.setCursor(pointerCursor());
            middle = null;
            focusChanged();
            return;
        }
        boolean pointer = !model.absoluteProperty().get();
        if (raw.isPresent()) {
            if (!raw.get().grab(pointer)) {
                FxThread.later(model::release);
            }
        } else if (pointer) {
            robot = robot == null ? new Robot() : robot;
            toMiddle();
        }
        canvas.setCursor(pointerCursor());
    }

    private void pointerModeChanged() {
        canvas.setCursor(pointerCursor());
        if (model.capturedProperty().get()) {
            captured(false);
            captured(true);
        }
    }

    /** The guest draws its own pointer where it has the mouse. */
    private Cursor pointerCursor() {
        boolean guests =
                model.absoluteProperty().get() || model.capturedProperty().get();
        return guests ? Cursor.NONE : Cursor.DEFAULT;
    }

    private void pressed(MouseEvent e) {
        canvas.requestFocus();
        if (model.absoluteProperty().get()) {
            moved(e);
            model.button(number(e.getButton()), true);
        } else if (model.capturedProperty().get() && raw.isEmpty()) {
            model.button(number(e.getButton()), true);
        }
    }

    private void released(MouseEvent e) {
        boolean captured = model.capturedProperty().get();
        if (model.absoluteProperty().get() || captured && raw.isEmpty()) {
            model.button(number(e.getButton()), false);
        }
        // Only now: during a click the window itself holds the mouse, so nobody else could take it.
        if (!captured && e.getButton() == MouseButton.PRIMARY) {
            model.capture();
        }
    }

    private void moved(MouseEvent e) {
        if (model.absoluteProperty().get()) {
            Viewport v = canvas.viewportProperty().get();
            model.movedTo(v.relativeX(e.getX()), v.relativeY(e.getY()));
        } else if (model.capturedProperty().get() && middle != null) {
            int dx = (int) Math.rint(e.getScreenX() - middle.getX());
            int dy = (int) Math.rint(e.getScreenY() - middle.getY());
            if (dx != 0 || dy != 0) {
                model.moved(dx, dy);
                toMiddle();
            }
        }
    }

    private void toMiddle() {
        Point2D p = canvas.localToScreen(canvas.getWidth() / 2, canvas.getHeight() / 2);
        middle = new Point2D(Math.rint(p.getX()), Math.rint(p.getY()));
        robot.mouseMove(middle);
    }

    private void scrolled(ScrollEvent e) {
        boolean ours =
                model.absoluteProperty().get() || model.capturedProperty().get() && raw.isEmpty();
        if (ours && e.getDeltaY() != 0) {
            model.wheel(e.getDeltaY() > 0 ? -1 : 1);
        }
    }

    private static int number(MouseButton button) {
        return switch (button) {
            case MIDDLE -> 2;
            case SECONDARY -> 3;
            case BACK -> 4;
            case FORWARD -> 5;
            default -> 1;
        };
    }

    @Override
    public void close() {
        model.release();
        undo.forEach(Runnable::run);
        canvas.setCursor(Cursor.DEFAULT);
        raw.ifPresent(RawInput::close);
    }
}
