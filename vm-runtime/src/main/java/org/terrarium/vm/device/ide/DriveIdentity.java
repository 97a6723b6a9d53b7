package org.terrarium.vm.device.ide;

/**
 * What a drive says about itself; ASCII, longer texts are cut.
 *
 * @param model up to 40 characters
 * @param serial up to 20 characters
 * @param firmware up to 8 characters
 */
public record DriveIdentity(String model, String serial, String firmware) {}
