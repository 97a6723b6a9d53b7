#!/bin/bash
# Times fixed guest programs and a Linux boot here and in QEMU TCG, and prints seconds and ratios.
#   packaging/bench.sh [--accel interpreter|jit|auto] [--repeat N] [--only ours|qemu] [--no-programs] [--no-linux] [--disks virtio,ahci,ide]
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_packages "the benchmark" nasm python3 qemu-system-x86 qemu-utils cpio gzip xz-utils xorriso mtools syslinux fdisk dosfstools e2fsprogs grub-common grub-pc-bin kmod
if stale; then build; fi
mkdir -p "$ROOT/target"
nasm -f bin -o "$ROOT/target/bench.img" "$ROOT/packaging/bench/bench.asm"
"$ROOT/packaging/guests/prepare.sh" no
exec python3 "$ROOT/packaging/bench/bench.py" --image "$ROOT/target/bench.img" --linux "${TERRARIUM_GUESTS:-$HOME/.cache/terrarium/guests}/amd64" \
    --terrarium "$ROOT/packaging/run.sh run" "$@"
