package org.terrarium.vm.device.pci;

/**
 * Saved state of the host's PCI bus logic.
 *
 * @param configAddress the CONFADD latch
 * @param asserted per PIRQ wire, a bit for every (slot, pin) that pulls it: bit slot * 4 + pin - 1 of 128, low half first
 */
public record PciBusState(int configAddress, long[] asserted) {
    public PciBusState {
        asserted = asserted.clone();
    }

    @Override
    public long[] asserted() {
        return asserted.clone();
    }
}
