package org.terrarium.vm.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.terrarium.x86.sys.CpuModel;

/** Systems by their CDs: by the names the real ones have, and on images that xorriso makes. */
class MediaProposalTest {
    private static final long HOST_MIB = 16384;

    @TempDir
    private Path folder;

    private static MediaProposal named(String volume) {
        return MediaProposal.of(new IsoVolume("", volume, "", "", Set.of(), true), HOST_MIB);
    }

    @ParameterizedTest
    @CsvSource({
        "Debian 12.5.0 amd64 n, DEBIAN, X86_64_V2",
        "Debian 12.5.0 i386 n, DEBIAN, P6",
        "d-live 12.5.0 gn amd64, UNKNOWN, X86_64_V2",
        "Ubuntu 24.04.1 LTS amd64, UBUNTU, X86_64_V2",
        "Kubuntu 24.04 LTS amd64, UBUNTU, X86_64_V2",
        "Ubuntu-Server 22.04.3 LTS amd64, UBUNTU_SERVER, X86_64_V2",
        "Fedora-WS-Live-40-1-14, FEDORA, X86_64_V2",
        "Fedora-S-dvd-x86_64-39, FEDORA_SERVER, X86_64_V2",
        "alpine-virt 3.19.1 x86_64, ALPINE, X86_64_V2",
        "alpine-std 3.19.1 x86, ALPINE, P6",
        "FD13LIVE, FREEDOS, PENTIUM",
        "FREEDOS, FREEDOS, PENTIUM",
        "WIN98 SE, WINDOWS_9X, PENTIUM",
        "WXPVOL_EN, WINDOWS_XP, P6",
        "GRMCULFRER_EN_DVD, WINDOWS_7, X86_64_V2",
        "CCCOMA_X64FRE_EN-US_DV9, WINDOWS_10, X86_64_V2",
        "CPBA_X86FRE_DE-DE_DV5, WINDOWS_10, P6",
        "SSS_X64FREE_EN-US_DV9, WINDOWS_10, X86_64_V2",
        "ESD-ISO, WINDOWS_10, X86_64_V2",
        "14_0_RELEASE_AMD64_DVD, FREEBSD, X86_64_V2",
        "OpenBSD/amd64   7.4 Install CD, OPENBSD, X86_64_V2",
        "NETBSD_100, NETBSD, X86_64_V2",
        "Holiday 1999, UNKNOWN, X86_64_V2",
    })
    void isKnownByItsName(String volume, GuestSystem system, CpuModel cpu) {
        MediaProposal proposal = named(volume);
        assertEquals(system, proposal.system());
        assertEquals(cpu, proposal.cpu());
        assertEquals(volume, proposal.title());
    }

    @Test
    void proposesNoMoreThanHalfOfTheHostsMemory() {
        assertEquals(4096, named("Ubuntu 24.04 LTS amd64").memoryMib());
        IsoVolume ubuntu = new IsoVolume("", "Ubuntu 24.04 LTS amd64", "", "", Set.of(), true);
        assertEquals(1024, MediaProposal.of(ubuntu, 2048).memoryMib());
        assertTrue(MediaProposal.of(ubuntu, 1).memoryMib() >= 16);
    }

    private Path iso(String name, String volume, String publisher, String... files) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/xorriso")), "xorriso is not installed");
        Path tree = Files.createDirectory(folder.resolve(name + ".tree"));
        for (String file : files) {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.writeString(tree.resolve(file), file);
        }
        Path iso = folder.resolve(name + ".iso");
        List<String> command = new ArrayList<>(List.of("xorriso", "-as", "mkisofs", "-quiet", "-V", volume));
        command.addAll(List.of("-publisher", publisher, "-o", iso.toString(), tree.toString()));
        Process p = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("xorriso.log").toFile())
                .start();
        assertEquals(0, p.waitFor(), () -> "xorriso failed, see " + folder.resolve("xorriso.log"));
        return iso;
    }

    @Test
    void realImagesAreReadAndFilesAtTheTopHelp() throws Exception {
        IsoVolume debian = IsoVolume.read(iso("a", "Debian 13 amd64 n", "SOMEBODY", "install.amd/vmlinuz", "README"));
        assertEquals("Debian 13 amd64 n", debian.volume());
        assertEquals("SOMEBODY", debian.publisher());
        assertTrue(debian.rootNames().containsAll(Set.of("INSTALL.AMD", "README")), "" + debian.rootNames());
        assertEquals(
                GuestSystem.WINDOWS_7,
                MediaProposal.of(
                                iso("b", "MYDISC", "MICROSOFT CORPORATION", "sources/install.wim", "bootmgr"), HOST_MIB)
                        .system());
        assertEquals(
                GuestSystem.FREEDOS,
                MediaProposal.of(iso("c", "MYDISC", "", "kernel.sys"), HOST_MIB).system());
        assertEquals(
                GuestSystem.OTHER_LINUX,
                MediaProposal.of(iso("d", "RESCUE", "", "isolinux/isolinux.cfg"), HOST_MIB)
                        .system());
    }

    @Test
    void whatIsNoCdIsOneSentence() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no disc at all");
        IOException refusal = assertThrows(IOException.class, () -> IsoVolume.read(text));
        assertTrue(refusal.getMessage().contains("notes.txt"), refusal.getMessage());
        assertThrows(IOException.class, () -> IsoVolume.read(folder.resolve("none.iso")));
    }

    @Test
    void spoiledDiscsDoNoHarm() throws Exception {
        byte[] good = Files.readAllBytes(iso("good", "Debian 13", "X", "a/b", "c"));
        long seed = Long.getLong("terrarium.seed", 20261125);
        Random random = new Random(seed);
        Path spoiled = folder.resolve("spoiled.iso");
        for (int round = 0; round < 200; round++) {
            byte[] bytes = good.clone();
            for (int n = 0; n < 20; n++) {
                bytes[16 * 2048 + random.nextInt(Math.min(bytes.length, 30 * 2048) - 16 * 2048)] =
                        (byte) random.nextInt();
            }
            Files.write(spoiled, bytes);
            int now = round;
            try {
                MediaProposal.of(spoiled, HOST_MIB);
            } catch (IOException e) {
                assertTrue(e.getMessage() != null, () -> "seed " + seed + ", round " + now);
            }
        }
    }
}
