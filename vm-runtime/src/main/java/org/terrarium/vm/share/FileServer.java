package org.terrarium.vm.share;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.terrarium.vm.share.FileServerState.FidState;

/**
 * Serves a folder of the host's to one client by 9P2000.L: takes a request, gives the answer. Whatever the request is, there is
 * an answer and nothing thrown; an operation that fails is an Rlerror with Linux's number for why.
 *
 * <p>Not carried out: owners (every file belongs to who runs the machine; a change is accepted and forgotten, so that archives
 * unpack), extended attributes, device files and pipes. Locks always succeed, as the guest's kernel has asked among its own
 * programs before. For one thread at a time.
 */
public final class FileServer implements AutoCloseable {
    /** Longest message that is agreed to. */
    public static final int MAX_MESSAGE = 1 << 20;

    /** Shorter ones would not hold a path (and QEMU agrees to none either). */
    public static final int MIN_MESSAGE = 4096;

    /** Of an answer that says what went wrong. */
    public static final int ERROR_BYTES = P9.HEADER + 4;

    private final FidTable fids;
    private final SharedFolder folder;
    private final FileOperations files;
    private final NameOperations names;
    private final ShareCounters counters = new ShareCounters();

    /** The longest message either side may send, as agreed on; 0 before. */
    private int messageSize;

    /** @param readOnly refuse every change with EROFS */
    public FileServer(Path hostFolder, boolean readOnly) {
        folder = new SharedFolder(hostFolder);
        fids = new FidTable(folder);
        files = new FileOperations(folder, fids, readOnly, counters);
        names = new NameOperations(folder, fids, readOnly);
    }

    /** Whether this host has what it takes to keep a guest within the folder. */
    public static boolean possibleHere() {
        return HostCalls.available();
    }

    /**
     * Carries out a request.
     *
     * @param request a whole message, 7 bytes at least, whose length field has been looked at already
     * @param room bytes that the client has for the answer, {@link #ERROR_BYTES} at least
     */
    public byte[] answer(byte[] request, int room) {
        int type = request[4] & 0xFF;
        int tag = request[5] & 0xFF | (request[6] & 0xFF) << 8;
        int limit = Math.min(room, messageSize == 0 ? MAX_MESSAGE : messageSize);
        try {
            counters.request();
            MessageReader in = new MessageReader(request);
            in.data(P9.HEADER);
            MessageWriter out = new MessageWriter(limit);
            carryOut(type, in, out);
            return out.message(type + 1, tag);
        } catch (Errno e) {
            return failure(tag, e.number());
        } catch (RuntimeException | Error e) {
            return failure(tag, Errno.EIO); // a mistake in here must neither stop the guest nor the machine
        }
    }

    /** The answer to a message that is no request at all, or longer than any. */
    public static byte[] refusal(int tag) {
        return failure(tag, Errno.EINVAL);
    }

    private static byte[] failure(int tag, int errno) {
        try {
            return new MessageWriter(ERROR_BYTES).u32(errno).message(P9.RLERROR, tag);
        } catch (Errno e) {
            throw new IllegalStateException("an answer of its own length has room", e);
        }
    }

    private void carryOut(int type, MessageReader in, MessageWriter out) throws Errno {
        if (type == P9.TVERSION) {
            version(in, out);
            return;
        }
        if (messageSize == 0) {
            throw new Errno(Errno.EINVAL);
        }
        switch (type) {
            case P9.TATTACH -> names.attach(in, out);
            case P9.TWALK -> names.walk(in, out);
            case P9.TCLUNK -> fids.remove(in.u32());
            case P9.TREMOVE -> names.removeFid(in);
            case P9.TMKDIR -> names.makeFolder(in, out);
            case P9.TSYMLINK -> names.symlink(in, out);
            case P9.TREADLINK -> names.readLink(in, out);
            case P9.TLINK -> names.link(in);
            case P9.TRENAME -> names.rename(in);
            case P9.TRENAMEAT -> names.renameAt(in);
            case P9.TUNLINKAT -> names.unlinkAt(in);
            case P9.TMKNOD -> throw new Errno(Errno.EPERM);
            case P9.TLOPEN -> files.open(in, out);
            case P9.TLCREATE -> files.create(in, out);
            case P9.TREAD -> files.read(in, out);
            case P9.TWRITE -> files.write(in, out);
            case P9.TREADDIR -> files.readFolder(in, out);
            case P9.TFSYNC -> files.sync(in);
            case P9.TGETATTR -> files.attributes(in, out);
            case P9.TSETATTR -> files.setAttributes(in);
            case P9.TSTATFS -> files.space(in, out);
            case P9.TLOCK -> files.lock(in, out);
            case P9.TGETLOCK -> files.getLock(in, out);
            case P9.TFLUSH -> in.u16(); // requests are carried out one after the other: that one has been answered
            default -> throw new Errno(Errno.EOPNOTSUPP);
        }
    }

    /** Begins a session; what the client had before is forgotten. */
    private void version(MessageReader in, MessageWriter out) throws Errno {
        int wanted = in.u32();
        String version = in.text();
        reset();
        int size = Integer.compareUnsigned(wanted, MAX_MESSAGE) > 0 ? MAX_MESSAGE : wanted;
        if (size < MIN_MESSAGE) {
            throw new Errno(Errno.EMSGSIZE);
        }
        boolean known = version.equals(P9.VERSION);
        out.u32(size).text(known ? P9.VERSION : P9.UNKNOWN_VERSION);
        messageSize = known ? size : 0;
    }

    /** What the client has asked for so far; any thread. */
    public ShareCounters counters() {
        return counters;
    }

    /** The client has gone: nothing stays open. */
    public void reset() {
        messageSize = 0;
        fids.clear();
        folder.close();
    }

    @Override
    public void close() {
        reset();
    }

    public FileServerState save() {
        List<FidState> saved = new ArrayList<>();
        for (Map.Entry<Integer, Fid> e : fids.all().entrySet()) {
            Fid fid = e.getValue();
            saved.add(new FidState(e.getKey(), fid.path.text(), fid.open, fid.flags, fid.nameless));
        }
        return new FileServerState(messageSize, saved.toArray(FidState[]::new));
    }

    /** Takes over what another server was asked for; files are looked for when the guest uses them next. */
    public void restore(FileServerState state) {
        reset();
        int size = state.messageSize();
        messageSize = size == 0 ? 0 : Math.clamp(size, MIN_MESSAGE, MAX_MESSAGE);
        for (FidState s : state.fids()) {
            try {
                Fid fid = new Fid(FolderPath.parse(s.path()));
                fid.open = s.open();
                fid.flags = s.flags();
                fid.nameless = s.nameless();
                fids.add(s.fid(), fid);
            } catch (Errno e) {
                throw new IllegalArgumentException("a fid of a shared folder that cannot be: " + s, e);
            }
        }
    }

    /** Open files and folders of the host's at this moment. */
    int handles() {
        return fids.handles();
    }

    int fids() {
        return fids.size();
    }
}
