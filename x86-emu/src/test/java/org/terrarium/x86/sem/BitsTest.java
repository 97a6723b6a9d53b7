package org.terrarium.x86.sem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.terrarium.x86.Cpu;

class BitsTest {
    @Test
    void crc32IsCastagnolis() {
        byte[] text = "123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        CRC32C oracle = new CRC32C();
        oracle.update(text);
        int crc = -1;
        for (byte b : text) {
            crc = Bits.crc32By8(crc, b & 0xFF);
        }
        assertEquals((int) oracle.getValue(), ~crc);
        int wide = Bits.crc32By64(-1, 0x3837_3635_3433_3231L);
        wide = Bits.crc32By32(wide, 0x6362_6139);
        wide = Bits.crc32By16(wide, 0x6564);
        wide = Bits.crc32By8(wide, 0x66);
        assertEquals(crc, wide);
    }

    @Test
    void bitTestsChangeOnlyTheCarry() {
        int flags = Cpu.OF | Cpu.SF | Cpu.PF;
        long result = Flags.resultOf(flags);
        long carry = Flags.carryOf(flags);
        assertEquals(flags | Cpu.CF, Flags.status(result, Bits.bitCarries32(0x80, 7, carry)));
        assertEquals(flags, Flags.status(result, Bits.bitCarries32(0x80, 8, carry)));
        assertEquals(flags | Cpu.CF, Flags.status(result, Bits.bitCarries16(0x8000, 31, carry)), "offset modulo 16");
        assertEquals(0x8001, Bits.bts16(1, 15));
        assertEquals(0x0001, Bits.btr16(0x8001, 31));
        assertEquals(Long.MIN_VALUE, Bits.btc64(0, 63));
    }

    @Test
    void populationCountClearsAllFlagsButZero() {
        for (int n = 0; n < 32; n++) {
            int a = (1 << n) - 1;
            int count = Bits.popcnt32(a);
            assertEquals(n, count);
            assertEquals(n == 0 ? Cpu.ZF : 0, Flags.status(count, Bits.popcntCarries32(a, count)));
        }
    }

    @Test
    void scansAndExtensions() {
        assertEquals(12, Bits.bsf32(0x0001_F000));
        assertEquals(16, Bits.bsr32(0x0001_F000));
        assertEquals(63, Bits.bsr64(-1));
        assertEquals(0xFF80, Bits.signExtend8To16(0x80));
        assertEquals(-128, Bits.signExtend8To32(0x80));
        assertEquals(0xFFFF, Bits.signFill16(0x8000));
        assertEquals(0, Bits.signFill32(Integer.MAX_VALUE));
        assertEquals(0x7856_3412, Bits.bswap32(0x1234_5678));
    }
}
