#!/bin/bash
# Builds Terrarium when needed and starts it: without arguments the window, with arguments the command line.
#   packaging/run.sh
#   packaging/run.sh run --cdrom x.iso --headless
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
# Names of machines and files may have any letters, whatever the locale.
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || { export LANG="${LC_ALL:-${LANG:-C}}" LC_CTYPE=C.UTF-8; unset LC_ALL; }
[ $# -gt 0 ] || need_packages "the window" "${WINDOW_PACKAGES[@]}"
if stale; then build; fi
[ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ] || [ $# -gt 0 ] ||
    die "no display found (DISPLAY is not set); start it in a desktop session, or use the command line: packaging/run.sh --help"
options=()
[ ! -e "$DIST/terrarium.aot" ] || options+=("-XX:AOTCache=$DIST/terrarium.aot" -Xlog:aot=off)
exec "$JAVA_HOME/bin/java" "${JVM_OPTIONS[@]}" "${options[@]}" -cp "$(class_path)" org.terrarium.app.Main "$@"
