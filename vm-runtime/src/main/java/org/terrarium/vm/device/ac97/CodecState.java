package org.terrarium.vm.device.ac97;

/** @param registers the mixer's registers by number / 2 */
public record CodecState(int[] registers) {}
