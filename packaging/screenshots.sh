#!/bin/bash
# Takes a picture of every page of the window, in light and dark, on an X server of its own (Xvfb), with real machines behind, and says of each
# what overlaps, is cut off, has no name for screen readers or cannot be reached by keyboard.
#   packaging/screenshots.sh [FOLDER]                 pictures at the usual size; FOLDER is target/screenshots unless given
#   packaging/screenshots.sh --screen 1920x1080       the main window fills a screen of that size
#   packaging/screenshots.sh --scale 2                as on a screen with 200 % scaling
#   packaging/screenshots.sh --language de            in another language
#   packaging/screenshots.sh --only 'light-settings'  only pictures whose names match the pattern
#   packaging/screenshots.sh --guide                  those of the user's guide, reduced to few colours, into docs/pictures
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
OUT="$ROOT/target/screenshots" SCREEN=1280x800 WINDOW= SCALE=1 LANGUAGE=en ONLY=. COLOURS=light,dark GUIDE=no
value() { [ $# -gt 1 ] || die "$1 needs a value"; }
while [ $# -gt 0 ]; do
    case $1 in
    --screen) value "$@"; SCREEN=$2 WINDOW=$2; shift ;;
    --scale) value "$@"; SCALE=$2; shift ;;
    --language) value "$@"; LANGUAGE=$2; shift ;;
    --only) value "$@"; ONLY=$2; shift ;;
    --guide) GUIDE=yes ;;
    -*) die "unknown option $1; see the head of packaging/screenshots.sh" ;;
    *) OUT=$1 ;;
    esac
    shift
done
[[ $SCREEN =~ ^[0-9]+x[0-9]+$ ]] || die "--screen wants WIDTHxHEIGHT, such as 1920x1080"
[[ $SCALE =~ ^[1-3](\.[0-9]+)?$ ]] || die "--scale wants a number from 1 to 3, such as 2"
find_jdk
need_packages "the pictures" xvfb xdotool openbox xorriso imagemagick "${WINDOW_PACKAGES[@]}"
if stale; then build; fi
test_class_path
WORK=$(mktemp -d) PIDS=()
finish() {
    for p in "${PIDS[@]}"; do kill "$p" 2>/dev/null || true; done
    wait
    rm -rf "$WORK"
}
trap finish EXIT
own=app/src/test/java/org/terrarium/app/shell
"$JAVA_HOME/bin/javac" -d "$WORK/classes" -cp "$(class_path):$TEST_CLASS_PATH" \
    "$ROOT/$own/Screenshots.java" "$ROOT/$own/SnapshotPictures.java" "$ROOT/$own/PictureRig.java" "$ROOT/$own/WindowRig.java" "$ROOT/$own/PageFaults.java"
mkdir "$WORK/cd"
echo "amd64" >"$WORK/cd/README"
xorriso -outdev "$WORK/debian-12.5.0-amd64-netinst.iso" -volid "Debian 12.5.0 amd64 n" -map "$WORK/cd" / >"$WORK/xorriso.log" 2>&1
width=$(awk "BEGIN { print int(${SCREEN%x*} * $SCALE) }") height=$(awk "BEGIN { print int(${SCREEN#*x} * $SCALE) }")
own_display "${width}x${height}"
export HOME="$WORK"
# A window manager: full screen and the places of dialogs are its work.
openbox &
PIDS+=($!)
if [ $GUIDE = yes ]; then
    OUT="$ROOT/docs/pictures"
    # The pages that the guide speaks of.
    ONLY='^(light-(library|wizard-cd|settings-storage|console|console-performance|preferences-host)|dark-details-running)$'
    COLOURS=light,dark
fi
"$JAVA_HOME/bin/java" "${JVM_OPTIONS[@]}" -Djava.io.tmpdir="$WORK" -Dprism.order=sw -Dglass.gtk.uiScale="$SCALE" \
    -cp "$WORK/classes:$(class_path):$TEST_CLASS_PATH" org.terrarium.app.shell.Screenshots \
    "$OUT" "$LANGUAGE" "$COLOURS" "${WINDOW:-1180x780}" "$WORK/debian-12.5.0-amd64-netinst.iso" "$ONLY"
if [ $GUIDE = yes ]; then mogrify -strip -colors 128 +dither "$OUT"/*.png; fi
say "the pictures are in $OUT"
