package org.terrarium.vm.device.piix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.IrqLine;

class CoprocessorErrorTest {
    @Test
    void keepsTheDeviceContract() {
        DeviceContract.of(timers -> new CoprocessorError("ferr", IrqLine.NONE))
                .change(CoprocessorError::error)
                .ports(CoprocessorError::port, 1)
                .outside(CoprocessorError::error)
                .verify();
    }

    @Test
    void theHandlersWriteTakesTheInterruptBackAndLetsTheProcessorGoOn() {
        List<Boolean> irq13 = new ArrayList<>();
        CoprocessorError logic = new CoprocessorError("ferr", irq13::add);
        logic.error();
        assertEquals(List.of(true), irq13);
        assertFalse(logic.ignoring());
        logic.port().write(0, 1, 0);
        assertEquals(List.of(true, false), irq13);
        assertTrue(logic.ignoring());
        logic.error();
        assertEquals(List.of(true, false, true), irq13);
        assertFalse(logic.ignoring(), "FERR# was inactive in between");
    }
}
