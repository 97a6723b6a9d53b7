package org.terrarium.vm.media;

import java.util.regex.Pattern;
import org.terrarium.x86.sys.CpuModel;

/**
 * Systems that people install, how their media are known, and what a machine for them should have: what the systems' own
 * installation guides recommend, or a little more.
 */
public enum GuestSystem {
    DEBIAN("Debian", "^DEBIAN|^DI[_ -](AMD64|I386)", 1024, 20, CpuModel.X86_64_V2),
    UBUNTU_SERVER("Ubuntu Server", "^UBUNTU-SERVER", 2048, 20, CpuModel.X86_64_V2),
    UBUNTU("Ubuntu", "^(X|K|L|ED|U|MATE-)?UBUNTU", 4096, 25, CpuModel.X86_64_V2),
    FEDORA_SERVER("Fedora Server", "^FEDORA-(S|E|SVR|SERVER)-", 2048, 20, CpuModel.X86_64_V2),
    FEDORA("Fedora", "^FEDORA", 4096, 20, CpuModel.X86_64_V2),
    ALPINE("Alpine Linux", "^ALPINE", 512, 4, CpuModel.X86_64_V2),
    FREEDOS("FreeDOS", "^FD1[0-9]|FREEDOS", 32, 1, CpuModel.PENTIUM),
    WINDOWS_9X("Windows 95, 98 or Me", "^WIN(DOWS)?[ _]?(95|98|ME\\b)", 128, 2, CpuModel.PENTIUM),
    WINDOWS_XP("Windows 2000 or XP", "^W2[PK]|^WXP|^(GRTMP|VRMP|XRMP|CRMSXP)", 512, 10, CpuModel.P6),
    WINDOWS_7("Windows Vista or 7", "^(GRMC|GSP1RMC|LRMC|FRMC|KRMC)", 2048, 32, CpuModel.X86_64_V2),
    WINDOWS_10("Windows 8, 10 or 11", "_(X64|X86|A64)FRE|^ESD[-_]ISO", 4096, 64, CpuModel.X86_64_V2),
    FREEBSD("FreeBSD", "^FREEBSD|^\\d+_\\d+_(RELEASE|RC\\d|BETA\\d|STABLE)", 1024, 16, CpuModel.X86_64_V2),
    OPENBSD("OpenBSD", "^OPENBSD", 512, 10, CpuModel.X86_64_V2),
    NETBSD("NetBSD", "^NETBSD", 512, 10, CpuModel.X86_64_V2),
    OTHER_WINDOWS("Windows", "(?!)", 2048, 32, CpuModel.X86_64_V2),
    OTHER_LINUX("Linux", "(?!)", 1024, 16, CpuModel.X86_64_V2),
    UNKNOWN("", "(?!)", 1024, 8, CpuModel.X86_64_V2);

    private final String label;
    private final Pattern volumes;
    private final int memoryMib;
    private final int diskGib;
    private final CpuModel cpu;

    /** @param volumes finds the names of its CDs, upper case */
    GuestSystem(String label, String volumes, int memoryMib, int diskGib, CpuModel cpu) {
        this.label = label;
        this.volumes = Pattern.compile(volumes);
        this.memoryMib = memoryMib;
        this.diskGib = diskGib;
        this.cpu = cpu;
    }

    /** What people call it; empty when unknown. */
    public String label() {
        return label;
    }

    boolean names(String volume) {
        return volumes.matcher(volume).find();
    }

    /** Memory in MiB that does it good. */
    public int memoryMib() {
        return memoryMib;
    }

    /** Size of a first disk, GiB. */
    public int diskGib() {
        return diskGib;
    }

    /** The processor it runs on; a 32-bit edition does with less. */
    public CpuModel cpu() {
        return cpu;
    }
}
