package org.terrarium.vm.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.terrarium.vm.state.RecordCodec;
import org.terrarium.vm.state.StateException;
import org.terrarium.vm.time.TimerQueue;

/**
 * What every chip of the board must keep, whatever it does otherwise. A test states how to build the chip, one guest action
 * that changes its state, and where its registers are:
 *
 * <pre>{@code
 * DeviceContract.of(timers -> new Pit("pit", timers, IrqLine.NONE))
 *         .change(pit -> pit.ports().write(3, 1, 0x34))
 *         .ports(Pit::ports, 4)
 *         .verify();
 * }</pre>
 *
 * Checked: a label; reset gives the same state whatever went before, except what {@link #keepsOverReset} names; saving
 * twice gives equal records; a saved record does not change when the device goes on; the change is visible in the record;
 * restoring gives back the saved record, on the same device and on a fresh one; the record can be written to a file and read; random traffic of all sizes, with time
 * passing, does not throw; and a restored twin answers that traffic exactly like the original.
 *
 * @param <D> the device
 * @param <S> its state
 */
public final class DeviceContract<D extends Device<S>, S extends Record> {
    private static final int TRAFFIC = 20_000;
    private static final int TWIN_TRAFFIC = 2_000;

    private record Ports<D>(Function<D, PortDevice> block, int count) {}

    private record Mmio<D>(Function<D, MmioDevice> block, long bytes) {}

    private final Function<TimerQueue, D> factory;
    private final List<Ports<D>> ports = new ArrayList<>();
    private final List<Mmio<D>> mmio = new ArrayList<>();
    private final List<Consumer<D>> outside = new ArrayList<>();
    private final long seed = Long.getLong("terrarium.seed", 20_250_101L);
    private Consumer<D> change;
    private boolean twin = true;
    private boolean resetsAll = true;
    private long now;

    private DeviceContract(Function<TimerQueue, D> factory) {
        this.factory = factory;
    }

    /** {@code factory} builds a chip as it is at power-on; it is called several times and must give equal chips. */
    public static <D extends Device<S>, S extends Record> DeviceContract<D, S> of(Function<TimerQueue, D> factory) {
        return new DeviceContract<>(factory);
    }

    /** A guest action after which the state differs from the one after power-on. Required. */
    public DeviceContract<D, S> change(Consumer<D> action) {
        change = action;
        return this;
    }

    /** A register block in port space of {@code count} ports; may be given several times. */
    public DeviceContract<D, S> ports(Function<D, PortDevice> block, int count) {
        ports.add(new Ports<>(block, count));
        return this;
    }

    /** A memory-mapped register block of {@code bytes} bytes; may be given several times. */
    public DeviceContract<D, S> mmio(Function<D, MmioDevice> block, long bytes) {
        mmio.add(new Mmio<>(block, bytes));
        return this;
    }

    /** Something that happens from outside now and then during the random traffic: a key, a byte, an acknowledge. */
    public DeviceContract<D, S> outside(Consumer<D> event) {
        outside.add(event);
        return this;
    }

    /** Leaves out the comparison with a restored twin, for chips whose media contents are not part of the state. */
    public DeviceContract<D, S> withoutTwin(String reason) {
        assertFalse(reason.isBlank(), "a reason is required");
        twin = false;
        return this;
    }

    /** Says that some state survives reset by design (battery-backed memory), so reset does not give the power-on state. */
    public DeviceContract<D, S> keepsOverReset(String what) {
        assertFalse(what.isBlank(), "a reason is required");
        resetsAll = false;
        return this;
    }

    /** Runs all checks. */
    public void verify() {
        assertNotNull(change, "the test must name a change");
        savesAndRestores();
        survivesTraffic();
        if (twin) {
            twinBehavesTheSame();
        }
    }

    private TimerQueue queue() {
        return new TimerQueue(() -> now);
    }

    private void savesAndRestores() {
        now = 1_000_000;
        D device = factory.apply(queue());
        assertNotNull(device.label());
        assertFalse(device.label().isBlank(), "label");
        device.reset();
        S first = device.save();
        equal("save twice", first, device.save());
        device.reset();
        equal("reset twice", first, device.save());

        S kept = States.copy(first);
        change.accept(device);
        S changed = device.save();
        assertNotNull(States.difference(first, changed), device.label() + ": the change is not in the saved state");
        equal("a saved record changed with the device", kept, first);

        writtenAndRead("the changed state", changed, first);
        S keptChange = States.copy(changed);
        device.restore(first);
        equal("restore on the same device", first, device.save());
        device.restore(changed);
        equal("restore of the changed state", changed, device.save());
        equal("restoring modified the record", keptChange, changed);

        D fresh = factory.apply(queue());
        fresh.restore(changed);
        equal("restore on a fresh device", changed, fresh.save());
        fresh.reset();
        change.accept(fresh);
        equal("a restored device shares arrays with the record", keptChange, changed);
        if (resetsAll) {
            device.reset();
            equal("reset after a change", first, device.save());
        }
    }

    private void survivesTraffic() {
        now = 1_000_000;
        Random random = new Random(seed);
        TimerQueue timers = queue();
        D device = factory.apply(timers);
        device.reset();
        S start = device.save();
        for (int k = 0; k < TRAFFIC; k++) {
            step(device, timers, random, k);
            if (k % 1000 == 999) {
                S state = device.save();
                writtenAndRead("the state in traffic (seed " + seed + ", step " + k + ")", state, start);
                device.restore(state);
                equal("save, restore, save in traffic (seed " + seed + ", step " + k + ")", state, device.save());
            }
        }
        if (resetsAll) {
            device.reset();
            now = 1_000_000;
            D again = factory.apply(queue());
            again.restore(start);
            equal("restore after traffic", start, again.save());
        }
    }

    private void twinBehavesTheSame() {
        for (int round = 0; round < 4; round++) {
            long roundSeed = seed + round;
            now = 1_000_000;
            Random random = new Random(roundSeed);
            TimerQueue timers = queue();
            D original = factory.apply(timers);
            original.reset();
            for (int k = 0; k < TWIN_TRAFFIC; k++) {
                step(original, timers, random, k);
            }
            S state = original.save();
            long then = now;
            List<Long> expected = record(original, timers, roundSeed);
            now = then;
            TimerQueue twinTimers = queue();
            D restored = factory.apply(twinTimers);
            restored.restore(state);
            List<Long> actual = record(restored, twinTimers, roundSeed);
            assertNull(
                    States.difference(expected, actual),
                    original.label() + ": a restored device answers differently (seed " + roundSeed + ")");
            equal("twin after the same traffic (seed " + roundSeed + ")", original.save(), restored.save());
        }
    }

    private List<Long> record(D device, TimerQueue timers, long roundSeed) {
        Random random = new Random(~roundSeed);
        List<Long> answers = new ArrayList<>();
        for (int k = 0; k < TWIN_TRAFFIC; k++) {
            answers.add(step(device, timers, random, k));
        }
        return answers;
    }

    /** One random access or event, after some time has passed; gives what was read. */
    private long step(D device, TimerQueue timers, Random random, int k) {
        try {
            now += random.nextInt(20) == 0 ? random.nextInt(20_000_000) : random.nextInt(2_000);
            timers.runDue(now);
            int choice = random.nextInt(ports.size() + mmio.size() + outside.size());
            boolean write = random.nextBoolean();
            int value = switch (random.nextInt(4)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextInt(256);
                case 2 -> 1 << random.nextInt(32);
                default -> random.nextInt(8) - 1;
            };
            int where = random.nextInt();
            if (choice < ports.size()) {
                return portAccess(device, ports.get(choice), write, random.nextInt(3), where, value);
            }
            choice -= ports.size();
            if (choice < mmio.size()) {
                return mmioAccess(device, mmio.get(choice), write, random.nextInt(4), where, value);
            }
            outside.get(choice - mmio.size()).accept(device);
            return 0;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(device.label() + ": traffic threw (seed " + seed + ", step " + k + ")", e);
        }
    }

    private static <D> long portAccess(D device, Ports<D> p, boolean write, int log, int where, int value) {
        int size = 1 << log;
        while (size > p.count()) {
            size >>= 1;
        }
        int offset = Math.floorMod(where, p.count() - size + 1);
        int masked = size == 4 ? value : value & (1 << 8 * size) - 1;
        if (!write) {
            return p.block().apply(device).read(offset, size);
        }
        p.block().apply(device).write(offset, size, masked);
        return 0;
    }

    private static <D> long mmioAccess(D device, Mmio<D> m, boolean write, int log, int where, int value) {
        int size = 1 << log;
        while (size > m.bytes()) {
            size >>= 1;
        }
        long offset = Math.floorMod((long) where * 31, m.bytes() - size + 1);
        if ((where & 3) != 0) {
            offset &= -size;
        }
        long wide = value * 0x1_0000_0001L;
        long masked = size == 8 ? wide : wide & (1L << 8 * size) - 1;
        if (!write) {
            return m.block().apply(device).read(offset, size);
        }
        m.block().apply(device).write(offset, size, masked);
        return 0;
    }

    /** What a file keeps of a state is all of it. */
    private void writtenAndRead(String what, S state, S usual) {
        byte[] bytes = RecordCodec.encode(state);
        try {
            equal(what + " written and read", state, RecordCodec.decode(bytes, usual));
        } catch (StateException e) {
            throw new AssertionError(what + " cannot be read again", e);
        }
        assertArrayEquals(bytes, RecordCodec.encode(state), what + " written twice");
    }

    private void equal(String what, Object expected, Object actual) {
        assertNull(States.difference(expected, actual), what);
    }
}
