package org.terrarium.vm.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.time.TimerQueue;

class ScreenTest {
    private static final long SECOND = 1_000_000_000L;

    private final Screen screen = new Screen();
    private final Frame frame = new Frame();

    private void draw(int row, int color) {
        int[] line = new int[frame.width()];
        Arrays.fill(line, color);
        frame.setRow(row, line);
        screen.publish(frame);
    }

    @Test
    void eachViewerSeesWhatItHasNotSeen() {
        frame.resize(4, 8);
        screen.publish(frame);
        AtomicInteger told = new AtomicInteger();
        try (ScreenViewer quick = screen.open(60, told::incrementAndGet);
                ScreenViewer slow = screen.open(1, () -> {})) {
            List<String> seen = new ArrayList<>();
            ScreenViewer.Receiver receiver =
                    (w, h, argb, first, end) -> seen.add(w + "x" + h + " " + first + "-" + end);
            assertTrue(quick.take(receiver));
            assertFalse(quick.take(receiver));
            draw(2, 0xFF112233);
            assertEquals(1, told.get());
            draw(5, 0xFF445566);
            assertEquals(1, told.get(), "told once until it takes");
            quick.take(receiver);
            draw(3, 0xFF445566);
            assertEquals(2, told.get());
            quick.take(receiver);
            slow.take(receiver);
            frame.resize(2, 2);
            screen.publish(frame);
            slow.take(receiver);
            assertEquals(List.of("4x8 0-8", "4x8 2-6", "4x8 3-4", "4x8 0-8", "2x2 0-2"), seen);
        }
    }

    @Test
    void anUnchangedFrameIsNotPublished() {
        draw(0, 0xFF000001);
        long generation = screen.generation();
        draw(0, 0xFF000001);
        assertEquals(generation, screen.generation());
        draw(0, 0xFF000002);
        assertEquals(generation + 1, screen.generation());
        assertEquals(0xFF000002, screen.picture().pixel(719, 0));
    }

    @Test
    void refreshesOnlyWhileWatchedAndNotFasterThanAsked() {
        long[] now = {0};
        TimerQueue timers = new TimerQueue(() -> now[0]);
        AtomicInteger renders = new AtomicInteger();
        ScreenRefresh refresh = new ScreenRefresh(f -> renders.incrementAndGet(), screen, timers);
        refresh.start();
        advance(timers, now, SECOND);
        assertEquals(0, renders.get());
        try (ScreenViewer viewer = screen.open(60, () -> {})) {
            advance(timers, now, SECOND); // noticed within a tenth of a second
            assertEquals(57, renders.get(), 4);
            assertFalse(viewer.take((w, h, a, first, end) -> {}) && viewer.take((w, h, a, first, end) -> {}));
        }
        renders.set(0);
        try (ScreenViewer thumbnail = screen.open(2, () -> {})) {
            advance(timers, now, 10 * SECOND);
            assertEquals(20, renders.get(), 2);
            assertTrue(thumbnail.take((w, h, a, first, end) -> {}));
        }
        renders.set(0);
        advance(timers, now, SECOND);
        assertEquals(0, renders.get());
        refresh.refresh();
        assertEquals(1, renders.get());
    }

    private static void advance(TimerQueue timers, long[] now, long nanos) {
        long end = now[0] + nanos;
        while (now[0] < end) {
            now[0] += 1_000_000;
            timers.runDue(now[0]);
        }
    }

    @Test
    void framesAreCutToTheLargestSize() {
        frame.resize(5000, 5000);
        assertEquals(2560, frame.width());
        assertEquals(1600, frame.height());
        frame.resize(0, -1);
        assertEquals(1, frame.width() * frame.height());
    }

    @Test
    void textComesWithTheFrame() {
        frame.setText(new TextScreen(3, 1, new byte[] {'a', (byte) 0xE1, 0}, new byte[3], 2, 0));
        screen.publish(frame);
        assertEquals("aß", screen.text().line(0));
        assertTrue(screen.text().present());
        frame.setText(TextScreen.NONE);
        screen.publish(frame);
        assertFalse(screen.text().present());
        assertFalse(screen.text().contains(""));
    }

    @Test
    void codePage437() {
        char[] some = {Cp437.decode(0x01), Cp437.decode('A'), Cp437.decode(0x7F), Cp437.decode(0x80), Cp437.decode(0xC4)
        };
        assertArrayEquals("☺A⌂Ç─".toCharArray(), some);
        assertEquals('≡', Cp437.decode(0xF0));
        assertEquals('■', Cp437.decode(0xFE));
        assertEquals(' ', Cp437.decode(0xFF));
        for (int code = 0x20; code < 0x7F; code++) {
            assertEquals((char) code, Cp437.decode(code));
        }
    }
}
