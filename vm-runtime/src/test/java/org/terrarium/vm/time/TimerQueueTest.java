package org.terrarium.vm.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    private long now;
    private final TimerQueue queue = new TimerQueue(() -> now);
    private final List<String> fired = new ArrayList<>();

    private Timer timer(String name) {
        return queue.create(name, () -> fired.add(name));
    }

    @Test
    void dueTimersFireEarliestFirstAndOnce() {
        timer("b").at(20);
        timer("a").at(10);
        timer("c").at(30);
        queue.runDue(25);
        assertEquals(List.of("a", "b"), fired);
        queue.runDue(25);
        assertEquals(List.of("a", "b"), fired);
        assertEquals(30, queue.nextDeadline());
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        Timer t = timer("a");
        t.at(10);
        assertTrue(t.armed());
        t.cancel();
        assertFalse(t.armed());
        queue.runDue(100);
        assertEquals(List.of(), fired);
        assertEquals(Long.MAX_VALUE, queue.nextDeadline());
    }

    @Test
    void aTimerArmedForThePastByAnotherFiresInTheSameRound() {
        Timer late = timer("late");
        Timer first = queue.create("first", () -> {
            fired.add("first");
            late.at(5);
        });
        first.at(10);
        queue.runDue(10);
        assertEquals(List.of("first", "late"), fired);
    }

    @Test
    void aTimerThatRearmsItselfForNowCannotHangTheMachine() {
        Timer[] self = new Timer[1];
        int[] count = {0};
        self[0] = queue.create("storm", () -> {
            count[0]++;
            self[0].at(0);
        });
        self[0].at(0);
        queue.runDue(0);
        assertTrue(count[0] > 1 && count[0] <= 10_000, "bounded, was " + count[0]);
    }

    @Test
    void onlyAnEarlierAlarmCutsTheSliceShort() {
        int[] cuts = {0};
        queue.onEarlierDeadline(() -> cuts[0]++);
        timer("a").at(100);
        assertEquals(100, queue.nextDeadline());
        assertEquals(1, cuts[0]);
        timer("b").at(200);
        assertEquals(1, cuts[0]);
        timer("c").at(50);
        assertEquals(2, cuts[0]);
    }
}
