package org.terrarium.vm.input;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.terrarium.vm.device.i8042.I8042;
import org.terrarium.vm.device.i8042.Ps2Keyboard;
import org.terrarium.vm.device.i8042.Ps2Mouse;
import org.terrarium.vm.device.vmmouse.VmMouse;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * Keyboard and pointer for the window, the command line and tests: may be called from any thread, what is posted reaches the
 * devices on the machine's thread. Typed text goes in at a pace that firmware and boot loaders can follow.
 */
public final class InputHub {
    /** Between two strokes of typed text. */
    private static final long STROKE_NANOS = 8_000_000;
    /** Typing waits for the guest to take the last key, but not forever: it may not be listening at all. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final Executor machine;
    private final TimerQueue timers;
    private final Ps2Keyboard keyboard;
    private final Ps2Mouse mouse;
    private final VmMouse vmMouse;
    private final Timer typist;
    private final ArrayDeque<KeyStroke> typed = new ArrayDeque<>();
    private final Set<Key> held = EnumSet.noneOf(Key.class);
    private final AtomicInteger waiting = new AtomicInteger();
    private long giveUpAt;
    private int heldButtons;
    private volatile boolean absolutePointer;
    private volatile int leds;

    /** {@code timers} are the machine's; {@code machine} runs what it is given soon on the machine's thread. */
    public InputHub(TimerQueue timers, I8042 controller, VmMouse vmMouse, Executor machine) {
        this.machine = machine;
        this.timers = timers;
        this.keyboard = controller.keyboard();
        this.mouse = controller.mouse();
        this.vmMouse = vmMouse;
        this.typist = timers.create("typed text", this::typeNext);
        vmMouse.onModeChange(() -> absolutePointer = vmMouse.active());
        keyboard.onLeds(() -> leds = keyboard.leds());
    }

    /** A key goes down, again for a repeat, or up. */
    public void key(Key key, boolean pressed) {
        machine.execute(() -> press(key, pressed));
    }

    /** Types text, see {@link TextKeys}; throws {@link IllegalArgumentException} when it names a key there is not. */
    public void type(String text) {
        type(TextKeys.strokes(text));
    }

    /** Does these strokes, after those that are waiting already, at the pace of typed text. */
    public void type(List<KeyStroke> strokes) {
        waiting.addAndGet(strokes.size());
        machine.execute(() -> {
            typed.addAll(strokes);
            if (!typist.armed() && !typed.isEmpty()) {
                giveUpAt = timers.nanos() + PATIENCE_NANOS;
                typist.at(timers.nanos());
            }
        });
    }

    /** How many strokes of typed text have not reached the guest yet. */
    public int typing() {
        return waiting.get();
    }

    /** Forgets typed text that has not reached the guest yet. */
    public void stopTyping() {
        machine.execute(() -> {
            waiting.addAndGet(-typed.size());
            // What is held stays so no longer: the stroke that lets go of it will not come.
            typed.stream().filter(s -> !s.pressed()).map(KeyStroke::key).forEach(k -> press(k, false));
            typed.clear();
        });
    }

    /** Lets go of every key and button, as when the window loses the focus. */
    public void releaseAll() {
        machine.execute(() -> {
            List.copyOf(held).forEach(k -> press(k, false));
            for (int b = 0; b < 5; b++) {
                if ((heldButtons & 1 << b) != 0) {
                    pressButton(b, false);
                }
            }
        });
    }

    /** The pointer moves by so many counts to the right and down: a captured mouse. */
    public void moveBy(int dx, int dy) {
        machine.execute(() -> mouse.move(dx, dy));
    }

    /** The pointer is at a place of the screen, 0 to 65535 each way; only while {@link #absolutePointer}. */
    public void moveTo(int x, int y) {
        machine.execute(() -> vmMouse.moveTo(x, y));
    }

    /** Button 0 left, 1 right, 2 middle, 3 and 4 the side buttons. */
    public void button(int number, boolean pressed) {
        machine.execute(() -> pressButton(number, pressed));
    }

    /** The wheel turns by so many notches, towards the user when positive. */
    public void wheel(int notches) {
        machine.execute(() -> {
            if (vmMouse.active()) {
                vmMouse.wheel(notches);
            } else {
                mouse.wheel(notches);
            }
        });
    }

    /** Whether the guest takes absolute positions, so that the pointer need not be captured. */
    public boolean absolutePointer() {
        return absolutePointer;
    }

    /** The keyboard's lights: bit 0 scroll lock, 1 num lock, 2 caps lock. */
    public int leds() {
        return leds;
    }

    private void press(Key key, boolean pressed) {
        if (pressed) {
            held.add(key);
        } else if (!held.remove(key)) {
            return; // pressed elsewhere before the window had the focus
        }
        keyboard.key(key, pressed);
    }

    private void pressButton(int number, boolean pressed) {
        heldButtons = pressed ? heldButtons | 1 << number : heldButtons & ~(1 << number);
        if (vmMouse.active()) {
            vmMouse.button(number, pressed);
        } else {
            mouse.button(number, pressed);
        }
    }

    private void typeNext() {
        if (keyboard.idle() || timers.nanos() >= giveUpAt) {
            KeyStroke stroke = typed.poll();
            if (stroke == null) {
                return; // it was stopped
            }
            waiting.decrementAndGet();
            press(stroke.key(), stroke.pressed());
            giveUpAt = timers.nanos() + PATIENCE_NANOS;
        }
        if (!typed.isEmpty()) {
            typist.at(timers.nanos() + STROKE_NANOS);
        }
    }
}
