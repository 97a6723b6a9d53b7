#!/bin/bash
# Times the network. Without an argument both parts, one after the other:
#   packaging/bench-net.sh nat [--flows N] [--seconds S]   the NAT gateway alone, driven by a packet generator in one process with 256 MiB of heap
#   packaging/bench-net.sh guests [OPTIONS]                a Linux guest here and in QEMU with its user networking (TCG)
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
find_jdk
cd "$ROOT"

# The NAT alone: at least 2 Gbit/s and 20,000 flows in 256 MiB of heap.
bench_nat() {
    need_packages "the benchmark" maven
    mvn -q -B -o -Dmaven.test.skip=true -pl virtual-net package >/dev/null 2>&1 || mvn -q -B -Dmaven.test.skip=true -pl virtual-net package
    "$JAVA_HOME/bin/java" -Xmx256m -cp virtual-net/target/classes packaging/bench/NatBench.java "$@"
}

# The same guest here and in QEMU; see packaging/bench/net-guests.sh.
bench_guests() {
    [ -f packaging/bench/net-guests.sh ] || die "the part with guests is not there yet"
    . packaging/bench/net-guests.sh
    compare_guests "$@"
}

case "${1-}" in
    nat) shift && bench_nat "$@" ;;
    guests) shift && bench_guests "$@" ;;
    "") bench_nat && bench_guests ;;
    *) die "'$1' is no part of the benchmark; write nat, guests or nothing" ;;
esac
