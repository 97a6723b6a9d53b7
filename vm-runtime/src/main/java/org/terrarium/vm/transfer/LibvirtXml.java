package org.terrarium.vm.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.SoundSpec;
import org.terrarium.x86.sys.CpuModel;

/** A machine as libvirt's domain XML (libvirt.org, "Domain XML format") for QEMU on KVM. */
final class LibvirtXml {
    private LibvirtXml() {}

    /**
     * @param folder where the disks will be, which libvirt wants named absolutely
     * @param uuid the domain's
     */
    static String write(MachineSpec spec, List<ExportedDisk> disks, Path folder, UUID uuid) {
        XmlText xml = new XmlText();
        xml.start("domain", "type", "kvm");
        xml.leaf("name", spec.name()).leaf("uuid", uuid.toString());
        if (!spec.notes().isEmpty()) {
            xml.leaf("description", spec.notes());
        }
        xml.leaf("memory", String.valueOf(spec.memoryMib()), "unit", "MiB").leaf("vcpu", "1");
        boolean wide = spec.cpu() == CpuModel.X86_64_V1 || spec.cpu() == CpuModel.X86_64_V2;
        xml.start("os").leaf("type", "hvm", "arch", wide ? "x86_64" : "i686", "machine", "pc");
        for (BootDevice device : spec.bootOrder()) {
            xml.empty("boot", "dev", boot(device));
        }
        xml.end().start("features").empty("acpi").empty("apic").end();
        xml.start("cpu", "mode", "custom", "match", "exact")
                .leaf("model", cpu(spec.cpu()), "fallback", "allow")
                .end();
        xml.empty("clock", "offset", "utc");
        xml.leaf("on_poweroff", "destroy").leaf("on_reboot", "restart").leaf("on_crash", "destroy");
        xml.start("devices");
        disks(xml, spec, disks, folder);
        for (NicSpec nic : spec.nics()) {
            card(xml, nic);
        }
        xml.start("serial", "type", "pty").empty("target", "port", "0").end();
        xml.empty("input", "type", "tablet", "bus", "usb");
        xml.empty("graphics", "type", "vnc", "autoport", "yes", "listen", "127.0.0.1");
        if (spec.sound().kind() != SoundSpec.Kind.NONE) {
            xml.empty("sound", "model", "ac97");
        }
        xml.start("video").empty("model", "type", "vga").end();
        return xml.end().end().text();
    }

    private static String boot(BootDevice device) {
        return switch (device) {
            case CD -> "cdrom";
            case DISK -> "hd";
            case FLOPPY -> "fd";
            case NET -> "network";
        };
    }

    private static String cpu(CpuModel model) {
        return switch (model) {
            case I486 -> "486";
            case PENTIUM -> "pentium";
            case P6 -> "pentium3";
            case X86_64_V1 -> "qemu64";
            case X86_64_V2 -> "Nehalem";
        };
    }

    private static void disks(XmlText xml, MachineSpec spec, List<ExportedDisk> disks, Path folder) {
        // hdc is the CD drive's, as here.
        String ide = "abd";
        int[] used = new int[DiskController.values().length];
        for (int n = 0; n < disks.size(); n++) {
            DiskSpec disk = spec.disks().get(n);
            int place = used[disk.controller().ordinal()]++;
            String device = switch (disk.controller()) {
                case IDE -> "hd" + ide.charAt(place);
                case AHCI -> "sd" + (char) ('a' + place);
                case VIRTIO -> "vd" + (char) ('a' + place);
            };
            xml.start("disk", "type", "file", "device", "disk");
            xml.empty("driver", "name", "qemu", "type", "qcow2", "discard", disk.discard() ? "unmap" : "ignore");
            xml.empty(
                    "source",
                    "file",
                    folder.resolve(disks.get(n).file().getFileName()).toString());
            xml.empty("target", "dev", device, "bus", bus(disk.controller())).end();
        }
        boolean serialCd = spec.cdController() == DiskController.AHCI;
        String cd = serialCd ? "sd" + (char) ('a' + used[DiskController.AHCI.ordinal()]) : "hdc";
        xml.start("disk", "type", "file", "device", "cdrom");
        xml.empty("target", "dev", cd, "bus", bus(spec.cdController()))
                .empty("readonly")
                .end();
    }

    private static String bus(DiskController controller) {
        return switch (controller) {
            case IDE -> "ide";
            case AHCI -> "sata";
            case VIRTIO -> "virtio";
        };
    }

    /** Networks beside NAT are this program's own, so their cards are there without a cable. */
    private static void card(XmlText xml, NicSpec nic) {
        xml.start("interface", "type", "user").empty("mac", "address", nic.mac().toString());
        xml.empty("model", "type", nic.model().id());
        if (nic.net().kind() != NetTarget.Kind.NAT) {
            xml.empty("link", "state", "down");
        }
        xml.end();
    }
}
