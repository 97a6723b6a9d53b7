package org.terrarium.x86.jit;

import java.lang.classfile.Label;
import java.lang.reflect.Method;
import java.util.List;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Operands;
import org.terrarium.x86.isa.Attribute;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.isa.Operand;
import org.terrarium.x86.mem.FastMemory;
import org.terrarium.x86.sem.SimdState;

/** How an instruction's operands are read and written: registers in JVM variables, memory through FastMemory. */
final class OperandEmitter {
    private static final long SEGMENTED_32 = 0xFFFF_FFFFL;

    private final Asm a;
    private final RegionPlan plan;
    private final PageCaches pages;
    private final SlowPaths slowPaths;
    private FlagEmitter flags;

    OperandEmitter(Asm a, RegionPlan plan, PageCaches pages, SlowPaths slowPaths) {
        this.a = a;
        this.plan = plan;
        this.pages = pages;
        this.slowPaths = slowPaths;
    }

    /** Where the state of the flags is known from; to be called before anything is emitted. */
    void follow(FlagEmitter emitter) {
        flags = emitter;
    }

    PageCaches pages() {
        return pages;
    }

    // General registers by operand number. What is pushed: int up to 32 bits (8 and 16 zero-extended), long for 64.

    void pushRegister(int n, int bits) {
        a.loadGpr(n & 15);
        if (bits == 8 && (n & 16) != 0) {
            a.constant(8);
            a.b.lushr();
        }
        narrow(bits);
    }

    /** Pops an int (up to 32 bits) or long into a general register. */
    void popRegister(int n, int bits) {
        int register = n & 15;
        switch (bits) {
            case 8 -> {
                int shift = (n & 16) >> 1;
                a.constant(255);
                a.b.iand().i2l();
                if (shift != 0) {
                    a.constant(shift);
                    a.b.lshl();
                }
                a.loadGpr(register);
                a.constant(~(0xFFL << shift));
                a.b.land().lor();
                a.storeGpr(register);
            }
            case 16 -> {
                a.b.i2c().i2l();
                a.loadGpr(register);
                a.constant(~0xFFFFL);
                a.b.land().lor();
                a.storeGpr(register);
            }
            case 32 -> {
                a.unsigned();
                a.storeGpr(register);
            }
            default -> a.storeGpr(register);
        }
    }

    // Memory.

    static boolean isMemory(Insn i, Operand o) {
        return i.memory && o.mayBeMemory() || o.kind() == Operand.Kind.OFFSET;
    }

    /** Pushes the effective address: the offset in the segment. */
    void pushEffectiveAddress(Insn i, long blockDelta) {
        boolean any = false;
        if (i.base == Cpu.BLOCK_IP) {
            a.b.lload(Asm.BASE);
            a.constant(blockDelta + i.disp);
            a.b.ladd();
            any = true;
        } else if (i.base != Cpu.ZERO) {
            a.loadGpr(i.base);
            any = true;
        }
        if (i.index != Cpu.ZERO) {
            a.loadGpr(i.index);
            if (i.scale != 0) {
                a.constant((int) i.scale);
                a.b.lshl();
            }
            if (any) {
                a.b.ladd();
            }
            any = true;
        }
        if (i.base != Cpu.BLOCK_IP && (i.disp != 0 || !any)) {
            a.constant(any ? i.disp : i.disp & i.addressMask);
            if (any) {
                a.b.ladd();
            }
        }
        if (i.addressMask != ~0L && any && !bare(i)) {
            a.constant(i.addressMask);
            a.b.land();
        }
    }

    /** An address that is one 32-bit register of 32-bit code: its upper half is clear as it is. */
    private boolean bare(Insn i) {
        return i.addressMask == SEGMENTED_32
                && plan.codeSize() == 32
                && i.disp == 0
                && (i.base == Cpu.ZERO ? i.scale == 0 : i.base != Cpu.BLOCK_IP && i.index == Cpu.ZERO);
    }

    /** Pushes the linear address of the memory operand, checked as {@code Operands.linearRead} and its kin do. */
    void pushLinear(Insn i, long blockDelta, int bytes, boolean write) {
        pushEffectiveAddress(i, blockDelta);
        toLinear(i, bytes, write);
    }

    /** Effective address on the stack to linear address. */
    void toLinear(Insn i, int bytes, boolean write) {
        if (bytes > 8 && i.flat && !plan.wide()) {
            a.constant(bytes);
            a.constant((int) i.segment);
            a.cpu();
            a.call(Support.class, "checkWrap", long.class, long.class, int.class, int.class, Cpu.class);
        }
        if (!i.flat) {
            segmented(i.segment, bytes, write);
        }
    }

    /** Offset on the stack to linear address in a segment that has a base or must be checked. */
    void segmented(int segment, int bytes, boolean write) {
        int offset = a.newTemporary();
        a.b.lstore(offset);
        a.cpu();
        a.constant(segment);
        a.b.lload(offset);
        a.constant(bytes);
        a.call(
                Operands.class,
                write ? "segmentedWrite" : "segmentedRead",
                long.class,
                Cpu.class,
                int.class,
                long.class,
                int.class);
    }

    /** Emits the address of an operand into a new variable; -1 for a register. */
    int address(Insn i, Operand o, long blockDelta, boolean write) {
        if (!isMemory(i, o)) {
            return -1;
        }
        int bytes = o.bits(i.operandSize) / 8;
        int slot = a.newTemporary();
        boolean aligned = bytes == 16 && !i.row.has(Attribute.UNALIGNED);
        if (aligned) {
            a.cpu();
        }
        pushLinear(i, blockDelta, bytes, write);
        if (aligned) {
            a.call(SimdState.class, "aligned", long.class, Cpu.class, long.class);
        }
        a.b.lstore(slot);
        return slot;
    }

    /** Reads up to 64 bits at an address in a variable; leaves int or long on the stack. */
    void read(int address, int bits, boolean forUpdate, int group) {
        Class<?> type = bits == 64 ? long.class : int.class;
        String name = (forUpdate ? "readForUpdate" : "read") + bits;
        if (group == PageCaches.NONE) {
            a.memory();
            a.b.lload(address);
            a.memory(name, type, long.class);
            return;
        }
        Label end = a.b.newLabel();
        find(address, bits, group, forUpdate, end, () -> {
            a.memory();
            a.b.lload(address);
            a.memory("slow" + (forUpdate ? "ReadForUpdate" : "Read") + bits, type, long.class);
            within(bits);
        });
        a.memory();
        a.b.lload(address).lload(PageCaches.addend(group)).ladd();
        a.memory("direct" + bits, type, long.class);
        a.b.labelBinding(end);
    }

    void write(int address, int bits, int group, Runnable value) {
        Class<?> type = bits == 64 ? long.class : int.class;
        if (group == PageCaches.NONE) {
            a.memory();
            a.b.lload(address);
            value.run();
            a.memory("write" + bits, void.class, long.class, type);
            return;
        }
        Label end = a.b.newLabel();
        find(address, bits, group, true, end, () -> {
            a.memory();
            a.b.lload(address);
            value.run();
            a.memory("slowWrite" + bits, void.class, long.class, type);
        });
        a.memory();
        a.b.lload(address).lload(PageCaches.addend(group)).ladd();
        value.run();
        a.memory("direct" + bits, void.class, long.class, type);
        a.b.labelBinding(end);
    }

    /**
     * Falls through when the page of an access is the one that its group remembers, or is in the TLB and remembered from now on;
     * else takes the slow path to {@code end}.
     */
    private void find(int address, int bits, int group, boolean write, Label end, Runnable slow) {
        int bytes = bits / 8;
        int entry = a.newTemporary();
        Label hit = a.b.newLabel();
        Label miss = a.b.newLabel();
        // aligned to its size, so that it does not reach the next page
        a.b.lload(address);
        a.constant(~0xFFFL | bytes - 1);
        a.b.land().lload(PageCaches.tag(group)).lcmp().ifeq(hit);
        a.b.lload(address);
        a.constant(11);
        a.b.lushr().l2i();
        a.constant(FastMemory.INDEX_MASK);
        a.b.iand().istore(entry);
        a.tlb(write);
        a.b.iload(entry).laload().lload(address);
        a.constant(bytes - 1L);
        a.b.ladd();
        a.constant(~0xFFFL);
        a.b.land().lcmp().ifne(miss);
        a.b.lload(address);
        a.constant(~0xFFFL);
        a.b.land().lstore(PageCaches.tag(group));
        a.tlb(write);
        a.b.iload(entry).iconst_1().iadd().laload().lstore(PageCaches.addend(group));
        a.b.labelBinding(hit);
        slowPaths.add(miss, end, flags.known(), slow);
    }

    /** The group of an operand that has an address. */
    private int group(Insn i, boolean write) {
        return pages.of(i, write);
    }

    // XMM registers are in JVM variables, two for each, as far as the plan says so; MMX registers in the processor's
    // array.

    private void pushXmm(int n, int half) {
        if (plan.xmmInVariables(n)) {
            a.b.lload(plan.xmmVariable(n, half));
        } else {
            a.loadXmmFromCpu(n, half);
        }
    }

    private void popXmm(int n, int half, Runnable value) {
        if (plan.xmmInVariables(n)) {
            value.run();
            a.b.lstore(plan.xmmVariable(n, half));
        } else {
            a.storeXmmToCpu(n, half, value);
        }
    }

    /** Register number of an operand that is one. */
    static int number(Insn i, Operand o) {
        return switch (o.kind()) {
            case REG_GPR, OPCODE_GPR, REG_XMM -> i.reg;
            case REG_MMX -> i.reg & 7;
            case GPR_OR_MEM, RM_GPR, XMM_OR_MEM, RM_XMM -> i.rm;
            case MMX_OR_MEM, RM_MMX -> i.rm & 7;
            case FIXED_GPR -> o.register();
            case FIXED_XMM0 -> 0;
            default -> throw new IllegalStateException("operand " + o.text() + " has no register number");
        };
    }

    static boolean isMmx(Operand o) {
        return switch (o.kind()) {
            case REG_MMX, RM_MMX, MMX_OR_MEM -> true;
            default -> false;
        };
    }

    /** Loads an operand into new variables: two for 128 bits, else one. */
    List<Value> load(Insn i, Operand o, int address, boolean forUpdate) {
        int bits = o.bits(i.operandSize);
        if (bits == 128) {
            return List.of(half(i, o, address, 0), half(i, o, address, 1));
        }
        boolean wide = bits == 64;
        if (address >= 0) {
            read(address, bits, forUpdate, group(i, forUpdate));
        } else if (Shapes.usesXmm(o)) {
            pushXmm(number(i, o), 0);
            narrow(bits);
        } else if (isMmx(o)) {
            a.fpu();
            a.b.getfield(Asm.FPU, "mantissa", Asm.LONGS);
            a.constant(number(i, o));
            a.b.laload();
            narrow(bits);
        } else if (wide) {
            // no copy: the register's variable keeps its value until the result is stored
            int slot = a.newTemporary();
            a.loadGpr(number(i, o));
            a.b.lstore(slot);
            return List.of(new Value(slot, true, 64, 0));
        } else {
            pushRegister(number(i, o), bits);
        }
        return List.of(store(wide, bits));
    }

    private Value half(Insn i, Operand o, int address, int half) {
        if (address >= 0) {
            int at = address;
            if (half != 0) {
                at = a.newTemporary();
                a.b.lload(address);
                a.constant(8L);
                a.b.ladd();
                if (!plan.wide()) {
                    a.mask32();
                }
                a.b.lstore(at);
            }
            read(at, 64, false, group(i, false));
        } else {
            pushXmm(number(i, o), half);
        }
        return store(true, 64);
    }

    private void narrow(int bits) {
        if (bits < 64) {
            a.b.l2i();
        }
        within(bits);
    }

    /** Clears what lies above the lowest 8 or 16 bits of an int. Where it is clear anyway, HotSpot must see that it is. */
    private void within(int bits) {
        if (bits == 8) {
            a.constant(255);
            a.b.iand();
        } else if (bits == 16) {
            a.b.i2c();
        }
    }

    /** Pops into a new variable. */
    Value store(boolean wide, int bits) {
        int slot = a.newTemporary();
        if (wide) {
            a.b.lstore(slot);
        } else {
            a.b.istore(slot);
        }
        return new Value(slot, wide, bits, 0);
    }

    /** A source operand: immediate or loaded. */
    List<Value> source(Insn i, Operand o, long blockDelta) {
        if (o.kind() == Operand.Kind.IMMEDIATE) {
            // the operand that it meets decides its width, unless it has its own
            int width = o.type().equals("b") || o.type().equals("w")
                    ? 32
                    : i.row.operands().get(0).bits(i.operandSize);
            return List.of(
                    switch (width) {
                        case 16 -> Value.constant(i.imm & 0xFFFF, false, 16);
                        case 64 -> Value.constant(i.imm, true, 64);
                        default -> Value.constant((int) i.imm, false, 8);
                    });
        }
        if (o.kind() == Operand.Kind.ONE) {
            return List.of(Value.constant(1, false, 8));
        }
        return load(i, o, address(i, o, blockDelta, false), false);
    }

    /** Pushes values as the first parameters of a method are declared. */
    void push(List<Value> values, Method method) {
        Class<?>[] types = method.getParameterTypes();
        for (int n = 0; n < values.size(); n++) {
            push(values.get(n), types[n] == long.class);
        }
    }

    /** Pushes a value as long (zero-extended) or int. */
    void push(Value v, boolean wide) {
        if (v.isConstant()) {
            if (wide) {
                a.constant(v.wide() || v.bits() < 32 ? v.constant() : v.constant() & 0xFFFF_FFFFL);
            } else {
                a.constant((int) v.constant());
            }
            return;
        }
        if (v.wide()) {
            a.b.lload(v.slot());
            if (!wide) {
                a.b.l2i();
            }
        } else {
            a.b.iload(v.slot());
            if (wide) {
                a.b.i2l();
                if (v.bits() == 32) {
                    a.mask32();
                }
            }
        }
    }

    /** Stores a value of at most 64 bits. */
    void store(Insn i, Operand o, Value value, int address) {
        int bits = o.bits(i.operandSize);
        boolean wide = bits == 64;
        if (address >= 0) {
            write(address, bits, group(i, true), () -> push(value, wide));
        } else if (isMmx(o)) {
            a.fpu();
            a.constant(number(i, o));
            push(value, true);
            a.call(SimdState.class, "writeMmx", void.class, org.terrarium.x86.Fpu.class, int.class, long.class);
        } else if (Shapes.usesXmm(o)) {
            storeScalar(i, o, value, bits);
        } else {
            push(value, wide);
            popRegister(number(i, o), bits);
        }
    }

    private void storeScalar(Insn i, Operand o, Value value, int bits) {
        int n = number(i, o);
        boolean clears = i.row.has(Attribute.ZERO) && i.memory;
        popXmm(n, 0, () -> {
            if (bits == 64 || clears) {
                push(value, true);
            } else {
                pushXmm(n, 0);
                a.constant(~0xFFFF_FFFFL);
                a.b.land();
                push(value, true);
                a.mask32();
                a.b.lor();
            }
        });
        if (clears) {
            popXmm(n, 1, a::long0);
        }
    }

    void storePair(Insn i, Operand o, Value low, Value high, int address) {
        if (address >= 0) {
            a.memory();
            a.b.lload(address);
            push(low, true);
            push(high, true);
            a.memory("write128", void.class, long.class, long.class, long.class);
            return;
        }
        int n = number(i, o);
        popXmm(n, 0, () -> push(low, true));
        popXmm(n, 1, () -> push(high, true));
    }
}
