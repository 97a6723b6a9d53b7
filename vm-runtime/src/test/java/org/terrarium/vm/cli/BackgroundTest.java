package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.library.LockOwner;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;

/** Machines that run on in a process of their own and are reached from here. */
@Timeout(120)
class BackgroundTest {
    @TempDir
    Path folder;

    private Cli cli;
    private MachineFolder machine;

    @BeforeEach
    void makeMachine() throws Exception {
        cli = new Cli(folder.resolve("home"));
        String disk = EchoGuest.disk(folder).toString();
        cli.ok(
                "vm",
                "create",
                "bg",
                "--memory",
                "16",
                "--disk",
                disk,
                "--serial",
                "file:" + folder.resolve("serial.log"));
        machine = new MachineFolder(folder.resolve("home/bg.terrarium"));
    }

    @AfterEach
    void endWhatStillRuns() throws IOException {
        MachineLock.owner(machine)
                .flatMap(owner -> ProcessHandle.of(owner.pid()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    private String state() throws IOException {
        return new JsonMapper()
                .readTree(cli.ok("vm", "show", "bg", "--json"))
                .get("state")
                .asText();
    }

    private void awaitSerial(String text) throws Exception {
        Path log = folder.resolve("serial.log");
        for (int i = 0; i < 2400 && !(Files.exists(log) && Files.readString(log).contains(text)); i++) {
            Thread.sleep(50);
        }
        assertTrue(Files.readString(log).contains(text), Files.readString(log));
    }

    @Test
    void aBackgroundMachineTakesOrdersUntilItIsStopped() throws Exception {
        cli.ok("vm", "start", "bg", "--headless");
        LockOwner owner = MachineLock.owner(machine).orElseThrow();
        assertTrue(owner.pid() != ProcessHandle.current().pid());
        assertEquals("running", state());
        awaitSerial("READY");
        cli.ok("vm", "type", "bg", "k");
        awaitSerial("KEY=k");
        consoleOrders();
        cli.ok("vm", "pause", "bg");
        assertEquals("paused", state());
        assertTrue(cli.ok("vm", "list").contains("paused"));
        cli.ok("vm", "resume", "bg");
        assertEquals("running", state());
        Path picture = folder.resolve("screen.png");
        cli.ok("vm", "screenshot", "bg", picture.toString());
        assertEquals(720, ImageIO.read(picture.toFile()).getWidth());
        cli.refused(
                1,
                "cannot be written",
                "vm",
                "screenshot",
                "bg",
                folder.resolve("none/x.png").toString());

        String inUse = "in use by " + System.getProperty("user.name") + " (process " + owner.pid() + ")";
        cli.refused(1, inUse, "vm", "start", "bg", "--headless");
        cli.refused(1, inUse, "run", "bg", "--headless");
        cli.refused(1, inUse, "vm", "set", "bg", "--memory", "17");
        cli.refused(1, inUse, "vm", "delete", "bg");
        cli.refused(
                1,
                "echo.img: is " + inUse,
                "run",
                "--headless",
                "--disk",
                folder.resolve("echo.img").toString());

        // This guest does not know about power buttons.
        cli.refused(124, "stop it with --force", "vm", "stop", "bg", "--timeout", "1");
        cli.ok("vm", "stop", "bg", "--force");
        assertEquals("off", state());
        assertFalse(Files.exists(machine.lock()));
        assertFalse(Files.exists(Path.of(owner.control())));
        cli.refused(1, "is not running", "vm", "stop", "bg");
    }

    /** What the console's window does, by commands, while the guest waits for a key. */
    private void consoleOrders() throws Exception {
        Path film = folder.resolve("film.gif");
        cli.ok("vm", "record", "bg", film.toString());
        cli.refused(1, "is being recorded already", "vm", "record", "bg", film.toString());
        Cli.Result pasted = cli.run(
                new ByteArrayInputStream("z".getBytes(StandardCharsets.UTF_8)), "vm", "paste", "bg", "--layout", "de");
        assertEquals("", pasted.err());
        awaitSerial("KEY=y"); // where German keyboards have the z, the guest's US keyboard has the y
        assertTrue(cli.ok("vm", "serial", "bg").contains("KEY=y"));
        cli.refused(1, "serial ports 1 to 2", "vm", "serial", "bg", "--port", "3");
        cli.ok("vm", "record", "bg", "--off");
        assertEquals(720, ImageIO.read(film.toFile()).getWidth());
        cli.refused(1, "is not being recorded", "vm", "record", "bg", "--off");
        cli.refused(2, "either a file for the recording or --off", "vm", "record", "bg");
        assertFalse(cli.ok("vm", "text", "bg").isBlank(), "the firmware's words");
        Path floppy = Files.write(folder.resolve("b.img"), new byte[1_474_560]);
        cli.ok("vm", "floppy", "bg", floppy.toString(), "--drive", "B");
        cli.ok("vm", "floppy", "bg", "none", "--drive", "B");
        cli.refused(
                1, "none.img", "vm", "floppy", "bg", folder.resolve("none.img").toString());
        assertTrue(cli.ok("vm", "log", "bg").contains("running"));
        JsonNode speed = new JsonMapper().readTree(cli.ok("vm", "speed", "bg", "--json"));
        assertTrue(speed.get("clock").asDouble() > 0, speed::toString);
        assertEquals("running", speed.get("state").asText());
    }

    @Test
    void resetStartsTheGuestAnew() throws Exception {
        cli.ok("vm", "start", "bg", "--headless");
        awaitSerial("READY");
        cli.ok("vm", "reset", "bg");
        awaitSerial("READY\r\nREADY");
        cli.ok("vm", "type", "bg", "q");
        for (int i = 0; i < 2400 && !state().equals("off"); i++) {
            Thread.sleep(50);
        }
        assertEquals("off", state());
    }

    @Test
    void afterAKillTheMachineCanBeStartedAgain() throws Exception {
        cli.ok("vm", "start", "bg", "--headless");
        LockOwner owner = MachineLock.owner(machine).orElseThrow();
        ProcessHandle process = ProcessHandle.of(owner.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
        assertTrue(Files.exists(machine.lock()));
        assertEquals("off", state());
        cli.ok("vm", "start", "bg", "--headless");
        assertEquals("running", state());
        cli.ok("vm", "stop", "bg", "--force");
    }

    @Test
    void troubleAtTheStartIsReportedByTheCommand() throws IOException {
        Files.delete(folder.resolve("echo.img"));
        cli.refused(1, folder.resolve("echo.img") + ": cannot open it", "vm", "start", "bg", "--headless");
        assertFalse(Files.exists(machine.lock()));
        assertEquals("off", state());
    }
}
