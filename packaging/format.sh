#!/bin/bash
# Formats Java files.
#   packaging/format.sh             every one in the tree
#   packaging/format.sh --changed   those that differ from the commit this branch left origin/main at, and new ones
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
WHICH=all
for a in "$@"; do
    case $a in
    --changed) WHICH=changed ;;
    *) die "unknown option $a; use --changed or nothing" ;;
    esac
done
files() {
    if [ "$WHICH" = all ]; then
        find x86-emu virtual-disk virtual-net vm-runtime app -path '*/src/*' -name '*.java' -print0
    else
        git diff -z --name-only --diff-filter=d "$(git merge-base HEAD origin/main)" -- '*.java'
        git ls-files -z --others --exclude-standard -- '*.java'
    fi
}
find_jdk
need_packages "the formatter" maven
cd "$ROOT"
test_class_path
ADD=()
for p in api code file main parser processing tree util; do ADD+=(--add-exports "jdk.compiler/com.sun.tools.javac.$p=ALL-UNNAMED"); done
files |
    xargs -0 -r "$JAVA_HOME/bin/java" -Xmx2g -XX:+UseSerialGC "${ADD[@]}" -cp "$TEST_CLASS_PATH" com.palantir.javaformat.java.Main --palantir --replace
