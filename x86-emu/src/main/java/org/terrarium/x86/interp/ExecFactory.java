package org.terrarium.x86.interp;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.isa.Exec;
import org.terrarium.x86.isa.Insn;

/** Makes an {@link Exec} that calls a static method: a hidden class of one call, as a lambda would be for an interface. */
final class ExecFactory {
    private static final ClassDesc EXEC = Exec.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            ConstantDescs.CD_void,
            Cpu.class.describeConstable().orElseThrow(),
            Insn.class.describeConstable().orElseThrow());
    private static final ClassDesc NAME = ClassDesc.of(ExecFactory.class.getPackageName(), "Handler");

    private ExecFactory() {}

    /** {@code method} is public static void (Cpu, Insn) in a public class. */
    static Exec of(Method method) {
        ClassDesc owner = method.getDeclaringClass().describeConstable().orElseThrow();
        byte[] bytes = ClassFile.of()
                .build(
                        NAME,
                        type -> type.withSuperclass(EXEC)
                                .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PRIVATE,
                                        code -> code.aload(0)
                                                .invokespecial(EXEC, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "run",
                                        RUN,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(1)
                                                .aload(2)
                                                .invokestatic(owner, method.getName(), RUN)
                                                .return_()));
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (Exec) hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("cannot bind " + method, e);
        }
    }
}
