package org.terrarium.net.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where another process's switch is found: {@code tcp:HOST:PORT}, or {@code unix:PATH} for a Unix domain socket.
 *
 * @param host name or address, null for a Unix domain socket
 * @param path of a Unix domain socket, or null
 */
public record SwitchAddress(String host, int port, String path) {
    private static final Pattern TCP =
            Pattern.compile("tcp:([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])?:([0-9]{1,5})");
    private static final String UNIX = "unix:";

    /** What the host's socket addresses hold (sockaddr_un, unix(7)), less the end mark. */
    private static final int MAX_PATH = 107;

    /** Parses either form; without a host it is 127.0.0.1. IllegalArgumentException with a sentence otherwise. */
    public static SwitchAddress parse(String text) {
        if (text.startsWith(UNIX)) {
            String path = text.substring(UNIX.length());
            if (!path.startsWith("/") || path.length() > MAX_PATH || path.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("'" + text + "': a Unix domain socket needs a whole path of at most "
                        + MAX_PATH + " characters");
            }
            return new SwitchAddress(null, 0, path);
        }
        Matcher m = TCP.matcher(text);
        int port = m.matches() ? Integer.parseInt(m.group(2)) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no place of another switch; write tcp:HOST:PORT or unix:/PATH");
        }
        return new SwitchAddress(m.group(1) == null ? "127.0.0.1" : m.group(1), port, null);
    }

    /** The form that {@link #parse} reads. */
    public String text() {
        return path != null ? UNIX + path : "tcp:" + host + ":" + port;
    }

    /** The host's form of it; asks the host's resolver for names, and so takes its time. */
    SocketAddress resolve() throws IOException {
        return path != null
                ? UnixDomainSocketAddress.of(path)
                : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** An unbound server socket of the right family. */
    ServerSocketChannel server() throws IOException {
        return path != null ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
    }
}
