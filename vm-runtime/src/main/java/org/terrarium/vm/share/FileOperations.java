package org.terrarium.vm.share;

import org.terrarium.vm.share.FileFacts.Moment;

/** The requests about files and their contents. */
final class FileOperations {
    /** What makes an opening one that changes something. */
    private static final int CHANGING = HostCalls.O_WRONLY | HostCalls.O_RDWR | HostCalls.O_TRUNC;

    private static final Moment NOW = new Moment(0, (int) HostCalls.UTIME_NOW);
    private static final Moment UNCHANGED = new Moment(0, (int) HostCalls.UTIME_OMIT);

    private final SharedFolder folder;
    private final FidTable fids;
    private final boolean readOnly;
    private final ShareCounters counters;

    FileOperations(SharedFolder folder, FidTable fids, boolean readOnly, ShareCounters counters) {
        this.folder = folder;
        this.fids = fids;
        this.readOnly = readOnly;
        this.counters = counters;
    }

    private void requireWritable() throws Errno {
        if (readOnly) {
            throw new Errno(Errno.EROFS);
        }
    }

    /** fid, flags: the answer is a qid and the most bytes of a transfer, where 0 leaves that to the message size. */
    void open(MessageReader in, MessageWriter out) throws Errno {
        Fid fid = closed(in.u32());
        int flags = in.u32();
        if ((flags & HostCalls.O_ACCMODE) == HostCalls.O_ACCMODE) {
            throw new Errno(Errno.EINVAL);
        }
        if (readOnly && (flags & CHANGING) != 0) {
            throw new Errno(Errno.EROFS);
        }
        fids.makeRoom();
        SharedFolder.Handle handle = folder.open(fid.path, flags);
        fids.opened(fid, flags, handle);
        Qids.put(out, handle.opened(), folder.device());
        out.u32(0);
    }

    private Fid closed(int number) throws Errno {
        Fid fid = fids.get(number);
        if (fid.open) {
            throw new Errno(Errno.EINVAL);
        }
        return fid;
    }

    /** fid, name, flags, mode, gid: the fid stands for the new file afterwards, open. */
    void create(MessageReader in, MessageWriter out) throws Errno {
        Fid fid = closed(in.u32());
        FolderPath path = fid.path.child(in.text());
        int flags = in.u32();
        int mode = in.u32();
        requireWritable();
        if ((flags & HostCalls.O_ACCMODE) == HostCalls.O_ACCMODE) {
            throw new Errno(Errno.EINVAL);
        }
        fids.makeRoom();
        SharedFolder.Handle handle = folder.create(path, flags, mode);
        fids.moved(fid, path);
        fids.opened(fid, flags, handle);
        Qids.put(out, handle.facts(), folder.device());
        out.u32(0);
    }

    /** fid, offset, count. */
    void read(MessageReader in, MessageWriter out) throws Errno {
        Fid fid = fids.get(in.u32());
        long offset = in.u64();
        int wanted = in.u32();
        SharedFolder.Handle handle = fids.handle(fid);
        if (handle.opened().directory()) {
            throw new Errno(Errno.EISDIR);
        }
        if (offset < 0) {
            throw new Errno(Errno.EINVAL);
        }
        int room = out.room() - 4;
        int count = Integer.compareUnsigned(wanted, room) > 0 ? room : wanted;
        int there = Math.clamp(handle.facts().size() - offset, 0, count);
        // A file of a system such as /proc has no size but contents all the same; one that grows just now may give
        // more.
        byte[] data = new byte[there > 0 ? there : Math.min(count, FileServer.MIN_MESSAGE)];
        int read = handle.read(offset, data, 0, data.length);
        out.u32(read).data(data, read);
        counters.read(read);
    }

    /** fid, offset, count, data. */
    void write(MessageReader in, MessageWriter out) throws Errno {
        Fid fid = fids.get(in.u32());
        long offset = in.u64();
        int count = in.u32();
        int at = in.data(count);
        requireWritable();
        if (offset < 0) {
            throw new Errno(Errno.EINVAL);
        }
        int written = fids.handle(fid).write(offset, in.bytes(), at, count);
        out.u32(written);
        counters.written(written);
    }

    /** fid, offset, count: entries with the offset of the next one each, as many as there is room for. */
    void readFolder(MessageReader in, MessageWriter out) throws Errno {
        Fid fid = fids.get(in.u32());
        long offset = in.u64();
        int wanted = in.u32();
        SharedFolder.Handle handle = fids.handle(fid);
        if (!handle.opened().directory()) {
            throw new Errno(Errno.ENOTDIR);
        }
        int room = out.room() - 4;
        int count = Integer.compareUnsigned(wanted, room) > 0 ? room : wanted;
        int place = out.length();
        out.u32(0);
        int begin = out.length();
        int end = begin + count;
        FolderEntries entries =
                new FolderEntries(out, end, handle.opened(), folder.facts(FolderPath.ROOT), fid.path.root(), offset);
        boolean more = true;
        while (more && (out.length() == begin || end - out.length() > FolderEntries.LONGEST)) {
            more = handle.entries(entries.next(), end - out.length(), entries) && !entries.full();
        }
        if (entries.full() && out.length() == begin) {
            throw new Errno(Errno.EINVAL); // not even one fits
        }
        out.replace(place, out.length() - begin);
    }

    /** fid, and with newer clients whether the data are enough. */
    void sync(MessageReader in) throws Errno {
        Fid fid = fids.get(in.u32());
        boolean dataOnly = in.more() && in.u32() != 0;
        fids.handle(fid).sync(dataOnly);
    }

    private FileFacts facts(Fid fid) throws Errno {
        return fid.open && (fid.handle != null || fid.nameless)
                ? fids.handle(fid).facts()
                : folder.facts(fid.path);
    }

    /** fid, mask. */
    void attributes(MessageReader in, MessageWriter out) throws Errno {
        Fid fid = fids.get(in.u32());
        in.u64();
        FileFacts f = facts(fid);
        boolean birth = f.created().seconds() != 0 || f.created().nanos() != 0;
        out.u64(P9.GETATTR_BASIC | (birth ? P9.GETATTR_BTIME : 0));
        Qids.put(out, f, folder.device());
        out.u32(f.mode()).u32(f.uid()).u32(f.gid()).u64(f.links());
        out.u64(0); // a device's number would mean one of the guest's own
        out.u64(f.size()).u64(f.blockSize()).u64(f.blocks());
        for (Moment m : new Moment[] {f.accessed(), f.modified(), f.changed(), f.created()}) {
            out.u64(m.seconds()).u64(m.nanos());
        }
        out.u64(0).u64(0); // generation and data version
    }

    /** fid, valid, mode, uid, gid, size, atime, mtime. */
    void setAttributes(MessageReader in) throws Errno {
        Fid fid = fids.get(in.u32());
        int valid = in.u32();
        int mode = in.u32();
        in.u32();
        in.u32();
        long size = in.u64();
        Moment accessed = new Moment(in.u64(), (int) in.u64());
        Moment modified = new Moment(in.u64(), (int) in.u64());
        requireWritable();
        boolean byHandle = fid.open && (fid.handle != null || fid.nameless);
        if ((valid & P9.SETATTR_SIZE) != 0) {
            if (size < 0) {
                throw new Errno(Errno.EINVAL);
            }
            if (byHandle && (fid.flags & CHANGING) != 0) {
                fids.handle(fid).truncate(size);
            } else {
                folder.truncate(fid.path, size);
            }
        }
        if ((valid & P9.SETATTR_MODE) != 0) {
            if (byHandle) {
                fids.handle(fid).permissions(mode);
            } else {
                folder.permissions(fid.path, mode);
            }
        }
        if ((valid & (P9.SETATTR_ATIME | P9.SETATTR_MTIME)) != 0) {
            Moment a = moment(valid, P9.SETATTR_ATIME, P9.SETATTR_ATIME_SET, accessed);
            Moment m = moment(valid, P9.SETATTR_MTIME, P9.SETATTR_MTIME_SET, modified);
            if (byHandle) {
                fids.handle(fid).times(a, m);
            } else {
                folder.times(fid.path, a, m);
            }
        }
    }

    private static Moment moment(int valid, int change, int set, Moment given) throws Errno {
        if ((valid & change) == 0) {
            return UNCHANGED;
        }
        if ((valid & set) == 0) {
            return NOW;
        }
        if (given.nanos() < 0 || given.nanos() >= 1_000_000_000) {
            throw new Errno(Errno.EINVAL); // also the numbers that mean something else to the host
        }
        return given;
    }

    void space(MessageReader in, MessageWriter out) throws Errno {
        HostCalls.Space s = folder.space(fids.get(in.u32()).path);
        out.u32(P9.V9FS_MAGIC).u32((int) s.blockSize());
        out.u64(s.blocks()).u64(s.free()).u64(s.available()).u64(s.files()).u64(s.freeFiles());
        out.u64(0).u32(s.nameLength());
    }

    /** fid, type, flags, start, length, proc_id, client_id. */
    void lock(MessageReader in, MessageWriter out) throws Errno {
        Fid fid = fids.get(in.u32());
        in.u8();
        in.u32();
        in.u64();
        in.u64();
        in.u32();
        in.text();
        fids.handle(fid);
        out.u8(P9.LOCK_SUCCESS);
    }

    /** fid, type, start, length, proc_id, client_id: the answer says that nobody else has a lock there. */
    void getLock(MessageReader in, MessageWriter out) throws Errno {
        Fid fid = fids.get(in.u32());
        in.u8();
        long start = in.u64();
        long length = in.u64();
        int process = in.u32();
        String client = in.text();
        fids.handle(fid);
        out.u8(P9.LOCK_TYPE_UNLCK).u64(start).u64(length).u32(process).text(client);
    }
}
