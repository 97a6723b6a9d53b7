# The guests' part of ../bench-net.sh: the same Linux guest in Terrarium and in QEMU TCG with its user networking, one after the other.

# compare_guests OPTIONS...: those of net_guests.py
compare_guests() {
    need_packages "the benchmark with guests" nasm python3 qemu-system-x86 cpio gzip xz-utils xorriso mtools syslinux fdisk dosfstools e2fsprogs grub-common grub-pc-bin kmod
    if stale; then build; fi
    mkdir -p "$ROOT/target"
    nasm -f bin -o "$ROOT/target/netbench" "$ROOT/packaging/bench/netbench.asm"
    "$ROOT/packaging/guests/prepare.sh" no
    python3 "$ROOT/packaging/bench/net_guests.py" --guest-program "$ROOT/target/netbench" \
        --linux "${TERRARIUM_GUESTS:-$HOME/.cache/terrarium/guests}/amd64" --terrarium "$ROOT/packaging/run.sh" "$@"
}
