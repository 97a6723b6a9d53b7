package org.terrarium.x86.interp;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.x86.Fpu;

/** Finds the methods that rows name as {@code Class.method}. */
public final class Methods {
    private static final String[] PACKAGES = {
        "org.terrarium.x86.sem.", "org.terrarium.x86.sys.", "org.terrarium.x86.interp."
    };

    private Methods() {}

    /**
     * All public static methods of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static List<Method> find(String name) {
        int dot = name.indexOf('.');
        List<Method> found = new ArrayList<>(1);
        for (String folder : PACKAGES) {
            Class<?> type;
            try {
                type = Class.forName(folder + name.substring(0, dot));
            } catch (ClassNotFoundException e) {
                continue;
            }
            for (Method method : type.getMethods()) {
                if (Modifier.isStatic(method.getModifiers()) && method.getName().equals(name.substring(dot + 1))) {
                    found.add(method);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no public static method " + name);
        }
        return found;
    }

    /**
     * The overload that takes so many values, with the floating-point state behind them if it {@link #wantsFpu wants} it.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Method taking(String name, int values) {
        for (Method method : find(name)) {
            if (method.getParameterCount() - (wantsFpu(method) ? 1 : 0) == values) {
                return method;
            }
        }
        throw new IllegalArgumentException(name + " does not take " + values + " values");
    }

    /** Whether the last parameter is the floating-point state. */
    public static boolean wantsFpu(Method method) {
        int count = method.getParameterCount();
        return count > 0 && method.getParameterTypes()[count - 1] == Fpu.class;
    }

    /**
     * The overload of a carries method for so many values: it takes them alone, or the earlier carries behind them.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Method carries(String name, int values) {
        for (Method method : find(name)) {
            int count = method.getParameterCount();
            if (count == values || count == values + 1) {
                return method;
            }
        }
        throw new IllegalArgumentException(name + " does not take " + values + " values");
    }
}
