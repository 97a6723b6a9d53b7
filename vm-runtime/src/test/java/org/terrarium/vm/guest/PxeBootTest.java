package org.terrarium.vm.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.terrarium.net.MacAddress;
import org.terrarium.net.Network;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.NicModel;

/** Machines that boot over the network: iPXE in the card's ROM, files from the gateway's TFTP server. */
class PxeBootTest {
    @TempDir
    Path folder;

    private Network network(String bootFile) throws IOException {
        GatewayConfig.Boot boot = new GatewayConfig.Boot(0, bootFile, folder);
        return Network.nat("pxe", GatewayConfig.USUAL.withBoot(boot));
    }

    private static MachineBuilder machine(NicModel model, Network net) {
        String rom = "pxe/pxe-" + (model == NicModel.NE2000 ? "ne2k_pci" : model.id()) + ".rom";
        return Machine.builder()
                .memory(128)
                .bootMenu(false)
                .bootOrder(List.of(BootDevice.NET))
                .nic(model, MacAddress.parse("02:00:00:00:00:01"), net.plug("eth0"), Guests.file(rom));
    }

    @Test
    void theBuiltInFirmwareStartsTheCardsProgram() throws Exception {
        Files.writeString(folder.resolve("hello.ipxe"), "#!ipxe\necho Loaded as ${filename} at ${net0/ip}\nshell\n");
        try (Network net = network("hello.ipxe");
                Machine m = machine(NicModel.E1000, net).build()) {
            m.start();
            Guests.awaitScreen(m, "Loaded as hello.ipxe at 10.0.2.15");
        }
    }

    @ParameterizedTest
    @CsvSource({"E1000,", "VIRTIO,", "RTL8139,", "NE2000,", "E1000,bios-256k.bin", "VIRTIO,bios-256k.bin"})
    void linuxComesOverTheNetwork(NicModel model, String firmware) throws Exception {
        Guests.onlyWhenAsked();
        files();
        Files.writeString(
                folder.resolve("boot.ipxe"),
                "#!ipxe\nkernel vmlinuz " + Guests.CONSOLE + " quiet test.net=1\ninitrd initrd.gz\nboot\n");
        try (Network net = network("boot.ipxe")) {
            boot(model, firmware, net);
        }
    }

    @ParameterizedTest
    @CsvSource({"E1000,", "VIRTIO,bios-256k.bin"})
    void pxelinuxLoadsLinux(NicModel model, String firmware) throws Exception {
        Guests.onlyWhenAsked();
        files();
        for (String file : List.of("pxelinux.0", "ldlinux.c32")) {
            Files.copy(Guests.file("pxe/" + file), folder.resolve(file));
        }
        Files.writeString(
                Files.createDirectory(folder.resolve("pxelinux.cfg")).resolve("default"),
                "DEFAULT linux\nLABEL linux\n KERNEL vmlinuz\n INITRD initrd.gz\n APPEND " + Guests.CONSOLE
                        + " quiet test.net=1\n");
        try (Network net = network("pxelinux.0")) {
            boot(model, firmware, net);
        }
    }

    private void files() throws IOException {
        for (String file : List.of("vmlinuz", "initrd.gz")) {
            Files.copy(Guests.file("i386/" + file), folder.resolve(file));
        }
    }

    private static void boot(NicModel model, String firmware, Network net) throws Exception {
        MachineBuilder builder = machine(model, net);
        if (firmware != null) {
            builder.firmware(Guests.file("firmware/" + firmware));
        }
        try (Machine m = builder.build()) {
            m.start();
            Guests.awaitSerial(m, "NET-UP eth0 10.0.2.15/24");
        }
    }
}
