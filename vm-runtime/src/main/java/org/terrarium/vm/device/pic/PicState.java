package org.terrarium.vm.device.pic;

/** Both interrupt controllers. */
public record PicState(Chip8259State master, Chip8259State slave) {}
