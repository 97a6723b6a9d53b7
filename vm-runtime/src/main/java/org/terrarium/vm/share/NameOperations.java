package org.terrarium.vm.share;

import java.util.ArrayList;
import java.util.List;

/** The requests about names: walking them, making, removing and changing them. */
final class NameOperations {
    private final SharedFolder folder;
    private final FidTable fids;
    private final boolean readOnly;

    NameOperations(SharedFolder folder, FidTable fids, boolean readOnly) {
        this.folder = folder;
        this.fids = fids;
        this.readOnly = readOnly;
    }

    private void requireWritable() throws Errno {
        if (readOnly) {
            throw new Errno(Errno.EROFS);
        }
    }

    private void putQid(MessageWriter out, FileFacts facts) throws Errno {
        Qids.put(out, facts, folder.device());
    }

    /** fid, afid, uname, aname, n_uname: there is one tree, and nobody is asked for a password. */
    void attach(MessageReader in, MessageWriter out) throws Errno {
        int number = in.u32();
        int authentication = in.u32();
        in.text();
        String tree = in.text();
        if (authentication != P9.NOFID) {
            throw new Errno(Errno.EINVAL);
        }
        if (!tree.isEmpty() && !tree.equals("/")) {
            throw new Errno(Errno.ENOENT);
        }
        FileFacts facts = folder.facts(FolderPath.ROOT);
        putQid(out, facts);
        fids.add(number, new Fid(FolderPath.ROOT));
    }

    /** fid, newfid, nwname, names: the answer has a qid for each name that is there; the new fid is made if all are. */
    void walk(MessageReader in, MessageWriter out) throws Errno {
        Fid from = fids.get(in.u32());
        int number = in.u32();
        int count = in.u16();
        if (count > P9.MAX_WALK || from.open && count > 0) {
            throw new Errno(Errno.EINVAL);
        }
        List<String> names = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            names.add(in.text());
        }
        FolderPath path = from.path;
        List<FileFacts> found = new ArrayList<>();
        for (String name : names) {
            try {
                path = name.equals("..") ? path.parent() : path.child(name);
                found.add(folder.facts(path));
            } catch (Errno e) {
                if (found.isEmpty()) {
                    throw e.number() == Errno.EINVAL ? new Errno(Errno.ENOENT) : e;
                }
                break;
            }
        }
        out.u16(found.size());
        for (FileFacts f : found) {
            putQid(out, f);
        }
        if (found.size() < count) {
            return;
        }
        if (fids.has(number) && fids.get(number) == from) {
            fids.moved(from, path);
        } else {
            fids.add(number, new Fid(path));
        }
    }

    /** fid: removes the file; the fid is gone in any case. */
    void removeFid(MessageReader in) throws Errno {
        int number = in.u32();
        FolderPath path = fids.get(number).path;
        try {
            requireWritable();
            remove(path, folder.facts(path).directory());
        } finally {
            fids.remove(number);
        }
    }

    private void remove(FolderPath path, boolean directory) throws Errno {
        folder.remove(path, directory);
        fids.removed(path);
    }

    /** dfid, name, mode, gid. */
    void makeFolder(MessageReader in, MessageWriter out) throws Errno {
        FolderPath path = fids.get(in.u32()).path.child(in.text());
        int mode = in.u32();
        requireWritable();
        putQid(out, folder.makeFolder(path, mode));
    }

    /** fid, name, target, gid. */
    void symlink(MessageReader in, MessageWriter out) throws Errno {
        FolderPath path = fids.get(in.u32()).path.child(in.text());
        String target = in.text();
        requireWritable();
        putQid(out, folder.symlink(path, target));
    }

    void readLink(MessageReader in, MessageWriter out) throws Errno {
        out.text(folder.readLink(fids.get(in.u32()).path));
    }

    /** dfid, fid, name. */
    void link(MessageReader in) throws Errno {
        FolderPath parent = fids.get(in.u32()).path;
        FolderPath file = fids.get(in.u32()).path;
        FolderPath as = parent.child(in.text());
        requireWritable();
        folder.link(file, as);
    }

    /** fid, dfid, name. */
    void rename(MessageReader in) throws Errno {
        FolderPath from = fids.get(in.u32()).path;
        FolderPath to = fids.get(in.u32()).path.child(in.text());
        rename(from, to);
    }

    /** olddirfid, oldname, newdirfid, newname. */
    void renameAt(MessageReader in) throws Errno {
        FolderPath from = fids.get(in.u32()).path.child(in.text());
        FolderPath to = fids.get(in.u32()).path.child(in.text());
        rename(from, to);
    }

    private void rename(FolderPath from, FolderPath to) throws Errno {
        requireWritable();
        fids.requireMovable(from, to);
        folder.rename(from, to);
        fids.renamed(from, to);
    }

    /** dirfd, name, flags. */
    void unlinkAt(MessageReader in) throws Errno {
        FolderPath path = fids.get(in.u32()).path.child(in.text());
        int flags = in.u32();
        requireWritable();
        if ((flags & ~HostCalls.AT_REMOVEDIR) != 0) {
            throw new Errno(Errno.EINVAL);
        }
        remove(path, flags != 0);
    }
}
