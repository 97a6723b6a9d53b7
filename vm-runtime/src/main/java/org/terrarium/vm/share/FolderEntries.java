package org.terrarium.vm.share;

/** Puts entries of a folder into an Rreaddir until it is full. */
final class FolderEntries implements HostCalls.EntrySink {
    private static final int FIXED = 24; // qid, offset, type, length of the name

    /** What an entry takes at most. */
    static final int LONGEST = FIXED + 255;

    private final MessageWriter out;
    private final int end;
    private final FileFacts self;
    private final FileFacts root;
    private final boolean isRoot;
    private boolean full;
    private long next;

    /**
     * @param end length that the message may come to
     * @param self the folder that is read
     * @param root the shared folder
     * @param isRoot whether the two are the same: what is above is not told
     * @param from where reading begins
     */
    FolderEntries(MessageWriter out, int end, FileFacts self, FileFacts root, boolean isRoot, long from) {
        this.out = out;
        this.end = end;
        this.self = self;
        this.root = root;
        this.isRoot = isRoot;
        next = from;
    }

    @Override
    public boolean take(HostCalls.Entry entry) {
        int bytes = FIXED + entry.name().length();
        if (bytes > end - out.length()) {
            full = true;
            return false;
        }
        boolean above = isRoot && entry.name().equals("..");
        HostCalls.Entry shown =
                above ? new HostCalls.Entry(root.inode(), entry.next(), entry.type(), entry.name()) : entry;
        try {
            Qids.put(out, shown, self.device(), root.device());
            out.u64(shown.next()).u8(shown.type()).text(shown.name());
        } catch (Errno e) {
            throw new IllegalStateException("an entry that fits is taken", e);
        }
        next = entry.next();
        return true;
    }

    /** Whether an entry was refused. */
    boolean full() {
        return full;
    }

    /** Where the entry behind the last one taken begins. */
    long next() {
        return next;
    }
}
