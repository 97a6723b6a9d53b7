package org.terrarium.vm.firmware;

import org.terrarium.vm.accel.GuestRegisters;

/**
 * The registers of the guest program that called a service, by their names. Flags that a service returns go into the image
 * that the INT instruction pushed, because the ROM ends the service with IRET.
 */
final class BiosCall {
    static final int CARRY = 1;
    static final int ZERO = 1 << 6;
    static final int INTERRUPT = 1 << 9;

    final GuestRegisters cpu;
    final BiosMemory memory;
    private final boolean directFlags;

    BiosCall(GuestRegisters cpu, BiosMemory memory) {
        this(cpu, memory, false);
    }

    /** With {@code directFlags}, flags are returned in the register itself: entries that end with RETF. */
    BiosCall(GuestRegisters cpu, BiosMemory memory, boolean directFlags) {
        this.cpu = cpu;
        this.memory = memory;
        this.directFlags = directFlags;
    }

    int eax() {
        return cpu.get(GuestRegisters.EAX);
    }

    int ebx() {
        return cpu.get(GuestRegisters.EBX);
    }

    int ecx() {
        return cpu.get(GuestRegisters.ECX);
    }

    int edx() {
        return cpu.get(GuestRegisters.EDX);
    }

    int ax() {
        return eax() & 0xFFFF;
    }

    int bx() {
        return ebx() & 0xFFFF;
    }

    int cx() {
        return ecx() & 0xFFFF;
    }

    int dx() {
        return edx() & 0xFFFF;
    }

    int si() {
        return cpu.get(GuestRegisters.ESI) & 0xFFFF;
    }

    int di() {
        return cpu.get(GuestRegisters.EDI) & 0xFFFF;
    }

    int bp() {
        return cpu.get(GuestRegisters.EBP) & 0xFFFF;
    }

    int al() {
        return eax() & 0xFF;
    }

    int ah() {
        return eax() >> 8 & 0xFF;
    }

    int bl() {
        return ebx() & 0xFF;
    }

    int bh() {
        return ebx() >> 8 & 0xFF;
    }

    int cl() {
        return ecx() & 0xFF;
    }

    int ch() {
        return ecx() >> 8 & 0xFF;
    }

    int dl() {
        return edx() & 0xFF;
    }

    int dh() {
        return edx() >> 8 & 0xFF;
    }

    void setEax(int v) {
        cpu.set(GuestRegisters.EAX, v);
    }

    void setEbx(int v) {
        cpu.set(GuestRegisters.EBX, v);
    }

    void setEcx(int v) {
        cpu.set(GuestRegisters.ECX, v);
    }

    void setEdx(int v) {
        cpu.set(GuestRegisters.EDX, v);
    }

    void setAx(int v) {
        low16(GuestRegisters.EAX, v);
    }

    void setBx(int v) {
        low16(GuestRegisters.EBX, v);
    }

    void setCx(int v) {
        low16(GuestRegisters.ECX, v);
    }

    void setDx(int v) {
        low16(GuestRegisters.EDX, v);
    }

    void setSi(int v) {
        low16(GuestRegisters.ESI, v);
    }

    void setDi(int v) {
        low16(GuestRegisters.EDI, v);
    }

    void setBp(int v) {
        low16(GuestRegisters.EBP, v);
    }

    void setAl(int v) {
        setAx(ax() & 0xFF00 | v & 0xFF);
    }

    void setAh(int v) {
        setAx(al() | (v & 0xFF) << 8);
    }

    void setBl(int v) {
        setBx(bx() & 0xFF00 | v & 0xFF);
    }

    void setBh(int v) {
        setBx(bl() | (v & 0xFF) << 8);
    }

    void setCl(int v) {
        setCx(cx() & 0xFF00 | v & 0xFF);
    }

    void setCh(int v) {
        setCx(cl() | (v & 0xFF) << 8);
    }

    void setDl(int v) {
        setDx(dx() & 0xFF00 | v & 0xFF);
    }

    void setDh(int v) {
        setDx(dl() | (v & 0xFF) << 8);
    }

    private void low16(int register, int v) {
        cpu.set(register, cpu.get(register) & 0xFFFF_0000 | v & 0xFFFF);
    }

    /** Linear address of ES:offset; the offset wraps at 64 KiB. */
    long es(int offset) {
        return cpu.base(GuestRegisters.ES) + (offset & 0xFFFF);
    }

    long ds(int offset) {
        return cpu.base(GuestRegisters.DS) + (offset & 0xFFFF);
    }

    void setEs(int selector) {
        cpu.loadRealSegment(GuestRegisters.ES, selector);
    }

    void setDs(int selector) {
        cpu.loadRealSegment(GuestRegisters.DS, selector);
    }

    /** Linear address of the stack word {@code offset} bytes above the top. */
    long stack(int offset) {
        return cpu.base(GuestRegisters.SS) + (cpu.get(GuestRegisters.ESP) + offset & 0xFFFF);
    }

    /** Flags of the caller, as INT pushed them. */
    int callerFlags() {
        return memory.u16(stack(4));
    }

    void setCallerFlags(int clear, int set) {
        if (directFlags) {
            cpu.setFlags(cpu.flags() & ~clear | set);
            return;
        }
        memory.put16(stack(4), callerFlags() & ~clear | set);
    }

    void setCarry(boolean on) {
        setCallerFlags(CARRY, on ? CARRY : 0);
    }

    void setZero(boolean on) {
        setCallerFlags(ZERO, on ? ZERO : 0);
    }

    /** AH = 0, carry clear. */
    void ok() {
        setAh(0);
        setCarry(false);
    }

    /** AH = {@code status}, carry set. */
    void fail(int status) {
        setAh(status);
        setCarry(true);
    }
}
