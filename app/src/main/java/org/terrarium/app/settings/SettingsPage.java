package org.terrarium.app.settings;

import java.util.Locale;
import org.terrarium.app.text.Text;

/** The pages of a machine's settings, one for a kind of device. */
public enum SettingsPage {
    GENERAL("info"),
    PROCESSOR("cpu"),
    MEMORY("memory"),
    DISPLAY("display"),
    STORAGE("disk"),
    NETWORK("network"),
    PORTS("serial"),
    SOUND("sound"),
    SHARES("share"),
    BOOT("boot"),
    OPTIONS("options");

    private final String icon;

    SettingsPage(String icon) {
        this.icon = icon;
    }

    public String icon() {
        return icon;
    }

    /** For node ids and texts. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the device is for, in one plain sentence. */
    public String sentence() {
        return Text.of("settings.about." + id());
    }
}
