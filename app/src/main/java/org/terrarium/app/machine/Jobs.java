package org.terrarium.app.machine;

import java.util.function.Consumer;
import org.terrarium.vm.disk.DiskJob;

/** Where view models leave long work: it is shown with how far it is, can be stopped, and tells how it ended. */
public interface Jobs {
    /**
     * Follows a job until it ends.
     *
     * @param done gets the result, where properties change
     * @param failed gets one sentence; not called when the user stopped it
     */
    <T> void follow(DiskJob<T> job, Consumer<T> done, Consumer<String> failed);
}
