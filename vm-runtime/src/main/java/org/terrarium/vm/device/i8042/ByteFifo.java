package org.terrarium.vm.device.i8042;

/** A bounded queue of bytes; what does not fit is refused. */
final class ByteFifo {
    private final byte[] ring;
    private int head;
    private int size;

    ByteFifo(int capacity) {
        ring = new byte[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    int room() {
        return ring.length - size;
    }

    void add(int value) {
        if (size < ring.length) {
            ring[(head + size) % ring.length] = (byte) value;
            size++;
        }
    }

    /** The oldest byte; only when not empty. */
    int take() {
        int value = ring[head] & 0xFF;
        head = (head + 1) % ring.length;
        size--;
        return value;
    }

    void clear() {
        head = 0;
        size = 0;
    }

    byte[] save() {
        byte[] bytes = new byte[size];
        for (int k = 0; k < size; k++) {
            bytes[k] = ring[(head + k) % ring.length];
        }
        return bytes;
    }

    void restore(byte[] bytes) {
        clear();
        for (byte b : bytes) {
            add(b);
        }
    }
}
