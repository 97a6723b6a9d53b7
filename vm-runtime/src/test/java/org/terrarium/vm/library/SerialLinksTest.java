package org.terrarium.vm.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.spec.SerialSpec;

@Timeout(30)
class SerialLinksTest {
    @TempDir
    Path folder;

    private static void send(SerialPump pump, String text) {
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            pump.write(b);
        }
    }

    @Test
    void eachPortGoesToItsPlace() throws IOException {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        List<SerialSpec> specs = List.of(SerialSpec.STDIO, SerialSpec.file(Path.of("serial.log")));
        SerialLinks links = SerialLinks.open(
                specs, folder::resolve, new SerialLinks.Console(InputStream.nullInputStream(), console));
        send(links.sinks().get(0), "to the console\n");
        send(links.sinks().get(1), "to the file\n");
        links.close();
        assertEquals("to the console\n", console.toString(StandardCharsets.US_ASCII));
        assertEquals("to the file\n", Files.readString(folder.resolve("serial.log")));
        send(links.sinks().get(0), "too late");
        assertEquals("to the console\n", console.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        List<SerialSpec> specs = List.of(SerialSpec.file(Path.of("none/serial.log")));
        IOException e = assertThrows(
                IOException.class,
                () -> SerialLinks.open(
                        specs,
                        folder::resolve,
                        new SerialLinks.Console(InputStream.nullInputStream(), OutputStream.nullOutputStream())));
        assertTrue(e.getMessage().contains(folder.resolve("none/serial.log").toString()), e.getMessage());
    }

    @Test
    void everythingArrivesInOrderHoweverSlowTheFarEndIs() {
        ByteArrayOutputStream slow = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                Thread.onSpinWait();
                super.write(bytes, from, length);
            }
        };
        SerialPump pump = SerialPump.to(slow, "test");
        byte[] expected = new byte[300_000];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (i * 31 >> 3);
            pump.write(expected[i]);
        }
        pump.close();
        assertArrayEquals(expected, slow.toByteArray());
    }

    @Test
    void aBrokenFarEndDoesNotStopTheGuest() {
        SerialPump pump = SerialPump.to(
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        throw new IOException("gone");
                    }
                },
                "test");
        for (int i = 0; i < 1_000_000; i++) {
            pump.write(i);
        }
        pump.close();
    }

    @Test
    void tcpPortServesOneClientAfterTheOther() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        LinkedBlockingQueue<String> fromClients = new LinkedBlockingQueue<>();
        try (SerialTcp tcp = SerialTcp.listen(port)) {
            assertThrows(IOException.class, () -> SerialTcp.listen(port));
            tcp.serve(bytes -> fromClients.add(new String(bytes, StandardCharsets.US_ASCII)));
            tcp.write("nobody listens".getBytes(StandardCharsets.US_ASCII), 0, 14);
            for (String name : List.of("one", "two")) {
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    client.getOutputStream().write(name.getBytes(StandardCharsets.US_ASCII));
                    assertEquals(name, fromClients.poll(10, TimeUnit.SECONDS));
                    tcp.write(("to " + name).getBytes(StandardCharsets.US_ASCII), 0, 6);
                    assertEquals(
                            "to " + name, new String(client.getInputStream().readNBytes(6), StandardCharsets.US_ASCII));
                }
            }
        }
    }
}
