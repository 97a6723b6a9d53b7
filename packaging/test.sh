#!/bin/bash
# Installs what only the tests need, builds everything and runs all tests, window tests included.
#   packaging/test.sh             the suite (under 15 minutes on two cores)
#   packaging/test.sh --guests    also boots the large guests (Debian installer, memtest86+ to its first pass, ...)
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
GUESTS=no
for a in "$@"; do
    case $a in
    --guests) GUESTS=all ;;
    *) die "unknown option $a; use --guests or nothing" ;;
    esac
done
find_jdk
need_packages "the build" "${BUILD_PACKAGES[@]}"
need_packages "the window" "${WINDOW_PACKAGES[@]}"
need_packages "the tests" gcc libc6-dev qemu-utils qemu-system-x86 seabios xvfb xauth xdotool acpica-tools libxkbcommon0 xkb-data \
    cpio gzip xz-utils xorriso mtools syslinux syslinux-utils fdisk dosfstools e2fsprogs grub-common grub-pc-bin kmod python3 binutils tshark ntfs-3g libvirt-clients libxml2-utils
# Java takes the home folder from the user database, this script from HOME: one of them decides.
export TERRARIUM_GUESTS=${TERRARIUM_GUESTS:-$HOME/.cache/terrarium/guests}
"$ROOT/packaging/guests/prepare.sh" "$GUESTS"
cd "$ROOT"
exec mvn -B -Dterrarium.guests="$GUESTS" verify
