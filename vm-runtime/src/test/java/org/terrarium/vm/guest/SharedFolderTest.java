package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Machine;
import org.terrarium.vm.ShareOption;

/** Linux's own 9p driver on a folder of the host's. */
class SharedFolderTest {
    @TempDir
    Path folder;

    @Test
    void first() throws Exception {
        Guests.onlyWhenAsked();
        Files.writeString(folder.resolve("test.sh"), """
            cd /mnt; echo hello >there; cat there; ls -la; mkdir d; mv there d/here; ls -l d; df /mnt
            dd if=/dev/urandom of=big bs=1M count=8; md5sum big; cat big >/dev/null
            """);
        try (Machine m = Machine.builder()
                .memory(256)
                .kernel(Guests.file("amd64/vmlinuz"))
                .initrd(Guests.file("amd64/initrd.gz"))
                .append(Guests.CONSOLE + " quiet")
                .share(new ShareOption("host", folder, false))
                .build()) {
            m.start();
            Guests.awaitSerial(m, "TEST-EXIT");
            System.out.println(m.serial(0).text());
            System.out.println(m.shareStats());
        }
        assertEquals("hello\n", Files.readString(folder.resolve("d/here")));
        assertTrue(Files.exists(folder.resolve("big")));
    }
}
