package org.terrarium.x86;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.mem.PhysicalMemory;
import org.terrarium.x86.sys.CpuModel;

/** Saving a processor leaves nothing out: every field is poked, saved, reset, restored and compared. */
class CpuStateTest {
    /** Made anew from the others, of no meaning between two instructions, or a choice of whoever built the processor. */
    private static final Set<String> NO_STATE = Set.of(
            "segEffectiveBase",
            "segChecked",
            "linearMask",
            "stackMask",
            "codeSize",
            "modeKey",
            "exitRequested",
            "fault",
            "raised",
            "stringRuns",
            "shortArithmetic");

    @Test
    void everyFieldOfTheProcessorIsSavedAndComesBack() throws Exception {
        Random random = new Random(Long.getLong("terrarium.seed", 3L));
        CpuBus bus = (CpuBus) java.lang.reflect.Proxy.newProxyInstance(
                CpuBus.class.getClassLoader(),
                new Class<?>[] {CpuBus.class},
                (proxy, method, args) ->
                        method.getReturnType() == boolean.class ? false : method.getReturnType() == int.class ? 0 : 0L);
        Processor p = new Processor(CpuModel.X86_64_V2, new PhysicalMemory(1 << 20), bus);
        for (Object part : new Object[] {p.cpu(), p.cpu().fpu}) {
            for (Field f : part.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(f.getModifiers()) && !NO_STATE.contains(f.getName())) {
                    check(p, part, f, random);
                }
            }
        }
    }

    private static void check(Processor p, Object part, Field f, Random random) throws Exception {
        Class<?> type = f.getType();
        if (type.isPrimitive()) {
            p.reset();
            String before = text(p.save());
            int bits = f.getName().equals("cpl") ? 3 : f.getName().equals("top") ? 7 : 0xFF;
            if (type == boolean.class) {
                f.setBoolean(part, !f.getBoolean(part));
            } else if (type == int.class) {
                f.setInt(part, f.getInt(part) ^ bits & (1 + random.nextInt(bits)));
            } else {
                f.setLong(part, f.getLong(part) ^ 1 + random.nextInt(1 << 20));
            }
            backAgain(p, before, f.getName());
        } else if (type.isArray()) {
            Object array = f.get(part);
            for (int n = 0; n < Array.getLength(array); n++) {
                if (f.getName().equals("gpr") && n >= 16) {
                    break; // the zero register and the block's address
                }
                p.reset();
                String before = text(p.save());
                if (type == int[].class) {
                    ((int[]) array)[n] ^= 1 + random.nextInt(100);
                } else {
                    ((long[]) array)[n] ^= 1 + random.nextInt(100);
                }
                backAgain(p, before, f.getName() + "[" + n + "]");
            }
        }
    }

    private static void backAgain(Processor p, String before, String what) {
        CpuState saved = p.save();
        String text = text(saved);
        assertTrue(!text.equals(before), "a change of " + what + " is not in the saved state");
        p.reset();
        p.restore(saved);
        assertEquals(text, text(p.save()), "after " + what + " was changed");
    }

    private static String text(CpuState s) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent c : CpuState.class.getRecordComponents()) {
            try {
                Object value = c.getAccessor().invoke(s);
                text.append(c.getName()).append(' ');
                if (value.getClass().isArray()) {
                    for (int n = 0; n < Array.getLength(value); n++) {
                        text.append(Array.get(value, n)).append(',');
                    }
                } else {
                    text.append(value);
                }
                text.append('\n');
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return text.toString();
    }
}
