package org.terrarium.vm.cli;

import picocli.CommandLine.Command;

/** {@code terrarium net ...}: the networks of the library, and the network cards of running machines. */
@Command(name = "net", description = "Shows and changes networks, also those of machines that run.")
final class NetCommand {}
