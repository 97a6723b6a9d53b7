package org.terrarium.vm;

import java.nio.file.Path;

/**
 * A folder of the host's that a guest may use.
 *
 * @param tag the name by which the guest mounts it
 * @param readOnly whether the guest can change nothing in it
 */
public record ShareOption(String tag, Path folder, boolean readOnly) {}
