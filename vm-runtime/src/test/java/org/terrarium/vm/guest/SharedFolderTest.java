package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.ShareOption;
import org.terrarium.vm.state.SavedMachine;

/**
 * Linux's own 9p driver on a folder of the host's; what it leaves there is looked at by Java. The guest runs {@code test.sh} from
 * the folder with the tag "host".
 */
class SharedFolderTest {
    /** Beginning of every script: a failing step ends it with its number. */
    private static final String MOUNT = "mount -t 9p -o trans=virtio,version=9p2000.L";

    @TempDir
    Path outside;

    private Path folder;

    private MachineBuilder linux(String arguments) throws IOException {
        folder = Files.createDirectories(outside.resolve("shared"));
        return Machine.builder()
                .memory(256)
                .kernel(Guests.file("amd64/vmlinuz"))
                .initrd(Guests.file("amd64/initrd.gz"))
                .append(Guests.CONSOLE + " quiet " + arguments)
                .share(new ShareOption("host", folder, false))
                .share(new ShareOption("ro", folder, true))
                .share(new ShareOption("again", folder, false));
    }

    private void run(String arguments, String script) throws Exception {
        try (Machine m = linux(arguments).build()) {
            Files.writeString(folder.resolve("test.sh"), "#!/bin/sh\n" + script);
            m.start();
            Guests.awaitSerial(m, "TEST-EXIT 0");
            assertTrue(m.shareStats().requests() > 0);
        }
    }

    private void tree(Path root) throws IOException {
        Random random = new Random(5);
        for (int n = 0; n < 20; n++) {
            byte[] contents = new byte[random.nextInt(300_000)];
            random.nextBytes(contents);
            Path file = root.resolve("d" + n % 4 + "/with space/f" + n);
            Files.createDirectories(file.getParent());
            Files.write(file, contents);
        }
        Files.createSymbolicLink(root.resolve("d0/link"), Path.of("with space/f0"));
    }

    private static void same(Path left, Path right) throws Exception {
        Process p = new ProcessBuilder("diff", "-r", "--no-dereference", left.toString(), right.toString())
                .inheritIO()
                .start();
        assertEquals(0, p.waitFor(), left + " and " + right + " differ");
    }

    @Test
    void treesManyFilesAndLargeOnesGoBothWays() throws Exception {
        Guests.onlyWhenAsked();
        tree(Files.createDirectories(outside.resolve("shared/tree")));
        run("", """
            cd /mnt; cp -a tree /tmp/tree || exit 1; diff -r tree /tmp/tree || exit 2; cp -a /tmp/tree back || exit 3
            mkdir many; i=0; while [ $i -lt 10000 ]; do : >many/$i; i=$((i+1)); done
            [ $(ls many | wc -l) = 10000 ] || exit 4; rm many/1*; [ $(ls many | wc -l) = 8889 ] || exit 5
            mkdir gone; cp many/2* gone; rm -r gone || exit 6
            i=0; while [ $i -lt 8 ]; do dd if=/dev/zero bs=1M count=8 2>/dev/null | tr '\\000' $i; i=$((i+1)); done >big
            md5sum big >/tmp/sum; echo 3 >/proc/sys/vm/drop_caches; md5sum -c /tmp/sum || exit 7
            mkdir /tmp/again; MOUNT,msize=512000,cache=loose again /tmp/again || exit 8; cd /tmp/again
            md5sum -c /tmp/sum || exit 9; cp -a tree loose && diff -r tree loose || exit 10
            printf '#!/bin/sh\\nexit 7\\n' >prog; chmod 755 prog; ./prog; [ $? = 7 ] || exit 11
            cd /; umount /tmp/again
            """.replace("MOUNT", MOUNT));
        same(folder.resolve("tree"), folder.resolve("back"));
        same(folder.resolve("tree"), folder.resolve("loose"));
        assertEquals(8889, folder.resolve("many").toFile().list().length);
        byte[] big = Files.readAllBytes(folder.resolve("big"));
        assertEquals(64 << 20, big.length);
        for (int n = 0; n < big.length; n++) {
            assertEquals('0' + n / (8 << 20), big[n]);
        }
        assertFalse(Files.exists(folder.resolve("gone")));
    }

    @Test
    void whatFileSystemsDoIsDoneAndTheRestRefused() throws Exception {
        Guests.onlyWhenAsked();
        folder = Files.createDirectories(outside.resolve("shared"));
        Path secret = Files.writeString(outside.resolve("secret"), "untouched");
        Files.createSymbolicLink(folder.resolve("abs"), secret);
        Files.createSymbolicLink(folder.resolve("rel"), Path.of("../secret"));
        Files.createSymbolicLink(folder.resolve("dir"), outside);
        run("virtio_pci.force_legacy=1", """
            refused() { "$@" >/tmp/out 2>&1 && { echo "NOT REFUSED: $*"; exit 99; }; }
            cd /mnt; echo one >f; echo two >>f; truncate -s 5 f; [ "$(cat f)" = "one
            t" ] || exit 1
            echo a >r1; echo b >r2; mv r1 r2; [ $(cat r2) = a ] || exit 2
            exec 4<r2; mv r2 r3; [ $(cat <&4) = a ] || exit 3
            exec 5>open; rm open; echo still >&5 || exit 4; exec 5>&-
            ln f hard; [ $(stat -c %h f) = 2 ] || exit 5; ln -s f soft; [ "$(readlink soft)" = f ] || exit 6
            touch m; chmod 640 m; mkdir -m 700 md; chmod 4755 f; [ $(stat -c %a f) = 755 ] || exit 7
            touch -d '2001-02-03 04:05:06' m; [ $(stat -c %Y m) = 981173106 ] || exit 8
            refused mkfifo pipe; refused mknod dev b 7 0; refused cat abs; refused cat rel; refused ls dir/
            refused rmdir md/..; refused cat nothing; refused mkdir md; refused rm md
            mkdir /tmp/ro; MOUNT ro /tmp/ro || exit 9; cd /tmp/ro; [ -s f ] || exit 10
            refused touch n; refused rm f; refused mkdir d; refused chmod 700 f; refused mv f g; refused ln f g
            refused sh -c 'echo x >f'; grep -q 'Read-only' /tmp/out || exit 11
            """.replace("MOUNT", MOUNT));
        assertEquals("untouched", Files.readString(secret));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("m"))));
        assertFalse(Files.exists(folder.resolve("n")));
    }

    @Test
    void aRestoredGuestGoesOnWithItsFiles() throws Exception {
        Guests.onlyWhenAsked();
        folder = Files.createDirectories(outside.resolve("shared"));
        Files.writeString(folder.resolve("kept"), "first\nsecond\n");
        Files.writeString(folder.resolve("lost"), "gone soon\n");
        SavedMachine saved;
        try (Machine m = linux("").build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            Guests.shell(m, "cd /mnt; exec 3<kept 4<lost; read a <&3; echo heard \"$a\"", "heard first");
            saved = SavedMachine.of(m, outside, "saved");
        }
        Files.delete(folder.resolve("lost"));
        Files.writeString(folder.resolve("new"), "made meanwhile");
        try (Machine m = linux("").build()) {
            saved.into(m);
            m.start();
            Guests.shell(m, "read b <&3; echo then \"$b\"", "then second");
            Guests.shell(m, "cat <&4; echo result $?", "result 1");
            Guests.shell(m, "cat new; echo more >>kept; echo written $?", "made meanwhilewritten 0");
        }
        assertEquals("first\nsecond\nmore\n", Files.readString(folder.resolve("kept")));
    }
}
