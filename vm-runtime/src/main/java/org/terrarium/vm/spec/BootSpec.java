package org.terrarium.vm.spec;

import java.nio.file.Path;

/**
 * How a card boots its machine from the network.
 *
 * @param rom a file with the card's expansion ROM, such as one of Debian's package ipxe-qemu, or null for none
 * @param tftp a folder whose files the gateway gives out by TFTP, or null; only with NAT
 * @param file the first file's name, or empty; only with NAT
 */
public record BootSpec(Path rom, Path tftp, String file) {
    /** A card that does not. */
    public static final BootSpec NONE = new BootSpec(null, null, "");

    /** Longer names do not fit into the DHCP message's field (RFC 2131, 2). */
    static final int MAX_FILE = 127;

    public BootSpec {
        checkFile("bootFile", file);
    }

    /** Refuses what cannot be a boot file's name by an IllegalArgumentException. */
    static void checkFile(String field, String file) {
        Checks.present(field, file);
        if (file.length() > MAX_FILE || !file.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(
                    field + ": a boot file's name has at most " + MAX_FILE + " letters of ASCII and no spaces");
        }
    }

    /** Whether it says something that a gateway must know. */
    boolean forGateway() {
        return tftp != null || !file.isEmpty();
    }

    public BootSpec withRom(Path value) {
        return new BootSpec(value, tftp, file);
    }

    public BootSpec withTftp(Path value) {
        return new BootSpec(rom, value, file);
    }

    public BootSpec withFile(String value) {
        return new BootSpec(rom, tftp, value);
    }
}
