package org.terrarium.vm.library;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import org.terrarium.vm.HostTrouble;

/** A serial port behind a TCP port of the host's loopback address, for one client at a time. */
final class SerialTcp extends OutputStream {
    private final ServerSocket server;
    private volatile Socket client;

    private SerialTcp(ServerSocket server) {
        this.server = server;
    }

    static SerialTcp listen(int port) throws IOException {
        try {
            return new SerialTcp(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen at TCP port " + port + " for the serial port: " + HostTrouble.sentence(e), e);
        }
    }

    /** Takes clients from now on; what they send goes to {@code input}. */
    void serve(Consumer<byte[]> input) {
        Thread.ofPlatform().daemon().name("serial-tcp-" + server.getLocalPort()).start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    client = socket;
                    Streams.forEachChunk(socket.getInputStream(), input);
                } catch (IOException e) {
                    // The client has gone, or the server is being closed, which the loop looks at.
                    continue;
                } finally {
                    client = null;
                }
            }
        });
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        Socket now = client;
        if (now != null) {
            try {
                now.getOutputStream().write(bytes, from, length);
            } catch (IOException e) {
                // As on a cable that has been pulled: the bytes are lost, the port goes on.
                client = null;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Socket now = client;
        if (now != null) {
            now.close();
        }
    }
}
