package org.terrarium.x86;

/**
 * What the processor sees of the board outside of plain memory: I/O ports, memory-mapped devices, the interrupt
 * controller and the time. All calls come from the thread that runs the processor. Implementations never throw because of
 * what a guest asks for.
 */
public interface CpuBus {
    /** Reads an I/O port; {@code size} is 1, 2 or 4 bytes; the result is zero-extended. Unclaimed ports read all ones. */
    int in(int port, int size);

    /** Writes an I/O port; {@code size} is 1, 2 or 4 bytes. */
    void out(int port, int size, int value);

    /** Reads device memory at guest-physical {@code pa}; {@code size} is 1, 2, 4 or 8 bytes, zero-extended. */
    long mmioRead(long pa, int size);

    /** Writes device memory (or a read-only page) at guest-physical {@code pa}; {@code size} is 1, 2, 4 or 8 bytes. */
    void mmioWrite(long pa, int size, long value);

    /** The interrupt acknowledge cycle: returns the vector (0..255) to serve, or -1 when the request is gone. */
    int acknowledgeInterrupt();

    /** The time stamp counter's current value, counted from power-on, before any guest adjustment. */
    long timeStampCounter();

    /** The local APIC's task priority (CR8), 0..15. */
    int taskPriority();

    /** Sets the local APIC's task priority (CR8), 0..15. */
    void setTaskPriority(int priority);

    /** The IA32_APIC_BASE register. */
    long apicBase();

    /** Writes IA32_APIC_BASE; the processor has checked reserved bits. */
    void setApicBase(long value);

    /**
     * The FERR# pin goes active: with CR0.NE clear, a waiting x87 instruction found an unmasked exception pending. It stays
     * active until the guest has cleared the exception, so this is called once for each. A PC's board answers with IRQ 13.
     */
    default void floatingPointError() {}

    /**
     * The IGNNE# pin: whether x87 instructions go on although FERR# is active. While it is not, they wait for an interrupt
     * (SDM volume 1, 8.7.2). A board without that logic ties it active.
     */
    default boolean ignoresFloatingPointErrors() {
        return true;
    }

    /** The processor has shut down (triple fault): a PC's chipset answers with a reset. */
    void shutdown();
}
