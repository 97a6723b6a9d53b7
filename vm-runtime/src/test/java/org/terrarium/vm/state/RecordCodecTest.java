package org.terrarium.vm.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.States;

class RecordCodecTest {
    enum Mode {
        OFF,
        ON
    }

    sealed interface Kind permits Round, Square {}

    record Round(int radius) implements Kind {}

    record Square(int side) implements Kind {}

    record Inner(long big, boolean flag) {}

    record Everything(
            int number,
            long big,
            String text,
            Mode mode,
            byte[] bytes,
            int[] ints,
            long[] longs,
            boolean[] flags,
            Inner inner,
            Inner[] inners,
            List<Inner> list,
            Kind kind,
            Inner absent) {}

    /** A later version of {@link Old}: one field more, one less. */
    static final class Versions {
        record Chip(int kept, int dropped) {}

        static final class Later {
            record Chip(int kept, int[] added) {}
        }
    }

    private static final Everything USUAL = new Everything(
            0,
            0,
            "",
            Mode.OFF,
            new byte[0],
            new int[0],
            new long[0],
            new boolean[0],
            null,
            null,
            List.of(),
            null,
            null);

    private static Everything some() {
        return new Everything(
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                "grün",
                Mode.ON,
                new byte[] {1, -1},
                new int[] {0, -1, Integer.MAX_VALUE},
                new long[] {Long.MIN_VALUE, 5},
                new boolean[] {true, false},
                new Inner(-7, true),
                new Inner[] {new Inner(1, false), null},
                List.of(new Inner(2, true)),
                new Square(3),
                null);
    }

    @Test
    void everyKindOfFieldComesBack() throws Exception {
        byte[] bytes = RecordCodec.encode(some());
        assertNull(States.difference(some(), RecordCodec.decode(bytes, USUAL)));
        assertArrayEquals(bytes, RecordCodec.encode(RecordCodec.decode(bytes, USUAL)));
    }

    @Test
    void laterVersionsReadOlderStates() throws Exception {
        byte[] old = RecordCodec.encode(new Versions.Chip(5, 6));
        Versions.Later.Chip read = RecordCodec.decode(old, new Versions.Later.Chip(0, new int[] {7}));
        assertEquals(5, read.kept());
        assertArrayEquals(new int[] {7}, read.added());
    }

    @Test
    void theStateOfSomethingElseIsRefused() {
        StateException e = assertThrows(
                StateException.class, () -> RecordCodec.decode(RecordCodec.encode(new Inner(1, true)), USUAL));
        assertEquals("it is the state of something else (Inner)", e.getMessage());
    }

    @Test
    void nonsenseIsRefusedInASentence() {
        Random random = new Random(Long.getLong("terrarium.seed", 7L));
        byte[] good = RecordCodec.encode(some());
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                RecordCodec.decode(bad, USUAL);
            } catch (StateException e) {
                refused++;
            }
        }
        assertEquals(true, refused > 1000, "only " + refused + " of 20000 damaged records were refused");
    }
}
