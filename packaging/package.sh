#!/bin/bash
# Makes what is handed to users: a folder that runs by itself (app-image) and a Debian package, both with a Java runtime of their own.
#   packaging/package.sh            target/package/terrarium/ and target/package/terrarium_VERSION_ARCH.deb
#   packaging/package.sh --image    only the folder
#   packaging/package.sh --check    also installs the package in a clean Debian (chroot, needs root), starts the window there and
#                                   boots the demo guest
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
DEB=yes CHECK=no
for a in "$@"; do
    case $a in
    --image) DEB=no ;;
    --check) CHECK=yes ;;
    *) die "unknown option $a; use --image or --check" ;;
    esac
done
find_jdk
need_packages "the package" binutils fakeroot dpkg-dev
need_packages "the window" "${WINDOW_PACKAGES[@]}"
build # always: the tests' compiler may have left newer classes than the jars
VERSION=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$ROOT/pom.xml" | head -1)
OUT="$ROOT/target/package"
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
rm -rf "$OUT"
mkdir -p "$OUT" "$WORK/jars"
jars | while read -r jar; do cp -p "$DIST/$jar" "$WORK/jars/"; done
cp -p "$ROOT/packaging/warm.directives" "$WORK/jars/"

say "making the runtime"
"$JAVA_HOME/bin/jlink" --add-modules "$(tr -d ' \n' <"$ROOT/packaging/modules")" --strip-debug --no-man-pages --no-header-files \
    --compress zip-6 --output "$WORK/runtime"
"$JAVA_HOME/bin/java" -Dglass.platform=Headless -Dprism.order=sw --enable-native-access=ALL-UNNAMED -cp "$(class_path)" \
    "$ROOT/packaging/desktop/IconPng.java" terrarium "$WORK/icons" 48 128 256

say "making the application image"
options=()
while read -r o; do options+=(--java-options "$o"); done < <(grep -v '^#' "$ROOT/packaging/jvm.options")
options+=(--java-options '-XX:CompilerDirectivesFile=$APPDIR/warm.directives')
"$JAVA_HOME/bin/jpackage" --type app-image --name terrarium --app-version "$VERSION" --vendor Terrarium \
    --description "A virtualization workstation for the desktop" --icon "$WORK/icons/256.png" \
    --input "$WORK/jars" --main-jar "app-$VERSION.jar" --main-class org.terrarium.app.Main \
    --runtime-image "$WORK/runtime" "${options[@]}" --dest "$OUT"
cp -p "$ROOT/LICENSE" "$OUT/terrarium/lib/"

say "recording what the start needs"
app="$OUT/terrarium/lib/app"
warm_up "$OUT/terrarium/lib/runtime/bin/java" "$(sed -n 's/^app.classpath=//p' "$app/terrarium.cfg" | sed "s#\$APPDIR#$app#" | paste -sd:)" \
    "$app/terrarium.aot"
# A cache that does not fit the machine it is used on is not worth a word to the user.
[ ! -e "$app/terrarium.aot" ] || sed -i 's#^\[JavaOptions\]#&\njava-options=-XX:AOTCache=$APPDIR/terrarium.aot\njava-options=-Xlog:aot=off#' "$app/terrarium.cfg"
say "made $OUT/terrarium ($(du -sm "$OUT/terrarium" | cut -f1) MB)"

if [ $DEB = yes ]; then
    say "making the Debian package"
    # A window needs these of the system; those of the libraries jpackage finds itself.
    DPKG_DEB_COMPRESSOR_TYPE=none "$JAVA_HOME/bin/jpackage" --type deb --app-image "$OUT/terrarium" --name terrarium \
        --app-version "$VERSION" --install-dir /opt --linux-deb-maintainer "terrarium@localhost" --license-file "$ROOT/LICENSE" \
        --linux-package-deps "libgtk-3-0 | libgtk-3-0t64, libxtst6, libgl1, libxxf86vm1, fontconfig, fonts-dejavu-core" \
        --dest "$WORK/deb"
    # What jpackage cannot add without scripts that fail on systems without a desktop: a command, a menu entry and icons.
    tree="$WORK/tree"
    dpkg-deb -R "$WORK"/deb/*.deb "$tree"
    mkdir -p "$tree/usr/bin" "$tree/usr/share/applications"
    ln -s /opt/terrarium/bin/terrarium "$tree/usr/bin/terrarium"
    cp "$ROOT/packaging/desktop/terrarium.desktop" "$tree/usr/share/applications/"
    for size in 48 128 256; do
        install -D -m 644 "$WORK/icons/$size.png" "$tree/usr/share/icons/hicolor/${size}x$size/apps/terrarium.png"
    done
    dpkg-deb --root-owner-group -Zxz -z3 -b "$tree" "$OUT" >/dev/null
    say "made $(ls "$OUT"/*.deb) ($(du -m "$OUT"/*.deb | cut -f1) MB)"
fi
if [ $CHECK = yes ]; then "$ROOT/packaging/check-package.sh" "$OUT"/*.deb; fi
