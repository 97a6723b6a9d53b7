package org.terrarium.vm.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as people write it: {@code 512M}, {@code 10G}, {@code 1.5T}; K, M, G and T are powers of 1024. */
record ByteSize(long bytes) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,15})(\\.\\d{1,3})?\\s*([KMGT]?)(i?B)?", Pattern.CASE_INSENSITIVE);

    /** For picocli. */
    static final class Converter implements ITypeConverter<ByteSize> {
        @Override
        public ByteSize convert(String text) {
            return parse(text);
        }
    }

    static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no size; write it like 512M, 10G or 1.5T");
        }
        String unit = matcher.group(3).toUpperCase(Locale.ROOT);
        double factor = unit.isEmpty() ? 1 : Math.pow(1024, "KMGT".indexOf(unit) + 1.0);
        double fraction = matcher.group(2) == null ? 0 : Double.parseDouble("0" + matcher.group(2)) * factor;
        double bytes = Long.parseLong(matcher.group(1)) * factor + fraction;
        if (bytes < 1 || bytes > 1L << 60) {
            throw new TypeConversionException("'" + text + "' is out of range; write a size like 512M, 10G or 1.5T");
        }
        return new ByteSize((long) bytes);
    }

    /** The size for people. */
    String text() {
        String units = "BKMGT";
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length() - 1) {
            value /= 1024;
            unit++;
        }
        String number =
                value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.1f", value);
        return number + " " + (unit == 0 ? "bytes" : units.charAt(unit) + "iB");
    }
}
