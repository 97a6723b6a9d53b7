package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.vm.Machine;
import org.terrarium.vm.display.Picture;

/** The Debian 12 installer to its first question and beyond it by keyboard. */
class DebianInstallerTest {
    @ParameterizedTest
    @ValueSource(strings = {"di/i386-text", "di/amd64-text"})
    void textInstallerAsksItsFirstQuestion(String folder) throws Exception {
        Guests.onlyWhenAsked();
        try (Machine m = Machine.builder()
                .memory(1024)
                .cdrom(Guests.file(folder + "/di.iso"))
                .build()) {
            m.start();
            answersTheKeyboard(m, DebianInstallerTest::newtDialog);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"di/i386-gtk", "di/amd64-gtk"})
    void graphicalInstallerComesUpAndTakesTheKeyboard(String folder) throws Exception {
        Guests.onlyWhenAsked();
        try (Machine m = Machine.builder()
                .memory(1024)
                .cdrom(Guests.file(folder + "/di.iso"))
                .build()) {
            m.start();
            answersTheKeyboard(m, DebianInstallerTest::gtkPage);
        }
    }

    /** The first question comes up, and Enter leads to another picture of the same kind: the second question. */
    private static void answersTheKeyboard(Machine m, Predicate<Picture> question) throws Exception {
        Picture first = settled(m, question);
        m.type("<enter>");
        Picture second = settled(m, p -> question.test(p) && !Arrays.equals(first.argb(), p.argb()));
        assertTrue(second.width() == first.width(), "the second question is " + second.width() + " pixels wide");
    }

    /** The text installer on the kernel's frame buffer console: a grey dialog with the chosen line in red. */
    private static boolean newtDialog(Picture p) {
        return count(p, 0xAAAAAA) > p.argb().length / 2 && count(p, 0xAA0000) > 2_000;
    }

    /** The graphical installer: mostly a light page. */
    private static boolean gtkPage(Picture p) {
        return Arrays.stream(p.argb()).filter(c -> (c & 0xFFFFFF) > 0x808080).count() > p.argb().length / 2;
    }

    private static long count(Picture p, int colour) {
        return Arrays.stream(p.argb()).filter(c -> (c & 0xFFFFFF) == colour).count();
    }

    /** Waits until a picture that answers the description stands still. */
    private static Picture settled(Machine m, Predicate<Picture> description) throws Exception {
        long deadline = System.nanoTime() + Guests.PATIENCE.toNanos();
        Picture before = null;
        while (System.nanoTime() < deadline) {
            Picture now = m.picture();
            if (before != null && description.test(now) && Arrays.equals(before.argb(), now.argb())) {
                return now;
            }
            before = now;
            Thread.sleep(3_000);
        }
        Path shot = Files.createTempFile("installer", ".png");
        m.screenshot(shot);
        throw new AssertionError("the installer's question did not come up; the screen is in " + shot);
    }
}
