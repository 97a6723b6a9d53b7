package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.terrarium.x86.Cpu;

/** All bytes by all counts against shifting one bit at a time, as the manual's pseudo-code does. */
class ShiftTest {
    /** CF in bit 8 of the result, OF of the last step in bit 9. */
    private static int oracle(String operation, int a, int count, int carry) {
        int value = a;
        int cf = carry;
        int of = 0;
        for (int n = 0; n < count; n++) {
            int top = value >> 7;
            int low = value & 1;
            switch (operation) {
                case "rol" -> {
                    value = (value << 1 | top) & 0xFF;
                    cf = top;
                    of = cf ^ value >> 7;
                }
                case "ror" -> {
                    value = value >> 1 | low << 7;
                    cf = low;
                    of = value >> 7 ^ value >> 6 & 1;
                }
                case "rcl" -> {
                    value = (value << 1 | cf) & 0xFF;
                    cf = top;
                    of = cf ^ value >> 7;
                }
                case "rcr" -> {
                    value = value >> 1 | cf << 7;
                    cf = low;
                    of = value >> 7 ^ value >> 6 & 1;
                }
                case "shl" -> {
                    value = value << 1 & 0xFF;
                    cf = top;
                    of = cf ^ value >> 7;
                }
                case "shr" -> {
                    value = value >> 1;
                    cf = low;
                    of = top;
                }
                default -> {
                    value = value >> 1 | top << 7;
                    cf = low;
                }
            }
        }
        return value | cf << 8 | of << 9;
    }

    private static int value(String operation, int a, int count, int carry) {
        return switch (operation) {
            case "rol" -> Shift.rol8(a, count);
            case "ror" -> Shift.ror8(a, count);
            case "rcl" -> Shift.rcl8(a, count, carry);
            case "rcr" -> Shift.rcr8(a, count, carry);
            case "shl" -> Shift.shl8(a, count);
            case "shr" -> Shift.shr8(a, count);
            default -> Shift.sar8(a, count);
        };
    }

    private static long carries(String operation, int a, int count, int result, int carry) {
        long old = (long) carry << 63;
        return switch (operation) {
            case "rol" -> Shift.rolCarries8(a, count, result, old);
            case "ror" -> Shift.rorCarries8(a, count, result, old);
            case "rcl" -> Shift.rclCarries8(a, count, result, old);
            case "rcr" -> Shift.rcrCarries8(a, count, result, old);
            case "shl" -> Shift.shlCarries8(a, count, result);
            case "shr" -> Shift.shrCarries8(a, count, result);
            default -> Shift.sarCarries8(a, count, result);
        };
    }

    @Test
    void bytesBitByBit() {
        for (String operation : new String[] {"rol", "ror", "rcl", "rcr", "shl", "shr", "sar"}) {
            for (int a = 0; a < 256; a++) {
                for (int count = 0; count < 32; count++) {
                    for (int carry = 0; carry < 2; carry++) {
                        int expected = oracle(operation, a, count, carry);
                        int result = value(operation, a, count, carry);
                        String what = operation + " " + a + " by " + count + ", carry " + carry;
                        assertEquals(expected & 0xFF, result, what);
                        if (count != 0) {
                            int flags = Flags.status(result, carries(operation, a, count, result, carry));
                            assertEquals(expected >> 8 & 1, flags & Cpu.CF, what);
                            if (count == 1) {
                                assertEquals(expected >> 9, (flags & Cpu.OF) >> 11, what);
                            }
                        }
                    }
                }
            }
        }
    }

    /** Rotating through carry by n and back gives the same. */
    @Test
    void wideRotatesThroughCarry() {
        long a = 0x8123_4567_89AB_CDEFL;
        assertEquals(0x0246_8ACF_1357_9BDFL, Shift.rcl64(a, 1, 1));
        assertEquals(0xC091_A2B3_C4D5_E6F7L, Shift.rcr64(a, 1, 1));
        assertEquals(a, Shift.rcl64(a, 64, 1));
        assertEquals(0x0246_8ACF, Shift.rcl32(0x8123_4567, 1, 1));
        assertEquals(0xC091_A2B3, Shift.rcr32(0x8123_4567, 1, 1));
        for (int n = 1; n < 64; n++) {
            long step = a;
            int carry = 0;
            for (int k = 0; k < n; k++) {
                int out = (int) (step >>> 63);
                step = step << 1 | carry;
                carry = out;
            }
            assertEquals(step, Shift.rcl64(a, n, 0), "count " + n);
        }
    }

    @Test
    void doubleShifts() {
        assertEquals(0x2345_6789, Shift.shld32(0x1234_5678, 0x9ABC_DEF0, 4));
        assertEquals(0x0123_4567, Shift.shrd32(0x1234_5678, 0x9ABC_DEF0, 4));
        assertEquals(0xA123_4567, Shift.shrd32(0x1234_5678, 0x9ABC_DEFA, 4));
        assertEquals(0x2349, Shift.shld16(0x1234, 0x9ABC, 4));
        assertEquals(0xC123, Shift.shrd16(0x1234, 0x9ABC, 4));
        assertEquals(0x1234_5678, Shift.shld32(0x1234_5678, 0x9ABC_DEF0, 32));
    }
}
