package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.MachineBuilder.DiskOption;
import org.terrarium.vm.ShareOption;

/** Linux's own drivers on every disk controller; what they leave behind is judged by QEMU's tools and e2fsck. */
class DiskControllerTest {
    private static final long MIB = 1 << 20;

    /** For a disk D: raw data both cached and direct, space given back, then a file system with files, some of them deleted. */
    private static final String EXERCISE = """
        exercise() { D=$1
          echo "DISK $1 sectors $(cat /sys/block/${1#/dev/}/size)"
          dd if=/dev/urandom of=/tmp/r bs=64k count=64 2>/dev/null
          dd if=/tmp/r of=$D bs=64k conv=fsync 2>/dev/null || return 2
          dd if=/tmp/r of=$D bs=4k seek=10000 oflag=direct 2>/dev/null || return 3
          echo 3 >/proc/sys/vm/drop_caches
          dd if=$D bs=64k count=64 2>/dev/null | cmp - /tmp/r || return 4
          dd if=$D bs=4k skip=10000 count=1024 iflag=direct 2>/dev/null | cmp - /tmp/r || return 5
          blkdiscard -o 1048576 -l 2097152 $D || return 6
          dd if=$D bs=1M skip=1 count=1 2>/dev/null | tr -d '\\000' | wc -c | grep -qx 0 || return 7
          blkdiscard $D || return 8
          mke2fs $D >/dev/null || return 9
          mount -t ext4 $D /mnt || return 10
          cp /tmp/r /mnt/kept; cp /tmp/r /mnt/gone; sync; rm /mnt/gone; sync
          fstrim /mnt || return 11
          echo "FILE $1 $(md5sum </mnt/kept)"
          umount /mnt || return 12
          echo "EXERCISED $1"; }
        """;

    /** For both controllers: 3 MiB of As, read back from the disk, of which the second is discarded. No quotes but single ones. */
    private static final String SHORT_EXERCISE = """
        for m in virtio_pci virtio_blk ahci sd_mod; do modprobe $m || exit 2; done;
        n=0; while [ ! -b /dev/sda -o ! -b /dev/vda ]; do n=$((n+1)); [ $n -lt 600 ] || exit 3; sleep .1; done;
        head -c 3145728 /dev/zero | tr '\\000' A >/tmp/a;
        for d in /dev/vda /dev/sda; do
        dd if=/tmp/a of=$d bs=64k conv=fsync 2>/dev/null || exit 4;
        echo 3 >/proc/sys/vm/drop_caches;
        dd if=$d bs=64k count=48 2>/dev/null | cmp - /tmp/a || exit 5;
        blkdiscard -o 1048576 -l 1048576 $d || exit 6;
        done;
        for m in 9p 9pnet_virtio; do modprobe $m || exit 7; done;
        mkdir /tmp/ro;
        mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000 src /mnt && cd /mnt || exit 8;
        mount -t 9p -o trans=virtio,version=9p2000.L ro /tmp/ro || exit 9;
        cp /tmp/a a && cmp a /tmp/a || exit 10;
        mkdir dir && echo $(cat from-host), and of the guest >dir/new && mv dir/new dir/moved || exit 11;
        cat out 2>/dev/null && exit 12;
        touch /tmp/ro/no 2>/dev/null && exit 13;
        cat /tmp/ro/dir/moved
        """;

    private static final int BLOCK = 1024;
    private static final int FILE_BLOCKS = 4096;

    @TempDir
    Path folder;

    private static MachineBuilder linux(String moreArguments) {
        return Machine.builder()
                .memory(256)
                .kernel(Guests.file("amd64/vmlinuz"))
                .initrd(Guests.file("amd64/initrd.gz"))
                .append(Guests.CONSOLE + " quiet " + moreArguments);
    }

    private String tool(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("tool.log");
        Process p = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(p.waitFor(120, TimeUnit.SECONDS), command[0] + " hangs");
        String out = Files.readString(log);
        assertEquals(0, p.exitValue(), String.join(" ", command) + ": " + out);
        return out;
    }

    private Path image(String name, long mib) throws IOException {
        Path image = folder.resolve(name);
        DiskFormats.create(image, CreateOptions.qcow2(mib * MIB));
        return image;
    }

    /** A disk that carries a script, which the guest runs and then switches off. */
    private DiskOption script(String text) throws IOException {
        byte[] content = Arrays.copyOf(("#!/bin/sh\n" + text).getBytes(), 1 << 16);
        return new DiskOption(Files.write(folder.resolve("script.img"), content), false, "raw");
    }

    private static DiskOption on(DiskController controller, Path image) {
        return new DiskOption(image, false, "qcow2", controller, true);
    }

    private static String fileSum(Machine m, String disk) {
        String text = m.serial(0).text();
        int at = text.indexOf("FILE " + disk + " ");
        assertTrue(at >= 0, "no checksum of " + disk);
        return text.substring(at + disk.length() + 6, at + disk.length() + 6 + 32);
    }

    /** The image is whole, its file system too, the file is in it, and what was deleted has been given back. */
    private void judge(Path image, String sum) throws Exception {
        tool("qemu-img", "check", "-f", "qcow2", image.toString());
        Path raw = folder.resolve("judged.raw");
        tool("qemu-img", "convert", "-f", "qcow2", "-O", "raw", image.toString(), raw.toString());
        tool("e2fsck", "-fn", raw.toString());
        Path file = folder.resolve("kept");
        tool("debugfs", "-R", "dump /kept " + file, raw.toString());
        assertTrue(tool("md5sum", file.toString()).startsWith(sum), "the guest wrote a file with sum " + sum);
        // The same random contents were written to four places; three of them were discarded or deleted and trimmed.
        // Space
        // is given back in whole clusters, so what lies at the edges of a range may stay.
        int kept = 0;
        Set<ByteBuffer> blocks = blocks(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(raw))) {
            for (byte[] block = in.readNBytes(BLOCK); block.length == BLOCK; block = in.readNBytes(BLOCK)) {
                kept += blocks.contains(ByteBuffer.wrap(block)) ? 1 : 0;
            }
        }
        assertEquals(FILE_BLOCKS, blocks.size());
        assertTrue(kept >= FILE_BLOCKS, kept + " blocks of the file are there");
        assertTrue(
                kept < FILE_BLOCKS + FILE_BLOCKS / 4,
                kept + " blocks are there, of " + FILE_BLOCKS + " that are in use");
    }

    private static byte[] filledWithA(int bytes) {
        byte[] expected = new byte[bytes];
        Arrays.fill(expected, (byte) 'A');
        return expected;
    }

    private static Set<ByteBuffer> blocks(Path file) throws IOException {
        Set<ByteBuffer> blocks = new HashSet<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                blocks.add(ByteBuffer.wrap(block));
            }
        }
        return blocks;
    }

    /** The short one of the suite: each driver writes, reads back past the guest's caches, and gives space back; so does 9p. */
    @Test
    void linuxWritesReadsAndDiscardsOnVirtioAndAhciAndUsesASharedFolder() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.writeString(shared.resolve("from-host"), "of the host");
        Files.writeString(folder.resolve("secret"), "out of reach");
        Files.createSymbolicLink(shared.resolve("out"), Path.of("../secret"));
        Path virtio = image("virtio.qcow2", 16);
        Path ahci = image("ahci.qcow2", 16);
        try (Machine m = Machine.builder()
                .memory(192)
                .kernel(Guests.file("amd64/vmlinuz"))
                .initrd(Guests.file("amd64/initrd.gz"))
                .append(Guests.CONSOLE + " quiet test.nomod=1 test.cmd=\"" + SHORT_EXERCISE.replace('\n', ' ') + "\"")
                .disk(on(DiskController.VIRTIO, virtio))
                .disk(on(DiskController.AHCI, ahci))
                .share(new ShareOption("src", shared, false))
                .share(new ShareOption("ro", shared, true))
                .build()) {
            m.start();
            Guests.awaitSerial(m, "TEST-EXIT 0");
            assertTrue(m.awaitEnd(Guests.PATIENCE), "the guest switches off");
        }
        assertEquals("of the host, and of the guest\n", Files.readString(shared.resolve("dir/moved")));
        assertArrayEquals(filledWithA(3 * (int) MIB), Files.readAllBytes(shared.resolve("a")));
        assertEquals("out of reach", Files.readString(folder.resolve("secret")));
        for (Path image : List.of(virtio, ahci)) {
            tool("qemu-img", "check", "-f", "qcow2", image.toString());
            tool(
                    "qemu-io",
                    "-f",
                    "qcow2",
                    "-c",
                    "read -P 0x41 0 1M",
                    "-c",
                    "read -P 0 1M 1M",
                    "-c",
                    "read -P 0x41 2M 1M",
                    image.toString());
        }
    }

    @Test
    void linuxDriversWriteReadAndGiveBackOnVirtioAndAhci() throws Exception {
        Guests.onlyWhenAsked();
        Path virtio = image("virtio.qcow2", 64);
        Path ahci = image("ahci.qcow2", 96);
        String sums;
        try (Machine m = linux("")
                .disk(script(EXERCISE + """
                    exercise /dev/vda || exit $?
                    S=$(grep -lx 196608 /sys/block/sd*/size | cut -d/ -f4)
                    echo "NCQ $(cat /sys/block/$S/device/queue_depth)"
                    exercise /dev/$S
                    """))
                .disk(on(DiskController.VIRTIO, virtio))
                .disk(on(DiskController.AHCI, ahci))
                .build()) {
            m.start();
            Guests.awaitSerial(m, "TEST-EXIT 0");
            assertTrue(
                    m.serial(0).text().contains("NCQ 32") || m.serial(0).text().contains("NCQ 31"),
                    () -> m.serial(0).text());
            sums = fileSum(m, "/dev/vda");
            String text = m.serial(0).text();
            int at = text.indexOf("FILE /dev/sd");
            sums += " " + text.substring(at + 14, at + 46);
            assertTrue(m.awaitEnd(Guests.PATIENCE), "the guest switches off");
        }
        judge(virtio, sums.substring(0, 32));
        judge(ahci, sums.substring(33));
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtio_pci.force_legacy=1", "pci=nomsi", "acpi=off noapic nolapic"})
    void virtioWorksWithLegacyRegistersAndWithPinInterrupts(String arguments) throws Exception {
        Guests.onlyWhenAsked();
        Path image = image("disk.qcow2", 64);
        String sum;
        try (Machine m = linux(arguments)
                .disk(script(EXERCISE + "exercise /dev/vda"))
                .disk(on(DiskController.VIRTIO, image))
                .build()) {
            m.start();
            Guests.awaitSerial(m, "TEST-EXIT 0");
            sum = fileSum(m, "/dev/vda");
            Guests.awaitSerial(m, "GUEST-OFF");
            // Without ACPI a 64-bit Linux can only halt, on QEMU's board too.
            assertTrue(arguments.contains("acpi=off") || m.awaitEnd(Guests.PATIENCE), "the guest switches off");
        }
        judge(image, sum);
    }

    @Test
    void trimOnTheIdeControllerReachesTheImage() throws Exception {
        Guests.onlyWhenAsked();
        Path image = image("disk.qcow2", 64);
        try (Machine m = linux("")
                .disk(script(EXERCISE + "exercise /dev/sdb"))
                .disk(on(DiskController.IDE, image))
                .build()) {
            m.start();
            Guests.awaitSerial(m, "TEST-EXIT 0");
            String sum = fileSum(m, "/dev/sdb");
            assertTrue(m.awaitEnd(Guests.PATIENCE), "the guest switches off");
            judge(image, sum);
        }
    }

    @ParameterizedTest
    @CsvSource({"VIRTIO,", "AHCI,", "VIRTIO,firmware/bios-256k.bin", "AHCI,firmware/bios-256k.bin"})
    void firmwareBootsGrubAndLinuxFromTheDisk(DiskController controller, String firmware) throws Exception {
        Guests.onlyWhenAsked();
        MachineBuilder b = Machine.builder()
                .memory(256)
                .disk(new DiskOption(Guests.file("amd64/disk-grub.img"), true, "raw").on(controller));
        if (firmware != null) {
            b.firmware(Guests.file(firmware));
        }
        try (Machine m = b.build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            m.sendSerial(0, "gt-disk\n".getBytes());
            Guests.awaitSerial(m, "DISK-CHECK-OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "firmware/bios-256k.bin"})
    void aCdOnTheAhciControllerBootsAndIsReadWhole(String firmware) throws Exception {
        Guests.onlyWhenAsked();
        MachineBuilder b = Machine.builder()
                .memory(256)
                .cdrom(Guests.file("amd64/tiny.iso"))
                .cdController(DiskController.AHCI);
        if (!firmware.isEmpty()) {
            b.firmware(Guests.file(firmware));
        }
        try (Machine m = b.build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            m.sendSerial(0, "gt-disk\n".getBytes());
            Guests.awaitSerial(m, "DISK-CHECK-OK");
            m.sendSerial(0, "readlink /sys/block/sr0\n".getBytes());
            Guests.awaitSerial(m, "0000:00:0f.0/ata");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTIO", "AHCI"})
    void anImageWrittenHereBootsInQemu(DiskController controller) throws Exception {
        Guests.onlyWhenAsked();
        Path image = folder.resolve("boot.qcow2");
        tool(
                "qemu-img",
                "convert",
                "-O",
                "qcow2",
                Guests.file("amd64/disk-grub.img").toString(),
                image.toString());
        String disk = controller == DiskController.VIRTIO ? "/dev/vda1" : "/dev/sda1";
        try (Machine m =
                Machine.builder().memory(256).disk(on(controller, image)).build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            m.sendSerial(
                    0,
                    ("mount -t ext4 " + disk + " /mnt && echo here >/mnt/was && umount /mnt; poweroff -f\n")
                            .getBytes());
            assertTrue(m.awaitEnd(Guests.PATIENCE), "the guest switches off");
        }
        tool("qemu-img", "check", "-f", "qcow2", image.toString());
        List<String> attach = controller == DiskController.VIRTIO
                ? List.of("-drive", "if=virtio,format=qcow2,file=" + image)
                : List.of(
                        "-device",
                        "ich9-ahci,id=a",
                        "-drive",
                        "if=none,id=d,format=qcow2,file=" + image,
                        "-device",
                        "ide-hd,drive=d,bus=a.0");
        List<String> command = new java.util.ArrayList<>(List.of(
                "qemu-system-x86_64",
                "-accel",
                "tcg",
                "-m",
                "256",
                "-display",
                "none",
                "-serial",
                "file:" + folder.resolve("qemu.log"),
                "-no-reboot"));
        command.addAll(attach);
        Process qemu = new ProcessBuilder(command).start();
        try {
            Path log = folder.resolve("qemu.log");
            for (int k = 0;
                    k < 600 && !(Files.exists(log) && Files.readString(log).contains("GUEST-READY"));
                    k++) {
                Thread.sleep(500);
            }
            assertTrue(Files.readString(log).contains("GUEST-READY"), "QEMU does not boot it");
        } finally {
            qemu.destroyForcibly().waitFor();
        }
    }

    /** The process dies in the middle: what the guest had synced is there, and both image and file system are whole. */
    @ParameterizedTest
    @EnumSource(DiskController.class)
    void whatWasSyncedSurvivesAKill(DiskController controller) throws Exception {
        Guests.onlyWhenAsked();
        Path image = image("killed.qcow2", 64);
        DiskOption script = script("""
            D=/dev/vda; [ -b $D ] || D=/dev/$(grep -lx 131072 /sys/block/sd*/size | cut -d/ -f4)
            mke2fs $D >/dev/null; mount -t ext4 $D /mnt
            n=0; while [ $n -lt 400 ]; do n=$((n+1))
              dd if=/dev/urandom of=/mnt/f$((n % 10)) bs=64k count=8 2>/dev/null; echo $n >/mnt/count; sync; echo "SYNCED $n"
            done
            """);
        Path log = folder.resolve("serial.log");
        Process p = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.terrarium.vm.cli.TerrariumCli",
                        "run",
                        "--headless",
                        "--memory",
                        "256",
                        "--kernel",
                        Guests.file("amd64/vmlinuz").toString(),
                        "--initrd",
                        Guests.file("amd64/initrd.gz").toString(),
                        "--append",
                        Guests.CONSOLE + " quiet",
                        "--disk",
                        script.file() + ",format=raw",
                        "--disk",
                        image + ",controller=" + controller.id(),
                        "--serial",
                        "file:" + log)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        int synced;
        try {
            long end = System.nanoTime() + Guests.PATIENCE.toNanos();
            int enough = 5 + ThreadLocalRandom.current().nextInt(20);
            do {
                Thread.sleep(50);
                synced = lastSynced(log);
            } while (synced < enough && System.nanoTime() < end && p.isAlive());
            assertTrue(
                    synced >= enough, () -> "the guest wrote nothing; " + tail(folder.resolve("out.log")) + tail(log));
        } finally {
            p.destroyForcibly().waitFor();
        }
        synced = lastSynced(log);
        Path raw = folder.resolve("killed.raw");
        Process check = new ProcessBuilder("qemu-img", "check", "-f", "qcow2", image.toString()).start();
        int result = check.waitFor();
        assertTrue(
                result == 0 || result == 3,
                "qemu-img check found damage: "
                        + new String(check.getInputStream().readAllBytes()));
        tool("qemu-img", "convert", "-f", "qcow2", "-O", "raw", image.toString(), raw.toString());
        Process repair = new ProcessBuilder("e2fsck", "-fy", raw.toString()).start();
        assertTrue(repair.waitFor() <= 1, "e2fsck cannot repair it"); // 1: what an unclean end leaves was cleared away
        Path file = folder.resolve("count");
        tool("debugfs", "-R", "dump /count " + file, raw.toString());
        int kept = Integer.parseInt(Files.readString(file).strip());
        assertTrue(kept >= synced, "synced " + synced + " times, but the file says " + kept);
    }

    private static int lastSynced(Path log) {
        try {
            String text = Files.exists(log) ? Files.readString(log) : "";
            int end = text.lastIndexOf('\n');
            int at = end < 0 ? -1 : text.lastIndexOf("SYNCED ", end);
            int line = at < 0 ? -1 : text.indexOf('\r', at) < 0 ? text.indexOf('\n', at) : text.indexOf('\r', at);
            return line < 0 ? 0 : Integer.parseInt(text.substring(at + 7, line).strip());
        } catch (IOException e) {
            return 0;
        }
    }

    private static String tail(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(Math.max(0, text.length() - 1000));
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
