package org.terrarium.net.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.terrarium.net.wire.IpAddress;
import org.terrarium.net.wire.Octets;

/**
 * Linux's ICMP echo socket for users without rights (icmp(7), net.ipv4.ping_group_range): one for all echo requests of a
 * network, told apart by their sequence numbers. Java has no such sockets, so this calls the C library (java.lang.foreign); a
 * thread of its own waits for the answers.
 */
@SuppressWarnings("restricted") // the C library is what this is about
final class PingSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL = 2;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REQUEST6 = 128;
    private static final int ECHO_REPLY6 = 129;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SOCKADDR_BYTES = 16;
    private static final int SOCKADDR6_BYTES = 28;
    private static final int HEADER = 8;
    private static final int MAX_MESSAGE = 65536;

    /** How often the waiting thread looks whether it is still wanted, microseconds. */
    private static final long LOOK_MICROS = 250_000;

    private static final Linker LINKER = Linker.nativeLinker();

    /** Takes the answers; on the waiting thread. */
    interface Answers {
        void answer(IpAddress address, int sequence, byte[] data);
    }

    private final boolean ipv6;
    private final int addressBytes;
    private final int fd;
    private final MethodHandle sendto;
    private final MethodHandle setsockopt;
    private final MethodHandle close;
    private volatile boolean closing;

    /**
     * @param v6 for addresses of IPv6, else of IPv4
     * @throws IOException when this host has no such sockets, or not for this user
     */
    PingSocket(boolean v6, Answers answers) throws IOException {
        ipv6 = v6;
        addressBytes = v6 ? SOCKADDR6_BYTES : SOCKADDR_BYTES;
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
            int family = v6 ? AF_INET6 : AF_INET;
            fd = (int) socket.invokeExact(family, SOCK_DGRAM | SOCK_CLOEXEC, v6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
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
    void send(IpAddress address, int sequence, int ttl, byte[] from, int at, int length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment hops = arena.allocateFrom(ValueLayout.JAVA_INT, ttl);
            option(ipv6 ? IPPROTO_IPV6 : IPPROTO_IP, ipv6 ? IPV6_UNICAST_HOPS : IP_TTL, hops);
            byte[] m = new byte[HEADER + length];
            m[0] = (byte) (ipv6 ? ECHO_REQUEST6 : ECHO_REQUEST);
            Octets.put16(m, 6, sequence);
            System.arraycopy(from, at, m, HEADER, length);
            byte[] to = socketAddress(address);
            long sent = (long) sendto.invokeExact(
                    fd,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, m),
                    (long) m.length,
                    0,
                    arena.allocateFrom(ValueLayout.JAVA_BYTE, to),
                    addressBytes);
            if (sent < 0) {
                throw new IOException("the host did not send an ICMP echo request");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("an ICMP echo request cannot be sent", e);
        }
    }

    /** The address as the C library wants it (ip(7), ipv6(7)). */
    private byte[] socketAddress(IpAddress address) {
        byte[] to = new byte[addressBytes];
        // The family is in the host's order, which is low octet first on all that run this.
        to[0] = (byte) (ipv6 ? AF_INET6 : AF_INET);
        if (ipv6) {
            address.put(to, 8);
        } else {
            Octets.put32(to, 4, address.toV4());
        }
        return to;
    }

    private void receive(MethodHandle recvfrom, Answers answers) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MAX_MESSAGE);
            MemorySegment from = arena.allocate(addressBytes, 4);
            MemorySegment size = arena.allocate(4, 4);
            while (!closing) {
                size.set(ValueLayout.JAVA_INT, 0, addressBytes);
                long got = (long) recvfrom.invokeExact(fd, buffer, (long) MAX_MESSAGE, 0, from, size);
                byte reply = (byte) (ipv6 ? ECHO_REPLY6 : ECHO_REPLY);
                if (got >= HEADER && buffer.get(ValueLayout.JAVA_BYTE, 0) == reply) {
                    byte[] m = buffer.asSlice(0, got).toArray(ValueLayout.JAVA_BYTE);
                    byte[] address = from.toArray(ValueLayout.JAVA_BYTE);
                    IpAddress who = ipv6 ? IpAddress.read(address, 8) : IpAddress.v4(Octets.i32(address, 4));
                    answers.answer(who, Octets.u16(m, 6), Arrays.copyOfRange(m, HEADER, m.length));
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
