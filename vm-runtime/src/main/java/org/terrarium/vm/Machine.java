package org.terrarium.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.terrarium.vm.display.Picture;
import org.terrarium.vm.display.Screen;
import org.terrarium.vm.display.TextScreen;
import org.terrarium.vm.input.InputHub;
import org.terrarium.vm.state.CapturedState;
import org.terrarium.vm.state.RamImage;
import org.terrarium.vm.state.StateException;
import org.terrarium.vm.state.StateFile;
import org.terrarium.vm.state.StateSection;

/**
 * One virtual PC: built by {@link MachineBuilder}, started, talked to, closed. All methods may be called from any thread but
 * the machine's own (listeners run there: they must not wait for the machine). Usable straight from a JUnit test:
 *
 * <pre>{@code
 * try (Machine m = Machine.builder().memory(256).cdrom(iso).build()) {
 *     m.start();
 *     assertTrue(m.awaitSerial("login:", Duration.ofMinutes(2)), m::screenText);
 *     m.type("root<enter>");
 * }
 * }</pre>
 */
public final class Machine implements AutoCloseable {
    private static final Duration SCREEN_POLL = Duration.ofMillis(50);

    /** A guest can cause any number of errors: more sentences than this are not kept. */
    private static final int MAX_TROUBLES = 20;
    /** How often a machine that waits for space on the host's disk looks for it. */
    private static final Duration SPACE_POLL = Duration.ofSeconds(2);

    private static final String STANDS_STILL = " (the machine stands still and goes on by itself then)";

    private final Board board;
    private final RunLoop loop;
    private final List<MachineListener> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile MachineState state = MachineState.READY;
    private volatile String failure;
    private final Set<String> troubles = new LinkedHashSet<>();
    private volatile String waitingFor;
    private boolean lookingForSpace;

    Machine(String name, Board board) {
        this.board = board;
        this.loop = new RunLoop(name, board.accelerator(), board.timers(), board.clock(), new RunLoop.Hooks() {
            @Override
            public boolean betweenSlices() {
                return carryOutRequests();
            }

            @Override
            public void ended(Throwable cause) {
                loopEnded(cause);
            }
        });
        board.attach(loop, loop::expectAnswer);
        board.onTrouble(this::hostTrouble);
        board.shares().warnings().forEach(this::report);
        board.onSpace(new DiskHosting.SpaceListener() {
            @Override
            public void outOfSpace(IOException e) {
                loop.execute(() -> awaitSpace(HostTrouble.sentence(e) + STANDS_STILL));
            }

            @Override
            public void spaceFound() {
                loop.execute(Machine.this::spaceMade);
            }
        });
    }

    /** A machine with nothing in it but a processor and 128 MiB; see the builder for what can be added. */
    public static MachineBuilder builder() {
        return new MachineBuilder();
    }

    /**
     * Saves the state of a machine that is running or paused, or was built and not started. The guest stands still for this call
     * only; the memory is read afterwards, by the caller, while it runs on. One state can be saved at a time.
     *
     * @param atRest called on the machine's thread while everything is at rest, with access to the disks
     * @throws StateException when the state cannot be saved now; nothing has changed then
     */
    public CapturedState capture(AtRest atRest) throws IOException {
        return attempt(() -> {
            boolean running = state == MachineState.RUNNING;
            if (running) {
                loop.setPaused(true);
            }
            long from = System.nanoTime();
            try {
                CapturedState captured = board.capture();
                try {
                    atRest.run(board.disks());
                    return captured.after(System.nanoTime() - from);
                } catch (IOException | RuntimeException e) {
                    captured.memory().release();
                    throw e;
                }
            } finally {
                if (running) {
                    loop.setPaused(false);
                }
            }
        });
    }

    /**
     * Lets the guest stand still, running or paused, while something is done with its disks, all of whose requests have ended.
     *
     * @throws StateException when the machine has ended, or its guest waits for space on the host
     */
    public void atRest(AtRest work) throws IOException {
        attempt(() -> {
            if (state != MachineState.RUNNING && state != MachineState.PAUSED) {
                throw new StateException("the machine is not running any more");
            }
            if (!board.settle()) {
                throw new StateException("the machine waits for space on the host's disk; make some first");
            }
            work.run(board.disks());
            return null;
        });
    }

    /** What is done while a machine stands still, disks at rest; see {@link #capture}. */
    @FunctionalInterface
    public interface AtRest {
        /** @param disks the machine's hard disks, which may be exchanged for others with the same contents */
        void run(DiskSwitch disks) throws IOException;
    }

    /** Ends what {@link #capture} began: the guest's memory is no longer watched. */
    public void release(CapturedState captured) {
        captured.memory().close();
        call(() -> {
            captured.memory().release();
            return null;
        });
    }

    /**
     * Takes over a saved state, which a machine of the same kind gave; only before {@link #start}. After a StateException this
     * machine can only be closed.
     *
     * @param sections what {@link StateFile#read} gave
     * @param ram the memory
     */
    public void restore(Map<String, StateSection> sections, RamImage ram) throws StateException {
        if (state != MachineState.READY) {
            throw new IllegalStateException("a saved state goes into a machine that was not started");
        }
        board.restore(sections, ram);
    }

    /** Switches the power on, but time stands still until {@link #resume()}. */
    public void startPaused() {
        if (state != MachineState.READY) {
            throw new IllegalStateException("this machine was started before; build a new one");
        }
        loop.start();
        change(MachineState.PAUSED);
    }

    /** Switches the power on. */
    public void start() {
        if (state != MachineState.READY) {
            throw new IllegalStateException("this machine was started before; build a new one");
        }
        state = MachineState.RUNNING;
        loop.start();
        loop.execute(() -> loop.setPaused(false));
        tell(MachineState.RUNNING);
    }

    /** Stops time for the guest until {@link #resume()}. */
    public void pause() {
        call(() -> {
            if (state == MachineState.RUNNING) {
                loop.setPaused(true);
                change(MachineState.PAUSED);
            }
            waitingFor = null; // it stays paused now until the user lets it go on
            return null;
        });
    }

    /** Lets a paused machine run on. */
    public void resume() {
        call(() -> {
            if (state == MachineState.PAUSED) {
                waitingFor = null;
                goOn();
                board.retryHeld();
            }
            return null;
        });
    }

    private void goOn() {
        loop.setPaused(false);
        change(MachineState.RUNNING);
    }

    /**
     * One sentence about what a {@link MachineState#PAUSED} machine waits for, when it was not the user who stopped it: space on
     * the host for what the guest writes. It goes on by itself once there is some; nothing is lost.
     */
    public Optional<String> waitingFor() {
        return Optional.ofNullable(waitingFor);
    }

    private void awaitSpace(String why) {
        if (state == MachineState.RUNNING) {
            waitingFor = why;
            loop.setPaused(true);
            change(MachineState.PAUSED);
            report(why);
        }
        if (waitingFor != null && !lookingForSpace) {
            lookingForSpace = true;
            CompletableFuture.delayedExecutor(SPACE_POLL.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> loop.execute(this::lookForSpace));
        }
    }

    private void lookForSpace() {
        lookingForSpace = false;
        // With nothing held the firmware had no space: the guest tries that again itself.
        if (waitingFor != null && board.retryHeld() == 0) {
            waitIsOver();
        }
    }

    private void spaceMade() {
        synchronized (troubles) {
            troubles.remove(waitingFor); // the next time is told again
        }
        waitIsOver();
    }

    private void waitIsOver() {
        if (waitingFor != null) {
            waitingFor = null;
            goOn();
        }
    }

    /**
     * Takes a network card out and puts it in again, as a system with ACPI notices at once: it finds a new card, with the
     * address that the card was built with. One without ACPI goes on with the card as it was.
     *
     * @param number of the card, from 0
     * @return false for an ISA card or none, which cannot be taken out
     */
    public boolean replugCard(int number) {
        return call(() -> board.replugCard(number));
    }

    /** Presses the reset button. */
    public void reset() {
        call(() -> {
            board.requestReset();
            return null;
        });
    }

    /** Presses the power button, as ACPI reports it to the guest; what happens is up to the guest. */
    public void powerButton() {
        call(() -> {
            board.pressPowerButton();
            return null;
        });
    }

    /** Pulls the plug and waits until the machine is off. What the guest did not flush is lost, as on a real PC. */
    public void powerOff() {
        if (state == MachineState.READY) {
            closeBoard();
            change(MachineState.OFF);
            ended.complete(null);
            return;
        }
        loop.stop();
        awaitEnd(Duration.ofSeconds(30));
    }

    /** Powers off and releases every file. */
    @Override
    public void close() {
        if (!ended.isDone()) {
            powerOff();
        }
    }

    public MachineState state() {
        return state;
    }

    /** One sentence about what stopped a {@link MachineState#FAILED} machine. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** What trouble the host has had so far with what the machine needs of it (disk images, ports), a sentence each. */
    public List<String> troubles() {
        synchronized (troubles) {
            return List.copyOf(troubles);
        }
    }

    private void hostTrouble(IOException e) {
        report(HostTrouble.sentence(e));
    }

    /** Tells everyone who listens, once, about something the machine could not have of the host. */
    public void report(String sentence) {
        synchronized (troubles) {
            if (troubles.size() == MAX_TROUBLES || !troubles.add(sentence)) {
                return;
            }
        }
        listeners.forEach(l -> l.hostTrouble(sentence));
    }

    public void addListener(MachineListener listener) {
        listeners.add(listener);
    }

    public void removeListener(MachineListener listener) {
        listeners.remove(listener);
    }

    /** Waits until the machine is off; false when it still runs after {@code timeout}. */
    public boolean awaitEnd(Duration timeout) {
        try {
            ended.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits for text on the first serial port, after what an earlier call found. False when the time is over or the machine
     * ended without it.
     */
    public boolean awaitSerial(String text, Duration timeout) throws InterruptedException {
        return serial(0).await(text, timeout.toNanos());
    }

    /** Waits until {@code text} stands in one line of the text screen. False when the time is over or the machine ended. */
    public boolean awaitScreen(String text, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            boolean over = ended.isDone() || System.nanoTime() - deadline >= 0;
            if (screenText().contains(text)) {
                return true;
            }
            if (over) {
                return false;
            }
            Thread.sleep(SCREEN_POLL);
        }
    }

    /** The characters on the screen, a line each, trailing blanks removed; empty in graphics modes. */
    public String screenText() {
        return textScreen().map(TextScreen::text).orElse("");
    }

    /** The text screen as it stands, or empty in graphics modes. */
    public Optional<TextScreen> textScreen() {
        return call(board::textScreen);
    }

    /** What the screen shows now. */
    public Picture picture() {
        return call(() -> {
            board.refreshScreen();
            return screen().picture();
        });
    }

    /** Writes what the screen shows as a PNG file. */
    public void screenshot(Path file) throws IOException {
        picture().writePng(file);
    }

    /** The picture, for those who draw it. */
    public Screen screen() {
        return board.screen();
    }

    /** Keyboard and pointer. */
    public InputHub input() {
        return board.input();
    }

    /**
     * Types text on the keyboard (US layout); {@code <enter>}, {@code <f1>}, {@code <ctrl-alt-del>} and the like are keys. The
     * keys are queued and this returns at once.
     */
    public void type(String text) {
        board.input().type(text);
    }

    /** What serial port 0 or 1 has sent so far. */
    public SerialLog serial(int port) {
        return board.serialLog(port);
    }

    /** Sends bytes to the guest's serial port 0 or 1. */
    public void sendSerial(int port, byte[] bytes) {
        byte[] copy = bytes.clone();
        loop.execute(() -> board.serialInput(port, copy));
    }

    /** What was written to debug port 0xE9. */
    public SerialLog debugPort() {
        return board.debugLog();
    }

    /** Guest-physical memory from {@code pa} on, as a bus master sees it: what is no memory reads as all ones. */
    public byte[] memory(long pa, int length) {
        return call(() -> {
            byte[] bytes = new byte[length];
            board.memory().dma().read(pa, bytes, 0, length);
            return bytes;
        });
    }

    /** The drives with removable media and the activity lights. */
    public Drives drives() {
        return board.drives();
    }

    /** The folders of the host's that the guest may use. */
    public List<ShareOption> shares() {
        return board.shares().options();
    }

    /** What the guest has asked of its shared folders; any thread. */
    public ShareStats shareStats() {
        return board.shares().stats();
    }

    /** Bytes moved between the guest and its shared folders, requests and answers included; a light compares two readings. */
    public long shareActivity() {
        return board.shares().activity();
    }

    /**
     * Runs {@code count} instructions more (or a few more, to the end of a block) and pauses; returns how many it were. Starts
     * the machine if it was not. Ends early when the machine powers off, or when nothing has woken a halted guest for ten
     * seconds of machine time.
     */
    public long runInstructions(long count) {
        if (state == MachineState.READY) {
            state = MachineState.PAUSED;
            loop.start();
        }
        CompletableFuture<Long> reached = new CompletableFuture<>();
        loop.execute(() -> {
            long from = board.accelerator().retired();
            loop.limit(count, () -> {
                change(MachineState.PAUSED);
                reached.complete(board.accelerator().retired() - from);
            });
            loop.setPaused(false);
            change(MachineState.RUNNING);
        });
        CompletableFuture.anyOf(reached, ended).join();
        return reached.getNow(0L);
    }

    public MachineStats stats() {
        return call(() -> new MachineStats(
                board.accelerator().retired(),
                board.accelerator().tier(),
                board.clock().nanos() / 1e9,
                loop.idleNanos() / 1e9,
                loop.hostCpuNanos() / 1e9,
                board.accelerator().translation()));
    }

    private boolean carryOutRequests() {
        if (board.takePowerOffRequest()) {
            return false;
        }
        if (board.takeResetRequest()) {
            board.reset();
        }
        return true;
    }

    private void loopEnded(Throwable cause) {
        if (cause != null) {
            failure = HostTrouble.sentence(cause);
        }
        closeBoard();
        change(cause == null && failure == null ? MachineState.OFF : MachineState.FAILED);
        ended.complete(null);
    }

    private void closeBoard() {
        try {
            board.close();
        } catch (IOException e) {
            failure = HostTrouble.sentence(e);
        }
    }

    private void change(MachineState to) {
        state = to;
        tell(to);
    }

    private void tell(MachineState to) {
        for (MachineListener l : listeners) {
            l.stateChanged(to);
        }
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    /** As {@link #call} for what may fail. */
    private <T> T attempt(Attempt<T> work) throws IOException {
        try {
            return call(() -> {
                try {
                    return work.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io) {
                throw io.getCause();
            }
            throw e;
        }
    }

    /** Has the machine's thread compute something; after the end it is computed here, as nobody else touches the board. */
    private <T> T call(Supplier<T> question) {
        if (state == MachineState.READY || ended.isDone() || loop.onMachineThread()) {
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        CompletableFuture.anyOf(answer, ended).join();
        return answer.isDone() ? answer.join() : question.get();
    }
}
