#!/bin/bash
# Builds the guests the tests boot, once, under the cache folder that the tests look in.
#   prepare.sh [no|all]     "all" adds the Debian installer and the other large ones
# Environment: TERRARIUM_GUESTS (default ~/.cache/terrarium/guests)
set -eu
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
G=${TERRARIUM_GUESTS:-$HOME/.cache/terrarium/guests}
export CACHE=${CACHE:-$HOME/.cache/terrarium/packages}
mkdir -p "$G"
# A stamp carries the recipe's checksum, so a changed recipe builds again and nothing else does.
make() { # NAME RECIPE ARGS...
    local name=$1 sum
    shift
    sum=$(cat "$HERE/lib.sh" "$1" | sha256sum | cut -c1-16)
    if [ "$(cat "$G/.$name" 2>/dev/null)" != "$sum" ]; then
        printf 'terrarium: making guest %s\n' "$name" >&2
        bash "$1" "$G" "${@:2}" >"$G/$name.log" 2>&1 || { tail -3 "$G/$name.log" >&2; exit 1; }
        echo "$sum" >"$G/.$name"
    fi
}
make tiny "$HERE/tiny-linux.sh" i386 amd64
make media "$HERE/bootmedia.sh" firmware memtest grub syslinux
make pxe "$HERE/pxe.sh"
if [ "${1:-no}" = all ]; then
    make di "$HERE/bootmedia.sh" di
fi
