package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** IRQ 1 and INT 16h: what scan codes become. */
final class KeyboardServiceTest {
    private final BiosRig rig = new BiosRig(List.of()).powerOn();

    private int key(int function) {
        rig.service(TrapPoint.KEYBOARD, function << 8);
        return rig.call.ax();
    }

    private void codes(int... values) {
        for (int v : values) {
            rig.scanCode(v);
        }
    }

    @Test
    void lettersFollowShiftAndCapsLock() {
        codes(0x1E, 0x9E, 0x2A, 0x1E, 0x9E, 0xAA, 0x3A, 0xBA, 0x1E, 0x9E, 0x36, 0x1E, 0x9E, 0xB6);
        assertEquals(0x1E61, key(0x00));
        assertEquals(0x1E41, key(0x00));
        assertEquals(0x1E41, key(0x00));
        assertEquals(0x1E61, key(0x00));
    }

    @Test
    void controlAltAndFunctionKeys() {
        codes(0x1D, 0x2E, 0xAE, 0x9D); // Ctrl-C
        codes(0x38, 0x1E, 0x9E, 0xB8); // Alt-A
        codes(0x3B, 0xBB, 0x2A, 0x3B, 0xBB, 0xAA); // F1, Shift-F1
        codes(0x57, 0xD7); // F11, not for function 00h
        assertEquals(0x2E03, key(0x00));
        assertEquals(0x1E00, key(0x00));
        assertEquals(0x3B00, key(0x00));
        assertEquals(0x5400, key(0x00));
        assertEquals(0x8500, key(0x10));
    }

    @Test
    void greyKeysAreToldApartByTheEnhancedFunctionsOnly() {
        codes(0xE0, 0x48, 0xE0, 0xC8, 0xE0, 0x48, 0xE0, 0xC8, 0xE0, 0x1C, 0xE0, 0x9C, 0xE0, 0x1C, 0xE0, 0x9C);
        assertEquals(0x48E0, key(0x10));
        assertEquals(0x4800, key(0x00));
        assertEquals(0xE00D, key(0x10));
        assertEquals(0x1C0D, key(0x00));
    }

    @Test
    void keypadFollowsNumLock() {
        codes(0x47, 0xC7, 0x45, 0xC5, 0x47, 0xC7);
        assertEquals(0x4700, key(0x00));
        assertEquals(0x4737, key(0x00));
        assertEquals(0x20, rig.call.memory.u8(Bda.SHIFT_FLAGS) & 0x20);
    }

    @Test
    void altAndDigitsTypeACharacterByNumber() {
        codes(0x38, 0x4F, 0xCF, 0x4C, 0xCC, 0x51, 0xD1, 0xB8); // 1 5 3
        assertEquals(153, key(0x10));
    }

    @Test
    void checkingDoesNotTakeTheKey() {
        rig.service(TrapPoint.KEYBOARD, 0x0100);
        assertTrue(rig.zero());
        codes(0x1E, 0x9E);
        rig.service(TrapPoint.KEYBOARD, 0x0100);
        assertFalse(rig.zero());
        assertEquals(0x1E61, rig.call.ax());
        assertEquals(0x1E61, key(0x00));
    }

    @Test
    void readingFromAnEmptyBufferWaitsInTheRom() {
        int back = rig.behind(TrapPoint.KEYBOARD);
        rig.service(TrapPoint.KEYBOARD, 0x0000);
        assertNotEquals(back, rig.guest.ip());
        assertEquals(0xFB, rig.guest.ram[0xF0000 + rig.guest.ip()] & 0xFF, "the ROM goes on with STI");
        assertEquals(0xF4, rig.guest.ram[0xF0000 + rig.guest.ip() + 1] & 0xFF, "and HLT");
    }

    @Test
    void pauseIsSwallowedAndBreakCallsInt1B() {
        codes(0xE1, 0x1D, 0x45, 0xE1, 0x9D, 0xC5, 0x1E, 0x9E);
        assertEquals(0x1E61, key(0x10));
        codes(0x1D, 0xE0, 0x46);
        assertEquals(0x80, rig.call.memory.u8(Bda.BREAK_FLAG));
        assertEquals(0xCD, rig.guest.ram[0xF0000 + rig.guest.ip()] & 0xFF);
        assertEquals(0x1B, rig.guest.ram[0xF0000 + rig.guest.ip() + 1] & 0xFF);
    }

    @Test
    void theBufferHoldsFifteenKeys() {
        for (int k = 0; k < 20; k++) {
            codes(0x02, 0x82);
        }
        int count = 0;
        while (true) {
            rig.service(TrapPoint.KEYBOARD, 0x0100);
            if (rig.zero()) {
                break;
            }
            key(0x00);
            count++;
        }
        assertEquals(15, count);
    }

    @Test
    void shiftFlagsOfBothKinds() {
        codes(0xE0, 0x1D, 0x38);
        key(0x02);
        assertEquals(0x0C, rig.call.al() & 0x0F);
        key(0x12);
        assertEquals(0x04 | 0x02, rig.call.ah() & 0x0F, "right Ctrl, left Alt");
    }
}
