package org.terrarium.x86.interp.gen;

import java.util.List;

/** Generated from the instruction table by HandlerGenerator: where the generated handlers are. */
public final class GeneratedHandlers {
    private static final List<Class<?>> CLASSES = List.of(
            IntegerHandlers1.class,
            IntegerHandlers2.class,
            IntegerHandlers3.class,
            IntegerHandlers4.class,
            IntegerHandlers5.class,
            IntegerHandlers6.class,
            IntegerHandlers7.class,
            IntegerHandlers8.class,
            MmxHandlers1.class,
            MmxHandlers2.class,
            SseHandlers1.class,
            SseHandlers2.class,
            SseHandlers3.class,
            SseHandlers4.class,
            Sse4Handlers1.class);

    private GeneratedHandlers() {}

    /** All of them; each handler is a public static method of one, named by {@code interp.HandlerKey}. */
    public static List<Class<?>> classes() {
        return CLASSES;
    }
}
