package org.terrarium.vm.cli;

import picocli.CommandLine.Command;

/** {@code terrarium disk ...}: disk images. */
@Command(name = "disk", description = "Creates and describes disk images.")
final class DiskCommand {}
