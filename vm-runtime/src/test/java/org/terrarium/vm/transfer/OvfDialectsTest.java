package org.terrarium.vm.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.terrarium.vm.library.LibraryRig.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.library.LibraryRig;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetTarget;

/** Descriptions with the elements, units and resource subtypes that VirtualBox and VMware write, and disks made by QEMU. */
class OvfDialectsTest {
    private static final String ENVELOPE = """
        <?xml version="1.0"?>
        <Envelope ovf:version="1.0" xmlns="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
          xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
          xmlns:vbox="http://www.virtualbox.org/ovf/machine" xmlns:vmw="http://www.vmware.com/schema/ovf">
        """;

    @TempDir
    Path folder;

    private LibraryRig rig;
    private Path outside;
    private byte[] first;
    private byte[] second;

    @BeforeEach
    void makeDisks() throws IOException {
        rig = new LibraryRig(folder);
        outside = Files.createDirectory(folder.resolve("outside"));
        first = disk("a.vmdk");
        second = disk("b.vmdk");
    }

    private byte[] disk(String name) throws IOException {
        byte[] contents = new byte[1 << 20];
        rig.random.nextBytes(contents);
        Path raw = Files.write(outside.resolve("raw"), contents);
        tool("qemu-img", "convert", "-O", "vmdk", "-o", "subformat=streamOptimized", raw, outside.resolve(name));
        Files.delete(raw);
        return contents;
    }

    private static String item(int instance, int type, String... fields) {
        StringBuilder text = new StringBuilder("<Item>");
        for (int n = 0; n < fields.length; n += 2) {
            text.append("<rasd:%1$s>%2$s</rasd:%1$s>".formatted(fields[n], fields[n + 1]));
        }
        return text
                + "<rasd:InstanceID>%d</rasd:InstanceID><rasd:ResourceType>%d</rasd:ResourceType></Item>\n"
                        .formatted(instance, type);
    }

    private MachineImport.Imported imported(Path file, String name) throws IOException {
        return MachineImport.start(rig.library, file, name, rig.random).await();
    }

    private void holds(MachineFolder machine, byte[]... disks) throws IOException {
        for (int n = 0; n < disks.length; n++) {
            assertArrayEquals(disks[n], rig.contents(machine, n), "disk " + n);
        }
    }

    @Test
    void virtualBox() throws IOException {
        Files.write(outside.resolve("tools.iso"), new byte[2048]);
        String text = ENVELOPE + """
                <References><File ovf:id="file1" ovf:href="a.vmdk"/><File ovf:id="file2" ovf:href="b.vmdk"/>
                <File ovf:id="file3" ovf:href="tools.iso"/></References>
                <DiskSection><Info>disks</Info>
                <Disk ovf:capacity="1048576" ovf:diskId="vmdisk1" ovf:fileRef="file1" vbox:uuid="7e0e1b6e-0000-4000-8000-000000000001"/>
                <Disk ovf:capacity="1048576" ovf:diskId="vmdisk2" ovf:fileRef="file2"/></DiskSection>
                <NetworkSection><Info/><Network ovf:name="NAT"/></NetworkSection>
                <VirtualSystem ovf:id="Debian: stable"><Info/><AnnotationSection><Info/><Annotation>made by hand</Annotation>
                </AnnotationSection><VirtualHardwareSection><Info/>
                <System><vssd:VirtualSystemType>virtualbox-2.2</vssd:VirtualSystemType></System>
                """
                + item(1, 3, "VirtualQuantity", "2")
                + item(2, 4, "AllocationUnits", "MegaBytes", "VirtualQuantity", "96")
                + item(3, 5, "Address", "0", "ResourceSubType", "PIIX4")
                + item(4, 5, "Address", "1", "ResourceSubType", "PIIX4")
                + item(5, 20, "Address", "0", "ResourceSubType", "AHCI")
                + item(7, 17, "AddressOnParent", "0", "HostResource", "/disk/vmdisk2", "Parent", "5")
                + item(8, 17, "AddressOnParent", "0", "HostResource", "/disk/vmdisk1", "Parent", "3")
                + item(9, 15, "AddressOnParent", "0", "HostResource", "/file/file3", "Parent", "4")
                + item(10, 10, "AutomaticAllocation", "true", "Connection", "NAT", "ResourceSubType", "E1000")
                + item(11, 10, "AutomaticAllocation", "false", "ResourceSubType", "PCNet32")
                + item(12, 35, "ResourceSubType", "ensoniq1371")
                + "</VirtualHardwareSection><vbox:Machine ovf:required=\"false\""
                + " version=\"1.19\"/></VirtualSystem></Envelope>";
        Path ovf = Files.writeString(outside.resolve("x.ovf"), text);
        var made = imported(outside, null);
        MachineSpec spec = made.machine().load();
        assertEquals("Debian- stable", spec.name());
        assertEquals(96, spec.memoryMib());
        assertEquals("made by hand", spec.notes());
        assertEquals(Path.of("cd.iso"), spec.cdrom());
        assertEquals(
                List.of(DiskController.IDE, DiskController.AHCI),
                spec.disks().stream().map(DiskSpec::controller).toList());
        holds(made.machine(), first, second);
        assertEquals(
                List.of(NetTarget.NAT, NetTarget.NONE),
                spec.nics().stream().map(nic -> nic.net()).toList());
        assertEquals(
                List.of("it had 2 processors; here it has one", "its PCNet32 network card is an e1000 here"),
                made.remarks());
        tool("tar", "-C", outside, "-cf", outside.resolve("x.ova"), "x.ovf", "a.vmdk", "b.vmdk", "tools.iso");
        holds(imported(outside.resolve("x.ova"), "packed").machine(), first, second);
        holds(imported(ovf, "again").machine(), first, second);
    }

    @Test
    void vmware() throws IOException {
        tool("gzip", outside.resolve("b.vmdk"));
        String text = ENVELOPE + """
                <References><File ovf:href="a.vmdk" ovf:id="file1" ovf:size="1"/>
                <File ovf:href="b.vmdk.gz" ovf:id="file2" ovf:compression="gzip"/></References>
                <DiskSection><Info/>
                <Disk ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="vmdisk1" ovf:fileRef="file1"/>
                <Disk ovf:capacity="${size}" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="vmdisk2" ovf:fileRef="file2"/>
                <Disk ovf:capacity="3" ovf:capacityAllocationUnits="byte * 2^30" ovf:diskId="vmdisk3"/></DiskSection>
                <VirtualSystem ovf:id="vm"><Info/><Name>appliance</Name>
                <ProductSection><Property ovf:key="size" ovf:value="1"/></ProductSection>
                <VirtualHardwareSection><Info/>
                <System><vssd:VirtualSystemType>vmx-14</vssd:VirtualSystemType></System>
                """
                + item(1, 3, "AllocationUnits", "hertz * 10^6", "VirtualQuantity", "1")
                + item(2, 4, "AllocationUnits", "byte * 2^20", "VirtualQuantity", "128")
                + item(3, 6, "Address", "0", "ResourceSubType", "lsilogic")
                + item(4, 5, "Address", "0")
                + item(5, 16, "AutomaticAllocation", "false", "Parent", "4")
                + item(6, 17, "AddressOnParent", "2", "HostResource", "ovf:/disk/vmdisk3", "Parent", "3")
                + item(7, 17, "AddressOnParent", "1", "HostResource", "ovf:/disk/vmdisk2", "Parent", "3")
                + item(8, 17, "AddressOnParent", "0", "HostResource", "ovf:/disk/vmdisk1", "Parent", "3")
                + item(9, 10, "AutomaticAllocation", "true", "Connection", "VM Network", "ResourceSubType", "VmxNet3")
                + "<vmw:Config ovf:required=\"false\" vmw:key=\"firmware\" vmw:value=\"bios\"/>"
                + "</VirtualHardwareSection></VirtualSystem></Envelope>";
        Files.writeString(outside.resolve("x.ovf"), text);
        StringBuilder sums = new StringBuilder();
        for (String file : List.of("x.ovf", "a.vmdk", "b.vmdk.gz")) {
            String sum = tool("sha1sum", outside.resolve(file)).substring(0, 40);
            sums.append("SHA1(").append(file).append(")= ").append(sum).append('\n');
        }
        Files.writeString(outside.resolve("x.mf"), sums);
        var made = imported(outside.resolve("x.ovf"), null);
        MachineSpec spec = made.machine().load();
        assertEquals("appliance", spec.name());
        assertEquals(128, spec.memoryMib());
        assertEquals(null, spec.cdrom());
        assertEquals(3, spec.disks().size());
        holds(made.machine(), first, second);
        assertEquals(
                3L << 30, DiskFormats.info(LibraryRig.disk(made.machine(), 2)).size());
        assertEquals(1, spec.nics().size());
        assertEquals(
                List.of(
                        "its lsilogic controller is a serial ATA one here (AHCI)",
                        "its VmxNet3 network card is an e1000 here"),
                made.remarks());
        Files.writeString(outside.resolve("x.mf"), sums.toString().replace("= ", "= 0"));
        LibraryRig.refused("its checksum differs", () -> imported(outside.resolve("x.ovf"), "other"));
        rig.requireOnly("appliance", "one");
    }
}
