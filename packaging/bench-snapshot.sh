#!/bin/bash
# Times snapshots of a Linux guest with 512 MiB here and in QEMU TCG (savevm, loadvm), and prints seconds, sizes and ratios.
#   packaging/bench-snapshot.sh [--idle N]     N snapshots of the idle guest, default 5
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_packages "the benchmark" python3 qemu-system-x86 qemu-utils cpio gzip xz-utils xorriso mtools syslinux fdisk dosfstools e2fsprogs grub-common grub-pc-bin kmod
if stale; then build; fi
"$ROOT/packaging/guests/prepare.sh" no
exec python3 "$ROOT/packaging/bench/snapshot.py" --iso "${TERRARIUM_GUESTS:-$HOME/.cache/terrarium/guests}/i386/tiny.iso" \
    --terrarium "$ROOT/packaging/run.sh" "$@"
