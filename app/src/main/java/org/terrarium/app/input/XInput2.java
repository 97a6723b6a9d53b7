package org.terrarium.app.input;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/** The functions, event numbers and structure offsets of libXi we need (XInput2.h, 64-bit layout). */
final class XInput2 {
    static final int ALL_MASTER_DEVICES = 1;
    static final int RAW_KEY_PRESS = 13;
    static final int RAW_KEY_RELEASE = 14;
    static final int RAW_BUTTON_PRESS = 15;
    static final int RAW_BUTTON_RELEASE = 16;
    static final int RAW_MOTION = 17;

    // XGenericEventCookie
    static final int COOKIE_EXTENSION = 32;
    static final int COOKIE_EVENT_TYPE = 36;
    static final int COOKIE_DATA = 48;

    // XIRawEvent
    static final int RAW_SOURCE = 52;
    static final int RAW_DETAIL = 56;
    static final int RAW_MASK_LENGTH = 64;
    static final int RAW_MASK = 72;
    static final int RAW_VALUES = 88;

    // XIDeviceInfo, XIAnyClassInfo, XIValuatorClassInfo
    static final int DEVICE_CLASS_COUNT = 28;
    static final int DEVICE_CLASSES = 32;
    static final int CLASS_TYPE = 0;
    static final int CLASS_TYPE_VALUATOR = 2;
    static final int VALUATOR_NUMBER = 8;
    static final int VALUATOR_MODE = 52;
    static final int MODE_ABSOLUTE = 1;

    static {
        Native.register(XInput2.class, "Xi");
    }

    private XInput2() {}

    static native int XIQueryVersion(Pointer display, IntByReference major, IntByReference minor);

    static native int XISelectEvents(Pointer display, NativeLong window, Pointer masks, int count);

    static native Pointer XIQueryDevice(Pointer display, int device, IntByReference count);

    static native void XIFreeDeviceInfo(Pointer info);
}
