package org.terrarium.app.console;

import com.techsenger.jeditermfx.core.TtyConnector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.terrarium.vm.Machine;
import org.terrarium.vm.SerialLog;

/** A machine's serial port as a terminal's line. Text is UTF-8, as Linux's consoles have it. The terminal's own threads call this. */
final class SerialConnector implements TtyConnector {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Machine machine;
    private final int port;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private CharBuffer decoded = CharBuffer.allocate(0);
    private byte[] rest = {};
    private long position;
    private volatile boolean closed;

    SerialConnector(Machine machine, int port) {
        this.machine = machine;
        this.port = port;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        try {
            while (!decoded.hasRemaining()) {
                if (closed) {
                    return -1;
                }
                SerialLog.Chunk chunk = machine.serial(port).read(position, LOOK_NANOS);
                if (chunk.bytes().length == 0 && chunk.end()) {
                    return -1;
                }
                position = chunk.next();
                decode(chunk.bytes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
        int count = Math.min(length, decoded.remaining());
        decoded.get(buffer, offset, count);
        return count;
    }

    /** A character whose bytes have not all come yet waits for the rest of them. */
    private void decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.allocate(rest.length + bytes.length)
                .put(rest)
                .put(bytes)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        rest = new byte[in.remaining()];
        in.get(rest);
        decoded = out.flip();
    }

    @Override
    public void write(byte[] bytes) {
        if (!closed) {
            machine.sendSerial(port, bytes);
        }
    }

    @Override
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean isConnected() {
        return !closed;
    }

    @Override
    public boolean ready() {
        return decoded.hasRemaining();
    }

    @Override
    public int waitFor() throws InterruptedException {
        while (!closed) {
            TimeUnit.NANOSECONDS.sleep(LOOK_NANOS);
        }
        return 0;
    }

    @Override
    public String getName() {
        return "serial " + (port + 1);
    }

    @Override
    public void close() {
        closed = true;
    }
}
