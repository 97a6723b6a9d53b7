package org.terrarium.x86.jit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.Fpu;
import org.terrarium.x86.mem.FastMemory;

/** The JVM code of one region: its local variables, its constants, and short ways to say what occurs often. */
final class Asm {
    // Local variables of TranslatedCode.run: this, base, budget, and our own.
    static final int BASE = 1;
    static final int LEFT = 3;
    static final int AT = 4;
    static final int KIND = 5;
    static final int RESULT = 6;
    static final int READY = 8;
    static final int FLAG_A = 10;
    static final int FLAG_B = 12;
    static final int NEXT = 14;
    static final int GPR = 16;
    static final int FIRST_TEMPORARY = 48;
    static final int FIRST_PAGE = 112;
    static final int FIRST_XMM = FIRST_PAGE + 4 * PageCaches.MOST;

    /** Number of the block to begin with: where {@link #AT} is afterwards. */
    static final int ENTRY = AT;

    // Names and place of the generated classes; hidden, so that the names need not be unique. packaging/warm.directives
    // tells
    // HotSpot by them which to leave to its first compiler.
    private static final ClassDesc WARM = ClassDesc.of(Asm.class.getPackageName(), "Warm");
    private static final ClassDesc HOT = ClassDesc.of(Asm.class.getPackageName(), "Translated");

    static final ClassDesc CPU = desc(Cpu.class);
    static final ClassDesc FPU = desc(Fpu.class);
    static final ClassDesc MEMORY = desc(FastMemory.class);
    static final ClassDesc LONGS = ClassDesc.ofDescriptor("[J");
    static final ClassDesc INSN = desc(org.terrarium.x86.isa.Insn.class);
    static final ClassDesc INSNS = INSN.arrayType();

    final CodeBuilder b;
    private final ClassDesc owner;
    private final boolean warm;
    private int temporary = FIRST_TEMPORARY;

    /** @param warm the code is for HotSpot's first compiler: see {@link #loadGpr} */
    Asm(CodeBuilder b, boolean warm) {
        this.b = b;
        this.warm = warm;
        owner = owner(warm);
    }

    /** Name of the generated classes of warm regions, or hot ones. */
    static ClassDesc owner(boolean warm) {
        return warm ? WARM : HOT;
    }

    static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    static MethodTypeDesc type(Class<?> result, Class<?>... parameters) {
        return MethodTypeDesc.of(
                desc(result), Arrays.stream(parameters).map(Asm::desc).toList());
    }

    /** Temporaries are free again: between two instructions. */
    void releaseTemporaries() {
        temporary = FIRST_TEMPORARY;
    }

    int newTemporary() {
        int slot = temporary;
        temporary += 2;
        return slot;
    }

    private static int gpr(int n) {
        return GPR + 2 * n;
    }

    /**
     * Pushes a general register. In warm code they stay in the processor's array: HotSpot's first compiler takes several times
     * longer over variables that live as long as the region, and saves them around each call anyway.
     */
    void loadGpr(int n) {
        if (warm) {
            loadFromCpu(n);
        } else {
            b.lload(gpr(n));
        }
    }

    /** Pops a general register. */
    void storeGpr(int n) {
        if (warm) {
            gprs();
            constant(n);
            b.dup2_x2().pop2().lastore();
        } else {
            b.lstore(gpr(n));
        }
    }

    void constant(int value) {
        b.loadConstant(value);
    }

    void constant(long value) {
        b.loadConstant(value);
    }

    void call(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        b.invokestatic(desc(owner), name, type(result, parameters));
    }

    void call(Method m) {
        call(m.getDeclaringClass(), m.getName(), m.getReturnType(), m.getParameterTypes());
    }

    /** Calls a method of the memory object, which must lie below the arguments. */
    void memory(String name, Class<?> result, Class<?>... parameters) {
        b.invokevirtual(MEMORY, name, type(result, parameters));
    }

    void cpu() {
        b.getstatic(owner, "CPU", CPU);
    }

    void fpu() {
        b.getstatic(owner, "FPU", FPU);
    }

    void memory() {
        b.getstatic(owner, "MEMORY", MEMORY);
    }

    void gprs() {
        b.getstatic(owner, "GPRS", LONGS);
    }

    /** Pushes the array that variables are kept in while a slow path is under way ({@link SlowPaths}). */
    void saved() {
        b.getstatic(owner, "SAVED", LONGS);
    }

    /** Pushes the TLB's entries for loads, or for stores. */
    void tlb(boolean write) {
        b.getstatic(owner, write ? "WRITES" : "READS", LONGS);
    }

    private void xmms() {
        b.getstatic(owner, "XMMS", LONGS);
    }

    void insn(int number) {
        b.getstatic(owner, "INSNS", INSNS);
        constant(number);
        b.aaload();
    }

    void cpuField(String name, ClassDesc type) {
        cpu();
        b.getfield(CPU, name, type);
    }

    void mask32() {
        constant(0xFFFF_FFFFL);
        b.land();
    }

    void unsigned() {
        b.i2l();
        mask32();
    }

    /** A long on the stack comes from, or goes to, element {@code n} of the general registers. */
    void loadFromCpu(int n) {
        gprs();
        constant(n);
        b.laload();
    }

    void storeToCpu(int n) {
        gprs();
        constant(n);
        b.lload(gpr(n));
        b.lastore();
    }

    /** Half {@code half} of an XMM register from the processor's array. */
    void loadXmmFromCpu(int n, int half) {
        xmms();
        constant(2 * n + half);
        b.laload();
    }

    /** Stores what {@code value} pushes as half of an XMM register. */
    void storeXmmToCpu(int n, int half, Runnable value) {
        xmms();
        constant(2 * n + half);
        value.run();
        b.lastore();
    }

    void long0() {
        b.lconst_0();
    }

    /** Pops a boolean and jumps when it is true. */
    void jumpIf(Label target) {
        b.ifne(target);
    }

    static final ClassDesc LONG = ConstantDescs.CD_long;
    static final ClassDesc INT = ConstantDescs.CD_int;
}
