#!/bin/bash
# Bootable media and firmware from Debian packages.  bootmedia.sh DEST [what...]
#   firmware   SeaBIOS and its VGA BIOS
#   memtest    memtest86+ as CD images (32 and 64 bit), floppy image and raw kernels
#   grub       GRUB 2 rescue floppy + CD; a CD with a text and a graphical GRUB menu, GRUB shell scripts on serial
#   syslinux   isolinux CD with HDT, memdisk, vesamenu and the other .c32 programs; a syslinux floppy
#   di         Debian 12 installer (text and graphical, i386 and amd64) as kernel+initrd, CD and TFTP tree
. "$(dirname "$0")/lib.sh"
[ $# -ge 1 ] || die "usage: bootmedia.sh DEST [what...]"
DEST=$(mkdir -p "$1" && cd "$1" && pwd); shift
[ $# -gt 0 ] || set -- firmware memtest grub syslinux di
need xorriso mformat mcopy syslinux grub-mkimage
WORK=$(mktemp -d); trap 'rm -rf "$WORK"' EXIT

SYS() { echo "$(deb syslinux-common amd64)/usr/lib/syslinux"; }
GRUBD() { echo "$(deb grub-pc-bin amd64)/usr/lib/grub/i386-pc"; }

iso_isolinux() { # DIR OUT LABEL : DIR/isolinux/isolinux.cfg must exist
    cp "$(deb isolinux amd64)/usr/lib/ISOLINUX/isolinux.bin" "$1/isolinux/"
    cp "$(SYS)/modules/bios/"{ldlinux,libcom32,libutil}.c32 "$1/isolinux/"
    xorriso -as mkisofs -quiet -V "$3" -J -R -o "$2" -c isolinux/boot.cat -b isolinux/isolinux.bin \
        -no-emul-boot -boot-load-size 4 -boot-info-table "$1" 2>/dev/null
}
iso_grub() { # DIR OUT LABEL : DIR/boot/grub/grub.cfg must exist
    local g; g=$(GRUBD); mkdir -p "$1/boot/grub/i386-pc"; cp "$g"/*.mod "$g"/*.lst "$1/boot/grub/i386-pc/"
    grub-mkimage -d "$g" -O i386-pc-eltorito -o "$1/boot/grub/eltorito.img" -p /boot/grub biosdisk iso9660 normal configfile serial terminal
    xorriso -as mkisofs -quiet -V "$3" -J -R -o "$2" -c boot/boot.cat -b boot/grub/eltorito.img \
        -no-emul-boot -boot-load-size 4 -boot-info-table "$1" 2>/dev/null
}
floppy() { # OUT : empty 1.44 MB FAT12 floppy with syslinux
    rm -f "$1"; mformat -C -f 1440 -i "$1" -v GUEST ::; syslinux --install "$1"
}

do_firmware() {
    local o=$DEST/firmware; mkdir -p "$o"
    cp "$(deb seabios amd64)"/usr/share/seabios/*.bin "$o/"
    manifest "$o"; say "firmware files: $(ls "$o" | wc -l)"
}

do_memtest() {
    local o=$DEST/memtest m b; mkdir -p "$o"; m=$(deb memtest86+ amd64)
    cp "$m"/usr/lib/memtest86+/*.iso "$o/"; for b in ia32 x64; do cp "$m/boot/memtest86+$b.bin" "$o/memtest-$b.bin"; done
    for b in ia32 x64; do
        floppy "$o/memtest-$b.flp"; mcopy -i "$o/memtest-$b.flp" "$o/memtest-$b.bin" ::/memtest
        printf 'SERIAL 0 115200\nDEFAULT m\nPROMPT 0\nLABEL m\n LINUX memtest\n APPEND console=ttyS0,115200 nosmp\n' >"$WORK/s.cfg"
        mcopy -i "$o/memtest-$b.flp" "$WORK/s.cfg" ::/syslinux.cfg
        rm -rf "$WORK/i"; mkdir -p "$WORK/i/isolinux"; cp "$o/memtest-$b.bin" "$WORK/i/memtest"
        printf 'SERIAL 0 115200\nDEFAULT m\nPROMPT 0\nLABEL m\n LINUX /memtest\n APPEND console=ttyS0,115200 nosmp\n' >"$WORK/i/isolinux/isolinux.cfg"
        iso_isolinux "$WORK/i" "$o/memtest-$b-serial.iso" MEMTEST
    done; manifest "$o"
}

do_grub() {
    local o=$DEST/grub r=$WORK/g; mkdir -p "$o"
    cp "$(deb grub-rescue-pc amd64)"/usr/lib/grub-rescue/* "$o/"
    rm -rf "$r"; mkdir -p "$r/boot/grub/fonts"
    cp "$(deb grub-common amd64)"/usr/share/grub/unicode.pf2 "$r/boot/grub/fonts/" 2>/dev/null || :
    cp "$(GRUBD)/boot.img" "$r/dummy.bin"
    cat >"$r/boot/grub/grub.cfg" <<'X'
serial --unit=0 --speed=115200
terminal_input console serial
terminal_output console serial
echo "GUEST-READY grub $grub_platform"
insmod vbe
insmod video_fb
insmod vga
insmod gfxterm
insmod all_video
set timeout=2
set default=info
menuentry "info" --id info {
  lspci
  lsmmap
  lsacpi
  vbeinfo
  ls -l
  if cpuid -l; then echo "GRUB-CPU long mode"; else echo "GRUB-CPU 32 bit"; fi
  date
  echo GRUB-INFO-END
  sleep 3
}
menuentry "gfx 800x600" --id gfx {
  loadfont /boot/grub/fonts/unicode.pf2
  set gfxmode=800x600x32
  terminal_output gfxterm
  videotest 800x600x32
}
menuentry "halt" --id halt {
  halt
}
menuentry "reboot" --id reboot {
  reboot
}
X
    iso_grub "$r" "$o/grub-info.iso" GRUBINFO; manifest "$o"
}

do_syslinux() {
    local o=$DEST/syslinux r=$WORK/s s; mkdir -p "$o"; s=$(SYS)
    rm -rf "$r"; mkdir -p "$r/isolinux"; cp "$s"/modules/bios/*.c32 "$s/memdisk" "$r/isolinux/"
    # a DOS-less floppy image for memdisk to boot: syslinux on FAT12 that prints a line
    floppy "$o/hello.flp"; printf 'SERIAL 0 115200\nDISPLAY msg.txt\nPROMPT 1\nDEFAULT x\n' >"$WORK/s.cfg"
    echo 'GUEST-READY syslinux floppy' >"$WORK/msg.txt"; mcopy -i "$o/hello.flp" "$WORK/msg.txt" ::/msg.txt
    mcopy -i "$o/hello.flp" "$WORK/s.cfg" ::/syslinux.cfg; cp "$o/hello.flp" "$r/hello.img"
    echo 'GUEST-READY isolinux: hdt hdtauto menu vesa cpuid meminfo pci ls memdisk reboot poweroff' >"$r/isolinux/msg.txt"
    cat >"$r/isolinux/isolinux.cfg" <<'X'
SERIAL 0 115200
DISPLAY msg.txt
PROMPT 1
TIMEOUT 0
DEFAULT x
LABEL hdt
  COM32 hdt.c32
LABEL hdtauto
  COM32 hdt.c32
  APPEND auto='show hdt; show cpu; show dmi; show pci; show vesa; show memory; show disk; exit'
LABEL menu
  COM32 menu.c32
LABEL vesa
  COM32 vesainfo.c32
LABEL vesamenu
  COM32 vesamenu.c32
LABEL cpuid
  COM32 cpuid.c32
  APPEND 1
LABEL meminfo
  COM32 meminfo.c32
LABEL pci
  COM32 pcitest.c32
LABEL ls
  COM32 ls.c32
LABEL memdisk
  LINUX memdisk
  INITRD /hello.img
LABEL reboot
  COM32 reboot.c32
LABEL poweroff
  COM32 poweroff.c32
X
    iso_isolinux "$r" "$o/syslinux-tools.iso" SYSTOOLS; manifest "$o"
}

do_di() {
    local a v s o r i n arch
    for a in i386 amd64; do for v in text gtk; do
        s=$(deb debian-installer-12-netboot-$a amd64)/usr/lib/debian-installer/images/12/$a/$v
        o=$DEST/di/$a-$v; mkdir -p "$o"; i=$s/debian-installer/$a
        cp "$i/linux" "$o/linux"; cp "$i/initrd.gz" "$o/initrd.gz"
        rm -rf "$o/tftp"; cp -r "$s" "$o/tftp"
        r=$WORK/di; rm -rf "$r"; mkdir -p "$r/isolinux" "$r/install"; cp "$i/linux" "$i/initrd.gz" "$r/install/"
        if [ $v = gtk ]; then n="vga=788 --- quiet"; else n="--- quiet"; fi
        { echo "SERIAL 0 115200"; echo "DEFAULT install"; echo "PROMPT 1"; echo "TIMEOUT 10"
          printf 'LABEL install\n KERNEL /install/linux\n APPEND initrd=/install/initrd.gz %s\n' "$n"
          printf 'LABEL serial\n KERNEL /install/linux\n APPEND initrd=/install/initrd.gz console=ttyS0,115200 ---\n'
          printf 'LABEL rescue\n KERNEL /install/linux\n APPEND initrd=/install/initrd.gz rescue/enable=true --- quiet\n'
        } >"$r/isolinux/isolinux.cfg"
        iso_isolinux "$r" "$o/di.iso" "DI_${a^^}"; manifest "$o"
    done; done
}

for w in "$@"; do say "$w"; "do_$w"; done
