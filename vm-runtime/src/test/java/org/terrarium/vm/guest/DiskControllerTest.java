package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.MachineBuilder.DiskOption;

/** Linux's own drivers on every disk controller; what they leave behind is judged by QEMU's tools and e2fsck. */
class DiskControllerTest {
    private static final long MIB = 1 << 20;

    /** Partition-less file system, files, a checked copy, space given back, a flush; then the same bytes once more. */
    private static final String SCRIPT = String.join(
            "; ",
            "D=/dev/$(ls /sys/block | grep -E '^(sd|vd)' | head -1)",
            "echo DISK $D $(cat /sys/block/${D#/dev/}/size) $(cat /sys/block/${D#/dev/}/queue/discard_max_bytes)",
            "dd if=/dev/urandom of=/tmp/r bs=64k count=64 2>/dev/null",
            "dd if=/tmp/r of=$D bs=64k conv=fsync 2>/dev/null",
            "dd if=/tmp/r of=$D bs=4k seek=10000 oflag=direct 2>/dev/null",
            "echo 3 >/proc/sys/vm/drop_caches",
            "dd if=$D bs=64k count=64 2>/dev/null | cmp - /tmp/r && echo FIRST-SAME",
            "dd if=$D bs=4k skip=10000 count=1024 iflag=direct 2>/dev/null | cmp - /tmp/r && echo SECOND-SAME",
            "blkdiscard -o 1048576 -l 2097152 $D && echo DISCARD-OK",
            "dd if=$D bs=1M skip=1 count=2 iflag=direct 2>/dev/null | cmp - /dev/zero 2>&1 | grep -q EOF && echo"
                    + " ZEROES",
            "md5sum </tmp/r; sync; echo ALL-DONE");

    @TempDir
    Path folder;

    private static MachineBuilder linux() {
        return Machine.builder()
                .memory(256)
                .kernel(Guests.file("amd64/vmlinuz"))
                .initrd(Guests.file("amd64/initrd.gz"));
    }

    private static void run(Machine m, String commands) {
        m.sendSerial(0, (commands + "\n").getBytes(StandardCharsets.US_ASCII));
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

    private Path image(long mib) throws IOException {
        Path image = folder.resolve("disk.qcow2");
        DiskFormats.create(image, CreateOptions.qcow2(mib * MIB));
        return image;
    }

    private static DiskOption on(DiskController controller, Path image) {
        return new DiskOption(image, false, "qcow2", controller, true);
    }

    private void exercise(DiskController controller, String moreArguments) throws Exception {
        Path image = image(64);
        String sum;
        try (Machine m = linux().append(Guests.CONSOLE + " quiet " + moreArguments)
                .disk(on(controller, image))
                .build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            run(m, SCRIPT);
            Guests.awaitSerial(m, "DISK /dev/");
            Guests.awaitSerial(m, "FIRST-SAME");
            Guests.awaitSerial(m, "SECOND-SAME");
            Guests.awaitSerial(m, "DISCARD-OK");
            Guests.awaitSerial(m, "ZEROES");
            Guests.awaitSerial(m, "ALL-DONE");
            String text = m.serial(0).text();
            int end = text.lastIndexOf("  -");
            sum = text.substring(end - 32, end);
        }
        tool("qemu-img", "check", "-f", "qcow2", image.toString());
        Path raw = folder.resolve("disk.raw");
        tool("qemu-img", "convert", "-f", "qcow2", "-O", "raw", image.toString(), raw.toString());
        Path part = folder.resolve("part");
        tool("dd", "if=" + raw, "of=" + part, "bs=4096", "skip=10000", "count=1024");
        assertTrue(tool("md5sum", part.toString()).startsWith(sum), "the guest wrote " + sum);
        assertTrue(
                tool("qemu-img", "map", "-f", "qcow2", "--output=json", image.toString())
                        .lines()
                        .anyMatch(l ->
                                l.contains("\"start\": 1048576, \"length\": 2097152") && l.contains("\"data\": false")),
                "the discarded range must be free in the image");
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTIO"})
    void linuxDriverWritesReadsAndGivesBack(DiskController controller) throws Exception {
        exercise(controller, "");
    }
}
