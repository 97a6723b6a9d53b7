package org.terrarium.vm.accel;

/**
 * What the translator of hot guest code has done so far.
 *
 * @param instructions guest instructions retired in translated code
 * @param regions pieces of code translated and put in place
 * @param dropped of them, taken out of use again: their code was changed, or room was needed
 * @param failures pieces that a defect of the translator left to the interpreter
 * @param seconds time spent translating, beside the guest
 */
public record TranslationStats(long instructions, long regions, long dropped, long failures, double seconds) {}
