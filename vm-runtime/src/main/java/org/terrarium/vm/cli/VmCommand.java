package org.terrarium.vm.cli;

import picocli.CommandLine.Command;

/** {@code terrarium vm ...}: the machines of the library. */
@Command(name = "vm", description = "Creates, changes and controls the machines of the library.")
final class VmCommand {}
