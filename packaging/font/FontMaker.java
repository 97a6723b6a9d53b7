import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the firmware's character sets: code page 437 in 8x16, 8x14 and 8x8. Run when the fonts are to change:
 *
 * <pre>java packaging/font/FontMaker.java /usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf OUT</pre>
 *
 * The two taller sets are DejaVu Sans Mono Bold at 13 pixels without antialiasing (its licence allows use in any product);
 * the 8x8 letters are drawn here, as no outline font is legible at that size; lines and blocks are computed so that they join.
 */
public final class FontMaker {
    private static final String CP437 = " ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼"
            + " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂"
            + "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
            + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ";

    /** Rows of the 8x8 glyphs from ! to the house at 7Fh. */
    private static final String SMALL =
            "1818181818001800 6666240000000000 6C6CFE6CFE6C6C00 187EC07C06FC1800 00C6CC183066C600 386C3876DCCC7600"
                    + " 1818300000000000 0C18303030180C00 30180C0C0C183000 00663CFF3C660000 0018187E18180000"
                    + " 0000000000181830 0000007E00000000 0000000000181800 060C183060C08000 7CC6CED6E6C67C00"
                    + " 1838181818187E00 7CC6061C70C0FE00 7CC6063C06C67C00 1C3C6CCCFE0C0C00 FEC0FC0606C67C00"
                    + " 3C60C0FCC6C67C00 FE060C1830303000 7CC6C67CC6C67C00 7CC6C67E060C7800 0018180018180000"
                    + " 0018180018183000 0C18306030180C00 00007E007E000000 30180C060C183000 7CC60C1818001800"
                    + " 7CC6DEDEDCC07C00 386CC6C6FEC6C600 FCC6C6FCC6C6FC00 7CC6C0C0C0C67C00 F8CCC6C6C6CCF800"
                    + " FEC0C0F8C0C0FE00 FEC0C0F8C0C0C000 7CC6C0CEC6C67E00 C6C6C6FEC6C6C600 7E18181818187E00"
                    + " 1E060606C6C67C00 C6CCD8F0D8CCC600 C0C0C0C0C0C0FE00 C6EEFED6C6C6C600 C6E6F6DECEC6C600"
                    + " 7CC6C6C6C6C67C00 FCC6C6FCC0C0C000 7CC6C6C6D6CC7600 FCC6C6FCD8CCC600 7CC6C07C06C67C00"
                    + " 7E18181818181800 C6C6C6C6C6C67C00 C6C6C6C66C381000 C6C6C6D6FEEEC600 C66C38386CC6C600"
                    + " 6666663C18181800 FE0C183060C0FE00 3C30303030303C00 C06030180C060200 3C0C0C0C0C0C3C00"
                    + " 183C660000000000 00000000000000FF 30180C0000000000 00007C067EC67E00 C0C0FCC6C6C6FC00"
                    + " 00007CC6C0C67C00 06067EC6C6C67E00 00007CC6FEC07C00 1C307C3030303000 00007EC6C67E067C"
                    + " C0C0FCC6C6C6C600 1800381818183C00 0C001C0C0C0CCC78 C0C0CCD8F0D8CC00 3818181818183C00"
                    + " 0000ECFED6D6C600 0000FCC6C6C6C600 00007CC6C6C67C00 0000FCC6C6FCC0C0 00007EC6C67E0606"
                    + " 0000DCE6C0C0C000 00007EC07C06FC00 30307C3030301C00 0000C6C6C6C67E00 0000C6C6C66C3800"
                    + " 0000C6D6D6FE6C00 0000C66C386CC600 0000C6C6C67E067C 0000FE0C3860FE00 0E18187018180E00"
                    + " 1818181818181800 7018180E18187000 76DC000000000000 10386CC6C6FE0000";

    /** Arms of the line characters: up, down, left, right; 1 single, 2 double. */
    private static final Map<Character, String> LINES = new HashMap<>();

    static {
        String[] table = {
            "│1100", "┤1110", "╡1120", "╢2210", "╖0210", "╕0120", "╣2220", "║2200", "╗0220", "╝2020", "╜2010", "╛1020",
                    "┐0110",
            "└1001", "┴1011", "┬0111", "├1101", "─0011", "┼1111", "╞1102", "╟2201", "╚2002", "╔0202", "╩2022", "╦0222",
                    "╠2202",
            "═0022", "╬2222", "╧1022", "╨2011", "╤0122", "╥0211", "╙2001", "╘1002", "╒0102", "╓0201", "╫2211", "╪1122",
                    "┘1010",
            "┌0101"
        };
        for (String t : table) {
            LINES.put(t.charAt(0), t.substring(1));
        }
    }

    private final Font font;

    private FontMaker(Font font) {
        this.font = font;
    }

    public static void main(String[] args) throws Exception {
        System.setProperty("java.awt.headless", "true");
        FontMaker maker = new FontMaker(
                Font.createFont(Font.TRUETYPE_FONT, new File(args[0])).deriveFont(13f));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int height : new int[] {16, 14, 8}) {
            for (int code = 0; code < 256; code++) {
                out.writeBytes(maker.glyph(CP437.charAt(code), code, height));
            }
        }
        Files.write(Path.of(args[1]), out.toByteArray());
    }

    private byte[] glyph(char c, int code, int height) {
        String arms = LINES.get(c);
        if (arms != null) {
            return lines(arms, height);
        }
        byte[] block = block(c, height);
        if (block != null) {
            return block;
        }
        if (height == 8) {
            return small(c, code);
        }
        byte[] drawn = drawn(c);
        byte[] rows = new byte[height];
        System.arraycopy(drawn, height == 14 ? 1 : 0, rows, 0, height);
        return rows;
    }

    private byte[] drawn(char c) {
        BufferedImage image = new BufferedImage(8, 16, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
        g.setFont(font);
        g.setColor(Color.WHITE);
        g.drawString(String.valueOf(c), 0, 12);
        byte[] rows = new byte[16];
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 8; x++) {
                if ((image.getRGB(x, y) & 0xFF) != 0) {
                    rows[y] |= (byte) (0x80 >> x);
                }
            }
        }
        return rows;
    }

    private byte[] ascii(char c) {
        byte[] rows = new byte[8];
        if (c > ' ' && c < 0x7F) {
            String hex = SMALL.split(" ")[c - '!'];
            for (int k = 0; k < 8; k++) {
                rows[k] = (byte) Integer.parseInt(hex.substring(2 * k, 2 * k + 2), 16);
            }
        }
        return rows;
    }

    private byte[] small(char c, int code) {
        if (code == 0x7F) {
            return new byte[] {0x10, 0x38, 0x6C, (byte) 0xC6, (byte) 0xC6, (byte) 0xFE, 0, 0};
        }
        if (code >= ' ' && code < 0x7F) {
            return ascii(c);
        }
        String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
        if (parts.length() == 2 && parts.charAt(0) < 0x7F) {
            return accented(parts.charAt(0), parts.charAt(1));
        }
        byte[] tall = drawn(c);
        byte[] rows = new byte[8];
        for (int y = 0; y < 16; y++) {
            rows[y / 2] |= tall[y];
        }
        return rows;
    }

    private byte[] accented(char base, char accent) {
        byte[] letter = ascii(base);
        byte[] rows = letter.clone();
        boolean cedilla = accent == '\u0327';
        if (Character.isUpperCase(base) && !cedilla) {
            for (int y = 0; y < 7; y++) {
                rows[y + 1] = letter[y];
            }
            rows[4] = letter[2];
        }
        int[] mark = switch (accent) {
            case '\u0300' -> new int[] {0x30, 0x18};
            case '\u0301' -> new int[] {0x0C, 0x18};
            case '\u0302' -> new int[] {0x38, 0x6C};
            case '\u0303' -> new int[] {0x76, 0xDC};
            case '\u0308' -> new int[] {0x6C, 0x00};
            case '\u030A' -> new int[] {0x38, 0x38};
            default -> new int[0];
        };
        if (cedilla) {
            rows[7] = 0x30;
        } else if (Character.isUpperCase(base)) {
            rows[0] = (byte) mark[0];
        } else {
            rows[0] = (byte) mark[0];
            rows[1] = (byte) mark[1];
        }
        return rows;
    }

    private static byte[] block(char c, int height) {
        int[] even = {-1, 0};
        switch (c) {
            case '█' -> even = new int[] {0xFF, 0xFF};
            case '▌' -> even = new int[] {0xF0, 0xF0};
            case '▐' -> even = new int[] {0x0F, 0x0F};
            case '░' -> even = new int[] {0x22, 0x88};
            case '▒' -> even = new int[] {0x55, 0xAA};
            case '▓' -> even = new int[] {0xDD, 0x77};
            case '▄', '▀' -> even[0] = 0;
            default -> {
                return null;
            }
        }
        byte[] rows = new byte[height];
        for (int y = 0; y < height; y++) {
            if (c == '▄' || c == '▀') {
                rows[y] = (byte) (y >= height / 2 == (c == '▄') ? 0xFF : 0);
            } else {
                rows[y] = (byte) even[y & 1];
            }
        }
        return rows;
    }

    private static byte[] lines(String arms, int height) {
        int up = arms.charAt(0) - '0';
        int down = arms.charAt(1) - '0';
        int left = arms.charAt(2) - '0';
        int right = arms.charAt(3) - '0';
        int mid = height / 2 - 1;
        int upper = mid - 1;
        int lower = mid + 1;
        byte[] rows = new byte[height];
        int vertical = Math.max(up, down);
        int horizontal = Math.max(left, right);
        // Vertical strokes: each ends at the horizontal stroke that closes the corner on its side.
        int[] columns = vertical == 2 ? new int[] {0x60, 0x06} : vertical == 1 ? new int[] {0x18} : new int[0];
        for (int k = 0; k < columns.length; k++) {
            int side = vertical == 2 ? (k == 0 ? left : right) : horizontal;
            int other = vertical == 2 ? (k == 0 ? right : left) : horizontal;
            if (up > 0) {
                int end = down > 0 && side == 0
                        ? height - 1
                        : vertical == 2 && side == 2
                                ? upper
                                : side == 1 ? mid : other == 2 || horizontal == 2 ? lower : mid;
                fill(rows, columns[k], 0, end);
            }
            if (down > 0) {
                int start = up > 0 && side == 0
                        ? 0
                        : vertical == 2 && side == 2
                                ? lower
                                : side == 1 ? mid : other == 2 || horizontal == 2 ? upper : mid;
                fill(rows, columns[k], start, height - 1);
            }
            if (vertical == 1 && up > 0 && down > 0) {
                fill(rows, columns[k], 0, height - 1);
            }
            if (vertical == 2 && up > 0 && down > 0 && horizontal == 1 && side == 1) {
                fill(rows, columns[k], 0, height - 1);
            }
        }
        int[] lines = horizontal == 2 ? new int[] {upper, lower} : horizontal == 1 ? new int[] {mid} : new int[0];
        for (int k = 0; k < lines.length; k++) {
            int side = horizontal == 2 ? (k == 0 ? up : down) : vertical;
            boolean through = left > 0 && right > 0 && (side == 0 || vertical == 1 || horizontal == 1);
            if (through) {
                rows[lines[k]] |= (byte) 0xFF;
                continue;
            }
            if (left > 0) {
                rows[lines[k]] |= (byte) leftTo(vertical, horizontal == 2 && side == 2);
            }
            if (right > 0) {
                rows[lines[k]] |= (byte) rightFrom(vertical, horizontal == 2 && side == 2);
            }
        }
        return rows;
    }

    /** From the left edge to the stroke that a horizontal line meets: the near one inside a corner, else the far one. */
    private static int leftTo(int vertical, boolean near) {
        return vertical == 2 ? near ? 0xE0 : 0xFE : vertical == 1 ? 0xF8 : 0xFF;
    }

    private static int rightFrom(int vertical, boolean near) {
        return vertical == 2 ? near ? 0x07 : 0x7F : vertical == 1 ? 0x1F : 0xFF;
    }

    private static void fill(byte[] rows, int bits, int from, int to) {
        for (int y = from; y <= to; y++) {
            rows[y] |= (byte) bits;
        }
    }
}
