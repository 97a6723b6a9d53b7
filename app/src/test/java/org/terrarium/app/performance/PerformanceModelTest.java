package org.terrarium.app.performance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.MachineStats;
import org.terrarium.vm.accel.TranslationStats;

class PerformanceModelTest {
    private static final long SECOND = 1_000_000_000L;

    private final PerformanceModel model = new PerformanceModel();

    /** A sample at a second: so many million instructions, so much machine time, idle time, host time, and translations. */
    private static Sample sample(
            int second, double million, double machine, double idle, double host, TranslationStats translation) {
        String tier = translation == null ? "interpreter" : "jit";
        return new Sample(
                second * SECOND,
                new MachineStats((long) (million * 1e6), tier, machine, idle, host, translation),
                second * 3_000_000L,
                second * 500L,
                second * 30L);
    }

    private static TranslationStats translated(double million, long regions, long dropped) {
        return new TranslationStats((long) (million * 1e6), regions, dropped, 0, regions / 100.0);
    }

    @Test
    void figuresAreOfTheTimeBetweenTwoSamples() {
        model.add(sample(10, 1000, 5, 4, 2, translated(800, 50, 5)));
        assertNull(model.latestProperty().get());
        model.add(sample(12, 1120, 7, 5.5, 2.5, translated(890, 60, 7)));
        Load load = model.latestProperty().get();
        assertEquals(240, load.mips(), 1e-9, "120 million in half a second awake");
        assertEquals(1, load.ratio(), 1e-9);
        assertEquals(30, load.frameRate(), 1e-9);
        assertEquals(0.25, load.busy(), 1e-9);
        assertEquals(0.25, load.hostCore(), 1e-9);
        assertEquals(0.75, load.translated(), 1e-9);
        assertEquals(5, load.newRegions(), 1e-9);
        assertEquals(1, load.newDropped(), 1e-9);
        assertEquals(0.05, load.translating(), 1e-9);
        assertEquals(3e6, load.diskRate(), 1e-9);
        assertEquals(500, load.netRate(), 1e-9);
    }

    @Test
    void aMinuteIsKept() {
        for (int n = 0; n <= PerformanceModel.HISTORY + 5; n++) {
            model.add(sample(n, n * 10, n, 0, n, null));
        }
        assertEquals(PerformanceModel.HISTORY, model.history(Load::mips).length);
        model.clear();
        assertArrayEquals(new double[0], model.history(Load::mips));
        assertEquals(List.of(), model.reasons());
    }

    private List<Reason> reasons(double million, double machine, double idle, double host, TranslationStats to) {
        model.clear();
        model.add(sample(0, 0, 0, 0, 0, to == null ? null : translated(0, 0, 0)));
        model.add(sample(1, million, machine, idle, host, to));
        return model.reasons();
    }

    @Test
    void reasonsSayWhatKeepsItBusy() {
        assertEquals(List.of(Reason.IDLE), reasons(1, 1, 0.97, 0.03, translated(0, 0, 0)));
        assertEquals(List.of(Reason.STANDS_STILL), reasons(0, 0, 0, 0, null));
        assertEquals(List.of(Reason.COMPUTING), reasons(100, 1, 0, 0.99, translated(99, 10, 0)));
        assertEquals(List.of(Reason.WORKING), reasons(100, 1, 0.6, 0.4, translated(99, 10, 0)));
        assertEquals(List.of(Reason.INTERPRETER, Reason.COMPUTING), reasons(30, 1, 0, 0.99, null));
        assertEquals(List.of(Reason.NEW_CODE, Reason.COMPUTING), reasons(30, 1, 0, 0.99, translated(10, 90, 1)));
        assertEquals(List.of(Reason.CHANGING_CODE, Reason.COMPUTING), reasons(30, 1, 0, 0.99, translated(10, 90, 50)));
        assertEquals(List.of(Reason.HOST_BUSY, Reason.COMPUTING), reasons(50, 1, 0, 0.4, translated(50, 1, 0)));
    }

    @Test
    void ratesHaveAFittingUnit() {
        assertEquals("0.0 B/s", PerformancePane.rate(0));
        assertEquals("1.5 kB/s", PerformancePane.rate(1500));
        assertEquals("23 MB/s", PerformancePane.rate(23.2e6));
    }
}
