package org.terrarium.vm.firmware;

import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.firmware.BiosConfig.BootSource;

/**
 * From the end of POST to the start of a system: greeting, boot menu, setup, and trying one boot device after the other. It advances one step at a time, called by a ROM loop that sleeps in between.
 */
final class BootManager {
    /** What the ROM does next. */
    enum Next {
        WAIT,
        RESTART,
        KERNEL,
        STARTED
    }

    private enum Screen {
        GREETING,
        MENU,
        SETUP,
        RETRY,
        HALTED
    }

    private static final int GREETING_TICKS = 27; // 1.5 seconds
    private static final int KEY_ESC = 0x01;
    private static final int KEY_ENTER = 0x1C;
    private static final int KEY_F2 = 0x3C;
    private static final int KEY_DEL = 0x53;
    private static final int KEY_F12 = 0x86;
    private static final int KEY_UP = 0x48;
    private static final int KEY_DOWN = 0x50;

    private final BiosMemory memory;
    private final BiosConfig config;
    private final MemoryLayout layout;
    private final DiskService disks;
    private final KeyboardService keyboard;
    private final Cmos cmos;
    private final TextUi ui;
    private final OptionRoms roms;
    private final DriveStarter starter;
    private final KernelStarter kernel;
    private final SetupScreen setup;
    private Screen screen = Screen.GREETING;
    private int candidate = -1;
    private int deadline;
    private int selection;

    BootManager(
            BiosCall call,
            BiosConfig config,
            MemoryLayout layout,
            DiskService disks,
            KeyboardService keyboard,
            VideoService video,
            Cmos cmos,
            PciConfig pci,
            OptionRoms roms) {
        this.memory = call.memory;
        this.config = config;
        this.layout = layout;
        this.disks = disks;
        this.keyboard = keyboard;
        this.cmos = cmos;
        ui = new TextUi(video.text(), video.cursor());
        this.roms = roms;
        starter = new DriveStarter(call, disks, roms, ui);
        kernel = new KernelStarter(memory, layout, disks, video);
        setup = new SetupScreen(ui, cmos, config, disks, pci);
    }

    void reset() {
        screen = Screen.GREETING;
        candidate = -1;
        deadline = 0;
        selection = 0;
        kernel.forget();
        setup.reset();
    }

    BiosState.BootState save() {
        return new BiosState.BootState(screen.ordinal(), candidate, deadline, selection, setup.draft());
    }

    void restore(BiosState.BootState s) {
        screen = Screen.values()[Math.floorMod(s.screen(), Screen.values().length)];
        candidate = s.candidate();
        deadline = s.deadlineTicks();
        selection = s.selection();
        setup.draft(s.draft());
    }

    /** After POST. */
    Next start() {
        reset();
        clearScreen(); // of what the cards' programs have written
        greeting();
        if (config.kernel().isPresent()) {
            return startKernel();
        }
        if (!config.bootMenu()) {
            return next();
        }
        screen = Screen.GREETING;
        deadline = memory.u32(Bda.TICKS) + GREETING_TICKS;
        return Next.WAIT;
    }

    private void greeting() {
        long mib = layout.lowRam() + layout.highRam() >> 20;
        ui.text(0, 1, "\u00FE", TextUi.ACCENT);
        ui.text(0, 3, "Terrarium", TextUi.BRIGHT);
        ui.text(0, 13, "BIOS 1.0", TextUi.NORMAL);
        String facts = mib + " MiB   " + config.processor();
        ui.field(0, 79 - Math.min(56, facts.length()), Math.min(56, facts.length()), facts, TextUi.NORMAL);
        ui.text(1, 0, "\u00C4".repeat(TextUi.COLUMNS), TextUi.DIM);
        int row = 2;
        for (BiosDrive d : allDrives()) {
            String size = d.present() ? size(d) : "empty";
            ui.text(row, 1, "%-9s %s, %s".formatted(BootDrive.kind(d), d.name(), size), TextUi.NORMAL);
            row++;
        }
        if (config.bootMenu() && config.kernel().isEmpty()) {
            ui.text(TextUi.ROWS - 1, 1, "F2", TextUi.ACCENT);
            ui.text(TextUi.ROWS - 1, 4, "Setup", TextUi.NORMAL);
            ui.text(TextUi.ROWS - 1, 12, "F12 Esc", TextUi.ACCENT);
            ui.text(TextUi.ROWS - 1, 20, "Boot menu", TextUi.NORMAL);
        }
        ui.cursor(row + 1, 0);
    }

    private List<BiosDrive> allDrives() {
        List<BiosDrive> all = new ArrayList<>(disks.floppies());
        all.addAll(disks.disks());
        all.addAll(disks.cds());
        return all;
    }

    private static String size(BiosDrive d) {
        long kib = d.sectors() * d.sectorBytes() >> 10;
        return kib < 10_240 ? kib + " KiB" : kib >> 10 < 10_240 ? (kib >> 10) + " MiB" : (kib >> 20) + " GiB";
    }

    /** The processor woke up: looks at keys and the time. */
    Next step() {
        return switch (screen) {
            case GREETING -> greetingStep();
            case MENU -> menuStep();
            case SETUP -> {
                int key = keyboard.key(true);
                if (key < 0) {
                    setup.tick();
                    yield Next.WAIT;
                }
                yield setup.key(key) ? Next.WAIT : Next.RESTART;
            }
            case RETRY -> keyboard.key(true) < 0 ? Next.WAIT : Next.RESTART;
            case HALTED -> Next.WAIT;
        };
    }

    private Next greetingStep() {
        int key = keyboard.key(true);
        int scan = key < 0 ? 0 : key >> 8;
        switch (scan) {
            case KEY_F12, KEY_ESC -> {
                openMenu();
                return Next.WAIT;
            }
            case KEY_F2, KEY_DEL -> {
                screen = Screen.SETUP;
                setup.open();
                return Next.WAIT;
            }
            case KEY_ENTER -> deadline = memory.u32(Bda.TICKS);
            default -> {
                // other keys stay for nobody
            }
        }
        return memory.u32(Bda.TICKS) - deadline >= 0 ? next() : Next.WAIT;
    }

    private List<BootEntry> candidates() {
        List<BootEntry> found = new ArrayList<>();
        for (BootSource s : SetupScreen.order(cmos, config)) {
            switch (s) {
                case FLOPPY -> disks.floppies().forEach(d -> found.add(new BootDrive(d)));
                case DISK -> disks.disks().forEach(d -> found.add(new BootDrive(d)));
                case CDROM -> disks.cds().forEach(d -> found.add(new BootDrive(d)));
                case NETWORK -> found.addAll(roms.bootable());
            }
        }
        return found;
    }

    private void openMenu() {
        screen = Screen.MENU;
        selection = 0;
        drawMenu();
    }

    private List<BootEntry> menu() {
        List<BootEntry> all = candidates();
        List<BootEntry> others = new ArrayList<>();
        allDrives().forEach(d -> others.add(new BootDrive(d)));
        others.addAll(roms.bootable());
        others.stream().filter(e -> !all.contains(e)).forEach(all::add);
        return all;
    }

    private void drawMenu() {
        List<BootEntry> all = menu();
        int height = all.size() + 6;
        int top = (TextUi.ROWS - height) / 2;
        ui.showCursor(false);
        ui.box(top, 13, height, 54, "Boot menu", TextUi.PANEL);
        for (int k = 0; k < all.size(); k++) {
            String line = " " + (k + 1) + "  " + all.get(k).title();
            ui.field(top + 2 + k, 15, 50, line, k == selection ? TextUi.SELECTED : TextUi.PANEL_TEXT);
        }
        if (all.isEmpty()) {
            ui.text(top + 2, 17, "This machine has no drives.", TextUi.PANEL_TEXT);
        }
        ui.text(top + height - 2, 15, "Up, Down, Enter or a digit; Esc goes on; F2 Setup", TextUi.PANEL);
    }

    private Next menuStep() {
        int key = keyboard.key(true);
        if (key < 0) {
            return Next.WAIT;
        }
        List<BootEntry> all = menu();
        int digit = (key & 0xFF) - '1';
        switch (key >> 8) {
            case KEY_UP -> selection = Math.max(0, selection - 1);
            case KEY_DOWN -> selection = Math.max(0, Math.min(all.size() - 1, selection + 1));
            case KEY_ESC -> {
                return next();
            }
            case KEY_F2 -> {
                screen = Screen.SETUP;
                setup.open();
                return Next.WAIT;
            }
            case KEY_ENTER -> {
                return all.isEmpty() ? Next.WAIT : chosen(all.get(selection));
            }
            default -> {
                if (digit >= 0 && digit < all.size()) {
                    return chosen(all.get(digit));
                }
            }
        }
        drawMenu();
        return Next.WAIT;
    }

    private Next chosen(BootEntry c) {
        clearScreen();
        String trouble = starter.attempt(c);
        if (trouble == null) {
            return Next.STARTED;
        }
        ui.print(trouble + "\r\n");
        return noDevice();
    }

    private void clearScreen() {
        ui.clear(TextUi.NORMAL);
        ui.showCursor(true);
    }

    /** INT 19h: starts over with the first device. */
    Next again() {
        candidate = -1;
        if (config.kernel().isPresent()) {
            return startKernel();
        }
        return next();
    }

    /** Tries the devices behind the last one tried. */
    Next next() {
        if (screen == Screen.GREETING) {
            ui.field(TextUi.ROWS - 1, 0, TextUi.COLUMNS, "", TextUi.NORMAL);
        } else if (screen == Screen.MENU) {
            clearScreen();
        }
        List<BootEntry> all = candidates();
        boolean net = SetupScreen.order(cmos, config).contains(BootSource.NETWORK);
        if (candidate < 0 && net && roms.bootable().isEmpty()) {
            ui.print("Network: no card has a boot ROM.\r\n");
        }
        while (++candidate < all.size()) {
            BootEntry c = all.get(candidate);
            String trouble = starter.attempt(c);
            if (trouble == null) {
                return Next.STARTED;
            }
            ui.print(trouble + "\r\n");
        }
        return noDevice();
    }

    private Next noDevice() {
        ui.print("\r\nNo bootable device. Insert a boot medium and press a key to restart.\r\n");
        screen = Screen.RETRY;
        return Next.WAIT;
    }

    private Next startKernel() {
        try {
            kernel.load(config.kernel().orElseThrow());
            return Next.KERNEL;
        } catch (BootException e) {
            ui.print(e.getMessage() + "\r\n");
            screen = Screen.HALTED;
            return Next.WAIT;
        }
    }

    /** The ROM has switched to flat 32-bit mode: loads the kernel's registers. */
    void enterKernel(GuestRegisters cpu) {
        kernel.enter(cpu);
    }
}
