package org.terrarium.vm.state;

/**
 * The state of one device (or of the processor, the clock, ...) as bytes.
 *
 * @param label whose it is: a device's label, unique in a file
 * @param version of the payload's meaning; rises when a field changes what it means, not when one is added
 * @param payload see {@link RecordCodec}
 */
public record StateSection(String label, int version, byte[] payload) {}
