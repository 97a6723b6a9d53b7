#!/bin/bash
# Installs a Terrarium package in a clean Debian and uses it there: check-package.sh FILE.deb. Needs root (chroot) and the network.
# Shown: the package's own dependencies are enough; without any Java on the system the command line boots the demo guest, and the
# window opens on a display and shows the same machine. Pictures are left in target/package.
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# = 1 ] && [ -f "$1" ] || die "give the package to check: check-package.sh FILE.deb"
[ "$(id -u)" = 0 ] || die "installing in a chroot needs root"
need_packages "the check" debootstrap xvfb xdotool imagemagick x11-apps
DEB=$(realpath "$1") OUT=$(dirname "$(realpath "$1")")
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/terrarium" CLEAN=$(mktemp -d) PIDS=()
mkdir -p "$CACHE"
finish() {
    for p in "${PIDS[@]}"; do kill "$p" 2>/dev/null || true; done
    wait
    for m in tmp/.X11-unix dev/pts dev proc; do umount -l "$CLEAN/$m" 2>/dev/null || true; done
    mountpoint -q "$CLEAN/proc" || mountpoint -q "$CLEAN/dev" || rm -rf --one-file-system "$CLEAN"
}
trap finish EXIT

say "making a clean Debian"
debootstrap --variant=minbase --cache-dir="$(mkdir -p "$CACHE/debs" && echo "$CACHE/debs")" bookworm "$CLEAN" >"$OUT/debootstrap.log" 2>&1 ||
    die "debootstrap failed: $(tail -1 "$OUT/debootstrap.log")"
mkdir -p "$CLEAN/tmp/.X11-unix"
mount -t proc proc "$CLEAN/proc"
mount --bind /dev "$CLEAN/dev"
in_clean() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/visitor LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive ${DISPLAY_IN-} chroot "$CLEAN" "$@"; }
cp "$DEB" "$CLEAN/tmp/terrarium.deb"
mkdir -p "$CLEAN/home/visitor" # not what the user database says: HOME decides
say "installing"
{ in_clean apt-get update -qq && in_clean apt-get install -y -qq --no-install-recommends /tmp/terrarium.deb; } >"$OUT/install.log" 2>&1 ||
    die "the package does not install, see $OUT/install.log"
! in_clean sh -c 'command -v java' || die "there is a Java on the clean system: this shows nothing"

say "the demo guest from the command line"
in_clean sh -c 'python3 --version' >/dev/null 2>&1 && die "the clean system is not clean"
(cd "$CLEAN/home/visitor" && unzip -qoj "$CLEAN"/opt/terrarium/lib/app/app-*.jar org/terrarium/app/demo/demo.img)
in_clean terrarium run --floppy /home/visitor/demo.img --boot floppy --memory 64 --headless --until-screen "Terrarium demo machine" \
    --screenshot /home/visitor/demo.png --timeout 120 || die "the demo guest did not boot"
cp "$CLEAN/home/visitor/demo.png" "$OUT/check-demo.png"

say "sound"
# Key S plays four notes; and the part of the runtime that reaches sound devices is there, though this system has none.
in_clean terrarium run --floppy /home/visitor/demo.img --boot floppy --memory 64 --headless --sound wav:/home/visitor/heard.wav \
    --until-screen "play sound" --type s --until-screen played --timeout 120 || die "the demo guest did not play"
[ "$(stat -c %s "$CLEAN/home/visitor/heard.wav")" -gt 10000 ] || die "the file of what was played is empty"
said=$(in_clean terrarium run --floppy /home/visitor/demo.img --boot floppy --memory 64 --headless --sound host \
    --until-screen "play sound" --type s --until-screen played --timeout 120 2>&1) || die "without a sound device: $said"
grep -q "no sound device" <<<"$said" || die "without a sound device it said: $said"

say "the window"
number=97
while [ -e "/tmp/.X11-unix/X$number" ]; do number=$((number + 1)); done
Xvfb ":$number" -screen 0 1280x800x24 -noreset >/dev/null 2>&1 &
PIDS+=($!)
mount --bind /tmp/.X11-unix "$CLEAN/tmp/.X11-unix"
export DISPLAY=":$number"
DISPLAY_IN="DISPLAY=:$number"
await() { # what, command: waits up to two minutes
    local what=$1 n
    shift
    for ((n = 0; n < 240; n++)); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.5
    done
    die "no $what"
}
await "display" xdotool getdisplaygeometry
in_clean terrarium >"$OUT/window.log" 2>&1 &
PIDS+=($!)
await "window" xdotool search --onlyvisible --name '^Terrarium$'
shows() { import -window root png:- | convert png:- -format %c histogram:info:- | grep -q "$1"; }
in_clean terrarium vm create Demo --memory 64 --floppy /home/visitor/demo.img --boot floppy
in_clean terrarium vm start Demo >>"$OUT/window.log" 2>&1 &
PIDS+=($!)
await "console" xdotool search --onlyvisible --name '^Demo'
demo_is_up() { in_clean terrarium vm text Demo | grep -q "Terrarium demo machine"; }
await "demo guest in the console" demo_is_up
await "picture of the demo guest, which is blue, in the console" shows '#0000AA'
[ -e "$CLEAN/home/visitor/Terrarium/Demo.terrarium/machine.json" ] || die "the machine is not in the home folder that HOME names"
import -window root "$OUT/check-window.png"
in_clean terrarium vm stop Demo --force
say "the package installs, starts and boots the demo guest; pictures: $OUT/check-demo.png, $OUT/check-window.png"
