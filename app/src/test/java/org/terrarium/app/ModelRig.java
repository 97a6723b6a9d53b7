package org.terrarium.app;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Jobs;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Threads;
import org.terrarium.app.text.Text;
import org.terrarium.disk.DiskCancelledException;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.spec.MachineSpec;

/** View models on a real library, without a window: the test's thread stands for the JavaFX thread. */
public final class ModelRig implements Jobs {
    private static final long PATIENCE_SECONDS = 60;

    private final LinkedBlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();
    private final List<String> problems = new ArrayList<>();
    public final Threads threads =
            new Threads(ui::add, work -> Thread.ofVirtual().start(work));

    /** A library in a folder; its trouble is collected. */
    public LibraryModel library(Path folder) {
        Text.use("en");
        return new LibraryModel(new MachineLibrary(folder), threads, reporter());
    }

    /** Collects what is reported to it. */
    public Problems reporter() {
        return (headline, sentence) -> ui.add(() -> problems.add(headline + ": " + sentence));
    }

    /** What was reported so far, headline and sentence. */
    public List<String> problems() {
        return problems;
    }

    /** Runs what the models want done on the JavaFX thread until something is so. */
    public void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            Runnable next = ui.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertNotNull(next, "nothing more happens; problems: " + problems);
            next.run();
        }
    }

    /** Makes a machine without a disk and waits until it is there. */
    public MachineModel create(LibraryModel library, String name, long diskBytes) throws InterruptedException {
        List<MachineModel> made = new ArrayList<>();
        library.create(MachineSpec.of(name).withMemory(16), diskBytes, made::add);
        await(() -> !made.isEmpty());
        return made.getFirst();
    }

    @Override
    public <T> void follow(DiskJob<T> job, Consumer<T> done, Consumer<String> failed) {
        job.result()
                .whenComplete((result, trouble) -> ui.add(() -> {
                    if (trouble == null) {
                        done.accept(result);
                    } else if (!(trouble instanceof DiskCancelledException)) {
                        failed.accept(HostTrouble.sentence(trouble));
                    }
                }));
    }
}
