package org.terrarium.app.console;

/** The status bar's lights, in their order. */
enum Light {
    DISK("disk"),
    CD("cd"),
    FLOPPY("floppy"),
    NETWORK("network"),
    SOUND("sound"),
    SHARING("folder"),
    DISPLAY("display"),
    MOUSE("mouse"),
    KEYBOARD("keyboard");

    private final String icon;

    Light(String icon) {
        this.icon = icon;
    }

    String icon() {
        return icon;
    }
}
