package org.terrarium.x86.jit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.interp.Block;
import org.terrarium.x86.interp.Region;
import org.terrarium.x86.interp.TranslatedCode;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.mem.FastMemory;

/** From a plan to a region that can be run: passes, code, a hidden class that holds what never changes as constants. */
final class Compiler {
    /** HotSpot compiles no method that is larger. */
    private static final int LARGEST = 7_900;

    private static final ClassDesc CODE = Asm.desc(TranslatedCode.class);
    private static final MethodTypeDesc RUN =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_long, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();

    /** What a generated class keeps in its fields, in the order of its class data. */
    private record Constant(String name, ClassDesc type) {}

    private static final List<Constant> CONSTANTS = List.of(
            new Constant("CPU", Asm.CPU),
            new Constant("FPU", Asm.FPU),
            new Constant("GPRS", Asm.LONGS),
            new Constant("XMMS", Asm.LONGS),
            new Constant("MEMORY", Asm.MEMORY),
            new Constant("READS", Asm.LONGS),
            new Constant("WRITES", Asm.LONGS),
            new Constant("SAVED", Asm.LONGS),
            new Constant("INSNS", Asm.INSNS));

    private final Cpu cpu;
    private final JitOptions options;
    private final FastMemory user;
    private final FastMemory supervisor;
    private final long[] saved = new long[SlowPaths.SAVED];

    Compiler(Cpu cpu, JitOptions options) {
        this.cpu = cpu;
        this.options = options;
        user = options.lockstep ? cpu.mmu.journalledMemory(true) : cpu.mmu.fastMemory(true);
        supervisor = options.lockstep ? cpu.mmu.journalledMemory(false) : cpu.mmu.fastMemory(false);
    }

    /**
     * What came out, beside the region.
     *
     * @param left blocks of the first plan that found no room in it
     */
    record Result(Region region, RegionPlan plan, List<RegionBlock> left, byte[] bytes) {}

    /**
     * Translates. A plan that comes out too large is cut down until it fits.
     *
     * @throws RuntimeException for a defect of the translator
     */
    Result compile(RegionPlan first) {
        RegionPlan plan = first;
        for (; ; ) {
            Passes.run(plan, options);
            options.inspector.accept(plan);
            RegionEmitter[] emitter = new RegionEmitter[1];
            byte[] bytes = write(plan, emitter);
            if (codeLength(bytes) > LARGEST && plan.blocks.size() > 1) {
                plan = plan.smaller();
                continue;
            }
            RegionPlan last = plan;
            List<RegionBlock> left = first.blocks.stream()
                    .filter(b -> first.warm && last.blocks.stream().noneMatch(k -> k.block == b.block))
                    .toList();
            return new Result(region(plan, emitter[0], bytes), plan, left, bytes);
        }
    }

    private byte[] write(RegionPlan plan, RegionEmitter[] emitter) {
        return ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS).build(Asm.owner(plan.warm), type -> {
            type.withSuperclass(CODE).withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            for (Constant c : CONSTANTS) {
                type.withField(c.name, c.type, ClassFile.ACC_STATIC | ClassFile.ACC_FINAL | ClassFile.ACC_PRIVATE);
            }
            type.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_PUBLIC,
                    b -> b.aload(0)
                            .invokespecial(CODE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
            type.withMethodBody(ConstantDescs.CLASS_INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_STATIC, b -> {
                b.invokestatic(
                                Asm.desc(MethodHandles.class),
                                "lookup",
                                MethodTypeDesc.of(Asm.desc(MethodHandles.Lookup.class)))
                        .ldc(ConstantDescs.DEFAULT_NAME)
                        .ldc(OBJECTS)
                        .invokestatic(
                                Asm.desc(MethodHandles.class),
                                "classData",
                                Asm.type(Object.class, MethodHandles.Lookup.class, String.class, Class.class))
                        .checkcast(OBJECTS)
                        .astore(0);
                for (int n = 0; n < CONSTANTS.size(); n++) {
                    Constant c = CONSTANTS.get(n);
                    b.aload(0)
                            .loadConstant(n)
                            .aaload()
                            .checkcast(c.type)
                            .putstatic(Asm.owner(plan.warm), c.name, c.type);
                }
                b.return_();
            });
            type.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, b -> {
                // the builder may run this twice, when jumps turn out to be far
                emitter[0] = new RegionEmitter(new Asm(b, plan.warm), plan, options);
                emitter[0].emit();
            });
        });
    }

    /** Bytes of the JVM code of {@code run}. */
    static int codeLength(byte[] bytes) {
        return ClassFile.of().parse(bytes).methods().stream()
                .filter(m -> m.methodName().equalsString("run"))
                .map(m -> ((CodeAttribute) m.code().orElseThrow()).codeLength())
                .findFirst()
                .orElseThrow();
    }

    private Region region(RegionPlan plan, RegionEmitter emitter, byte[] bytes) {
        FastMemory memory = (plan.key & org.terrarium.x86.sys.Modes.KEY_USER) != 0 ? user : supervisor;
        Object[] data = {
            cpu,
            cpu.fpu,
            cpu.gpr,
            cpu.fpu.xmm,
            memory,
            memory.reads(),
            memory.writes(),
            saved,
            emitter.constants().toArray(new Insn[0])
        };
        TranslatedCode code;
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, data, true);
            code = (TranslatedCode) hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("the translated code is not accepted", e);
        }
        List<Block> blocks = new ArrayList<>();
        long[] deltas = new long[plan.blocks.size()];
        long lowest = 0;
        long highest = 0;
        for (RegionBlock b : plan.blocks) {
            deltas[blocks.size()] = b.delta;
            blocks.add(b.block);
            lowest = Math.min(lowest, b.delta);
            highest = Math.max(highest, Math.max(b.delta + b.block.length, b.fallDelta));
            if (b.takenDelta != Block.NO_TARGET) {
                lowest = Math.min(lowest, b.takenDelta);
                highest = Math.max(highest, b.takenDelta);
            }
        }
        return new Region(
                blocks.toArray(new Block[0]),
                deltas,
                plan.warm,
                code,
                emitter.places(),
                plan.slack,
                lowest,
                highest,
                plan.sse);
    }
}
