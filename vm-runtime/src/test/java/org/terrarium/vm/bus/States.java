package org.terrarium.vm.bus;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares and copies state records by value: nested records, arrays, lists and maps are looked into. */
public final class States {
    private States() {}

    /** Path and values of the first difference, e.g. {@code "PicState.master.irr: 0 != 4"}; null when the two are equal. */
    public static String difference(Object a, Object b) {
        return difference(a == null ? "" : a.getClass().getSimpleName(), a, b);
    }

    private static String difference(String path, Object a, Object b) {
        if (a == b) {
            return null;
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return difference(path, left.toArray(), right.toArray());
        }
        if (a == null || b == null || a.getClass() != b.getClass()) {
            return path + ": " + a + " != " + b;
        }
        if (a instanceof Record) {
            for (RecordComponent part : a.getClass().getRecordComponents()) {
                String found = difference(path + "." + part.getName(), value(part, a), value(part, b));
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        if (a.getClass().isArray()) {
            int length = Array.getLength(a);
            if (length != Array.getLength(b)) {
                return path + ".length: " + length + " != " + Array.getLength(b);
            }
            for (int k = 0; k < length; k++) {
                String found = difference(path + "[" + k + "]", Array.get(a, k), Array.get(b, k));
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        return Objects.equals(a, b) ? null : path + ": " + a + " != " + b;
    }

    /** A copy that shares no array with the original. */
    public static <T> T copy(T original) {
        @SuppressWarnings("unchecked")
        T result = (T) copyOf(original);
        return result;
    }

    private static Object copyOf(Object o) {
        if (o instanceof Record r) {
            RecordComponent[] parts = r.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[parts.length];
            Object[] values = new Object[parts.length];
            for (int k = 0; k < parts.length; k++) {
                types[k] = parts[k].getType();
                values[k] = copyOf(value(parts[k], r));
            }
            try {
                Constructor<?> canonical = r.getClass().getDeclaredConstructor(types);
                canonical.setAccessible(true);
                return canonical.newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError("cannot copy " + r.getClass(), e);
            }
        }
        if (o != null && o.getClass().isArray()) {
            int length = Array.getLength(o);
            Object copy = Array.newInstance(o.getClass().getComponentType(), length);
            for (int k = 0; k < length; k++) {
                Array.set(copy, k, copyOf(Array.get(o, k)));
            }
            return copy;
        }
        if (o instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(e -> copy.add(copyOf(e)));
            return copy;
        }
        if (o instanceof Collection<?> || o instanceof Map<?, ?>) {
            throw new AssertionError(
                    "a state record may hold records, arrays, lists and plain values, not " + o.getClass());
        }
        return o;
    }

    private static Object value(RecordComponent part, Object record) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot read " + part, e);
        }
    }
}
