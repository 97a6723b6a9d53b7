package org.terrarium.vm.library;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reading until the end. */
final class Streams {
    private Streams() {}

    /** Hands on whatever comes, as it comes, until the stream ends. */
    static void forEachChunk(InputStream from, Consumer<byte[]> to) throws IOException {
        byte[] buffer = new byte[4096];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            to.accept(Arrays.copyOf(buffer, n));
        }
    }
}
