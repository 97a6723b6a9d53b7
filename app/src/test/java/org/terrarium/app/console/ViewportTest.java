package org.terrarium.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ViewportTest {
    @Test
    void enlargesByWholeNumbersAndCentres() {
        Viewport v = Viewport.place(1500, 1000, 1, 720, 400, Scale.WHOLE, 0, 0);
        assertTrue(v.crisp());
        assertEquals(2, v.scale());
        assertEquals(30, v.x());
        assertEquals(100, v.y());
    }

    @Test
    void countsDevicePixelsOnScaledScreens() {
        Viewport v = Viewport.place(800, 600, 1.5, 640, 480, Scale.WHOLE, 0, 0);
        assertTrue(v.crisp());
        assertEquals(640 / 1.5, v.width(), 1e-9); // 1200x900 device pixels hold 640x480 once
        v = Viewport.place(960, 720, 1.5, 640, 480, Scale.WHOLE, 0, 0);
        assertEquals(2 * 640 / 1.5, v.width(), 1e-9);
    }

    @Test
    void shrinksWhatDoesNotFitAndFillsWhenAsked() {
        Viewport small = Viewport.place(400, 400, 1, 800, 600, Scale.WHOLE, 0, 0);
        assertFalse(small.crisp());
        assertEquals(400, small.width());
        assertEquals(300, small.height());
        Viewport filled = Viewport.place(1000, 1000, 1, 640, 480, Scale.FIT, 0, 0);
        assertFalse(filled.crisp());
        assertEquals(1000, filled.width());
        assertTrue(Viewport.place(1280, 960, 1, 640, 480, Scale.FIT, 0, 0).crisp(), "an exact multiple stays crisp");
    }

    @Test
    void mapsPointsOfTheCanvasToThePicture() {
        Viewport v = Viewport.place(1000, 600, 1, 800, 600, Scale.WHOLE, 0, 0);
        assertEquals(0, v.relativeX(50));
        assertEquals(0.5, v.relativeX(500));
        assertEquals(1, v.relativeX(990));
        assertEquals(0.25, v.relativeY(150));
        assertTrue(v.contains(100, 0));
        assertFalse(v.contains(99, 0));
        assertFalse(v.contains(900, 0));
    }

    @Test
    void survivesAnEmptyWindow() {
        Viewport v = Viewport.place(0, 0, 1, 640, 480, Scale.WHOLE, 0, 0);
        assertTrue(v.width() > 0);
        assertEquals(0, v.x());
    }

    @Test
    void actualSizeIsOnePixelForOneWhereverItLies() {
        Viewport large = Viewport.place(600, 600, 2, 640, 480, Scale.ACTUAL, 0, 0);
        assertTrue(large.crisp());
        assertEquals(320, large.width(), "two device pixels are one logical");
        assertEquals(140, large.x());
        Viewport left = Viewport.place(500, 600, 1, 800, 600, Scale.ACTUAL, 0, 0);
        assertEquals(0, left.x());
        Viewport right = Viewport.place(500, 600, 1, 800, 600, Scale.ACTUAL, 1, 0);
        assertEquals(-300, right.x());
        assertEquals(1, right.relativeX(500));
        assertEquals(300 / 800.0, right.relativeX(0));
    }
}
