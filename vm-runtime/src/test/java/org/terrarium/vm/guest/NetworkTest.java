package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.terrarium.net.MacAddress;
import org.terrarium.net.Network;
import org.terrarium.net.link.Cable;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.Machine;
import org.terrarium.vm.NicModel;

/** Linux's own drivers and TCP against each card and the gateway, with real servers and clients on this host. */
class NetworkTest {
    private static final int OCTETS = Integer.getInteger("terrarium.net.octets", 8 << 20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void linuxUsesTheCardForDhcpNamesAndBulkTransfersBothWays(NicModel model) throws Exception {
        Guests.onlyWhenAsked();
        boolean isa = model == NicModel.NE2000_ISA; // its driver must be told where the card is
        Path capture = folder.resolve("guest.pcapng");
        int forwarded = freePort();
        try (HostServer server = new HostServer(OCTETS, 1);
                Network net = Network.nat("test", GatewayConfig.USUAL.withHostLoopback(true))) {
            Cable cable = net.plug("eth0");
            net.addForward(PortForward.parse("tcp:127.0.0.1:" + forwarded + "-:80"));
            net.capture(cable, capture, 0, 1);
            try (Machine m = Machine.builder()
                    .memory(128)
                    .kernel(Guests.file("i386/vmlinuz"))
                    .initrd(Guests.file(isa ? "i386/initrd-full.gz" : "i386/initrd.gz"))
                    .append(Guests.CONSOLE + (isa ? " quiet test.nomod=1" : " quiet test.net=1"))
                    .nic(model, MacAddress.parse("02:00:00:00:00:01"), cable)
                    .build()) {
                m.start();
                Guests.awaitSerial(m, "GUEST-READY");
                if (isa) {
                    Guests.shell(m, "modprobe ne io=0x300 irq=5; gt-net", "NET-UP eth0 10.0.2.15/24");
                } else {
                    Guests.awaitSerial(m, "NET-UP eth0 10.0.2.15/24");
                }
                String base = "http://10.0.2.2:" + server.httpPort();
                Guests.shell(m, "ping -c 2 10.0.2.2", "2 packets received");
                Guests.shell(m, "nslookup gateway.terrarium.internal", "Address: 10.0.2.2");
                long start = System.nanoTime();
                Guests.shell(m, "wget -q -O /tmp/file " + base + "/file; md5sum /tmp/file", server.md5());
                report(model + " host to guest", start);
                start = System.nanoTime();
                Guests.shell(m, "nc 10.0.2.2 " + server.sinkPort() + " </tmp/file; echo s''ent", "sent");
                assertEquals(server.md5(), server.received().poll(5, TimeUnit.MINUTES), "upload");
                report(model + " guest to host", start);
                Guests.shell(
                        m,
                        "for i in $(seq 50); do wget -q -O - " + base
                                + "/small >>/tmp/all & done; wait; grep -c small /tmp/all",
                        "\r\n50\r\n");
                Guests.shell(m, "httpd -p 80 -h /tmp; echo s''erving", "serving");
                start = System.nanoTime();
                try (InputStream in = URI.create("http://127.0.0.1:" + forwarded + "/file")
                        .toURL()
                        .openStream()) {
                    assertEquals(server.md5(), HostServer.md5(in), "through the forwarded port");
                }
                report(model + " guest to host through a forwarded port", start);
                Guests.shell(m, "ifconfig eth0", "errors:0 dropped:0");
                net.connect(cable, false);
                Guests.shell(m, "sleep 3; cat /sys/class/net/eth0/operstate", "down");
                net.connect(cable, true);
                Guests.shell(m, "sleep 5; wget -q -O - " + base + "/small", "small answer");
            }
            net.endCapture(cable);
        }
        Tshark.assertClean(capture);
    }

    private static void report(String what, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %.1f MB in %.1f s, %.2f MB/s%n", what, OCTETS / 1e6, seconds, OCTETS / 1e6 / seconds);
    }

    private static int freePort() throws IOException {
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        }
    }
}
