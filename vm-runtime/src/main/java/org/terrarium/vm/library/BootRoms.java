package org.terrarium.vm.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.terrarium.vm.NicModel;

/** The ROMs for network boot that the host has installed (iPXE: Debian's package ipxe-qemu, and where others put the same files). */
final class BootRoms {
    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/lib/ipxe/qemu"), Path.of("/usr/share/ipxe/qemu"), Path.of("/usr/share/qemu"));

    private BootRoms() {}

    /** The file for a card of that model. */
    static Optional<Path> find(NicModel model) {
        String name = switch (model) {
            case E1000 -> "pxe-e1000.rom";
            case RTL8139 -> "pxe-rtl8139.rom";
            case NE2000 -> "pxe-ne2k_pci.rom";
            case VIRTIO -> "pxe-virtio.rom";
            case NE2000_ISA -> null;
        };
        return name == null
                ? Optional.empty()
                : FOLDERS.stream()
                        .map(folder -> folder.resolve(name))
                        .filter(Files::isReadable)
                        .findFirst();
    }
}
