package org.terrarium.app.input;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.NativeLongByReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.terrarium.vm.input.Key;

/**
 * The keyboard and mouse of an X server as they are, before layouts and acceleration: XInput 2 raw events on one connection, read
 * by a thread of its own, and grabs on another (a connection that grabs gets no raw events itself). JavaFX's key events cannot do
 * this: they name letters, not keys, and do not tell left from right.
 *
 * <p>Opened once for a console; it only listens between {@link #listen} and {@link #ignore}. Listening and grabbing belong to the
 * JavaFX thread.
 */
public final class RawInput implements AutoCloseable {
    private static final int FIRST_KEYCODE = 8;
    private static final int IDLE_WAIT_MILLIS = 100;
    private static final int GRAB_ATTEMPTS = 10;
    private static final NativeLong CURRENT_TIME = new NativeLong(0);
    private static final NativeLong NONE = new NativeLong(0);

    private final Pointer events;
    private final Pointer grabs;
    private final int opcode;
    private final InputSink sink;
    private final NativeLong hiddenCursor;
    private final Map<Integer, Boolean> absoluteDevices = new HashMap<>();
    private final Thread reader;
    private volatile boolean listening;
    private volatile boolean pointerGrabbed;
    private volatile boolean closed;
    private boolean keyboardGrabbed;
    private double restX;
    private double restY;
    private int lastX;
    private int lastY;

    private RawInput(Pointer events, Pointer grabs, int opcode, InputSink sink) {
        this.events = events;
        this.grabs = grabs;
        this.opcode = opcode;
        this.sink = sink;
        hiddenCursor = emptyCursor(grabs);
        reader = Thread.ofPlatform().name("raw input").daemon(true).unstarted(this::read);
    }

    /** Opens the X server that DISPLAY names; empty where there is none, or none with XInput 2. */
    public static Optional<RawInput> open(InputSink sink) {
        if ("Headless".equals(System.getProperty("glass.platform")) || System.getenv("DISPLAY") == null) {
            return Optional.empty();
        }
        try {
            return connect(sink);
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty(); // libX11 or libXi is not installed: JavaFX's key events will do
        }
    }

    private static Optional<RawInput> connect(InputSink sink) {
        Pointer events = X11.XOpenDisplay(null);
        if (events == null) {
            return Optional.empty();
        }
        IntByReference opcode = new IntByReference();
        boolean there =
                X11.XQueryExtension(events, "XInputExtension", opcode, new IntByReference(), new IntByReference()) != 0;
        there = there && XInput2.XIQueryVersion(events, new IntByReference(2), new IntByReference(2)) == 0;
        Pointer grabs = there ? X11.XOpenDisplay(null) : null;
        if (grabs == null) {
            X11.XCloseDisplay(events);
            return Optional.empty();
        }
        RawInput input = new RawInput(events, grabs, opcode.getValue(), sink);
        input.select();
        input.reader.start();
        return Optional.of(input);
    }

    private void select() {
        try (Memory bits = new Memory(4);
                Memory mask = new Memory(16)) {
            bits.setInt(0, 0);
            int wanted = 1 << XInput2.RAW_KEY_PRESS
                    | 1 << XInput2.RAW_KEY_RELEASE
                    | 1 << XInput2.RAW_BUTTON_PRESS
                    | 1 << XInput2.RAW_BUTTON_RELEASE
                    | 1 << XInput2.RAW_MOTION;
            bits.setInt(0, wanted);
            mask.setInt(0, XInput2.ALL_MASTER_DEVICES);
            mask.setInt(4, 4);
            mask.setPointer(8, bits);
            XInput2.XISelectEvents(events, X11.XDefaultRootWindow(events), mask, 1);
            X11.XSync(events, 0);
        }
    }

    private static NativeLong emptyCursor(Pointer display) {
        NativeLong bitmap = X11.XCreateBitmapFromData(display, X11.XDefaultRootWindow(display), new byte[8], 8, 8);
        byte[] black = new byte[16]; // an XColor; all zero is black
        return X11.XCreatePixmapCursor(display, bitmap, bitmap, black, black, 0, 0);
    }

    /** Starts passing keys on; the mouse only while it is grabbed. */
    public void listen() {
        listening = true;
    }

    /** Stops passing anything on and gives back what is grabbed. */
    public void ignore() {
        listening = false;
        ungrab();
    }

    /** Takes the keyboard, and the mouse as well if asked, away from all other programs; false when another has them. */
    public boolean grab(boolean pointer) {
        NativeLong root = X11.XDefaultRootWindow(grabs);
        for (int attempt = 0; attempt < GRAB_ATTEMPTS; attempt++) {
            if (!keyboardGrabbed) {
                keyboardGrabbed =
                        X11.XGrabKeyboard(grabs, root, 0, X11.GRAB_MODE_ASYNC, X11.GRAB_MODE_ASYNC, CURRENT_TIME)
                                == X11.GRAB_SUCCESS;
            }
            if (pointer && !pointerGrabbed) {
                int mask = X11.BUTTON_PRESS_MASK | X11.BUTTON_RELEASE_MASK | X11.POINTER_MOTION_MASK;
                rememberPointer();
                pointerGrabbed = X11.XGrabPointer(
                                grabs,
                                root,
                                0,
                                mask,
                                X11.GRAB_MODE_ASYNC,
                                X11.GRAB_MODE_ASYNC,
                                NONE,
                                hiddenCursor,
                                CURRENT_TIME)
                        == X11.GRAB_SUCCESS;
            }
            X11.XSync(grabs, 1);
            if (keyboardGrabbed && (pointerGrabbed || !pointer)) {
                return true;
            }
            // JavaFX may still hold its own grab from the click that led here.
            pause();
        }
        ungrab();
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(15);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives keyboard and mouse back. */
    public void ungrab() {
        if (keyboardGrabbed) {
            X11.XUngrabKeyboard(grabs, CURRENT_TIME);
            keyboardGrabbed = false;
        }
        if (pointerGrabbed) {
            X11.XUngrabPointer(grabs, CURRENT_TIME);
            pointerGrabbed = false;
        }
        X11.XSync(grabs, 1);
    }

    @Override
    public void close() {
        ignore();
        closed = true;
        X11.XCloseDisplay(grabs);
    }

    private void read() {
        int descriptor = X11.XConnectionNumber(events);
        try (Memory event = new Memory(X11.EVENT_BYTES)) {
            while (!closed) {
                while (!closed && X11.XPending(events) > 0) {
                    X11.XNextEvent(events, event);
                    if (event.getInt(0) == X11.GENERIC_EVENT && X11.XGetEventData(events, event) != 0) {
                        if (event.getInt(XInput2.COOKIE_EXTENSION) == opcode && listening) {
                            handle(event.getInt(XInput2.COOKIE_EVENT_TYPE), event.getPointer(XInput2.COOKIE_DATA));
                        }
                        X11.XFreeEventData(events, event);
                    }
                }
                Polling.awaitReadable(descriptor, IDLE_WAIT_MILLIS);
            }
        }
        X11.XCloseDisplay(events);
    }

    private void handle(int type, Pointer raw) {
        int detail = raw.getInt(XInput2.RAW_DETAIL);
        switch (type) {
            case XInput2.RAW_KEY_PRESS, XInput2.RAW_KEY_RELEASE ->
                Key.ofEvdev(detail - FIRST_KEYCODE).ifPresent(k -> sink.key(k, type == XInput2.RAW_KEY_PRESS));
            case XInput2.RAW_BUTTON_PRESS, XInput2.RAW_BUTTON_RELEASE -> {
                if (pointerGrabbed) {
                    button(detail, type == XInput2.RAW_BUTTON_PRESS);
                }
            }
            case XInput2.RAW_MOTION -> {
                if (pointerGrabbed) {
                    motion(raw);
                }
            }
            default -> {}
        }
    }

    /** X numbers the wheel's directions 4 to 7 and the side buttons 8 and 9. */
    private void button(int number, boolean down) {
        switch (number) {
            case 1, 2, 3 -> sink.button(number, down);
            case 4, 5 -> {
                if (down) {
                    sink.wheel(number == 4 ? -1 : 1);
                }
            }
            case 8, 9 -> sink.button(number - 4, down);
            default -> {}
        }
    }

    private void motion(Pointer raw) {
        if (absolute(raw.getInt(XInput2.RAW_SOURCE))) {
            // A tablet, or the mouse of a virtual machine that we run in: the pointer's own movement tells how far.
            int x = lastX;
            int y = lastY;
            rememberPointer(events);
            move(lastX - x, lastY - y);
            return;
        }
        int length = raw.getInt(XInput2.RAW_MASK_LENGTH);
        byte[] mask = raw.getPointer(XInput2.RAW_MASK).getByteArray(0, length);
        Pointer values = raw.getPointer(XInput2.RAW_VALUES);
        double dx = 0;
        double dy = 0;
        int at = 0;
        // Values are packed: one for each bit of the mask that is set. Axis 0 is horizontal, 1 vertical.
        for (int axis = 0; axis < 2 && length > 0; axis++) {
            if ((mask[0] & 1 << axis) != 0) {
                double v = values.getDouble(8L * at++);
                dx = axis == 0 ? v : dx;
                dy = axis == 1 ? v : dy;
            }
        }
        restX += dx;
        restY += dy;
        int wholeX = (int) restX;
        int wholeY = (int) restY;
        restX -= wholeX;
        restY -= wholeY;
        move(wholeX, wholeY);
    }

    private void move(int dx, int dy) {
        if (dx != 0 || dy != 0) {
            sink.moved(dx, dy);
        }
    }

    private void rememberPointer() {
        rememberPointer(grabs);
    }

    private void rememberPointer(Pointer display) {
        IntByReference x = new IntByReference();
        IntByReference y = new IntByReference();
        X11.XQueryPointer(
                display,
                X11.XDefaultRootWindow(display),
                new NativeLongByReference(),
                new NativeLongByReference(),
                x,
                y,
                new IntByReference(),
                new IntByReference(),
                new IntByReference());
        lastX = x.getValue();
        lastY = y.getValue();
    }

    private boolean absolute(int device) {
        return absoluteDevices.computeIfAbsent(device, this::queryAbsolute);
    }

    private boolean queryAbsolute(int device) {
        IntByReference count = new IntByReference();
        Pointer info = XInput2.XIQueryDevice(events, device, count);
        if (info == null || count.getValue() < 1) {
            return false;
        }
        boolean absolute = false;
        int classes = info.getInt(XInput2.DEVICE_CLASS_COUNT);
        Pointer table = info.getPointer(XInput2.DEVICE_CLASSES);
        for (int i = 0; i < classes; i++) {
            Pointer c = table.getPointer(8L * i);
            absolute |= c.getInt(XInput2.CLASS_TYPE) == XInput2.CLASS_TYPE_VALUATOR
                    && c.getInt(XInput2.VALUATOR_NUMBER) == 0
                    && c.getInt(XInput2.VALUATOR_MODE) == XInput2.MODE_ABSOLUTE;
        }
        XInput2.XIFreeDeviceInfo(info);
        return absolute;
    }
}
