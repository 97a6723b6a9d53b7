package org.terrarium.vm.accel;

/**
 * The processor's registers and its view of memory, for code outside of the processor that acts in its name: the built-in
 * firmware, whose services the guest calls through an OUT instruction, and debuggers. Only to be used while the processor
 * stands still or inside a call from its bus; during an OUT the instruction pointer already names the next instruction.
 */
public interface GuestRegisters {
    int EAX = 0;
    int ECX = 1;
    int EDX = 2;
    int EBX = 3;
    int ESP = 4;
    int EBP = 5;
    int ESI = 6;
    int EDI = 7;

    int ES = 0;
    int CS = 1;
    int SS = 2;
    int DS = 3;
    int FS = 4;
    int GS = 5;

    /** The low 32 bits of a general register. */
    int get(int register);

    /** Sets a general register; bits above 31 become zero. */
    void set(int register, int value);

    int selector(int segment);

    /** The segment's base as address formation uses it, a linear address. */
    long base(int segment);

    /** Loads a segment register as real mode does: base becomes {@code selector * 16}, limit and rights stay. */
    void loadRealSegment(int segment, int selector);

    /** Offset in CS of the next instruction. */
    int ip();

    void setIp(int ip);

    /** EFLAGS. */
    int flags();

    void setFlags(int flags);

    /** Real mode or virtual-8086 mode. */
    boolean realAddressing();

    /** Guest-physical address behind a linear one under the paging in force (A20 gate applied), or -1 when not mapped. */
    long physical(long linear);

    /**
     * Loads 1, 2 or 4 bytes as a supervisor access of the processor, devices included, zero-extended to 32 bits. What is
     * not mapped reads as all ones; never faults.
     */
    int read(long linear, int size);

    /** Stores 1, 2 or 4 bytes as {@link #read} loads them; what is not mapped or not writable swallows the store. */
    void write(long linear, int size, int value);

    /**
     * Counts instructions as retired that a service done here would have taken in a ROM: a guest that asks for long services
     * over and over then uses up its time and its budget as on a PC.
     */
    void spend(int instructions);
}
