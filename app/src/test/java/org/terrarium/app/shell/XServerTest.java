package org.terrarium.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.Main;
import org.terrarium.vm.library.ControlClient;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.MachineSpec;

/**
 * The program under a real X server (Xvfb), in a process of its own. A console: keys by their place on the keyboard, the captured mouse, and
 * the host key, as the demo guest sees them. The library: files that are dragged onto it from another program. Keys are named by X keycodes
 * (evdev codes + 8).
 */
class XServerTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final String KEY_RIGHT_OF_TAB = "24";
    private static final String KEY_K = "45";
    private static final String RIGHT_CTRL = "105";
    private static final String ESCAPE = "Escape";
    private static final Pattern POINTER = Pattern.compile("x (\\d+)\\s+y (\\d+)");

    /** Of the console's first button, which pauses the machine, from the window's corner. */
    private static final int BUTTON_X = 26;

    private static final int BUTTON_Y = 20;

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 1024;

    /** Of the first machine's row and of the page beside the list, from the window's corner. */
    private static final int ROW_X = 150;

    private static final int ROW_Y = 166;
    private static final int PAGE_X = 700;
    private static final int PAGE_Y = 300;

    @TempDir
    Path folder;

    private Process server;
    private Process program;
    private Process source;
    private String display;

    @BeforeEach
    void startX() throws Exception {
        for (String tool : List.of("Xvfb", "xdotool", "setxkbmap")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
        }
        List<String> xvfb =
                List.of("Xvfb", "-displayfd", "1", "-screen", "0", WIDTH + "x" + HEIGHT + "x24", "-noreset");
        server = new ProcessBuilder(xvfb)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String number = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        assertNotNull(number, "Xvfb does not start");
        display = ":" + number;
    }

    private Process java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dprism.order=sw",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return underX(command);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process p : new Process[] {source, program, server}) {
            if (p != null) {
                p.destroy();
                if (!p.waitFor(30, TimeUnit.SECONDS)) {
                    p.destroyForcibly();
                }
            }
        }
    }

    private Process underX(List<String> command) throws IOException {
        ProcessBuilder b = new ProcessBuilder(command);
        b.environment().put("DISPLAY", display);
        b.environment().put("TERRARIUM_HOME", folder.toString());
        b.environment().put("TERRARIUM_CONFIG", folder.resolve(".config").toString());
        b.environment().remove("WAYLAND_DISPLAY");
        b.redirectErrorStream(true);
        Path log = folder.resolve("log");
        return b.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    private void x(String... command) throws Exception {
        Process p = underX(List.of(command));
        assertEquals(true, p.waitFor(60, TimeUnit.SECONDS) && p.exitValue() == 0, () -> String.join(" ", command));
    }

    private String answer(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        ProcessBuilder b = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.DISCARD);
        b.environment().put("DISPLAY", display);
        Process p = b.start();
        return new String(p.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    private String guest(String order, String field) {
        try {
            return ControlClient.of(new MachineLibrary(folder).find("Demo"))
                    .order(order)
                    .path(field)
                    .asText();
        } catch (IOException e) {
            return ""; // not there yet
        }
    }

    private String screen() {
        return guest("screenText", "text");
    }

    /** Waits for a condition; {@code action}, which may be carried out several times, is what should bring it about. */
    private void await(String what, Callable<Boolean> condition, Callable<?> action) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline && program.isAlive()) {
            action.call();
            for (int n = 0; n < 30; n++) {
                if (condition.call()) {
                    return;
                }
                Thread.sleep(50);
            }
        }
        fail("no " + what + "; the guest's screen:\n" + screen() + "\nthe program's output:\n"
                + Files.readString(folder.resolve("log")));
    }

    private int[] pointer() {
        Matcher m = POINTER.matcher(screen());
        return m.find() ? new int[] {Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))} : new int[2];
    }

    /** Waits for a window of that title: its place on the screen and its size, by the names X, Y, WIDTH and HEIGHT. */
    private Map<String, Integer> window(String title) throws Exception {
        String[] window = new String[1];
        await(
                "window " + title,
                () -> !window[0].isEmpty(),
                () -> window[0] = answer("xdotool", "search", "--onlyvisible", "--name", title));
        Map<String, Integer> at = new HashMap<>();
        answer("xdotool", "getwindowgeometry", "--shell", window[0])
                .lines()
                .map(l -> l.split("="))
                .forEach(l -> at.put(l[0], Integer.parseInt(l[1])));
        return at;
    }

    private void drag(int toX, int toY) throws Exception {
        int from = FileDragSource.SIZE / 2;
        move(WIDTH - from, HEIGHT - from);
        x("xdotool", "mousedown", "1");
        // A movement to begin with, some on the way, and one after the program has said that it takes files.
        for (int step = 1; step <= 5; step++) {
            move(WIDTH - from + (toX - WIDTH + from) * step / 5, HEIGHT - from + (toY - HEIGHT + from) * step / 5);
        }
        move(toX + 1, toY);
        x("xdotool", "mouseup", "1");
    }

    private void move(int atX, int atY) throws Exception {
        x("xdotool", "mousemove", String.valueOf(atX), String.valueOf(atY));
        Thread.sleep(100); // people's hands are slow, too; when that is not slow enough, the file is dragged again
    }

    @Test
    void filesAreDraggedOntoAMachineAndOntoTheWindow() throws Exception {
        MachineFolder machine =
                new MachineLibrary(folder).create(MachineSpec.of("m").withMemory(16), 0);
        Path cd = DemoCd.make(folder.resolve("tools.iso"), "TOOLS");
        program = java(Main.class);
        source = java(FileDragSource.class, cd.toString());
        Map<String, Integer> at = window("^Terrarium$");
        window(FileDragSource.TITLE);
        await(
                "CD in the drive of the machine that it was dragged onto",
                () -> cd.equals(machine.load().cdrom()),
                () -> {
                    if (wizard()) { // the machine was not in the list yet
                        x("xdotool", "key", ESCAPE);
                    } else {
                        drag(at.get("X") + ROW_X, at.get("Y") + ROW_Y);
                    }
                    return null;
                });
        await("wizard for a CD dragged onto the window", this::wizard, () -> {
            drag(at.get("X") + PAGE_X, at.get("Y") + PAGE_Y);
            return null;
        });
        await("end of the wizard", () -> !wizard(), () -> {
            x("xdotool", "key", ESCAPE);
            return null;
        });
    }

    private boolean wizard() throws Exception {
        return !answer("xdotool", "search", "--onlyvisible", "--name", "New machine")
                .isEmpty();
    }

    @Test
    void keysMouseAndHostKeyUnderX() throws Exception {
        new Demo(new MachineLibrary(folder)).create();
        program = java(Main.class, "vm", "start", "Demo");
        await("demo guest", () -> screen().contains("press any key"), () -> null);
        Map<String, Integer> at = window("Demo");

        // The console takes keys while it has the focus, captured or not.
        String middleX = String.valueOf(at.get("X") + at.get("WIDTH") / 2);
        String middleY = String.valueOf(at.get("Y") + at.get("HEIGHT") / 2);
        x("xdotool", "mousemove", middleX, middleY, "click", "1");
        await("key k", () -> screen().contains("25 k"), () -> {
            x("xdotool", "key", KEY_K);
            return null;
        });

        // On a French keyboard the key right of Tab says A; the guest has a US keyboard and gets that place's Q.
        x("setxkbmap", "-display", display, "fr");
        await("key q by its place", () -> screen().contains("10 q"), () -> {
            x("xdotool", "key", KEY_RIGHT_OF_TAB);
            return null;
        });

        // The click has captured the mouse: its movements are the guest's, dot for dot.
        int[] first = pointer();
        await("mouse movement", () -> pointer()[0] != first[0], () -> {
            x("xdotool", "mousemove_relative", "--", "-10", "-5");
            return null;
        });
        int[] before = pointer();
        x("xdotool", "mousemove_relative", "40", "30");
        await("movement by 40, 30", () -> pointer()[0] == before[0] + 40 && pointer()[1] == before[1] + 30, () -> null);

        // Given back, the pointer reaches the window's own buttons again.
        assertEquals("running", guest("status", "state"));
        x("xdotool", "key", RIGHT_CTRL);
        String buttonX = String.valueOf(at.get("X") + BUTTON_X);
        String buttonY = String.valueOf(at.get("Y") + BUTTON_Y);
        await("pause by the window's button", () -> guest("status", "state").equals("paused"), () -> {
            x("xdotool", "mousemove", buttonX, buttonY, "click", "1");
            return null;
        });
    }
}
