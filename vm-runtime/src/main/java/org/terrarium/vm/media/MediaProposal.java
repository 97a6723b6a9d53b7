package org.terrarium.vm.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.terrarium.x86.sys.CpuModel;

/**
 * What a machine that starts from a CD should be, as far as the CD's own volume data tell.
 *
 * @param system what seems to be on it
 * @param title what the CD calls itself
 * @param memoryMib proposed memory, never more than half of the host's
 * @param diskGib proposed size of the first disk
 * @param cpu proposed processor
 */
public record MediaProposal(GuestSystem system, String title, int memoryMib, int diskGib, CpuModel cpu) {
    private static final Pattern NARROW = Pattern.compile("(?<![A-Z0-9])(I[3-6]86|X86(?![-_ ]?64)|IA32|32BIT)");
    private static final int LEAST_MEMORY = 16;

    /**
     * Looks at a CD image.
     *
     * @param hostMemoryMib how much memory the host has
     * @throws IOException with a sentence when the file cannot be read or is no CD image
     */
    public static MediaProposal of(Path iso, long hostMemoryMib) throws IOException {
        return of(IsoVolume.read(iso), hostMemoryMib);
    }

    /** The same for volume data that were read. */
    public static MediaProposal of(IsoVolume volume, long hostMemoryMib) {
        GuestSystem system = recognize(volume);
        String name = volume.volume().toUpperCase(Locale.ROOT);
        boolean narrow = NARROW.matcher(name.replace('_', ' ')).find();
        CpuModel cpu = narrow && system.cpu().atLeast(CpuModel.X86_64_V1) ? CpuModel.P6 : system.cpu();
        long half = Math.max(LEAST_MEMORY, hostMemoryMib / 2);
        return new MediaProposal(
                system, volume.volume(), (int) Math.min(system.memoryMib(), half), system.diskGib(), cpu);
    }

    private static GuestSystem recognize(IsoVolume volume) {
        String name = volume.volume().toUpperCase(Locale.ROOT);
        for (GuestSystem system : GuestSystem.values()) {
            if (system.names(name)) {
                return system;
            }
        }
        String made =
                (volume.system() + " " + volume.publisher() + " " + volume.application()).toUpperCase(Locale.ROOT);
        for (GuestSystem bsd : Set.of(GuestSystem.FREEBSD, GuestSystem.OPENBSD, GuestSystem.NETBSD)) {
            if (made.contains(bsd.label().toUpperCase(Locale.ROOT))) {
                return bsd;
            }
        }
        return byFiles(volume.rootNames(), made);
    }

    /** Discs whose name says nothing: by what lies at the top of them. */
    private static GuestSystem byFiles(Set<String> names, String made) {
        if (names.contains("BSD.RD") || names.contains("BSD")) {
            return GuestSystem.OPENBSD;
        }
        if (names.contains("KERNEL.SYS") || names.contains("FREEDOS")) {
            return GuestSystem.FREEDOS;
        }
        boolean microsoft = made.contains("MICROSOFT") || names.contains("BOOTMGR") || names.contains("AUTORUN.INF");
        if (microsoft && names.contains("SOURCES")) {
            return names.contains("BOOTMGR.EFI") ? GuestSystem.WINDOWS_10 : GuestSystem.WINDOWS_7;
        }
        if (names.contains("I386") && microsoft) {
            return GuestSystem.WINDOWS_XP;
        }
        if (names.contains("WIN98") || names.contains("WIN95") || names.contains("WIN9X")) {
            return GuestSystem.WINDOWS_9X;
        }
        if (made.contains("MICROSOFT")) {
            return GuestSystem.OTHER_WINDOWS;
        }
        boolean linux = Set.of(
                        "ISOLINUX", "SYSLINUX", "LIVE", "CASPER", "INSTALL.AMD", "INSTALL.386", "IMAGES", "VMLINUZ")
                .stream()
                .anyMatch(names::contains);
        if (names.contains("_DISK") || names.contains(".DISK") || names.contains("DISTS") && names.contains("POOL")) {
            return names.contains("CASPER") ? GuestSystem.UBUNTU : GuestSystem.DEBIAN;
        }
        return linux || made.contains("LINUX") ? GuestSystem.OTHER_LINUX : GuestSystem.UNKNOWN;
    }
}
