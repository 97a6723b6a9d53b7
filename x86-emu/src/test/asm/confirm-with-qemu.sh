#!/bin/sh
# Runs the assembled test programs of this folder in QEMU (TCG) and compares what they emit with their ";=" lines: shows that
# the expectations are those of an independent implementation, too. Lines marked "qemu:" say where QEMU itself deviates
# from the manual, with the value it gives. Usage: confirm-with-qemu.sh [NAME.asm]...
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
status=0
for source in "${@:-}"; do
    [ -n "$source" ] || { set -- *.asm; break; }
done
for source in "$@"; do
    name=${source%.asm}
    if grep -q '^; qemu-cannot' "$source"; then
        echo "$name: not run, $(sed -n 's/^; qemu-cannot: //p' "$source")"
        continue
    fi
    nasm -f bin -w-all -o "$tmp/$name.bin" "$source"
    # QEMU's exit status comes from the exit device
    timeout 15 qemu-system-x86_64 -M pc -accel tcg -cpu Nehalem,+pdpe1gb,+rdtscp,-x2apic -m 64 -nodefaults -display none \
        -bios "$tmp/$name.bin" -no-reboot -debugcon "file:$tmp/$name.out" -device isa-debug-exit,iobase=0xf4,iosize=4 \
        2>"$tmp/err" || true
    od -An -v -tx4 -w4 "$tmp/$name.out" | sed 's/^ */0x/' >"$tmp/$name.got"
    sed -n 's/^;= *\([0-9A-Fa-fx]*\).*qemu: *\([0-9A-Fa-fx]*\).*/\2/p; t; s/^;= *\([0-9A-Fa-fx]*\).*/\1/p' "$source" |
        while read -r value; do printf '0x%08x\n' "$((value))"; done >"$tmp/$name.want"
    if cmp -s "$tmp/$name.got" "$tmp/$name.want"; then
        echo "$name: $(wc -l <"$tmp/$name.got") values confirmed, $(grep -c 'qemu:' "$source" || true) known deviations of QEMU"
    else
        status=1
        echo "$name: differs from QEMU (line, wanted, got)"
        cat "$tmp/err"
        paste "$tmp/$name.want" "$tmp/$name.got" | awk -F'\t' '$1 != $2 { print "  " NR, $1, $2 }' | head -20
    fi
done
exit $status
