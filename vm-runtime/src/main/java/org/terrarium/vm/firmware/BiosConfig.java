package org.terrarium.vm.firmware;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the built-in BIOS is told about the machine.
 *
 * @param machineName the machine's name, for SMBIOS and the setup screen
 * @param processor the processor's brand text
 * @param cpuSignature CPUID 1 EAX, for the MP table
 * @param cpuFeatures CPUID 1 EDX; bit 9 says whether there is a local APIC
 * @param uuid the machine's identity
 * @param lowRam bytes of RAM from address 0 to the PCI hole, at most E0000000h
 * @param highRam bytes of RAM from 4 GiB
 * @param bootOrder where the machine's settings say to look for a system; a choice stored by the setup screen
 *     later goes before it; may be empty
 * @param bootMenu whether to wait a moment for the keys that open boot menu and setup
 * @param kernel a kernel to start instead of looking for a boot sector
 */
public record BiosConfig(
        String machineName,
        String processor,
        int cpuSignature,
        int cpuFeatures,
        UUID uuid,
        long lowRam,
        long highRam,
        List<BootSource> bootOrder,
        boolean bootMenu,
        Optional<KernelImage> kernel) {
    /** Classes of boot devices, numbered as the CMOS bytes 38h and 3Dh number them. */
    public enum BootSource {
        FLOPPY,
        DISK,
        CDROM,
        NETWORK;

        /** 1..4. */
        int code() {
            return ordinal() + 1;
        }
    }

    public BiosConfig {
        bootOrder = List.copyOf(bootOrder);
    }
}
