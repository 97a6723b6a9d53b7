package org.terrarium.x86.differential;

import java.util.HexFormat;
import java.util.List;
import org.terrarium.x86.isa.Row;

/**
 * One sequence to run.
 *
 * @param mode 64 or 32: the code segment's width
 * @param code the bytes
 * @param starts offset of each instruction in the code
 * @param rows the row of each instruction
 * @param before the state to begin with
 * @param undefined status flags that are undefined after each instruction
 * @param seed what makes this very case again
 */
record TestCase(int mode, byte[] code, int[] starts, List<Row> rows, CpuImage before, int[] undefined, long seed) {
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(mode + "-bit, seed " + seed + "L:");
        for (int n = 0; n < rows.size(); n++) {
            int end = n + 1 < starts.length ? starts[n + 1] : code.length;
            text.append("\n    ")
                    .append(HexFormat.of().formatHex(code, starts[n], end))
                    .append("  ")
                    .append(rows.get(n));
        }
        return text.toString();
    }
}
