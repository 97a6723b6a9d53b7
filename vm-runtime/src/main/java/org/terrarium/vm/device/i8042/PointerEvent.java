package org.terrarium.vm.device.i8042;

/**
 * Motion that is to be reported with one state of the buttons.
 *
 * @param dx counts to the right
 * @param dy counts down, as on the screen
 * @param dz wheel notches towards the user
 * @param buttons bit 0 left, 1 right, 2 middle, 3 and 4 the side buttons
 */
public record PointerEvent(int dx, int dy, int dz, int buttons) {}
