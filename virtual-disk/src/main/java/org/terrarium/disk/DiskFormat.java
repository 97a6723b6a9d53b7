package org.terrarium.disk;

/** The image formats that can be opened. */
public enum DiskFormat {
    RAW("raw"),
    ISO("iso"),
    QCOW2("qcow2");

    private final String label;

    DiskFormat(String label) {
        this.label = label;
    }

    /** The name used in settings files, on the command line and inside qcow2 headers. */
    public String label() {
        return label;
    }

    /** The format of that name, or null. */
    public static DiskFormat byLabel(String label) {
        for (DiskFormat format : values()) {
            if (format.label.equalsIgnoreCase(label)) {
                return format;
            }
        }
        return null;
    }
}
