package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.FailingDisk;

/** {@code terrarium run} with a guest of our own. */
@Timeout(120)
class RunCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path disk;

    @BeforeEach
    void makeGuest() throws Exception {
        cli = new Cli(folder.resolve("home"));
        disk = EchoGuest.disk(folder);
    }

    private String[] line(String... more) {
        List<String> args = new ArrayList<>(
                List.of("run", "--headless", "--memory", "16", "--disk", disk.toString(), "--timeout", "60"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    private Cli.Result ends(int status, String... more) {
        Cli.Result result = cli.run(line(more));
        assertEquals(status, result.status(), result.err());
        return result;
    }

    @Test
    void aForwardedPortThatIsTakenIsToldAndTheMachineRunsAllTheSame() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String forward = "tcp:127.0.0.1:" + taken.getLocalPort() + "-:22";
            Cli.Result result = ends(0, "--forward", forward, "--until-serial", "READY");
            assertTrue(result.err().contains("the port forward " + forward + " cannot be opened"), result.err());
            assertEquals(1, result.err().lines().count(), result.err());
        }
    }

    @Test
    void aScriptIsPlayedInItsOrder() throws IOException {
        Path first = folder.resolve("first.png");
        Path second = folder.resolve("second.png");
        Path printed = Files.writeString(folder.resolve("printed.txt"), "before\n");
        ends(
                0,
                "--printer",
                printed.toString(),
                "--until-serial",
                "READY",
                "--screenshot",
                first.toString(),
                "--type",
                "x",
                "--until-screen",
                "KEY=x",
                "--type",
                "y<enter>",
                "--until-serial",
                "KEY=y",
                "--until-serial",
                "KEY=\r",
                "--screenshot",
                second.toString());
        assertEquals("before\nREADY\r\nKEY=x\r\nKEY=y\r\nKEY=\r\r\n", Files.readString(printed));
        BufferedImage before = ImageIO.read(first.toFile());
        BufferedImage after = ImageIO.read(second.toFile());
        assertEquals(720, before.getWidth());
        assertEquals(400, before.getHeight());
        assertTrue(litPixels(before) > 100, "lit pixels: " + litPixels(before));
        assertTrue(litPixels(after) > litPixels(before) + 100, "lit pixels: " + litPixels(after));
    }

    private static long litPixels(BufferedImage image) {
        long lit = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                lit += (image.getRGB(x, y) & 0xffffff) != 0 ? 1 : 0;
            }
        }
        return lit;
    }

    @Test
    void aMachineThatPowersItselfOffIsDone() {
        Cli.Result result = ends(0, "--until-serial", "READY", "--type", "q", "--stats");
        assertTrue(
                result.out()
                        .matches("(?s)\\d+ instructions, [\\d.]+ MIPS, tier jit, [\\d.]+ seconds.*translated, \\d+"
                                + " regions.*"),
                result.out());
    }

    @Test
    void theTranslatorsListingIsBegunAnew() throws IOException {
        Path listing = folder.resolve("regions.txt");
        Files.writeString(listing, "old");
        String[] how = {"--jit-listing", listing.toString(), "--jit-listing-at", "0x7c00", "--jit-off", "calls,xmm"};
        ends(0, concat(how, "--jit-regions", "100", "--until-serial", "READY", "--type", "q"));
        assertTrue(!Files.readString(listing).startsWith("old"), "the listing is a new one");
    }

    @Test
    void wrongTranslatorOptionsAreToldInOneSentence() {
        usage("--jit-off: 'cals' is none of calls, loops", "--jit-off", "calls,cals");
        usage("--jit-listing-at needs --jit-listing", "--jit-listing-at", "7c00");
        usage("--jit-listing-at: '7c0g' is no hexadecimal address", "--jit-listing", "-", "--jit-listing-at", "7c0g");
        usage("--jit-regions must be from 1 to 1000000", "--jit-regions", "0");
        Cli.Result result =
                ends(1, "--jit-listing", folder.resolve("none/x.txt").toString());
        assertTrue(
                result.err().startsWith("terrarium: --jit-listing cannot be written. There is no folder"),
                result.err());
    }

    private void usage(String sentence, String... options) {
        Cli.Result result = ends(2, options);
        assertTrue(result.err().contains(sentence), "'" + sentence + "' in: " + result.err());
    }

    @Test
    void anEndBeforeTheAwaitedTextIsAFailure() {
        Cli.Result result = ends(1, "--until-serial", "READY", "--type", "q", "--until-screen", "NEVER");
        assertEquals(
                "terrarium: the machine powered off before 'NEVER' appeared on the screen",
                result.err().strip());
    }

    @Test
    void timeRunsOut() throws IOException {
        Path picture = folder.resolve("late.png");
        Cli.Result result =
                ends(124, "--timeout", "2.5", "--until-serial", "NEVER", "--screenshot", picture.toString());
        assertEquals(
                "terrarium: 'NEVER' did not appear on the serial port within 2.5 seconds",
                result.err().strip());
        assertTrue(litPixels(ImageIO.read(picture.toFile())) > 100);
        result = ends(124, "--timeout", "1", "--stats", "--json");
        assertEquals(
                "terrarium: the machine still runs after 1 second", result.err().strip());
        JsonNode stats = new JsonMapper().readTree(result.out());
        assertTrue(stats.get("instructions").asLong() > 100, result.out());
        assertEquals("jit", stats.get("tier").asText());
        assertEquals(0, stats.get("translationFailures").asLong(), result.out());
        assertTrue(stats.get("seconds").asDouble() >= 1, result.out());
    }

    @Test
    void disksAreWrittenOrTheChangesThrownAway() throws IOException {
        String[] script = {"--until-serial", "READY", "--type", "wr", "--until-serial", "DISK=W"};
        ends(0, concat(script, "--snapshot"));
        assertEquals(0, Files.readAllBytes(disk)[512]);
        ends(0, script);
        assertEquals('W', Files.readAllBytes(disk)[512]);
    }

    private static String[] concat(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void serialPortOnStandardInputAndOutput() throws Exception {
        PipedOutputStream typed = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(typed);
        CompletableFuture<Cli.Result> running = CompletableFuture.supplyAsync(() -> cli.run(
                in, line("--serial", "stdio", "--until-serial", "READY", "--until-screen", "COM=z", "--type", "q")));
        // The guest takes the byte whenever it comes; repeated, in case it comes before the guest listens.
        while (!running.isDone()) {
            typed.write('z');
            typed.flush();
            Thread.sleep(200);
        }
        assertEquals(0, running.get().status(), running.get().err());
        assertTrue(running.get().out().contains("READY\r\n"), running.get().out());
        assertTrue(running.get().out().contains("COM=z\r\n"), running.get().out());
    }

    @Test
    void serialPortsInAFileAndOnTcp() throws Exception {
        Path log = folder.resolve("serial.log");
        ends(0, "--serial", "file:" + log, "--until-serial", "READY");
        assertTrue(
                Files.readString(log).contains("READY"),
                "the awaited text is in the file, what follows it need not be yet");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        CompletableFuture<Cli.Result> running = CompletableFuture.supplyAsync(
                () -> cli.run(line("--serial", "tcp:" + port, "--until-screen", "COM=t")));
        try (Socket client = connect(port)) {
            while (!running.isDone()) {
                client.getOutputStream().write("t".getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(200);
            }
        } catch (IOException e) {
            // The machine is off and its end of the line with it; the result below says whether that was right.
        }
        assertEquals(0, running.get().status(), running.get().err());
    }

    private static Socket connect(int port) throws InterruptedException {
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
    }

    @Test
    void troubleOfTheHostIsOneLineAndIsLogged() throws Exception {
        Path failing = FailingDisk.bootable(folder);
        Cli.Result result =
                cli.run("run", "--headless", "--memory", "16", "--disk", failing.toString(), "--until-serial", "DONE");
        assertEquals(0, result.status(), result.err());
        String sentence = result.err().strip();
        assertTrue(sentence.startsWith("terrarium: " + failing + ": the image is damaged"), sentence);
        assertEquals(1, sentence.lines().count(), sentence);

        assertEquals(
                0,
                cli.run("vm", "create", "bad", "--memory", "16", "--disk", failing.toString())
                        .status());
        assertEquals(
                0, cli.run("run", "bad", "--headless", "--until-serial", "DONE").status());
        String log = Files.readString(folder.resolve("home/bad.terrarium/logs/machine.log"));
        assertTrue(
                log.matches("\\S+Z running\n\\S+Z trouble: \\Q" + failing + "\\E: the image is damaged.*\n\\S+Z off\n"),
                log);
    }

    @Test
    void aDeterministicMachineBehavesLikeAnyOther() throws IOException {
        String[] script = {"--deterministic", "--timeout", "60", "--until-serial", "READY", "--type", "q", "--json"};
        assertTrue(new JsonMapper()
                        .readTree(ends(0, script).out())
                        .get("instructions")
                        .asLong()
                > 0);
    }

    @Test
    void aSharedFolderThatIsMissingIsToldAndTheMachineRunsAllTheSame() {
        Path nowhere = folder.resolve("nowhere");
        Cli.Result result = ends(0, "--share", "src=" + nowhere, "--until-serial", "READY");
        assertTrue(
                result.err()
                        .contains("the shared folder 'src' is not there for the guest: there is no folder " + nowhere),
                result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void sharedFoldersAreKeptAndTakenAway() {
        cli.run("vm", "create", "m", "--memory", "16", "--share", "src=" + folder, "--share", "b=/tmp,readonly");
        String shown = cli.run("vm", "show", "m").out();
        assertTrue(shown.contains("src=" + folder + "\n") && shown.contains("b=/tmp,readonly"), shown);
        cli.run("vm", "set", "m", "--share", "c=/tmp");
        shown = cli.run("vm", "show", "m").out();
        assertTrue(shown.contains("c=/tmp\n") && !shown.contains("b=/tmp"), shown);
        cli.run("vm", "set", "m", "--share", "none");
        assertFalse(cli.run("vm", "show", "m").out().contains("share "));
        cli.refused(2, "'/tmp' is no shared folder; write TAG=FOLDER or TAG=FOLDER,readonly", line("--share", "/tmp"));
        cli.refused(2, "'a b' is no tag for a shared folder", line("--share", "a b=/tmp"));
        cli.refused(2, "two shared folders have the tag 'a'", line("--share", "a=/tmp", "--share", "a=/usr"));
        cli.refused(1, "a deterministic run can have no shared folders", line("--share", "a=/tmp", "--deterministic"));
    }

    @Test
    void aMachineOfTheLibraryIsRunWithMorePutIn() throws IOException {
        assertEquals(
                0,
                cli.run("vm", "create", "m", "--memory", "16", "--boot", "disk").status());
        Cli.Result result = cli.run(
                "run", "m", "--headless", "--disk", disk.toString(), "--timeout", "60", "--until-serial", "READY");
        assertEquals(0, result.status(), result.err());
        assertFalse(Files.exists(folder.resolve("home/m.terrarium/lock")));
        assertEquals(
                0,
                new JsonMapper()
                        .readTree(cli.run("vm", "show", "m", "--json").out())
                        .get("disks")
                        .size());
    }
}
