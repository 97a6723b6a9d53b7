package org.terrarium.vm.device.virtio;

import org.terrarium.vm.device.pci.MsixState;
import org.terrarium.vm.device.pci.PciConfigState;

/**
 * Saved state of a virtio device on PCI.
 *
 * @param config configuration space
 * @param msix its MSI-X table
 * @param status device status
 * @param isr ISR status
 * @param deviceFeatureSelect which half of the offered features is shown
 * @param driverFeatureSelect which half of the accepted features is shown
 * @param driverFeatures features the driver accepts
 * @param queueSelect the queue the queue registers are about
 * @param configVector MSI-X vector of configuration changes
 * @param queues the queues
 * @param device what is particular to the device type
 */
public record VirtioPciState<S extends Record>(
        PciConfigState config,
        MsixState msix,
        int status,
        int isr,
        int deviceFeatureSelect,
        int driverFeatureSelect,
        long driverFeatures,
        int queueSelect,
        int configVector,
        VirtqueueState[] queues,
        S device) {}
