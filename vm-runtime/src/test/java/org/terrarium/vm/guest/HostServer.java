package org.terrarium.vm.guest;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** What guests of the network tests talk to: an HTTP server and a place to send octets to, on this host's loopback. */
final class HostServer implements AutoCloseable {
    private final byte[] content;
    private final HttpServer http;
    private final ServerSocket sink;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    /** Serves {@code octets} random octets as {@code /file}. */
    HostServer(int octets, long seed) throws IOException {
        this(octets, seed, InetAddress.getLoopbackAddress());
    }

    /** The same at another address of this host. */
    HostServer(int octets, long seed, InetAddress at) throws IOException {
        content = new byte[octets];
        new Random(seed).nextBytes(content);
        http = HttpServer.create(new InetSocketAddress(at, 0), 100);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/file", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        http.createContext("/small", exchange -> {
            byte[] answer = "small answer\n".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
        sink = new ServerSocket(0, 10, at);
        Thread.ofVirtual().start(this::takeAll);
    }

    private void takeAll() {
        try {
            while (true) {
                try (Socket s = sink.accept()) {
                    received.add(md5(s.getInputStream()));
                }
            }
        } catch (IOException e) {
            received.add("ended: " + e.getMessage());
        }
    }

    int httpPort() {
        return http.getAddress().getPort();
    }

    int sinkPort() {
        return sink.getLocalPort();
    }

    String md5() {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    /** The checksums of what connections to {@link #sinkPort} have sent, in order. */
    BlockingQueue<String> received() {
        return received;
    }

    static String md5(InputStream in) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        sink.close();
    }
}
