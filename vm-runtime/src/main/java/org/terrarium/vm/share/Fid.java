package org.terrarium.vm.share;

/**
 * What a client's number stands for: a place below the shared folder, and after Tlopen or Tlcreate an opening of it. The opening
 * may have no handle for a time, when there were too many or the machine was restored; it gets one when it is needed.
 */
final class Fid {
    FolderPath path;

    /** Whether it has been opened. */
    boolean open;

    /** With which flags of open(2), without those that act once; only for an open one. */
    int flags;

    /** Whether the opened name has been removed or replaced since, so that only the handle leads there. */
    boolean nameless;

    /** What was opened, by which a later opening is known to be the same; null when that is not known. */
    FileFacts opened;

    SharedFolder.Handle handle;

    Fid(FolderPath path) {
        this.path = path;
    }

    void close() {
        if (handle != null) {
            handle.close();
            handle = null;
        }
    }
}
