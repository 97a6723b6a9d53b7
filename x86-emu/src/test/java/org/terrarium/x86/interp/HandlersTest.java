package org.terrarium.x86.interp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every row of the instruction table has a handler for every operand size and form. */
class HandlersTest {
    @Test
    void everyRowIsBound() {
        assertEquals(List.of(), Handlers.unbound());
    }
}
