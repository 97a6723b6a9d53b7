package org.terrarium.x86.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.interp.Methods;

/** The operations that are written out as JVM instructions do what their methods do. */
class ArithmeticTest {
    private static final String[] OPERATIONS = {"add", "sub", "and", "or", "xor", "inc", "dec"};

    @Test
    void operationsWrittenOutEqualTheirMethods() throws Throwable {
        List<String> names = new ArrayList<>();
        for (String op : OPERATIONS) {
            for (int bits : new int[] {8, 16, 32, 64}) {
                names.add("Alu." + op + bits);
            }
        }
        for (String op : new String[] {"shl", "shr", "sar"}) {
            for (int bits : new int[] {8, 16, 32, 64}) {
                names.add("Shift." + op + bits);
            }
        }
        names.addAll(List.of("MulDiv.imul16", "MulDiv.imul32", "MulDiv.imul64"));
        int written = 0;
        for (String name : names) {
            written += compare(name) ? 1 : 0;
        }
        assertTrue(written >= 30, "only " + written + " operations are written out");
    }

    /** False where the method is called instead. */
    private static boolean compare(String name) throws Throwable {
        Method method = Methods.find(name).getFirst();
        boolean wide = name.endsWith("64");
        int bits = Integer.parseInt(name.replaceAll("\\D", ""));
        Class<?>[] types = method.getParameterTypes();
        boolean[] emitted = new boolean[1];
        MethodTypeDesc type = Asm.type(method.getReturnType(), types);
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of(ArithmeticTest.class.getPackageName(), "Written"),
                        c -> c.withMethodBody("run", type, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, b -> {
                            Asm a = new Asm(b, false);
                            OperandEmitter operands = new OperandEmitter(a, null, new PageCaches(false), null);
                            List<Value> values = new ArrayList<>();
                            int slot = 0;
                            for (Class<?> t : types) {
                                values.add(new Value(slot, t == long.class, t == long.class ? 64 : bits, 0));
                                slot += t == long.class ? 2 : 1;
                            }
                            emitted[0] = Arithmetic.emit(a, operands, name, values);
                            if (!emitted[0]) {
                                a.constant(0);
                                if (wide) {
                                    b.i2l();
                                }
                            }
                            if (wide) {
                                b.lreturn();
                            } else {
                                b.ireturn();
                            }
                        }));
        if (!emitted[0]) {
            return false;
        }
        MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
        MethodHandle ours =
                hidden.findStatic(hidden.lookupClass(), "run", MethodType.methodType(method.getReturnType(), types));
        SplittableRandom random = new SplittableRandom(7);
        for (int n = 0; n < 2000; n++) {
            List<Object> arguments = new ArrayList<>();
            for (Class<?> t : types) {
                long v = n % 3 == 0 ? random.nextLong() : random.nextLong() >> random.nextInt(64);
                boolean narrow = bits < 32;
                arguments.add(t == long.class ? (Object) v : (Object) (narrow ? (int) v & (1 << bits) - 1 : (int) v));
            }
            assertEquals(
                    method.invoke(null, arguments.toArray()), ours.invokeWithArguments(arguments), name + arguments);
        }
        return true;
    }
}
