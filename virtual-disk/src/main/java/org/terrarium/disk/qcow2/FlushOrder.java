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
    private final Storage data;
    private List<Stage> stages = List.of();
    private boolean unsynced;
    private boolean dataUnsynced;

    /** @param data where guest data goes, which may be the same file */
    FlushOrder(Storage storage, Storage data) {
        this.storage = storage;
        this.data = data;
    }

    /** What refers comes after what it refers to. */
    void declare(List<Stage> order) {
        stages = List.copyOf(order);
    }

    /** Something was written to the file outside the stages. */
    void written() {
        unsynced = true;
    }

    /** Guest data was written. */
    void dataWritten() {
        dataUnsynced = true;
    }

    void sync() throws IOException {
        if (dataUnsynced) {
            dataUnsynced = false;
            try {
                data.sync();
            } catch (IOException e) {
                dataUnsynced = true;
                throw e;
            }
            if (data == storage) {
                unsynced = false;
            }
        }
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
