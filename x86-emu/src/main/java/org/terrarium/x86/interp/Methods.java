package org.terrarium.x86.interp;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

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
}
