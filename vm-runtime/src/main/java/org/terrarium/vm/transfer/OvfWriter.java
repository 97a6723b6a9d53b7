package org.terrarium.vm.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.SoundSpec;

/**
 * Writes the description of an OVF package (DSP0243 version 1.1), with the resource subtypes that both VirtualBox and VMware know.
 * Disks of the virtio controller, which the format does not have, are on a serial ATA one.
 */
final class OvfWriter {
    private static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1";
    private static final String RASD =
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
    private static final String VSSD = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData";
    private static final String STREAM_OPTIMIZED =
            "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";
    private static final int IDE_PLACES = 2;

    private final XmlText xml = new XmlText();
    private int instance;

    private OvfWriter() {}

    static String write(MachineSpec spec, List<ExportedDisk> disks) throws IOException {
        return new OvfWriter().envelope(spec, disks);
    }

    private String envelope(MachineSpec spec, List<ExportedDisk> disks) throws IOException {
        xml.start(
                "Envelope",
                "xmlns",
                OVF,
                "xmlns:ovf",
                OVF,
                "xmlns:rasd",
                RASD,
                "xmlns:vssd",
                VSSD,
                "ovf:version",
                "1.0");
        xml.start("References");
        for (int n = 0; n < disks.size(); n++) {
            String name = disks.get(n).file().getFileName().toString();
            String length = String.valueOf(disks.get(n).fileLength());
            xml.empty("File", "ovf:id", "file" + (n + 1), "ovf:href", name, "ovf:size", length);
        }
        xml.end().start("DiskSection").leaf("Info", "The hard disks");
        for (int n = 0; n < disks.size(); n++) {
            xml.empty(
                    "Disk",
                    "ovf:diskId",
                    "vmdisk" + (n + 1),
                    "ovf:fileRef",
                    "file" + (n + 1),
                    "ovf:capacity",
                    String.valueOf(disks.get(n).size()),
                    "ovf:format",
                    STREAM_OPTIMIZED);
        }
        xml.end();
        networks(spec);
        system(spec);
        return xml.end().text();
    }

    private static String network(NicSpec nic) {
        return nic.net().kind() == NetTarget.Kind.NAT ? "NAT" : nic.net().text();
    }

    private static boolean connected(NicSpec nic) {
        return nic.net().kind() != NetTarget.Kind.NONE;
    }

    private void networks(MachineSpec spec) {
        xml.start("NetworkSection").leaf("Info", "The networks");
        spec.nics().stream()
                .filter(OvfWriter::connected)
                .map(OvfWriter::network)
                .distinct()
                .forEach(name -> xml.start("Network", "ovf:name", name)
                        .leaf("Description", name)
                        .end());
        xml.end();
    }

    private void system(MachineSpec spec) {
        xml.start("VirtualSystem", "ovf:id", spec.name());
        xml.leaf("Info", "A virtual machine").leaf("Name", spec.name());
        if (!spec.notes().isEmpty()) {
            xml.start("AnnotationSection")
                    .leaf("Info", "Notes")
                    .leaf("Annotation", spec.notes())
                    .end();
        }
        xml.start("OperatingSystemSection", "ovf:id", "1");
        xml.leaf("Info", "The guest's operating system")
                .leaf("Description", "Other")
                .end();
        xml.start("VirtualHardwareSection").leaf("Info", "The hardware").start("System");
        xml.leaf("vssd:ElementName", "Virtual Hardware Family").leaf("vssd:InstanceID", "0");
        xml.leaf("vssd:VirtualSystemIdentifier", spec.name());
        xml.leaf("vssd:VirtualSystemType", "virtualbox-2.2 vmx-07").end();
        hardware(spec);
        xml.end().end();
    }

    private void hardware(MachineSpec spec) {
        item("1 virtual CPU", 3, "VirtualQuantity", "1");
        item(
                spec.memoryMib() + " MB of memory",
                4,
                "AllocationUnits",
                "byte * 2^20",
                "VirtualQuantity",
                "" + spec.memoryMib());
        int[] ide = {
            item("IDE controller 0", 5, "Address", "0", "ResourceSubType", "PIIX4"),
            item("IDE controller 1", 5, "Address", "1", "ResourceSubType", "PIIX4")
        };
        boolean serial = spec.cdController() == DiskController.AHCI
                || spec.disks().stream().anyMatch(disk -> disk.controller() != DiskController.IDE);
        int sata = serial ? item("SATA controller", 20, "Address", "0", "ResourceSubType", "AHCI") : 0;
        int parallelPlace = 0;
        int serialPlace = 0;
        int number = 0;
        for (DiskSpec disk : spec.disks()) {
            number++;
            boolean parallel = disk.controller() == DiskController.IDE;
            // The third IDE disk is the secondary slave, beside the CD drive.
            int place = parallel ? (parallelPlace == IDE_PLACES ? IDE_PLACES + 1 : parallelPlace) : serialPlace;
            parallelPlace += parallel ? 1 : 0;
            serialPlace += parallel ? 0 : 1;
            item(
                    "Disk " + number,
                    17,
                    "AddressOnParent",
                    String.valueOf(parallel ? place % IDE_PLACES : place),
                    "HostResource",
                    "ovf:/disk/vmdisk" + number,
                    "Parent",
                    String.valueOf(parallel ? ide[place / IDE_PLACES] : sata));
        }
        boolean serialCd = spec.cdController() == DiskController.AHCI;
        item(
                "CD drive",
                15,
                "AddressOnParent",
                String.valueOf(serialCd ? serialPlace : 0),
                "AutomaticAllocation",
                "true",
                "Parent",
                String.valueOf(serialCd ? sata : ide[1]));
        int card = 0;
        for (NicSpec nic : spec.nics()) {
            card++;
            String connected = String.valueOf(connected(nic));
            item(
                    "Network card " + card,
                    10,
                    "AutomaticAllocation",
                    connected,
                    connected(nic) ? "Connection" : null,
                    network(nic),
                    "ResourceSubType",
                    "E1000");
        }
        if (spec.sound().kind() != SoundSpec.Kind.NONE) {
            // What VirtualBox calls its AC'97 card in such descriptions.
            item("Sound card", 35, "AddressOnParent", "3", "ResourceSubType", "ensoniqes1371");
        }
    }

    /** Children in alphabetical order, as the schema wants them; the instance's number. */
    private int item(String name, int type, String... fields) {
        instance++;
        Map<String, String> all = new TreeMap<>();
        all.put("ElementName", name);
        all.put("InstanceID", String.valueOf(instance));
        all.put("ResourceType", String.valueOf(type));
        for (int n = 0; n < fields.length; n += 2) {
            if (fields[n] != null) {
                all.put(fields[n], fields[n + 1]);
            }
        }
        xml.start("Item");
        all.forEach((field, value) -> xml.leaf("rasd:" + field, value));
        xml.end();
        return instance;
    }
}
