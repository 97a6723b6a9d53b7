package org.terrarium.vm;

import java.io.IOException;
import java.io.OutputStream;
import org.terrarium.vm.device.uart.SerialPipe;
import org.terrarium.vm.device.uart.Uart;

/** The host's end of a serial cable: everything sent is kept in a log and copied to a stream, if there is one. */
final class SerialPort {
    private final SerialLog log;
    private OutputStream sink;
    private final SerialPipe pipe = new SerialPipe(this::sent);
    private Uart uart;

    /** {@code sink} may be null. */
    SerialPort(SerialLog log, OutputStream sink) {
        this.log = log;
        this.sink = sink;
    }

    SerialPipe pipe() {
        return pipe;
    }

    void connect(Uart port) {
        uart = port;
    }

    /** Machine thread. */
    void send(byte[] bytes) {
        pipe.send(bytes);
        uart.inputReady();
    }

    private void sent(int value) {
        log.append(value);
        if (sink != null) {
            try {
                sink.write(value);
                if (value == '\n' || value == '\r' || value == ' ') {
                    sink.flush();
                }
            } catch (IOException e) {
                // Whoever listened has gone away (a closed pipe); the guest goes on without them, as with a pulled
                // cable.
                sink = null;
            }
        }
    }

    void close() {
        log.close();
        if (sink != null) {
            try {
                sink.flush();
            } catch (IOException e) {
                sink = null;
            }
        }
    }
}
