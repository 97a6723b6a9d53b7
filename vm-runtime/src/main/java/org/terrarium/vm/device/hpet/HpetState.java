package org.terrarium.vm.device.hpet;

/**
 * Saved state of the HPET.
 *
 * @param configuration general configuration register
 * @param interruptStatus general interrupt status register
 * @param counterBase counter value at {@code startNanos}; the counter itself while it is stopped
 * @param startNanos machine time at which the counter was last started
 * @param timerConfiguration configuration of each timer
 * @param comparator comparator of each timer
 * @param period what is added to the comparator of each periodic timer
 * @param next counter value (64 bits) at which each timer fires next
 * @param armed whether each timer is waiting to fire
 */
public record HpetState(
        long configuration,
        long interruptStatus,
        long counterBase,
        long startNanos,
        long[] timerConfiguration,
        long[] comparator,
        long[] period,
        long[] next,
        boolean[] armed) {}
