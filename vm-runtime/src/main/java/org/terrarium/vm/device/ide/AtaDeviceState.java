package org.terrarium.vm.device.ide;

/** Saved state of one drive. */
public sealed interface AtaDeviceState permits AtaDiskState, AtapiState {}
