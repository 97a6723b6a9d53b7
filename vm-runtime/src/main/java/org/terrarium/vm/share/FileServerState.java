package org.terrarium.vm.share;

/**
 * Saved state of a file server: what the client has agreed on and what its fids stand for. The files themselves are the host's
 * and are not saved; what is not there any more when the state is restored is stale for the guest.
 *
 * @param messageSize the longest message, 0 while none has been agreed on
 */
public record FileServerState(int messageSize, FidState[] fids) {
    /** After power-on. */
    public static final FileServerState FRESH = new FileServerState(0, new FidState[0]);

    /**
     * A fid.
     *
     * @param path names with slashes between, from the shared folder on
     * @param nameless whether the file was removed while it was open, so that it is lost to the restored machine
     */
    public record FidState(int fid, String path, boolean open, int flags, boolean nameless) {}
}
