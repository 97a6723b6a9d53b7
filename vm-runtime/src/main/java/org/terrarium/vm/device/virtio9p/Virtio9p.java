package org.terrarium.vm.device.virtio9p;

import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import org.terrarium.vm.device.virtio.Chain;
import org.terrarium.vm.device.virtio.Virtio;
import org.terrarium.vm.device.virtio.VirtioDevice;
import org.terrarium.vm.device.virtio.VirtqueueException;
import org.terrarium.vm.share.FileServer;
import org.terrarium.vm.share.ShareQueue;

/**
 * A 9P transport (virtio 1.2, 5.1 names device type 9; the layout is that of Linux's net/9p and QEMU): one queue, a buffer's
 * readable part is a request, its writable part takes the answer; the configuration has the mount tag. What is under way at a
 * time is bounded, whatever the driver asks for.
 */
public final class Virtio9p implements VirtioDevice<Virtio9pState> {
    /** Longest mount tag, bytes; Linux shows tags of this length whole. */
    public static final int MAX_TAG = 31;

    /** As QEMU's; a message of Linux's has at most as many pieces. */
    private static final int QUEUE_SIZE = 128;

    private static final int OTHER_MASS_STORAGE = 0x018000;
    private static final long F_MOUNT_TAG = 1;
    private static final int HEADER = 7;

    private static final int MAX_REQUESTS = 64;

    /** Of requests and the room for their answers together; the last one may go beyond. */
    private static final long MAX_BYTES = 4 << 20;

    private final byte[] tag;
    private final FileServer server;
    private final ShareQueue queue;
    private final LongConsumer activity;
    private Transport transport;
    private int requests;
    private long bytes;

    /** Grows with each reset: answers to requests from before are for nobody. */
    private int session;

    /**
     * @param tag by which the guest knows the folder, ASCII
     * @param activity told the number of bytes of every answer and its request
     */
    public Virtio9p(String tag, FileServer server, ShareQueue queue, LongConsumer activity) {
        this.tag = tag.getBytes(StandardCharsets.US_ASCII);
        this.server = server;
        this.queue = queue;
        this.activity = activity;
    }

    @Override
    public int type() {
        return Virtio.TRANSPORT_9P;
    }

    @Override
    public int pciClass() {
        return OTHER_MASS_STORAGE;
    }

    @Override
    public long features() {
        return F_MOUNT_TAG;
    }

    @Override
    public int[] queueSizes() {
        return new int[] {QUEUE_SIZE};
    }

    @Override
    public int configBytes() {
        return 2 + tag.length;
    }

    @Override
    public int readConfig(int offset) {
        return offset < 2 ? tag.length >> 8 * offset & 0xFF : tag[offset - 2] & 0xFF;
    }

    @Override
    public void writeConfig(int offset, int value) {
        // Nothing there can be changed.
    }

    @Override
    public void connect(Transport t) {
        transport = t;
    }

    @Override
    public void notified(int number) throws VirtqueueException {
        while (requests < MAX_REQUESTS && bytes < MAX_BYTES) {
            Chain chain = transport.queue(0).take();
            if (chain == null) {
                transport.queue(0).askForNotification();
                return;
            }
            begin(chain);
        }
    }

    private void begin(Chain chain) throws VirtqueueException {
        byte[] header = new byte[HEADER];
        if (chain.read(0, header, 0, HEADER) < HEADER || chain.writableBytes() < FileServer.ERROR_BYTES) {
            throw new VirtqueueException("a message without header, or without room for an answer");
        }
        long length = header[0] & 0xFF | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16 | (header[3] & 0xFFL) << 24;
        if (length < HEADER || length > chain.readableBytes() || length > FileServer.MAX_MESSAGE) {
            put(chain, FileServer.refusal(header[5] & 0xFF | (header[6] & 0xFF) << 8));
            return;
        }
        byte[] request = new byte[(int) length];
        chain.read(0, request, 0, request.length);
        int room = (int) Math.min(chain.writableBytes(), FileServer.MAX_MESSAGE);
        long cost = length + room;
        int asked = session;
        requests++;
        bytes += cost;
        queue.submit(() -> server.answer(request, room), answer -> {
            if (asked != session) {
                return;
            }
            requests--;
            bytes -= cost;
            activity.accept(request.length + answer.length);
            put(chain, answer);
            transport.lookAgain(0);
        });
    }

    private void put(Chain chain, byte[] answer) {
        chain.write(0, answer, 0, answer.length);
        transport.giveBack(0, chain, answer.length);
    }

    /** Brings everything in flight to rest, as saving requires. */
    public void settle() {
        queue.settle();
    }

    @Override
    public void reset() {
        startOver();
        queue.submit(
                () -> {
                    server.reset();
                    return null;
                },
                answer -> {});
    }

    private void startOver() {
        session++;
        requests = 0;
        bytes = 0;
        queue.forget();
    }

    @Override
    public Virtio9pState save() {
        queue.settle();
        return new Virtio9pState(server.save());
    }

    @Override
    public void restore(Virtio9pState s) {
        startOver();
        queue.settle();
        server.restore(s.server());
    }
}
