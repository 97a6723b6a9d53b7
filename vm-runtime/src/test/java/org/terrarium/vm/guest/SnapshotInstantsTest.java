package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.Progress;
import org.terrarium.vm.Machine;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.snapshot.LiveSnapshots;
import org.terrarium.vm.snapshot.SnapshotNode;
import org.terrarium.vm.snapshot.Snapshots;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;

/**
 * A Linux at work (checksums of files on its disk, downloads through NAT, a text editor open) is snapshotted at random instants,
 * runs on, is restored and runs on; its own checks never fail. {@code -Dterrarium.instants=N} for more than five of them, {@code -Dterrarium.seed=} for others.
 */
class SnapshotInstantsTest {
    private static final int INSTANTS = Integer.getInteger("terrarium.instants", 5);
    private static final long SEED = Long.getLong("terrarium.seed", 31L);
    private static final int KEPT = 4;
    private static final int OCTETS = 100_000;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    private static MachineSession open(MachineFolder box) throws Exception {
        return MachineSession.open(box, box.load(), Guests.linux("ata_piix", "sd_mod", "ext4", "e1000"));
    }

    private MachineFolder machine() throws Exception {
        NicSpec nic = NicSpec.usual(random);
        MachineFolder box = new MachineLibrary(folder.resolve("home"))
                .create(
                        MachineSpec.of("box")
                                .withMemory(64)
                                .withNics(List.of(new NicSpec(nic.model(), nic.mac(), nic.net(), List.of(), true))),
                        32 << 20);
        // A file system that Linux has not made itself, so that nothing in the guest is needed for it.
        Path disk = box.resolve(box.load().disks().getFirst().file());
        Path raw = folder.resolve("files.raw");
        run("truncate", "-s", "32M", raw.toString());
        run("/sbin/mke2fs", "-q", "-F", "-t", "ext4", raw.toString());
        run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), disk.toString());
        return box;
    }

    private static void run(String... command) throws Exception {
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(p.getInputStream().readAllBytes());
        assertTrue(p.waitFor(60, TimeUnit.SECONDS), command[0] + " hangs");
        assertEquals(0, p.exitValue(), said);
    }

    private static void startWork(Machine m, HostServer server) throws Exception {
        Guests.awaitSerial(m, "GUEST-READY");
        Guests.shell(m, "gt-net", "NET-UP");
        // Only errors come on the screen, where the editor is: dropped caches are told otherwise each time.
        Guests.shell(m, "dmesg -n 4; echo q''uiet", "quiet");
        Guests.shell(
                m,
                "mount /dev/sda /mnt && cd /mnt && for i in 1 2 3 4 5 6; do head -c 50000 /dev/urandom >f$i; done;"
                        + " md5sum f? >sums; sync; echo F''ILLED",
                "FILLED");
        Guests.send(
                m,
                "while :; do cp f1 t && sync && echo 3 >/proc/sys/vm/drop_caches; md5sum -c -s sums && cmp -s f1 t"
                        + " && echo S''UM-OK || echo S''UM-BAD; done &");
        Guests.awaitSerial(m, "SUM-OK");
        // A download that breaks because the other end is gone after a restore is tried again; one that ends must be
        // right.
        Guests.send(
                m,
                "while :; do timeout 5 wget -q -O /tmp/d http://10.0.2.2:" + server.httpPort() + "/file || continue;"
                        + " md5sum /tmp/d | grep -q " + server.md5() + " && echo N''ET-OK || echo N''ET-BAD; done &");
        Guests.awaitSerial(m, "NET-OK");
        m.type("vi /mnt/notes<enter>itypedtext");
        Guests.awaitScreen(m, "typedtext");
    }

    /** Rounds of the checks that end from now on: the first was in the middle, the second reads everything again. */
    private static void awaitRounds(Machine m, int more) throws InterruptedException {
        int before = rounds(m);
        while (rounds(m) < before + more) {
            Guests.awaitSerial(m, "SUM-OK");
        }
    }

    private static int rounds(Machine m) {
        return m.serial(0).text().split("SUM-OK", -1).length - 1;
    }

    private static void fine(Machine m, String when) {
        String said = m.serial(0).text();
        assertFalse(
                said.contains("SUM-BAD") || said.contains("NET-BAD") || said.contains("EXT4-fs error"),
                () -> when + ": " + said);
        assertTrue(m.screenText().contains("typedtext"), () -> when + ": the editor shows\n" + m.screenText());
    }

    @Test
    void aLinuxAtWorkGoesOnFromEveryInstant() throws Exception {
        Guests.onlyWhenAsked();
        MachineFolder box = machine();
        try (HostServer server = new HostServer(OCTETS, SEED)) {
            MachineSession s = open(box);
            try {
                s.start();
                startWork(s.machine(), server);
                for (int n = 0; n < INSTANTS; n++) {
                    String when = "seed " + SEED + ", instant " + n;
                    // Any instant will do: nothing is waited for.
                    Thread.sleep(random.nextInt(400));
                    LiveSnapshots.Taken taken =
                            s.snapshots().orElseThrow().take(new Snapshots.Wish("s" + n, "", false));
                    awaitRounds(s.machine(), 1);
                    taken.saving().await();
                    fine(s.machine(), when + ", running on");
                    s.close();
                    restore(box, taken.id());
                    s = open(box);
                    s.start();
                    awaitRounds(s.machine(), 2);
                    if (n % 5 == 0) {
                        Guests.awaitSerial(s.machine(), "NET-OK");
                    }
                    fine(s.machine(), when + ", restored");
                }
            } finally {
                s.close();
            }
        }
    }

    /** Puts it back, and keeps the tree small by deleting the oldest. */
    private static void restore(MachineFolder box, String id) throws Exception {
        try (MachineLock _ = MachineLock.acquire(box)) {
            Snapshots s = Snapshots.of(box);
            s.restore(id);
            List<SnapshotNode> nodes = List.copyOf(s.tree().nodes().values());
            if (nodes.size() > KEPT) {
                s.delete(nodes.getFirst().id(), Progress.NONE);
                s.merge().await();
            }
        }
    }
}
