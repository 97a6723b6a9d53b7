package org.terrarium.vm.state;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.terrarium.vm.state.RecordReader.Fields;

/**
 * State records as bytes that name their fields, so that a later version can still read them: a field that the file has not got
 * keeps the value it has after power-on, one that there is no more is passed over. {@code docs/machine-state.md} has the format.
 *
 * <p>A device therefore declares its state once, as the components of its record.
 */
public final class RecordCodec {
    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int NUMBER = 3;
    static final int TEXT = 4;
    static final int BYTES = 5;
    static final int FLAGS = 6;
    static final int NUMBERS = 7;
    static final int SEQUENCE = 8;
    static final int RECORD = 9;

    private RecordCodec() {}

    /** A state record as bytes; equal records give equal bytes. */
    public static byte[] encode(Record state) {
        RecordWriter w = new RecordWriter();
        w.value(state);
        return w.bytes();
    }

    /**
     * The record that {@link #encode} made bytes of.
     *
     * @param usual the device's state after power-on: gives the type, and the values of fields that the bytes have not got
     */
    public static <S extends Record> S decode(byte[] bytes, S usual) throws StateException {
        Object value = new RecordReader(bytes).whole();
        @SuppressWarnings("unchecked")
        Class<S> type = (Class<S>) usual.getClass();
        try {
            return type.cast(bind(value, type, type, usual));
        } catch (ClassCastException | ArithmeticException | IllegalArgumentException e) {
            throw new StateException("its contents make no sense", e);
        }
    }

    private static Object bind(Object value, Class<?> type, Type generic, Object usual) throws StateException {
        if (value == null) {
            if (type.isPrimitive()) {
                throw new StateException("its contents make no sense");
            }
            return null;
        }
        if (value instanceof Fields fields) {
            return record(fields, recordType(fields.type(), type, usual), usual);
        }
        if (type == int.class || type == Integer.class) {
            return Math.toIntExact((Long) value);
        }
        if (type == short.class || type == byte.class) {
            long n = (Long) value;
            return type == short.class ? (Object) (short) n : (Object) (byte) n;
        }
        if (type.isEnum()) {
            @SuppressWarnings({"unchecked", "rawtypes"})
            Object constant = Enum.valueOf((Class<? extends Enum>) type, (String) value);
            return constant;
        }
        if (type == int[].class) {
            long[] numbers = (long[]) value;
            int[] ints = new int[numbers.length];
            for (int n = 0; n < ints.length; n++) {
                ints[n] = Math.toIntExact(numbers[n]);
            }
            return ints;
        }
        if (type.isArray() && !type.getComponentType().isPrimitive()) {
            return array((List<?>) value, type.getComponentType(), usual);
        }
        if (List.class.isAssignableFrom(type)) {
            return list((List<?>) value, generic, usual);
        }
        if (type == Object.class || type.isInterface()) {
            throw new StateException("its contents make no sense");
        }
        return type.isPrimitive() ? value : type.cast(value);
    }

    private static Object array(List<?> values, Class<?> element, Object usual) throws StateException {
        Object array = Array.newInstance(element, values.size());
        int known = usual == null ? 0 : Array.getLength(usual);
        for (int n = 0; n < values.size(); n++) {
            Object pattern = n < known ? Array.get(usual, n) : null;
            Array.set(array, n, bind(values.get(n), element, element, pattern));
        }
        return array;
    }

    private static List<Object> list(List<?> values, Type generic, Object usual) throws StateException {
        Class<?> element = generic instanceof ParameterizedType p && p.getActualTypeArguments()[0] instanceof Class<?> c
                ? c
                : Object.class;
        List<?> known = usual == null ? List.of() : (List<?>) usual;
        List<Object> list = new ArrayList<>();
        for (int n = 0; n < values.size(); n++) {
            Object pattern = n < known.size() ? known.get(n) : null;
            list.add(bind(values.get(n), element, element, pattern));
        }
        return list;
    }

    /** The class of a record that was saved under a name, where {@code declared} is wanted. */
    private static Class<?> recordType(String name, Class<?> declared, Object usual) throws StateException {
        if (usual != null && usual.getClass().getSimpleName().equals(name)) {
            return usual.getClass();
        }
        if (declared.isRecord() && declared.getSimpleName().equals(name)) {
            return declared;
        }
        if (declared.isSealed()) {
            for (Class<?> permitted : declared.getPermittedSubclasses()) {
                if (permitted.isRecord() && permitted.getSimpleName().equals(name)) {
                    return permitted;
                }
            }
        }
        throw new StateException("it is the state of something else (" + name + ")");
    }

    private static Object record(Fields fields, Class<?> type, Object usual) throws StateException {
        boolean alike = usual != null && usual.getClass() == type;
        RecordComponent[] parts = type.getRecordComponents();
        Class<?>[] types = new Class<?>[parts.length];
        Object[] values = new Object[parts.length];
        for (int n = 0; n < parts.length; n++) {
            types[n] = parts[n].getType();
            Object pattern = alike ? read(parts[n], (Record) usual) : null;
            values[n] = fields.values().containsKey(parts[n].getName())
                    ? bind(fields.values().get(parts[n].getName()), types[n], parts[n].getGenericType(), pattern)
                    : pattern != null ? pattern : nothing(types[n]);
        }
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new StateException("its contents make no sense", e);
        }
    }

    private static Object nothing(Class<?> type) {
        return Array.get(Array.newInstance(type, 1), 0);
    }

    static Object read(RecordComponent part, Record record) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + part, e);
        }
    }
}
