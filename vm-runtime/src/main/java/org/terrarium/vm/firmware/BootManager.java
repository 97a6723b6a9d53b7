package org.terrarium.vm.firmware;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.firmware.BiosConfig.BootSource;

/**
 * From the end of POST to the first instruction of the system: greeting, boot menu, setup, and trying one boot device after
 * the other. It advances one step at a time, called by a ROM loop that sleeps in between.
 */
final class BootManager implements KernelImage.BootContext {
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

    /** A device that may hold a system. */
    private record Candidate(BiosDrive drive, String title) {}

    private static final int GREETING_TICKS = 27; // 1.5 seconds
    private static final int LOAD_ADDRESS = 0x7C00;
    private static final int KEY_ESC = 0x01;
    private static final int KEY_ENTER = 0x1C;
    private static final int KEY_F2 = 0x3C;
    private static final int KEY_DEL = 0x53;
    private static final int KEY_F12 = 0x86;
    private static final int KEY_UP = 0x48;
    private static final int KEY_DOWN = 0x50;

    private final BiosCall call;
    private final BiosMemory memory;
    private final BiosConfig config;
    private final MemoryLayout layout;
    private final DiskService disks;
    private final KeyboardService keyboard;
    private final Cmos cmos;
    private final VideoService video;
    private final TextUi ui;
    private final SetupScreen setup;
    private Screen screen = Screen.GREETING;
    private int candidate = -1;
    private int deadline;
    private int selection;
    private KernelImage.Start kernelStart;

    BootManager(
            BiosCall call,
            BiosConfig config,
            MemoryLayout layout,
            DiskService disks,
            KeyboardService keyboard,
            VideoService video,
            Cmos cmos,
            PciConfig pci) {
        this.call = call;
        this.memory = call.memory;
        this.config = config;
        this.layout = layout;
        this.disks = disks;
        this.keyboard = keyboard;
        this.cmos = cmos;
        this.video = video;
        ui = new TextUi(video.text(), video.cursor());
        setup = new SetupScreen(ui, cmos, config, disks, pci);
    }

    void reset() {
        screen = Screen.GREETING;
        candidate = -1;
        deadline = 0;
        selection = 0;
        kernelStart = null;
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
            ui.text(row, 1, "%-9s %s, %s".formatted(kindName(d), d.name(), size), TextUi.NORMAL);
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

    private static String kindName(BiosDrive d) {
        return switch (d.kind()) {
            case FLOPPY -> "Floppy";
            case DISK -> "Disk";
            case CDROM -> "CD/DVD";
        };
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

    private List<Candidate> candidates() {
        List<Candidate> found = new ArrayList<>();
        for (BootSource s : SetupScreen.order(cmos, config)) {
            List<BiosDrive> of = switch (s) {
                case FLOPPY -> disks.floppies();
                case DISK -> disks.disks();
                case CDROM -> disks.cds();
                case NETWORK -> List.of();
            };
            for (BiosDrive d : of) {
                found.add(new Candidate(d, kindName(d) + ": " + d.name()));
            }
        }
        return found;
    }

    private void openMenu() {
        screen = Screen.MENU;
        selection = 0;
        drawMenu();
    }

    private List<Candidate> menu() {
        List<Candidate> all = candidates();
        for (BiosDrive d : allDrives()) {
            if (all.stream().noneMatch(c -> c.drive == d)) {
                all.add(new Candidate(d, kindName(d) + ": " + d.name()));
            }
        }
        return all;
    }

    private void drawMenu() {
        List<Candidate> all = menu();
        int height = all.size() + 6;
        int top = (TextUi.ROWS - height) / 2;
        ui.showCursor(false);
        ui.box(top, 13, height, 54, "Boot menu", TextUi.PANEL);
        for (int k = 0; k < all.size(); k++) {
            String line = " " + (k + 1) + "  " + all.get(k).title;
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
        List<Candidate> all = menu();
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

    private Next chosen(Candidate c) {
        clearScreen();
        String trouble = attempt(c);
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
        List<Candidate> all = candidates();
        while (++candidate < all.size()) {
            Candidate c = all.get(candidate);
            String trouble = attempt(c);
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

    /** Loads the device's boot sector and points the processor at it; otherwise says in a sentence why not. */
    private String attempt(Candidate c) {
        BiosDrive d = c.drive;
        if (!d.present()) {
            return c.title + ": no medium.";
        }
        try {
            if (d.kind() == BiosDrive.Kind.CDROM) {
                ElTorito.Entry e = ElTorito.read(d);
                if (e == null) {
                    return c.title + ": the disc is not bootable.";
                }
                ui.print("Booting from " + c.title + "\r\n");
                int number = disks.elTorito().start(d, disks.number(d), e);
                launch(e.segment(), 0, number);
                return null;
            }
            byte[] sector = new byte[512];
            if (d.sectors() == 0) {
                return c.title + ": the medium is empty.";
            }
            d.read(0, 1, sector, 0);
            if ((sector[510] & 0xFF) != 0x55 || (sector[511] & 0xFF) != 0xAA) {
                return c.title + ": no boot sector (signature 55AA missing).";
            }
            memory.write(LOAD_ADDRESS, sector);
            ui.print("Booting from " + c.title + "\r\n");
            launch(0, LOAD_ADDRESS, disks.number(d));
            return null;
        } catch (IOException e) {
            return c.title + ": read error.";
        }
    }

    private void launch(int segment, int offset, int drive) {
        GuestRegisters cpu = call.cpu;
        int[] general = new int[8];
        general[GuestRegisters.EAX] = 0xAA55;
        general[GuestRegisters.EDX] = drive;
        general[GuestRegisters.ESP] = LOAD_ADDRESS;
        for (int r = 0; r < 8; r++) {
            cpu.set(r, general[r]);
        }
        for (int s :
                new int[] {GuestRegisters.DS, GuestRegisters.ES, GuestRegisters.SS, GuestRegisters.FS, GuestRegisters.GS
                }) {
            cpu.loadRealSegment(s, 0);
        }
        cpu.loadRealSegment(GuestRegisters.CS, segment);
        cpu.setIp(offset);
        cpu.setFlags(0x0202);
    }

    private Next startKernel() {
        try {
            kernelStart = config.kernel().orElseThrow().load(this);
            return Next.KERNEL;
        } catch (BootException e) {
            ui.print(e.getMessage() + "\r\n");
            screen = Screen.HALTED;
            return Next.WAIT;
        }
    }

    /** The ROM has switched to flat 32-bit mode: loads the kernel's registers. */
    void enterKernel(GuestRegisters cpu) {
        KernelImage.Start s = kernelStart;
        if (s == null) {
            return;
        }
        cpu.set(GuestRegisters.EAX, s.eax());
        cpu.set(GuestRegisters.EBX, s.ebx());
        cpu.set(GuestRegisters.ECX, 0);
        cpu.set(GuestRegisters.EDX, 0);
        cpu.set(GuestRegisters.ESI, s.esi());
        cpu.set(GuestRegisters.EDI, 0);
        cpu.set(GuestRegisters.EBP, 0);
        cpu.set(GuestRegisters.ESP, s.esp());
        cpu.setIp(s.eip());
        kernelStart = null;
    }

    @Override
    public DmaMemory memory() {
        return memory.physical();
    }

    @Override
    public List<KernelImage.Range> ranges() {
        return layout.ranges().stream()
                .map(r -> new KernelImage.Range(r.start(), r.length(), r.type()))
                .toList();
    }

    @Override
    public long usableEnd() {
        return layout.facs();
    }

    @Override
    public int cursorRow() {
        return memory.u8(Bda.CURSOR_POSITION + 1);
    }

    @Override
    public int cursorColumn() {
        return memory.u8(Bda.CURSOR_POSITION);
    }

    @Override
    public KernelImage.Framebuffer graphics(int width, int height, int depth) {
        VbeService vbe = video.vbe();
        for (VbeMode m : VbeMode.ALL) {
            boolean fits = m.width() == width && m.height() == height && m.bpp() == depth;
            if (fits && vbe.framebuffer() != 0 && vbe.setMode(m.number() | VbeService.MODE_LINEAR)) {
                long address = vbe.framebuffer() & 0xFFFF_FFFFL;
                return new KernelImage.Framebuffer(address, vbe.stride(), width, height, depth);
            }
        }
        return null;
    }

    @Override
    public long rootPointer() {
        return ((long) BiosRom.SEGMENT << 4) + BiosRom.TABLES;
    }

    @Override
    public int diskCount() {
        return disks.count(true);
    }
}
