package org.terrarium.vm.firmware;

import java.util.HexFormat;

/**
 * The protected-mode interface that VBE function 0Ah hands out (VBE 3.0, "4F0Ah"): 32-bit code that runs wherever the caller
 * copied it, so it cannot trap to Java and programs the Bochs VBE and DAC ports itself.
 */
final class VbeProtectedCode {
    /** Set window: bank number DX to register 5 (BANK). */
    private static final String WINDOW = "505289d166bace0166b8050066ef4289c866ef5a58c39090";

    /**
     * Set display start: DX:CX counts dwords; bits per pixel (register 3) and virtual width (6) turn it into line and column,
     * which go to Y_OFFSET (9) and X_OFFSET (8).
     */
    private static final String START = "505351520fb7c9c1e21009d1c1e10266bace0166b8030066ef4266ed0fb7d883c307c1eb03"
        + "4a66b8060066ef4266ed0fb7c0500fafc39131d2f7f189c189d031d2f7f389c35866bace0166b8080066ef4289d866ef4a66b80900"
        + "66ef4289c866ef5a595b58c39090";

    /** Set primary palette: CX entries from DX out of ES:EDI (blue, green, red, unused) to ports 3C8h and 3C9h. */
    private static final String PALETTE =
            "f6c37f7529505152570fb7c9e31c89d066bac803ee42268a4702ee268a4701ee268a07ee83c704" + "4975ec5f5a5958c3";

    private static final int HEADER = 8;

    private VbeProtectedCode() {}

    /** The table of entry offsets (window, display start, palette, no port list) followed by the code. */
    static byte[] table() {
        byte[] code = HexFormat.of().parseHex(WINDOW + START + PALETTE);
        byte[] table = new byte[HEADER + code.length];
        int window = HEADER;
        int start = window + WINDOW.length() / 2;
        int palette = start + START.length() / 2;
        int[] offsets = {window, start, palette, 0};
        for (int k = 0; k < offsets.length; k++) {
            table[2 * k] = (byte) offsets[k];
            table[2 * k + 1] = (byte) (offsets[k] >> 8);
        }
        System.arraycopy(code, 0, table, HEADER, code.length);
        return table;
    }
}
