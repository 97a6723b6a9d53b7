package org.terrarium.vm.share;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/** The client's fids and their handles; both are bounded, whatever the client asks for. */
final class FidTable {
    static final int MAX_FIDS = 65_536;

    /** All paths together. */
    static final int MAX_PATH_BYTES = 16 << 20;

    /** Handles at a time; of more, those used longest ago are closed for the time being. */
    static final int MAX_HANDLES = 256;

    private final SharedFolder folder;
    private final Map<Integer, Fid> fids = new LinkedHashMap<>();

    /** Those with a handle, the one used longest ago first. */
    private final LinkedHashSet<Fid> handles = new LinkedHashSet<>();

    private long pathBytes;

    FidTable(SharedFolder folder) {
        this.folder = folder;
    }

    Fid get(int number) throws Errno {
        Fid fid = fids.get(number);
        if (fid == null) {
            throw new Errno(Errno.EBADF);
        }
        return fid;
    }

    boolean has(int number) {
        return fids.containsKey(number);
    }

    void add(int number, Fid fid) throws Errno {
        if (fids.containsKey(number)) {
            throw new Errno(Errno.EBADF);
        }
        if (fids.size() >= MAX_FIDS || pathBytes + fid.path.bytes() > MAX_PATH_BYTES) {
            throw new Errno(Errno.EMFILE);
        }
        pathBytes += fid.path.bytes();
        fids.put(number, fid);
    }

    /** A fid now stands for something else. */
    void moved(Fid fid, FolderPath to) {
        pathBytes += to.bytes() - fid.path.bytes();
        fid.path = to;
    }

    void remove(int number) throws Errno {
        Fid fid = get(number);
        fids.remove(number);
        pathBytes -= fid.path.bytes();
        handles.remove(fid);
        fid.close();
    }

    void clear() {
        fids.values().forEach(Fid::close);
        fids.clear();
        handles.clear();
        pathBytes = 0;
    }

    int size() {
        return fids.size();
    }

    int handles() {
        return handles.size();
    }

    Map<Integer, Fid> all() {
        return fids;
    }

    /** Opens what a fid stands for. */
    void opened(Fid fid, int flags, SharedFolder.Handle handle) {
        fid.open = true;
        fid.flags = flags & ~(HostCalls.O_TRUNC | HostCalls.O_EXCL | HostCalls.O_CREAT);
        fid.nameless = false;
        fid.opened = handle.opened();
        fid.handle = handle;
        handles.add(fid);
    }

    /** Closes a handle that can be had again where there are too many; called before one more is opened. */
    void makeRoom() throws Errno {
        if (handles.size() < MAX_HANDLES) {
            return;
        }
        for (Iterator<Fid> i = handles.iterator(); i.hasNext(); ) {
            Fid fid = i.next();
            if (!fid.nameless) {
                i.remove();
                fid.close();
                return;
            }
        }
        throw new Errno(Errno.EMFILE);
    }

    /** The handle of an open fid; EBADF for one that is not open, ESTALE when what was opened is not there any more. */
    SharedFolder.Handle handle(Fid fid) throws Errno {
        if (!fid.open) {
            throw new Errno(Errno.EBADF);
        }
        if (fid.handle == null) {
            reopen(fid);
        }
        handles.remove(fid);
        handles.add(fid);
        return fid.handle;
    }

    private void reopen(Fid fid) throws Errno {
        if (fid.nameless) {
            throw new Errno(Errno.ESTALE);
        }
        makeRoom();
        SharedFolder.Handle handle;
        try {
            handle = folder.open(fid.path, fid.flags);
        } catch (Errno e) {
            throw e.number() == Errno.ENOENT || e.number() == Errno.ENOTDIR ? new Errno(Errno.ESTALE) : e;
        }
        if (fid.opened != null && !fid.opened.sameFile(handle.opened())) {
            handle.close();
            throw new Errno(Errno.ESTALE);
        }
        fid.opened = handle.opened();
        fid.handle = handle;
    }

    /** Refuses a renaming that would make paths longer than is kept; to be asked before. */
    void requireMovable(FolderPath from, FolderPath to) throws Errno {
        long total = pathBytes;
        int more = to.bytes() - from.bytes();
        for (Fid fid : fids.values()) {
            if (fid.path.within(from)) {
                total += more;
                if (fid.path.bytes() + more > FolderPath.MAX_BYTES || total > MAX_PATH_BYTES) {
                    throw new Errno(Errno.ENAMETOOLONG);
                }
            }
        }
    }

    /** A name, and everything below it, is another one now. What had the new name before has none any more. */
    void renamed(FolderPath from, FolderPath to) {
        if (from.equals(to)) {
            return;
        }
        removed(to);
        for (Fid fid : fids.values()) {
            if (fid.path.within(from)) {
                moved(fid, fid.path.moved(from, to));
            }
        }
    }

    /** A name is gone: openings of it go on without. */
    void removed(FolderPath path) {
        for (Fid fid : fids.values()) {
            if (fid.open && fid.path.equals(path)) {
                fid.nameless = true;
            }
        }
    }
}
