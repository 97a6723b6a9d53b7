#!/bin/sh
# Assembles the demo guest into a bootable image of the size of a 1.44 MB floppy; it boots as floppy and as hard disk.
# Usage: build.sh OUT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
if ! command -v nasm >/dev/null 2>&1; then
    echo "The demo guest needs the assembler nasm; install the package nasm." >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nasm -f bin -I "$here/" -o "$work/demo.bin" "$here/demo.asm"
size=$(wc -c <"$work/demo.bin")
sectors=$(((size + 511) / 512))
nasm -f bin -DPROGRAM_SECTORS="$sectors" -o "$work/boot.bin" "$here/boot.asm"
mkdir -p "$(dirname "$out")"
cat "$work/boot.bin" "$work/demo.bin" >"$work/image"
truncate -s 1474560 "$work/image"
mv "$work/image" "$out"
