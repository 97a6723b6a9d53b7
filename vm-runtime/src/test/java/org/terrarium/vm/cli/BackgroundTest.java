package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
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
        ok("vm", "create", "bg", "--memory", "16", "--disk", disk, "--serial", "file:" + folder.resolve("serial.log"));
        machine = new MachineFolder(folder.resolve("home/bg.terrarium"));
    }

    @AfterEach
    void endWhatStillRuns() throws IOException {
        MachineLock.owner(machine)
                .flatMap(owner -> ProcessHandle.of(owner.pid()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    private String ok(String... args) {
        Cli.Result result = cli.run(args);
        assertEquals(0, result.status(), String.join(" ", args) + ": " + result.err());
        return result.out();
    }

    private void refused(int status, String words, String... args) {
        Cli.Result result = cli.run(args);
        assertEquals(status, result.status(), result.err());
        assertTrue(result.err().contains(words), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    private String state() throws IOException {
        return new JsonMapper()
                .readTree(ok("vm", "show", "bg", "--json"))
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
        ok("vm", "start", "bg", "--headless");
        LockOwner owner = MachineLock.owner(machine).orElseThrow();
        assertTrue(owner.pid() != ProcessHandle.current().pid());
        assertEquals("running", state());
        awaitSerial("READY");
        ok("vm", "type", "bg", "k");
        awaitSerial("KEY=k");
        ok("vm", "pause", "bg");
        assertEquals("paused", state());
        assertTrue(ok("vm", "list").contains("paused"));
        ok("vm", "resume", "bg");
        assertEquals("running", state());
        Path picture = folder.resolve("screen.png");
        ok("vm", "screenshot", "bg", picture.toString());
        assertEquals(720, ImageIO.read(picture.toFile()).getWidth());
        refused(
                1,
                "cannot be written",
                "vm",
                "screenshot",
                "bg",
                folder.resolve("none/x.png").toString());

        String inUse = "in use by " + System.getProperty("user.name") + " (process " + owner.pid() + ")";
        refused(1, inUse, "vm", "start", "bg", "--headless");
        refused(1, inUse, "run", "bg", "--headless");
        refused(1, inUse, "vm", "set", "bg", "--memory", "17");
        refused(1, inUse, "vm", "delete", "bg");
        refused(
                1,
                "echo.img: is " + inUse,
                "run",
                "--headless",
                "--disk",
                folder.resolve("echo.img").toString());

        // This guest does not know about power buttons.
        refused(124, "stop it with --force", "vm", "stop", "bg", "--timeout", "1");
        ok("vm", "stop", "bg", "--force");
        assertEquals("off", state());
        assertFalse(Files.exists(machine.lock()));
        assertFalse(Files.exists(Path.of(owner.control())));
        refused(1, "is not running", "vm", "stop", "bg");
    }

    @Test
    void resetStartsTheGuestAnew() throws Exception {
        ok("vm", "start", "bg", "--headless");
        awaitSerial("READY");
        ok("vm", "reset", "bg");
        awaitSerial("READY\r\nREADY");
        ok("vm", "type", "bg", "q");
        for (int i = 0; i < 2400 && !state().equals("off"); i++) {
            Thread.sleep(50);
        }
        assertEquals("off", state());
    }

    @Test
    void afterAKillTheMachineCanBeStartedAgain() throws Exception {
        ok("vm", "start", "bg", "--headless");
        LockOwner owner = MachineLock.owner(machine).orElseThrow();
        ProcessHandle process = ProcessHandle.of(owner.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
        assertTrue(Files.exists(machine.lock()));
        assertEquals("off", state());
        ok("vm", "start", "bg", "--headless");
        assertEquals("running", state());
        ok("vm", "stop", "bg", "--force");
    }

    @Test
    void troubleAtTheStartIsReportedByTheCommand() throws IOException {
        Files.delete(folder.resolve("echo.img"));
        refused(1, folder.resolve("echo.img") + ": cannot open it", "vm", "start", "bg", "--headless");
        assertFalse(Files.exists(machine.lock()));
        assertEquals("off", state());
    }
}
