#!/bin/bash
# What booting from the network needs, from Debian packages: iPXE's ROMs for the cards, pxelinux.  pxe.sh DEST
. "$(dirname "$0")/lib.sh"
[ $# -eq 1 ] || die "usage: pxe.sh DEST"
DEST=$(mkdir -p "$1" && cd "$1" && pwd)
o=$DEST/pxe
mkdir -p "$o"
cp "$(deb ipxe-qemu amd64)"/usr/lib/ipxe/qemu/pxe-{e1000,rtl8139,ne2k_pci,virtio}.rom "$o/"
cp "$(deb pxelinux amd64)/usr/lib/PXELINUX/pxelinux.0" "$o/"
cp "$(deb syslinux-common amd64)/usr/lib/syslinux/modules/bios/ldlinux.c32" "$o/"
manifest "$o"
say "network boot files: $(ls "$o" | wc -l)"
