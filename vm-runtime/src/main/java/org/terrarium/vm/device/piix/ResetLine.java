package org.terrarium.vm.device.piix;

/** The chipset asks for a reset; it takes effect when the running instruction is done. */
@FunctionalInterface
public interface ResetLine {
    /** {@code hard} resets the whole board (RSTDRV, CPURST), otherwise only the processor (INIT). */
    void request(boolean hard);
}
