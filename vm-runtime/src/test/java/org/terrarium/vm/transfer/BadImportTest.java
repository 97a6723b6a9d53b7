package org.terrarium.vm.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.terrarium.vm.library.LibraryRig.refused;
import static org.terrarium.vm.library.LibraryRig.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.terrarium.vm.library.LibraryRig;
import org.terrarium.vm.transfer.MachineExport.Kind;

/** Packages made to harm, or damaged on the way: one sentence, and nothing has changed. */
class BadImportTest {
    @TempDir
    Path folder;

    private LibraryRig rig;
    private Path outside;

    @BeforeEach
    void makeMachine() throws IOException {
        rig = new LibraryRig(folder);
        outside = Files.createDirectory(folder.resolve("outside"));
    }

    private void refusedImport(Path file, String words) throws IOException {
        refused(
                words,
                () -> MachineImport.start(rig.library, file, "two", rig.random).await());
        rig.requireOnly("one");
    }

    private Path write(String name, String contents) throws IOException {
        Path file = outside.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, contents);
    }

    /** A description with one memory item, and a disk whose file is called so. */
    static String description(String file) {
        return """
            <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
              <References><File ovf:id="f" ovf:href="%s"/></References>
              <DiskSection><Info/><Disk ovf:diskId="d" ovf:fileRef="f" ovf:capacity="1048576"/></DiskSection>
              <VirtualSystem ovf:id="x"><VirtualHardwareSection>
                <Item><InstanceID>1</InstanceID><ResourceType>4</ResourceType><VirtualQuantity>64</VirtualQuantity></Item>
                <Item><InstanceID>2</InstanceID><ResourceType>17</ResourceType>
                  <HostResource>ovf:/disk/d</HostResource></Item>
              </VirtualHardwareSection></VirtualSystem>
            </Envelope>
            """.formatted(file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../secret.raw | outside its folder",
                "/etc/passwd | outside its folder",
                "%2e%2e/secret.raw | outside its folder",
                "a\\b.vmdk | outside its folder",
                "http://example.org/x.vmdk | is on another computer",
                "none.vmdk | which is missing",
                "link.raw | a link out of its folder",
            })
    void aDescriptionReachesOnlyItsOwnFolder(String file, String words) throws IOException {
        Files.write(folder.resolve("secret.raw"), new byte[1 << 20]);
        Files.createSymbolicLink(outside.resolve("link.raw"), folder.resolve("secret.raw"));
        refusedImport(write("x.ovf", description(file)), words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE Envelope [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Envelope>&e;</Envelope> | not allowed",
                "<Envelope>&e;</Envelope> | not valid XML",
                "<Envelope><VirtualSystem> | not valid XML",
                "<html/> | no OVF description",
                "<Envelope/> | describes no machine",
                "<Envelope><VirtualSystem/><VirtualSystem/></Envelope> | describes 2 machines",
                "<Envelope><VirtualSystem/></Envelope> | describes no hardware",
                "PK nothing | is neither an OVA file",
            })
    void aDescriptionThatIsNoneIsRefused(String text, String words) throws IOException {
        refusedImport(write("x.ovf", text), words);
    }

    @Test
    void aDiskThatNamesAFileOfTheHostIsRefused() throws IOException {
        write("disk.vmdk", """
            # Disk DescriptorFile
            version=1
            CID=fffffffe
            parentCID=ffffffff
            createType="monolithicFlat"
            RW 2 FLAT "/etc/passwd" 0
            """);
        refusedImport(write("x.ovf", description("disk.vmdk")), "/etc/passwd");
        tool(
                "qemu-img",
                "create",
                "-q",
                "-u",
                "-f",
                "qcow2",
                "-F",
                "raw",
                "-b",
                "/etc/passwd",
                outside.resolve("d.qcow2"),
                "1M");
        refusedImport(write("x.ovf", description("d.qcow2")), "/etc/passwd");
    }

    /** Two tables that all point at one grain: a small file that shows a disk larger than any host's. */
    @Test
    void aBombIsRefusedBeforeItIsUnpacked() throws IOException {
        Path huge = outside.resolve("huge.raw");
        tool("truncate", "-s", "16M", huge);
        Path bomb = outside.resolve("bomb.qcow2");
        // 2 MiB clusters: one L1 table, whose entries all name the same L2 table, whose entries all name one cluster.
        tool("qemu-img", "create", "-q", "-f", "qcow2", "-o", "cluster_size=2M", bomb, "4096T");
        tool("qemu-io", "-f", "qcow2", "-c", "write -P 7 0 2M", bomb);
        try (var file = new java.io.RandomAccessFile(bomb.toFile(), "rw")) {
            file.seek(36);
            int l1Size = file.readInt();
            long l1 = file.readLong();
            file.seek(l1);
            long l2Entry = file.readLong();
            file.seek(l2Entry & 0x00FF_FFFF_FFFF_FE00L);
            long data = file.readLong();
            byte[] l2 = new byte[2 << 20];
            var all = java.nio.ByteBuffer.wrap(l2);
            while (all.hasRemaining()) {
                all.putLong(data);
            }
            file.seek(l2Entry & 0x00FF_FFFF_FFFF_FE00L);
            file.write(l2);
            file.seek(l1);
            for (int n = 0; n < Math.min(l1Size, 8192); n++) {
                file.writeLong(l2Entry);
            }
        }
        refusedImport(write("x.ovf", description("bomb.qcow2")), "would unpack to");
    }

    @Test
    void anOvaThatIsCutShortOrChangedIsRefused() throws IOException {
        Path ova = MachineExport.start(rig.machine, Kind.OVA, rig.gate, outside.resolve("one.ova"))
                .await();
        byte[] whole = Files.readAllBytes(ova);
        Path cut = outside.resolve("cut.ova");
        for (int length : new int[] {600, 3000, whole.length / 2}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            refused(
                    "cut.ova",
                    () -> MachineImport.start(rig.library, cut, "two", rig.random)
                            .await());
            rig.requireOnly("one");
        }
        byte[] changed = whole.clone();
        changed[whole.length - 20_000] ^= 1;
        Files.write(cut, changed);
        refusedImport(cut, "its checksum differs");
    }

    @Test
    void anArchiveWithPathsOrLinksOutsideIsRefused() throws IOException {
        write("in/x.ovf", description("disk.raw"));
        write("in/disk.raw", "x".repeat(1 << 20));
        Path ova = outside.resolve("x.ova");
        tool(
                "tar",
                "-C",
                outside.resolve("in"),
                "--transform",
                "s,disk.raw,../disk.raw,",
                "-cPf",
                ova,
                "x.ovf",
                "disk.raw");
        refusedImport(ova, "outside its folder");
        Files.delete(outside.resolve("in/disk.raw"));
        Files.createSymbolicLink(outside.resolve("in/disk.raw"), Path.of("x.ovf"));
        tool("tar", "-C", outside.resolve("in"), "-cf", ova, "x.ovf", "disk.raw");
        refusedImport(ova, "no plain file");
    }

    // ---- zip files ----

    private Path zip(Object... namesAndContents) throws IOException {
        Path file = outside.resolve("x.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int n = 0; n < namesAndContents.length; n += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[n].toString()));
                Object contents = namesAndContents[n + 1];
                zip.write(
                        contents instanceof byte[] bytes
                                ? bytes
                                : contents.toString().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    private static String machine(String disk) {
        return "{\"version\": 3, \"disks\": [{\"file\": \"" + disk + "\"}]}";
    }

    @Test
    void aZippedMachineBringsOnlyItsOwnFiles() throws IOException {
        refusedImport(zip("readme", "x"), "no machine");
        refusedImport(zip("a/machine.json", "{}", "b/machine.json", "{}"), "several machines");
        refusedImport(zip("a/machine.json", "{\"version\": 99}"), "x.zip: machine.json: it was written by a newer");
        refusedImport(zip("a/machine.json", machine("disks/d.raw")), "'disks/d.raw', which is missing");
        refusedImport(zip("a/machine.json", machine("/etc/passwd")), "'/etc/passwd' outside its folder");
        refusedImport(zip("a/machine.json", machine("../one.terrarium/disks/disk0.qcow2")), "outside its folder");
        refusedImport(zip("a/machine.json", "{\"version\": 3}", "../evil", "x"), "'../evil' outside its folder");
        refusedImport(zip("a/machine.json", "{\"version\": 3}", "/evil", "x"), "'/evil' outside its folder");
        Path overlay = outside.resolve("o.qcow2");
        for (String backing : List.of("/etc/passwd", "../../one.terrarium/disks/disk0.qcow2", "none.raw")) {
            tool("qemu-img", "create", "-q", "-u", "-f", "qcow2", "-F", "raw", "-b", backing, overlay, "1M");
            refusedImport(
                    zip("a/machine.json", machine("disks/o.qcow2"), "a/disks/o.qcow2", Files.readAllBytes(overlay)),
                    backing.startsWith("none") ? "which is missing" : "outside its folder");
        }
        Path zip = zip("a/machine.json", machine("d.raw"), "a/d.raw", new byte[1 << 20]);
        byte[] whole = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(whole, whole.length / 2));
        refusedImport(zip, "is a damaged zip file");
    }

    @Test
    void whatAZippedDescriptionSaysOfThisHostIsLeftOut() throws IOException {
        Path zip = zip("a.terrarium/machine.json", """
            {"version": 6, "cdrom": "/isos/x.iso", "floppies": ["/dev/sda"], "serial": ["file:/home/u/.bashrc"],
             "sharedFolders": [{"tag": "all", "folder": "/"}], "firmware": "/rom", "nics": [{"mac": "02:00:00:00:00:09", "hostLoopback": true}]}
            """);
        var made = MachineImport.start(rig.library, zip, null, rig.random).await();
        var spec = made.machine().load();
        assertEquals("a", spec.name());
        assertEquals(null, spec.cdrom());
        assertEquals(null, spec.firmware());
        assertEquals(List.of(), spec.floppies());
        assertEquals("none", spec.serial().getFirst().text());
        assertEquals(false, spec.nics().getFirst().hostLoopback());
        assertEquals("02:00:00:00:00:09", spec.nics().getFirst().mac().toString());
        assertEquals(List.of(), spec.shares());
        assertEquals(6, made.remarks().size());
    }
}
