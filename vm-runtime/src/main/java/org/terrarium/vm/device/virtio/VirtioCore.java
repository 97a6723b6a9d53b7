package org.terrarium.vm.device.virtio;

import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.device.pci.MsixTable;
import org.terrarium.vm.device.pci.PciConfig;

/**
 * Status, negotiation, queues and interrupts of one virtio device: what the modern and the legacy registers both show
 * (virtio 1.2, chapters 2 and 3).
 */
final class VirtioCore<S extends Record> implements VirtioDevice.Transport {
    private static final long RING_FEATURES = Virtio.F_INDIRECT_DESC | Virtio.F_EVENT_IDX;

    final VirtioDevice<S> device;
    final Virtqueue[] queues;
    final MsixTable msix;
    private PciConfig config;

    int status;
    int isr;
    int deviceFeatureSelect;
    int driverFeatureSelect;
    long driverFeatures;
    int queueSelect;
    int configVector = Virtqueue.NO_VECTOR;

    VirtioCore(VirtioDevice<S> device, DmaMemory memory, MsixTable.Messages messages) {
        this.device = device;
        int[] sizes = device.queueSizes();
        queues = new Virtqueue[sizes.length];
        for (int k = 0; k < sizes.length; k++) {
            queues[k] = new Virtqueue(memory, sizes[k]);
        }
        msix = new MsixTable(sizes.length + 1, messages);
        device.connect(this);
    }

    void connect(PciConfig pciConfig) {
        config = pciConfig;
        msix.connect(pciConfig);
    }

    /** Everything the modern interface offers; the legacy one shows the low half. */
    long offered() {
        return device.features() | RING_FEATURES | Virtio.F_ANY_LAYOUT | Virtio.F_VERSION_1;
    }

    @Override
    public long features() {
        return driverFeatures;
    }

    @Override
    public Virtqueue queue(int number) {
        return queues[number];
    }

    /** The selected queue, or null when there is none of that number. */
    Virtqueue selected() {
        return queueSelect < queues.length ? queues[queueSelect] : null;
    }

    private boolean modern() {
        return (driverFeatures & Virtio.F_VERSION_1) != 0;
    }

    /** Features can only be chosen before the driver has sealed them. */
    void acceptFeatures(long features) {
        if ((status & (Virtio.FEATURES_OK | Virtio.DRIVER_OK)) == 0) {
            driverFeatures = features;
            negotiated();
        }
    }

    private void negotiated() {
        for (Virtqueue q : queues) {
            q.negotiated(driverFeatures);
        }
    }

    void writeStatus(int value) {
        if (value == 0) {
            reset();
            return;
        }
        int before = status;
        int next = value & 0xFF | status & Virtio.DEVICE_NEEDS_RESET;
        boolean sealing = (next & Virtio.FEATURES_OK) != 0 && (before & Virtio.FEATURES_OK) == 0;
        if (sealing && (!modern() || (driverFeatures & ~offered()) != 0)) {
            next &= ~Virtio.FEATURES_OK; // the driver sees that and gives up (3.1.1)
        }
        status = next;
        if ((next & Virtio.DRIVER_OK) != 0 && (before & Virtio.DRIVER_OK) == 0) {
            // Buffers may have been made available, and the queue notified, before.
            for (int k = 0; k < queues.length; k++) {
                notified(k);
            }
        }
    }

    /** The driver may be served: it is ready, nothing is broken, and the function may use memory. */
    private boolean running() {
        return (status & (Virtio.DRIVER_OK | Virtio.DEVICE_NEEDS_RESET)) == Virtio.DRIVER_OK && config.busMaster();
    }

    void notified(int queue) {
        if (queue < queues.length && running()) {
            try {
                device.notified(queue);
            } catch (VirtqueueException e) {
                broken(e);
            }
        }
    }

    @Override
    public void lookAgain(int queue) {
        notified(queue);
    }

    @Override
    public void giveBack(int queue, Chain chain, int written) {
        giveBackSilently(queue, chain, written);
        tell(queue);
    }

    @Override
    public void giveBackSilently(int queue, Chain chain, int written) {
        if (running()) {
            queues[queue].giveBack(chain, written);
        }
    }

    @Override
    public void tell(int queue) {
        Virtqueue q = queues[queue];
        if (running() && q.interruptWanted()) {
            if (msix.enabled()) {
                msix.raise(q.vector);
            } else {
                raise(Virtio.ISR_QUEUE);
            }
        }
    }

    private void raise(int bit) {
        isr |= bit;
        updatePin();
    }

    void updatePin() {
        config.setInterrupt(isr != 0 && !msix.enabled());
    }

    /** Reading ISR status acknowledges the interrupt (4.1.4.5). */
    int takeIsr() {
        int value = isr;
        isr = 0;
        updatePin();
        return value;
    }

    @Override
    public void broken(VirtqueueException e) {
        if ((status & Virtio.DEVICE_NEEDS_RESET) == 0) {
            status |= Virtio.DEVICE_NEEDS_RESET;
            configurationChanged();
        }
    }

    @Override
    public void configurationChanged() {
        if ((status & Virtio.DRIVER_OK) == 0) {
            return;
        }
        if (msix.enabled()) {
            msix.raise(configVector);
        } else {
            raise(Virtio.ISR_CONFIG);
        }
    }

    /** A vector number as the registers keep it: one that does not exist becomes "none" (4.1.5.1.2). */
    int vector(int value) {
        return value < msix.vectors() ? value : Virtqueue.NO_VECTOR;
    }

    /** The driver wrote 0 to the status, or the machine was reset. MSI-X belongs to PCI and stays. */
    void reset() {
        status = 0;
        isr = 0;
        deviceFeatureSelect = 0;
        driverFeatureSelect = 0;
        driverFeatures = 0;
        queueSelect = 0;
        configVector = Virtqueue.NO_VECTOR;
        for (Virtqueue q : queues) {
            q.reset();
        }
        negotiated();
        device.reset();
        updatePin();
    }

    VirtqueueState[] saveQueues() {
        VirtqueueState[] states = new VirtqueueState[queues.length];
        for (int k = 0; k < states.length; k++) {
            states[k] = queues[k].save();
        }
        return states;
    }

    void restore(VirtioPciState<S> s) {
        msix.restore(s.msix());
        status = s.status();
        isr = s.isr();
        deviceFeatureSelect = s.deviceFeatureSelect();
        driverFeatureSelect = s.driverFeatureSelect();
        driverFeatures = s.driverFeatures();
        queueSelect = s.queueSelect();
        configVector = s.configVector();
        for (int k = 0; k < queues.length; k++) {
            queues[k].restore(s.queues()[k]);
        }
        negotiated();
        device.restore(s.device());
    }
}
