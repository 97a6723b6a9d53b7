package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
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
                .memory(512)
                .cdrom(Guests.file(folder + "/di.iso"))
                .build()) {
            m.start();
            Guests.awaitScreen(m, "Select a language");
            m.type("<enter>");
            Guests.awaitScreen(m, "Select your location");
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
            Picture first = settled(m, 40_000);
            m.type("<enter>");
            Thread.sleep(5_000);
            Picture second = settled(m, 40_000);
            assertTrue(!Arrays.equals(first.argb(), second.argb()), "Enter leads to the next page");
        }
    }

    /** Waits until a picture of many colours of 800 by 600 stands still. */
    private static Picture settled(Machine m, int different) throws Exception {
        long deadline = System.nanoTime() + Guests.PATIENCE.toNanos();
        Picture before = null;
        while (System.nanoTime() < deadline) {
            Picture now = m.picture();
            boolean page = now.width() == 800
                    && Arrays.stream(now.argb())
                                    .filter(p -> (p & 0xFFFFFF) > 0x808080)
                                    .count()
                            > different;
            if (page && before != null && Arrays.equals(before.argb(), now.argb())) {
                return now;
            }
            before = now;
            Thread.sleep(3_000);
        }
        throw new AssertionError(
                "the installer's page did not come up; the screen is " + before.width() + "x" + before.height());
    }
}
