package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.util.List;
import org.terrarium.disk.Storage;

/**
 * Writes metadata in one declared order, so that whatever moment the host dies at, nothing in the file refers to something
 * that is not there yet. Each stage is on stable storage before the next is written; guest data counts as before the first.
 */
final class FlushOrder {
    /** Metadata of one kind that is changed in memory first. */
    interface Stage {
        boolean dirty();

        /** Writes all changes to the file, which need not be stable when this returns. */
        void writeDirty() throws IOException;
    }

    private final Storage storage;
    private List<Stage> stages = List.of();
    private boolean unsynced;

    FlushOrder(Storage storage) {
        this.storage = storage;
    }

    /** What refers comes after what it refers to. */
    void declare(List<Stage> order) {
        stages = List.copyOf(order);
    }

    /** Something was written to the file outside the stages. */
    void written() {
        unsynced = true;
    }

    void sync() throws IOException {
        if (unsynced) {
            storage.sync();
            unsynced = false;
        }
    }

    /** Writes {@code last} and everything that must be in the file before it. */
    void writeThrough(Stage last) throws IOException {
        for (Stage stage : stages) {
            if (stage.dirty()) {
                sync();
                unsynced = true;
                stage.writeDirty();
            }
            if (stage == last) {
                return;
            }
        }
    }

    /** Writes {@code last} and what comes before it; all of that is on stable storage when this returns. */
    void flushThrough(Stage last) throws IOException {
        writeThrough(last);
        sync();
    }
}
