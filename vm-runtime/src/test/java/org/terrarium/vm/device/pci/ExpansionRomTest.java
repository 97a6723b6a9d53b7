package org.terrarium.vm.device.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExpansionRomTest {
    /** An image of three blocks with a PCIR structure at 1Ch. */
    private static byte[] image() {
        byte[] b = new byte[1536];
        b[0] = 0x55;
        b[1] = (byte) 0xAA;
        b[2] = 3;
        b[0x18] = 0x1C;
        System.arraycopy(new byte[] {'P', 'C', 'I', 'R', 1, 2, 3, 4}, 0, b, 0x1C, 8);
        b[1000] = 77;
        return b;
    }

    @Test
    void theImageBelongsToItsCardAndAddsUpToZero() {
        ExpansionRom rom = ExpansionRom.of(image(), 0x8086, 0x100E);
        assertEquals(0x100E_8086L, rom.read(0x20, 4), "vendor and device");
        assertEquals(77, rom.read(1000, 1));
        int sum = 0;
        for (int k = 0; k < 1536; k++) {
            sum += (int) rom.read(k, 1);
        }
        assertEquals(0, sum & 0xFF);
        rom.write(1000, 1, 1);
        assertEquals(77, rom.read(1000, 1), "it stays as it is");
        assertEquals(0, rom.read(1_000_000, 8), "nothing behind it");
    }

    @Test
    void itsBaseAddressRegisterTellsItsSizeAndIsEnabledByItself() {
        PciConfig config = PciConfig.of(0x8086, 0x100E, 0x020000).build();
        config.write(PciConfig.EXPANSION_ROM, 4, -1);
        assertEquals(0, config.read(PciConfig.EXPANSION_ROM, 4), "a card without");
        long[] seen = new long[1];
        config.expansionRom(2048, (base, on) -> seen[0] = on ? base : -1);
        config.write(PciConfig.EXPANSION_ROM, 4, 0xFFFF_F800);
        assertEquals(0xFFFF_F800, config.read(PciConfig.EXPANSION_ROM, 4));
        config.write(PciConfig.EXPANSION_ROM, 4, 0xE000_0000);
        config.write(PciConfig.COMMAND, 2, PciConfig.COMMAND_MEMORY);
        assertEquals(0, seen[0], "its own enable bit is still off");
        config.write(PciConfig.EXPANSION_ROM, 4, 0xE000_0001);
        assertEquals(0xE000_0000L, seen[0]);
        config.reset();
        assertEquals(-1, seen[0]);
    }

    @Test
    void whatIsNoRomIsRefusedInASentence() {
        byte[] other = image();
        other[0x1C + 20] = 3;
        byte[] noData = image();
        noData[0x18] = 0;
        byte[] far = image();
        far[0x18] = (byte) 0xF0;
        far[0x19] = (byte) 0xFF;
        byte[] longer = image();
        longer[2] = 4;
        byte[][] bad = {
            new byte[0], new byte[600], Arrays.copyOf(image(), 100), other, noData, far, longer, new byte[600_000]
        };
        for (byte[] b : bad) {
            String said = assertThrows(IllegalArgumentException.class, () -> ExpansionRom.of(b, 1, 2))
                    .getMessage();
            assertTrue(said.startsWith("is "), said);
        }
    }
}
