package org.terrarium.vm.cli;

import picocli.CommandLine.Command;

/** {@code terrarium disk ...}: disk images. */
@Command(name = "disk", description = "Creates, describes, checks, converts and changes disk images.")
final class DiskCommand {}
