package org.terrarium.net.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.terrarium.net.wire.Octets;

/**
 * Linux's ICMP echo socket for users without rights (icmp(7), net.ipv4.ping_group_range): one for all echo requests of a
 * network, told apart by their sequence numbers. Java has no such sockets, so this calls the C library (java.lang.foreign); a
 * thread of its own waits for the answers.
 */
@SuppressWarnings("restricted") // the C library is what this is about
final class PingSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SOCKADDR_BYTES = 16;
    private static final int HEADER = 8;
    private static final int MAX_MESSAGE = 65536;

    /** How often the waiting thread looks whether it is still wanted, microseconds. */
    private static final long LOOK_MICROS = 250_000;

    private static final Linker LINKER = Linker.nativeLinker();

    /** Takes the answers; on the waiting thread. */
    interface Answers {
        void answer(int address, int sequence, byte[] data);
    }

    private final int fd;
    private final MethodHandle sendto;
    private final MethodHandle setsockopt;
    private final MethodHandle close;
    private volatile boolean closing;

    /** @throws IOException when this host has no such sockets, or not for this user */
    PingSocket(Answers answers) throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new IOException("this host has no ICMP echo sockets for users");
        }
        MethodHandle recvfrom;
        try {
            ValueLayout whole = ValueLayout.JAVA_INT;
            ValueLayout size = ValueLayout.JAVA_LONG;
            ValueLayout memory = ValueLayout.ADDRESS;
            MethodHandle socket = function("socket", whole, whole, whole, whole);
            sendto = function("sendto", size, whole, memory, size, whole, memory, whole);
            recvfrom = function("recvfrom", size, whole, memory, size, whole, memory, memory);
            setsockopt = function("setsockopt", whole, whole, whole, whole, memory, whole);
            close = function("close", whole, whole);
            fd = (int) socket.invokeExact(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_ICMP);
        } catch (Throwable e) {
            throw new IOException("this host's ICMP echo sockets cannot be used", e);
        }
        if (fd < 0) {
            throw new IOException("this host does not let its user send ICMP echo requests");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(16, 8);
            time.set(ValueLayout.JAVA_LONG, 8, LOOK_MICROS);
            option(SOL_SOCKET, SO_RCVTIMEO, time);
        }
        Thread.ofPlatform().name("ping").daemon(true).start(() -> receive(recvfrom, answers));
    }

    private static MethodHandle function(String name, ValueLayout result, ValueLayout... parameters) {
        MemorySegment address = LINKER.defaultLookup().find(name).orElseThrow();
        return LINKER.downcallHandle(address, FunctionDescriptor.of(result, parameters));
    }

    private void option(int level, int name, MemorySegment value) throws IOException {
        int result;
        try {
            result = (int) setsockopt.invokeExact(fd, level, name, value, (int) value.byteSize());
        } catch (Throwable e) {
            throw new IOException("an option of an ICMP echo socket cannot be set", e);
        }
        if (result != 0) {
            throw new IOException("an option of an ICMP echo socket was refused");
        }
    }

    /**
     * Sends an echo request; the kernel puts in an identifier of its own.
     *
     * @param ttl how many routers it may pass
     */
    void send(int address, int sequence, int ttl, byte[] from, int at, int length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            option(IPPROTO_IP, IP_TTL, arena.allocateFrom(ValueLayout.JAVA_INT, ttl));
            byte[] m = new byte[HEADER + length];
            m[0] = 8;
            Octets.put16(m, 6, sequence);
            System.arraycopy(from, at, m, HEADER, length);
            byte[] to = new byte[SOCKADDR_BYTES];
            to[0] = AF_INET; // the family is in the host's order, which is low octet first on all that run this
            Octets.put32(to, 4, address);
            long sent = (long) sendto.invokeExact(
                    fd,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, m),
                    (long) m.length,
                    0,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, to),
                    SOCKADDR_BYTES);
            if (sent < 0) {
                throw new IOException("the host did not send an ICMP echo request");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("an ICMP echo request cannot be sent", e);
        }
    }

    private void receive(MethodHandle recvfrom, Answers answers) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MAX_MESSAGE);
            MemorySegment from = arena.allocate(SOCKADDR_BYTES, 4);
            MemorySegment size = arena.allocate(4, 4);
            while (!closing) {
                size.set(ValueLayout.JAVA_INT, 0, SOCKADDR_BYTES);
                long got = (long) recvfrom.invokeExact(fd, buffer, (long) MAX_MESSAGE, 0, from, size);
                if (got >= HEADER && buffer.get(ValueLayout.JAVA_BYTE, 0) == 0) {
                    byte[] m = buffer.asSlice(0, got).toArray(ValueLayout.JAVA_BYTE);
                    byte[] address = from.asSlice(4, 4).toArray(ValueLayout.JAVA_BYTE);
                    answers.answer(Octets.i32(address, 0), Octets.u16(m, 6), Arrays.copyOfRange(m, HEADER, m.length));
                }
            }
        } catch (Throwable e) {
            closing = true; // no more answers; the guest sees lost packets
        } finally {
            end();
        }
    }

    private void end() {
        try {
            int _ = (int) close.invokeExact(fd);
        } catch (Throwable e) {
            throw new IllegalStateException("a socket could not be closed", e);
        }
    }

    /** The waiting thread gives the socket back within a moment. */
    @Override
    public void close() {
        closing = true;
    }
}
