package org.terrarium.vm.firmware;

import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.firmware.BiosConfig.BootSource;

/** The setup screen: date, time and boot order to change, the machine's hardware to look at. Kept in clock and CMOS. */
final class SetupScreen {
    private static final int KEY_ESC = 0x01;
    private static final int KEY_TAB = 0x0F;
    private static final int KEY_ENTER = 0x1C;
    private static final int KEY_F10 = 0x44;
    private static final int KEY_UP = 0x48;
    private static final int KEY_LEFT = 0x4B;
    private static final int KEY_RIGHT = 0x4D;
    private static final int KEY_DOWN = 0x50;

    private static final int YEAR = 0;
    private static final int MONTH = 1;
    private static final int DAY = 2;
    private static final int HOUR = 3;
    private static final int MINUTE = 4;
    private static final int SECOND = 5;
    private static final int FIRST_BOOT = 6;
    private static final int FIELDS = 9;
    private static final int VALUE_COLUMN = 24;

    private static final String[] NAMES = {
        "Year",
        "Month",
        "Day",
        "Hour",
        "Minute",
        "Second",
        "First boot device",
        "Second boot device",
        "Third boot device"
    };

    private static final String[] SOURCES = {"none", "Floppy", "Disk", "CD/DVD", "Network"};

    private final TextUi ui;
    private final Cmos cmos;
    private final BiosConfig config;
    private final DiskService disks;
    private final PciConfig pci;
    private final int[] values = new int[FIELDS];
    private boolean timeTouched;
    private int field;

    SetupScreen(TextUi ui, Cmos cmos, BiosConfig config, DiskService disks, PciConfig pci) {
        this.ui = ui;
        this.cmos = cmos;
        this.config = config;
        this.disks = disks;
        this.pci = pci;
    }

    /**
     * The boot order in force. The later change wins: what setup stored counts until the machine's settings name another
     * order than they did then; CD, disk, floppy where nobody has said anything.
     */
    static List<BootSource> order(Cmos cmos, BiosConfig config) {
        List<BootSource> stored = new ArrayList<>();
        int first = cmos.read(Cmos.BOOT_FIRST);
        for (int code : new int[] {first & 0x0F, first >> 4, cmos.read(Cmos.BOOT_THIRD) >> 4}) {
            if (code >= 1 && code <= 4 && !stored.contains(BootSource.values()[code - 1])) {
                stored.add(BootSource.values()[code - 1]);
            }
        }
        int then = cmos.read(Cmos.BOOT_SETTINGS) | cmos.read(Cmos.BOOT_SETTINGS + 1) << 8;
        if (!stored.isEmpty() && then == encoded(config.bootOrder())) {
            return stored;
        }
        return config.bootOrder().isEmpty()
                ? List.of(BootSource.CDROM, BootSource.DISK, BootSource.FLOPPY)
                : config.bootOrder();
    }

    /** Four bits a device, the first in the lowest ones. */
    private static int encoded(List<BootSource> order) {
        int code = 0;
        for (int k = 0; k < Math.min(4, order.size()); k++) {
            code |= order.get(k).code() << 4 * k;
        }
        return code;
    }

    void reset() {
        java.util.Arrays.fill(values, 0);
        field = 0;
        timeTouched = false;
    }

    List<Integer> draft() {
        List<Integer> all = new ArrayList<>();
        for (int v : values) {
            all.add(v);
        }
        all.add(field);
        all.add(timeTouched ? 1 : 0);
        return all;
    }

    void draft(List<Integer> saved) {
        if (saved.size() != FIELDS + 2) {
            return;
        }
        for (int k = 0; k < FIELDS; k++) {
            values[k] = saved.get(k);
        }
        field = Math.floorMod(saved.get(FIELDS), FIELDS);
        timeTouched = saved.get(FIELDS + 1) != 0;
    }

    void open() {
        readClock();
        List<BootSource> order = order(cmos, config);
        for (int k = 0; k < 3; k++) {
            values[FIRST_BOOT + k] = k < order.size() ? order.get(k).code() : 0;
        }
        field = FIRST_BOOT;
        timeTouched = false;
        ui.clear(TextUi.PANEL_TEXT);
        ui.showCursor(false);
        ui.box(0, 0, TextUi.ROWS, TextUi.COLUMNS, "Terrarium setup", TextUi.PANEL);
        hardware();
        ui.text(TextUi.ROWS - 2, 2, "Up Down", TextUi.PANEL);
        ui.text(TextUi.ROWS - 2, 10, "choose", TextUi.PANEL_TEXT);
        ui.text(TextUi.ROWS - 2, 19, "Left Right", TextUi.PANEL);
        ui.text(TextUi.ROWS - 2, 30, "change", TextUi.PANEL_TEXT);
        ui.text(TextUi.ROWS - 2, 39, "F10", TextUi.PANEL);
        ui.text(TextUi.ROWS - 2, 43, "save and restart", TextUi.PANEL_TEXT);
        ui.text(TextUi.ROWS - 2, 62, "Esc", TextUi.PANEL);
        ui.text(TextUi.ROWS - 2, 66, "discard", TextUi.PANEL_TEXT);
        draw();
    }

    private void readClock() {
        int century = cmos.read(Cmos.CENTURY);
        // A program may have left anything in the clock.
        values[YEAR] = Math.clamp(((century >> 4) * 10 + (century & 0x0F)) * 100 + cmos.number(Cmos.YEAR), 1980, 2099);
        values[MONTH] = Math.clamp(cmos.number(Cmos.MONTH), 1, 12);
        values[DAY] = Math.clamp(cmos.number(Cmos.DAY), 1, 31);
        values[HOUR] = cmos.number(Cmos.HOURS);
        values[MINUTE] = cmos.number(Cmos.MINUTES);
        values[SECOND] = cmos.number(Cmos.SECONDS);
    }

    private void hardware() {
        int left = 43;
        int row = 2;
        ui.text(row++, left, "Machine", TextUi.PANEL);
        ui.field(row++, left, 35, config.machineName(), TextUi.PANEL_TEXT);
        ui.field(row++, left, 35, config.processor(), TextUi.PANEL_TEXT);
        ui.field(row++, left, 35, (config.lowRam() + config.highRam() >> 20) + " MiB memory", TextUi.PANEL_TEXT);
        row++;
        ui.text(row++, left, "Drives", TextUi.PANEL);
        List<BiosDrive> all = new ArrayList<>(disks.floppies());
        all.addAll(disks.disks());
        all.addAll(disks.cds());
        for (BiosDrive d : all) {
            ui.field(row++, left, 35, d.kind().name().charAt(0) + "  " + d.name(), TextUi.PANEL_TEXT);
        }
        row++;
        ui.text(row++, left, "PCI devices", TextUi.PANEL);
        for (int bdf : pci.functions()) {
            if (row >= TextUi.ROWS - 3) {
                break;
            }
            String line = "%02X.%X  %04X:%04X  class %04X"
                    .formatted(
                            bdf >> 3,
                            bdf & 7,
                            pci.vendor(bdf),
                            pci.read(bdf, PciConfig.DEVICE, 2),
                            pci.read(bdf, PciConfig.CLASS, 2));
            ui.field(row++, left, 35, line, TextUi.PANEL_TEXT);
        }
    }

    /** Keeps the shown clock going while it is not being changed. */
    void tick() {
        if (!timeTouched) {
            int second = values[SECOND];
            readClock();
            if (second != values[SECOND]) {
                draw();
            }
        }
    }

    private void draw() {
        for (int k = 0; k < FIELDS; k++) {
            int row = 2 + k + (k >= FIRST_BOOT ? 2 : k >= HOUR ? 1 : 0);
            ui.text(row, 3, NAMES[k], TextUi.PANEL_TEXT);
            String shown = k >= FIRST_BOOT
                    ? SOURCES[values[k]]
                    : k == YEAR ? Integer.toString(values[k]) : "%02d".formatted(values[k]);
            ui.field(row, VALUE_COLUMN, 12, " " + shown, k == field ? TextUi.SELECTED : TextUi.PANEL);
        }
    }

    /** Acts on a key; false when setup is left and the machine restarts. */
    boolean key(int code) {
        switch (code >> 8) {
            case KEY_UP -> field = Math.floorMod(field - 1, FIELDS);
            case KEY_DOWN, KEY_TAB, KEY_ENTER -> field = (field + 1) % FIELDS;
            case KEY_LEFT -> change(-1);
            case KEY_RIGHT -> change(1);
            case KEY_F10 -> {
                store();
                return false;
            }
            case KEY_ESC -> {
                return false;
            }
            default -> {
                char c = (char) (code & 0xFF);
                if (c == '+' || c == '-') {
                    change(c == '+' ? 1 : -1);
                }
            }
        }
        draw();
        return true;
    }

    private void change(int by) {
        if (field >= FIRST_BOOT) {
            values[field] = Math.floorMod(values[field] + by, SOURCES.length);
            return;
        }
        timeTouched = true;
        int low = field == YEAR ? 1980 : field == MONTH || field == DAY ? 1 : 0;
        int high = switch (field) {
            case YEAR -> 2099;
            case MONTH -> 12;
            case DAY -> java.time.YearMonth.of(values[YEAR], values[MONTH]).lengthOfMonth();
            case HOUR -> 23;
            default -> 59;
        };
        values[field] = low + Math.floorMod(values[field] + by - low, high - low + 1);
        int last = java.time.YearMonth.of(values[YEAR], values[MONTH]).lengthOfMonth();
        values[DAY] = Math.min(values[DAY], last);
    }

    private void store() {
        if (timeTouched) {
            cmos.change(Cmos.STATUS_B, 0, Cmos.SET);
            cmos.write(Cmos.CENTURY, Cmos.toBcd(values[YEAR] / 100));
            int[] registers = {Cmos.YEAR, Cmos.MONTH, Cmos.DAY, Cmos.HOURS, Cmos.MINUTES, Cmos.SECONDS};
            for (int k = 0; k < registers.length; k++) {
                cmos.setBcd(registers[k], Cmos.toBcd(values[k] % 100));
            }
            cmos.change(Cmos.STATUS_B, Cmos.SET, 0);
        }
        cmos.write(Cmos.BOOT_FIRST, values[FIRST_BOOT] | values[FIRST_BOOT + 1] << 4);
        cmos.change(Cmos.BOOT_THIRD, 0xF0, values[FIRST_BOOT + 2] << 4);
        cmos.write16(Cmos.BOOT_SETTINGS, encoded(config.bootOrder()));
        cmos.updateChecksum();
    }
}
