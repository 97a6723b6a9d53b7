#!/bin/bash
# Measures the window, on an X server of its own (Xvfb), under software rendering:
#   - how long the library takes to open, with and without the recorded start (median of 5, page cache warm);
#   - what a console costs in percent of one core while the demo guest shows its clock and waits (idle), while a guest at 1024x768 changes a
#     part of its picture 60 times a second, and while it changes all of it. The machine's own thread is counted apart.
# Times mean something on a quiet machine only.
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_packages "the measurement" xvfb xdotool nasm python3 "${WINDOW_PACKAGES[@]}"
if stale; then build; fi
WORK=$(mktemp -d) PIDS=()
finish() {
    for p in "${PIDS[@]}"; do kill "$p" 2>/dev/null || true; done
    wait
    rm -rf "$WORK"
}
trap finish EXIT
own_display 1280x1024
export TERRARIUM_HOME="$WORK/home" TERRARIUM_CONFIG="$WORK/config"
nasm -f bin -o "$WORK/part.img" "$ROOT/packaging/bench/screen.asm"
nasm -f bin -DALL -o "$WORK/all.img" "$ROOT/packaging/bench/screen.asm"
truncate -s 1474560 "$WORK/part.img" "$WORK/all.img"
cp "$ROOT/app/target/demo-guest/demo.img" "$WORK/idle.img"
JAVA=("$JAVA_HOME/bin/java" "${JVM_OPTIONS[@]}" -Dprism.order=sw)
python3 "$ROOT/packaging/bench/window.py" "$WORK" "$DIST/terrarium.aot" "${JAVA[@]}" -cp "$(class_path)" org.terrarium.app.Main
