package org.terrarium.net.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.terrarium.net.host.BootFiles;
import org.terrarium.net.wire.Ethernet;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.IpPacket;
import org.terrarium.net.wire.Tftp;
import org.terrarium.net.wire.Udp;

/**
 * Gives files to machines that boot from the network (TFTP, RFC 1350; options by RFC 2347 to 2349, window size by RFC 7440). Only
 * reading, only what {@link BootFiles} has; few transfers at a time, each with a port of its own.
 */
public final class TftpServer {
    /** The port that requests go to. */
    public static final int PORT = 69;

    /** Ports of transfers, below those that port forwards use at the gateway's address. */
    private static final int FIRST_PORT = 40000;

    private static final int LAST_PORT = 49151;
    private static final int MAX_TRANSFERS = 32;
    private static final int MAX_WINDOW = 16;
    private static final int MAX_TRIES = 6;
    private static final long SECOND = 1_000_000_000L;

    /** Takes a datagram for a client. */
    public interface Output {
        void send(IpAddress client, int clientPort, int serverPort, byte[] message, long now);
    }

    private record Client(IpAddress address, int port) {}

    private static final class Transfer {
        final Client client;
        final int port;
        final BootFiles.BootFile file;
        final Tftp.Options options;
        final boolean negotiated;
        long acknowledged;
        boolean started;
        int tries;
        long deadline;

        Transfer(Client client, int port, BootFiles.BootFile file, Tftp.Options options, boolean negotiated) {
            this.client = client;
            this.port = port;
            this.file = file;
            this.options = options;
            this.negotiated = negotiated;
        }

        /** The number of the last block, which is shorter than the others and may be empty. */
        long last() {
            return file.size() / options.blockSize() + 1;
        }
    }

    private final BootFiles files;
    private final Output output;
    private final Map<Client, Transfer> transfers = new LinkedHashMap<>();
    private int nextPort = FIRST_PORT;
    private long served;

    public TftpServer(BootFiles files, Output output) {
        this.files = files;
        this.output = output;
    }

    /**
     * Takes in a datagram to the server's address.
     *
     * @return whether its port belongs to this server
     */
    public boolean receive(IpAddress address, int clientPort, int port, byte[] message, long now) {
        Client client = new Client(address, clientPort);
        Transfer t = transfers.get(client);
        if (port == PORT) {
            request(client, message, now);
            return true;
        }
        if (port < FIRST_PORT || port > LAST_PORT) {
            return false;
        }
        if (t == null || t.port != port) {
            refuse(client, port, Tftp.UNKNOWN_TRANSFER, "there is no such transfer", now);
        } else if (Tftp.opcode(message) == Tftp.ERROR) {
            end(t);
        } else if (Tftp.opcode(message) == Tftp.ACK && message.length >= 4) {
            acknowledged(t, Tftp.block(message), now);
        }
        return true;
    }

    private void request(Client client, byte[] message, long now) {
        int opcode = Tftp.opcode(message);
        int port = nextPort;
        nextPort = nextPort == LAST_PORT ? FIRST_PORT : nextPort + 1;
        if (opcode == Tftp.WRITE) {
            refuse(client, port, Tftp.ACCESS_VIOLATION, "files can only be read here", now);
            return;
        }
        Tftp.Request wanted = opcode == Tftp.READ ? Tftp.request(message) : null;
        if (wanted == null) {
            refuse(client, port, Tftp.ILLEGAL_OPERATION, "this is no request", now);
        } else if (!wanted.mode().toLowerCase(Locale.ROOT).equals("octet")) {
            refuse(client, port, Tftp.NOT_DEFINED, "files are only given out in octet (binary) mode", now);
        } else {
            open(client, port, wanted, now);
        }
    }

    private void open(Client client, int port, Tftp.Request wanted, long now) {
        BootFiles.BootFile file;
        try {
            file = files.open(wanted.file());
        } catch (IOException e) {
            refuse(client, port, Tftp.ACCESS_VIOLATION, "the file cannot be read", now);
            return;
        }
        if (file == null) {
            refuse(client, port, Tftp.NOT_FOUND, "there is no such file", now);
            return;
        }
        Transfer before = transfers.get(client);
        if (before != null) {
            end(before); // it has asked again
        } else if (transfers.size() == MAX_TRANSFERS) {
            end(transfers.values().iterator().next());
        }
        int room = Ethernet.MTU - IpPacket.headerLength(client.address()) - Udp.HEADER - Tftp.HEADER;
        Tftp.Options options = wanted.options(file.size(), room, MAX_WINDOW);
        boolean negotiated = !options.accepted().isEmpty();
        Transfer t = new Transfer(client, port, file, options, negotiated);
        transfers.put(client, t);
        served++;
        t.started = !negotiated;
        send(t, now);
    }

    private void acknowledged(Transfer t, int block, long now) {
        if (!t.started) {
            if (block == 0) {
                t.started = true;
                progress(t, now);
            }
            return;
        }
        // Block numbers have 16 bits: the one meant is the next one behind the last acknowledged.
        long ahead = block - t.acknowledged & 0xFFFF;
        if (ahead == 0 || ahead > t.options.window() || t.acknowledged + ahead > t.last()) {
            return; // an old one once more: answering would send everything twice from then on
        }
        t.acknowledged += ahead;
        if (t.acknowledged == t.last()) {
            end(t);
        } else {
            progress(t, now);
        }
    }

    private void progress(Transfer t, long now) {
        t.tries = 0;
        send(t, now);
    }

    private void send(Transfer t, long now) {
        t.deadline = now + t.options.timeoutSeconds() * SECOND;
        if (!t.started) {
            output.send(t.client.address(), t.client.port(), t.port, Tftp.accept(t.options), now);
            return;
        }
        long until = Math.min(t.last(), t.acknowledged + t.options.window());
        for (long block = t.acknowledged + 1; block <= until; block++) {
            long at = (block - 1) * t.options.blockSize();
            byte[] data;
            try {
                data = t.file.read(at, (int) Math.min(t.options.blockSize(), t.file.size() - at));
            } catch (IOException e) {
                refuse(t.client, t.port, Tftp.NOT_DEFINED, "the file cannot be read", now);
                end(t);
                return;
            }
            output.send(t.client.address(), t.client.port(), t.port, Tftp.data((int) block & 0xFFFF, data), now);
        }
    }

    private void refuse(Client client, int port, int code, String text, long now) {
        byte[] message = Tftp.error(code, text.getBytes(StandardCharsets.US_ASCII));
        output.send(client.address(), client.port(), port, message, now);
    }

    private void end(Transfer t) {
        transfers.remove(t.client, t);
        try {
            t.file.close();
        } catch (IOException e) {
            return; // it was only read
        }
    }

    /** When {@link #expire} wants to be called; {@code Long.MAX_VALUE} when no transfer is going on. */
    public long deadline() {
        return transfers.values().stream().mapToLong(t -> t.deadline).min().orElse(Long.MAX_VALUE);
    }

    /** Sends again what was not acknowledged, and gives up on clients that have gone. */
    public void expire(long now) {
        List<Transfer> gone = new ArrayList<>();
        Iterator<Transfer> all = List.copyOf(transfers.values()).iterator();
        while (all.hasNext()) {
            Transfer t = all.next();
            if (t.deadline > now) {
                continue;
            }
            if (++t.tries > MAX_TRIES) {
                gone.add(t);
            } else {
                send(t, now);
            }
        }
        gone.forEach(this::end);
    }

    /** Transfers begun so far. */
    public long served() {
        return served;
    }

    /** Transfers going on. */
    public int active() {
        return transfers.size();
    }

    /** Closes all files. */
    public void close() {
        List.copyOf(transfers.values()).forEach(this::end);
    }
}
