package org.terrarium.vm.accel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Assembled;
import org.terrarium.vm.Machine;
import org.terrarium.x86.Optimisation;

class TranslatorOptionsTest {
    /** Its first listed region completes the future. */
    private static final class Listing implements Appendable {
        final CompletableFuture<String> first = new CompletableFuture<>();

        @Override
        public Appendable append(CharSequence text) {
            first.complete(text.toString());
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) {
            return append(text.subSequence(start, end));
        }

        @Override
        public Appendable append(char c) {
            return append(String.valueOf(c));
        }
    }

    /** A guest that works for ever, so that something of it is translated sooner or later. */
    @Test
    void reachTheTranslator(@TempDir Path folder) throws Exception {
        Listing listing = new Listing();
        Set<Optimisation> without = Set.of(Optimisation.LOOPS, Optimisation.DEADFLAGS);
        try (Machine m = Machine.builder()
                .memory(16)
                .bootMenu(false)
                .disk(Assembled.image("steady-work", folder))
                .translator(new TranslatorOptions(without, listing, -1, 50))
                .build()) {
            m.start();
            String region = listing.first.get(120, TimeUnit.SECONDS);
            assertTrue(region.startsWith("region of "), region);
            assertFalse(region.contains("(back)"), "without loops: " + region);
            assertFalse(region.contains("; flags dead"), "without dead flags: " + region);
        }
    }
}
