# Shared by the scripts in this folder: finding a JDK, installing Debian packages, building.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DIST="$ROOT/app/target/dist"
JVM_OPTIONS=(@"$ROOT/packaging/jvm.options" "-XX:CompilerDirectivesFile=$ROOT/packaging/warm.directives")

say() { printf 'terrarium: %s\n' "$*" >&2; }
die() {
    say "$*"
    exit 1
}

# Sets JAVA_HOME to a JDK 25 or newer, or stops with one sentence.
find_jdk() {
    local d v
    for d in "${JAVA_HOME-}" "${JAVA25_HOME-}" /usr/lib/jvm/* "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* /opt/jdk*; do
        [ -n "$d" ] && [ -x "$d/bin/javac" ] || continue
        v=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$d/release" 2>/dev/null)
        if [ "${v:-0}" -ge 25 ]; then
            export JAVA_HOME=$d
            return 0
        fi
    done
    die "needs a JDK 25 or newer (none found in JAVA_HOME, /usr/lib/jvm, ~/.jdks or ~/.sdkman); unpack Temurin 25 from adoptium.net into /usr/lib/jvm, or set JAVA_HOME"
}

# need_packages PURPOSE PACKAGE...: installs the Debian packages that are missing, or says which.
need_packages() {
    local purpose=$1 missing=() p sudo=
    shift
    command -v dpkg-query >/dev/null 2>&1 || return 0
    for p in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null | grep -q '^installed$' || missing+=("$p")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
            sudo=sudo
        else
            die "$purpose needs these Debian packages: ${missing[*]}; install them with: apt-get install ${missing[*]}"
        fi
    fi
    say "installing ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        die "apt-get could not install ${missing[*]} (see $log): $(grep -m1 '^E:' "$log")"
    fi
    rm -f "$log"
}

BUILD_PACKAGES=(maven nasm)
WINDOW_PACKAGES=(libgtk-3-0 libxtst6 libx11-6 libxi6 libgl1 libxxf86vm1 libfreetype6 libpango-1.0-0 libpangoft2-1.0-0
    fontconfig fonts-dejavu-core)

# Whether the build is older than what it is made from.
stale() {
    [ -e "$DIST/.built" ] || return 0
    [ -n "$(find "$ROOT"/pom.xml "$ROOT"/*/pom.xml "$ROOT"/*/src/main "$ROOT/packaging/demo-guest" "$ROOT/icons" -newer "$DIST/.built" -print -quit 2>/dev/null)" ]
}

build() {
    need_packages "the build" "${BUILD_PACKAGES[@]}"
    say "building (a minute or two the first time)"
    local log="$ROOT/target/build.log"
    mkdir -p "$ROOT/target"
    # Starting the program is no time to run the tests: packaging/test.sh does that.
    if ! (cd "$ROOT" && mvn -B -q -Dmaven.test.skip=true package) >"$log" 2>&1; then
        grep -m5 ERROR "$log" >&2
        die "the build failed, see $log"
    fi
    touch "$DIST/.built"
    record_start
}

# The names of the jars that the program consists of, its own first. The folder may hold those of earlier builds, too.
jars() {
    (cd "$DIST" && ls app-*.jar)
    (cat "$DIST/.classpath" && echo) | tr : '\n' | sed 's#.*/##'
}

class_path() { jars | sed "s#^#$DIST/#" | paste -sd:; }

# Sets TEST_CLASS_PATH to what tests of the window and the formatter need, as Maven says.
test_class_path() {
    local file="$ROOT/target/test.classpath"
    if [ ! -e "$file" ] || [ "$ROOT/app/pom.xml" -nt "$file" ]; then
        mkdir -p "$ROOT/target"
        # Only the class path is wanted here, so nothing is tested, and nothing is installed.
        (cd "$ROOT" && mvn -B -q -Dmaven.test.skip=true install -Dmaven.install.skip=true -pl app -am \
            org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$file.part" -Dmdep.includeScope=test) >/dev/null
        mv "$file.part" "$file" # one that was only half written would be taken for good
    fi
    TEST_CLASS_PATH=$(cat "$file")
}

# warm_up JAVA CLASSPATH CACHE: starts the program once without a display and records in CACHE what its start needs, and how its own
# methods behave while a guest works, so that later starts with -XX:AOTCache=CACHE take half the time and guests are fast sooner
# (JEP 483, 514, 515). No harm is done when that fails: starts take longer.
warm_up() {
    local home
    home=$(mktemp -d)
    {
        nasm -DTRAINING -I "$ROOT/packaging/bench/" -f bin -o "$home/training.img" "$ROOT/packaging/bench/bench.asm" &&
            TERRARIUM_HOME="$home/library" TERRARIUM_CONFIG="$home/config" timeout 300 "$1" "${JVM_OPTIONS[@]}" \
                -Dglass.platform=Headless -Dprism.order=sw "-XX:AOTCacheOutput=$3" -cp "$2" \
                org.terrarium.app.shell.WarmUp "$home/training.img"
    } >"$home/log" 2>&1 || true
    if [ ! -s "$3" ]; then
        say "the start could not be recorded: $(tail -1 "$home/log")"
    fi
    rm -rf "$home"
}

record_start() {
    rm -f "$DIST/terrarium.aot"
    warm_up "$JAVA_HOME/bin/java" "$(class_path)" "$DIST/terrarium.aot"
}

# own_display WIDTHxHEIGHT: starts an X server that nobody else uses, says so in DISPLAY and adds it to PIDS, which the script ends.
own_display() {
    local number=90
    while [ -e "/tmp/.X11-unix/X$number" ]; do number=$((number + 1)); done
    Xvfb ":$number" -screen 0 "${1}x24" -noreset >/dev/null 2>&1 &
    PIDS+=($!)
    export DISPLAY=":$number"
    until xdotool getdisplaygeometry >/dev/null 2>&1; do sleep 0.1; done
}
