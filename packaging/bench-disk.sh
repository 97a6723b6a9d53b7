#!/bin/bash
# Times disk images here and in QEMU on the same files, and prints microseconds and ratios (above 1: we are faster).
#   packaging/bench-disk.sh [--megabytes N (size of the images, default 1024)] [--rounds N (default 3)] [--folder DIR (default: a temporary one)]
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_packages "the benchmark" maven qemu-utils
cd "$ROOT"
mvn -q -B -o -Dmaven.test.skip=true -pl virtual-disk package >/dev/null 2>&1 || mvn -q -B -Dmaven.test.skip=true -pl virtual-disk package
CP=virtual-disk/target/classes
for jar in $(find "${MAVEN_REPO:-$HOME/.m2/repository}" -name 'zstd-jni-*.jar' -o -name 'xz-1.*.jar' | sort); do CP=$CP:$jar; done
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Xmx1g -cp "$CP" packaging/bench/DiskBench.java "$@"
