package org.terrarium.x86.isa;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.terrarium.x86.Cpu;

/** All rows, read from the text resources beside this class. Immutable; loaded once. */
public final class InstructionTable {
    /** The chapters, in the order they are read. */
    private static final String[] CHAPTERS = {"integer", "system", "x87", "mmx", "sse", "sse4"};

    private static final String[] CONDITIONS = {
        "O", "NO", "B", "NB", "Z", "NZ", "BE", "NBE", "S", "NS", "P", "NP", "L", "NL", "LE", "NLE"
    };

    /** Status flags that condition code n tests (SDM volume 1, appendix B); codes come in pairs. */
    private static final int[] CONDITION_FLAGS = {
        Cpu.OF, Cpu.CF, Cpu.ZF, Cpu.CF | Cpu.ZF, Cpu.SF, Cpu.PF, Cpu.SF | Cpu.OF, Cpu.SF | Cpu.OF | Cpu.ZF
    };

    private static final class Holder {
        private static final InstructionTable TABLE = new InstructionTable();
    }

    private final List<Row> rows;

    private InstructionTable() {
        List<Row> all = new ArrayList<>(1500);
        for (String chapter : CHAPTERS) {
            read(chapter + ".txt", all);
        }
        rows = List.copyOf(all);
    }

    /** The table; the first call reads it. */
    public static InstructionTable get() {
        return Holder.TABLE;
    }

    /** All rows; a row's id is its index. */
    public List<Row> rows() {
        return rows;
    }

    private static void read(String name, List<Row> rows) {
        InputStream resource = InstructionTable.class.getResourceAsStream(name);
        if (resource == null) {
            return;
        }
        try (BufferedReader in = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                int comment = line.indexOf('#');
                String text = comment < 0 ? line : line.substring(0, comment);
                if (!text.isBlank()) {
                    parse(text, name + ":" + number, rows);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read instruction table " + name, e);
        }
    }

    /** A row outside of the table, with id -1: what the decoder answers for bytes without meaning. */
    public static Row special(String line) {
        return row(-1, "special", line.split(" *\\| *", -1), -1);
    }

    /** Parses one line and adds its row (its sixteen rows where it has a condition). */
    static void parse(String line, String source, List<Row> rows) {
        try {
            String[] columns = line.split("\\|", -1);
            if (columns.length != 7) {
                throw new IllegalArgumentException("expected 7 columns, found " + columns.length);
            }
            for (int n = 0; n < columns.length; n++) {
                columns[n] = columns[n].strip();
            }
            if (columns[1].contains("+cc")) {
                for (int condition = 0; condition < 16; condition++) {
                    rows.add(row(rows.size(), source, columns, condition));
                }
            } else {
                rows.add(row(rows.size(), source, columns, -1));
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage() + ": " + line.strip(), e);
        }
    }

    private static Row row(int id, String source, String[] columns, int condition) {
        int space = columns[0].indexOf(' ');
        String mnemonic = withCondition(space < 0 ? columns[0] : columns[0].substring(0, space), condition);
        List<Operand> operands = new ArrayList<>();
        if (space > 0) {
            for (String operand : columns[0].substring(space + 1).strip().split(",")) {
                operands.add(Operand.parse(operand.strip()));
            }
        }
        Encoding encoding = Encoding.parse(columns[1]);
        Feature feature = columns[2].equals("-") ? null : Feature.valueOf(columns[2]);
        int read = 0;
        int written = 0;
        int undefined = 0;
        if (!columns[3].equals("-")) {
            for (String part : columns[3].split(" +")) {
                int flags = flags(part.substring(2));
                switch (part.substring(0, 2)) {
                    case "r=" -> read = flags;
                    case "w=" -> written = flags;
                    case "u=" -> undefined = flags;
                    default -> throw new IllegalArgumentException("unknown flags " + part);
                }
            }
        }
        if (condition >= 0) {
            read = CONDITION_FLAGS[condition >> 1];
        }
        EnumSet<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        String skip = null;
        if (!columns[4].equals("-")) {
            for (String word : columns[4].split(" +")) {
                if (word.startsWith("skip(") && word.endsWith(")")) {
                    attributes.add(Attribute.SKIP);
                    skip = word.substring(5, word.length() - 1).replace('_', ' ');
                } else {
                    attributes.add(Attribute.valueOf(word.toUpperCase(Locale.ROOT)));
                }
            }
        }
        for (Operand o : operands) {
            switch (o.kind()) {
                case MEM -> attributes.add(Attribute.MEM);
                case RM_GPR, RM_XMM, RM_MMX, X87_REGISTER -> attributes.add(Attribute.REG);
                default -> {}
            }
        }
        if (encoding.modrm >= Row.FIXED_MODRM) {
            attributes.add(Attribute.REG);
        }
        String[] methods = columns[6].split(" +");
        return new Row(
                id,
                source,
                mnemonic,
                List.copyOf(operands),
                encoding.prefix,
                encoding.map,
                encoding.opcode + Math.max(condition, 0),
                encoding.register,
                encoding.modrm,
                condition,
                feature,
                read,
                written,
                undefined,
                Set.copyOf(attributes),
                skip,
                columns[5],
                withCondition(methods[0], condition),
                methods.length > 1 ? methods[1] : null);
    }

    private static String withCondition(String text, int condition) {
        return condition < 0 ? text : text.replace("cc", CONDITIONS[condition]);
    }

    private static int flags(String letters) {
        int flags = 0;
        for (int n = 0; n < letters.length(); n++) {
            flags |= switch (letters.charAt(n)) {
                case 'O' -> Cpu.OF;
                case 'S' -> Cpu.SF;
                case 'Z' -> Cpu.ZF;
                case 'P' -> Cpu.PF;
                case 'A' -> Cpu.AF;
                case 'C' -> Cpu.CF;
                case 'D' -> Cpu.DF;
                case 'I' -> Cpu.IF;
                case 'T' -> Cpu.TF;
                case 'N' -> Cpu.NT;
                default -> throw new IllegalArgumentException("unknown flag " + letters.charAt(n));
            };
        }
        return flags;
    }

    /** The encoding column. */
    private static final class Encoding {
        private int prefix = Row.ANY;
        private int map;
        private int opcode = -1;
        private boolean register;
        private int modrm = Row.NO_MODRM;

        private static Encoding parse(String text) {
            Encoding e = new Encoding();
            String[] tokens = text.split(" +");
            int n = 0;
            switch (tokens[0]) {
                case "NP" -> e.prefix = Row.NONE;
                case "66", "F2", "F3" -> e.prefix = Integer.parseInt(tokens[0], 16);
                default -> n--;
            }
            n++;
            if (tokens[n].equals("0F") && n + 1 < tokens.length) {
                e.map = 1;
                n++;
                if (tokens[n].equals("38") || tokens[n].equals("3A")) {
                    e.map = tokens[n].equals("38") ? 2 : 3;
                    n++;
                }
            }
            String opcode = tokens[n++];
            if (opcode.endsWith("+cc")) {
                opcode = opcode.substring(0, opcode.length() - 3);
            }
            if (opcode.endsWith("+r")) {
                opcode = opcode.substring(0, opcode.length() - 2);
                e.register = true;
            }
            e.opcode = Integer.parseInt(opcode, 16);
            for (; n < tokens.length; n++) {
                switch (tokens[n]) {
                    case "+r" -> e.register = true;
                    case "+cc" -> {}
                    case "/r" -> e.modrm = Row.ANY_MODRM;
                    default -> {
                        if (!tokens[n].startsWith("/")) {
                            throw new IllegalArgumentException("unknown encoding token " + tokens[n]);
                        }
                        int value = Integer.parseInt(tokens[n].substring(1), 16);
                        e.modrm = tokens[n].length() == 3 ? Row.FIXED_MODRM + value : value;
                    }
                }
            }
            return e;
        }
    }
}
