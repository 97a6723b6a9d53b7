package org.terrarium.app.input;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.NativeLongByReference;

/** The few functions of libX11 we need (Xlib - C Language X Interface). Window and other server ids are C longs. */
final class X11 {
    /** A structure large enough for every event. */
    static final int EVENT_BYTES = 192;

    static final int GENERIC_EVENT = 35;
    static final int GRAB_MODE_ASYNC = 1;
    static final int GRAB_SUCCESS = 0;
    static final int BUTTON_PRESS_MASK = 1 << 2;
    static final int BUTTON_RELEASE_MASK = 1 << 3;
    static final int POINTER_MOTION_MASK = 1 << 6;

    static {
        Native.register(X11.class, "X11");
    }

    private X11() {}

    static native Pointer XOpenDisplay(String name);

    static native int XCloseDisplay(Pointer display);

    static native NativeLong XDefaultRootWindow(Pointer display);

    static native int XQueryExtension(
            Pointer display, String name, IntByReference opcode, IntByReference event, IntByReference error);

    static native int XPending(Pointer display);

    static native int XConnectionNumber(Pointer display);

    static native int XNextEvent(Pointer display, Pointer event);

    static native int XGetEventData(Pointer display, Pointer cookie);

    static native void XFreeEventData(Pointer display, Pointer cookie);

    static native int XFlush(Pointer display);

    static native int XSync(Pointer display, int discard);

    static native int XGrabKeyboard(
            Pointer display, NativeLong window, int ownerEvents, int pointerMode, int keyboardMode, NativeLong time);

    static native int XUngrabKeyboard(Pointer display, NativeLong time);

    static native int XGrabPointer(
            Pointer display,
            NativeLong window,
            int ownerEvents,
            int eventMask,
            int pointerMode,
            int keyboardMode,
            NativeLong confineTo,
            NativeLong cursor,
            NativeLong time);

    static native int XUngrabPointer(Pointer display, NativeLong time);

    static native NativeLong XCreateBitmapFromData(
            Pointer display, NativeLong drawable, byte[] data, int width, int height);

    static native NativeLong XCreatePixmapCursor(
            Pointer display, NativeLong source, NativeLong mask, byte[] foreground, byte[] background, int x, int y);

    static native int XQueryPointer(
            Pointer display,
            NativeLong window,
            NativeLongByReference root,
            NativeLongByReference child,
            IntByReference rootX,
            IntByReference rootY,
            IntByReference windowX,
            IntByReference windowY,
            IntByReference mask);
}
