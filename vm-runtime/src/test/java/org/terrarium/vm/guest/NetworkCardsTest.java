package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.net.MacAddress;
import org.terrarium.net.Network;
import org.terrarium.net.link.Cable;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.wire.Ip4;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.NicModel;

/**
 * Linux's own drivers for the usual cards, all in one machine so that only one has to boot; {@link NetworkTest} is the long
 * version, with the others too.
 */
class NetworkCardsTest {
    private static final int OCTETS = 300_000;

    /** In the order in which the drivers are loaded, so that the cards are eth0, eth1 and so on. */
    private static final List<NicModel> MODELS = List.of(NicModel.VIRTIO, NicModel.E1000, NicModel.RTL8139);

    private static final String DRIVERS = "virtio_pci,virtio_net,e1000,8139too";

    @TempDir
    Path folder;

    @Test
    void everyCardGetsALeaseNamesAndData() throws Exception {
        List<Network> networks = new ArrayList<>();
        List<Cable> cables = new ArrayList<>();
        try (HostServer server = new HostServer(OCTETS, 1)) {
            MachineBuilder builder = Machine.builder()
                    .memory(96)
                    .kernel(Guests.file("i386/vmlinuz"))
                    .initrd(Guests.file("i386/initrd.gz"))
                    .append(Guests.CONSOLE + " quiet test.nomod=1 test.load=" + DRIVERS);
            for (int n = 0; n < MODELS.size(); n++) {
                GatewayConfig config = GatewayConfig.USUAL
                        .withNetwork(Ip4.of(10, 0, 20 + n, 0), 24, "terrarium.internal", Map.of())
                        .withHostLoopback(true);
                networks.add(Network.nat("cards" + n, config));
                cables.add(networks.get(n).plug("eth" + n));
                networks.get(n).capture(cables.get(n), capture(n), 0, 1);
                builder.nic(MODELS.get(n), MacAddress.parse("02:00:00:00:00:0" + n), cables.get(n));
            }
            try (Machine m = builder.build()) {
                m.start();
                Guests.awaitSerial(m, "GUEST-READY");
                for (int n = 0; n < MODELS.size(); n++) {
                    use(m, n, server);
                }
            }
            for (int n = 0; n < MODELS.size(); n++) {
                networks.get(n).endCapture(cables.get(n));
                Tshark.assertClean(capture(n));
            }
        } finally {
            networks.forEach(Network::close);
        }
    }

    private Path capture(int n) {
        return folder.resolve("eth" + n + ".pcapng");
    }

    private static void use(Machine m, int n, HostServer server) throws InterruptedException {
        String net = "10.0." + (20 + n);
        String card = MODELS.get(n) + ": ";
        Guests.shell(m, "udhcpc -i eth" + n + " -n -q -s /etc/udhcpc.script", "lease of " + net + ".15 obtained");
        Guests.shell(m, "nslookup gateway.terrarium.internal " + net + ".3", "Address: " + net + ".2");
        String file = "http://" + net + ".2:" + server.httpPort() + "/file";
        String sum = "echo $(md5sum </tmp/file" + n + " | cut -d' ' -f1)-" + n;
        Guests.shell(m, "wget -q -O /tmp/file" + n + " " + file + "; " + sum, server.md5() + "-" + n);
        Guests.shell(
                m, "nc " + net + ".2 " + server.sinkPort() + " </tmp/file" + n + "; echo s''ent-" + n, "sent-" + n);
        assertEquals(server.md5(), server.received().poll(5, TimeUnit.MINUTES), card + "upload");
    }
}
