#!/bin/bash
# Formats every Java file in the tree.
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
need_packages "the formatter" maven
cd "$ROOT"
CP=$ROOT/target/format.classpath
if [ ! -e "$CP" ] || [ app/pom.xml -nt "$CP" ]; then
    mkdir -p target
    # Only the class path is wanted here, so nothing is tested.
    mvn -B -q -Dmaven.test.skip=true install -Dmaven.install.skip=true -pl app -am org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$CP" -Dmdep.includeScope=test >/dev/null
fi
ADD=()
for p in api code file main parser processing tree util; do ADD+=(--add-exports "jdk.compiler/com.sun.tools.javac.$p=ALL-UNNAMED"); done
find x86-emu virtual-disk virtual-net vm-runtime app -path '*/src/*' -name '*.java' -print0 |
    xargs -0 "$JAVA_HOME/bin/java" "${ADD[@]}" -cp "$(cat "$CP")" com.palantir.javaformat.java.Main --palantir --replace
