package org.terrarium.vm.device.pic;

/**
 * One 8259A.
 *
 * @param lines levels of the inputs
 * @param elcr edge/level control, a set bit is level-triggered
 * @param lowestPriority the level that has the lowest priority at present
 * @param initStep the ICW expected next (2..4), or 0 when initialized
 * @param output level of INT
 */
public record Chip8259State(
        int lines,
        int irr,
        int isr,
        int imr,
        int elcr,
        int vectorBase,
        int lowestPriority,
        int initStep,
        boolean needsIcw4,
        boolean single,
        boolean autoEoi,
        boolean rotateInAutoEoi,
        boolean specialFullyNested,
        boolean specialMask,
        boolean poll,
        boolean readIsr,
        boolean output) {}
