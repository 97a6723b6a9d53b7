package org.terrarium.x86.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.terrarium.x86.Cpu;
import org.terrarium.x86.GuestFault;
import org.terrarium.x86.isa.Feature;

/** CPUID and the model-specific registers of every model. */
class CpuidTest {
    private static Cpu cpu(CpuModel model) {
        return new TestBoard(model, new byte[64 << 10]).processor.cpu();
    }

    private static int[] leaf(Cpu c, int leaf) {
        return Cpuid.query(c, leaf, 0);
    }

    private static String text(int... words) {
        ByteBuffer b = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int w : words) {
            b.putInt(w);
        }
        return new String(b.array(), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource
    void everyModelNamesItselfAndItsVendor(CpuModel model) {
        Cpu c = cpu(model);
        int[] zero = leaf(c, 0);
        assertEquals("GenuineIntel", text(zero[1], zero[3], zero[2]));
        int family = leaf(c, 1)[0] >> 8 & 0xF;
        assertEquals(
                switch (model) {
                    case I486 -> 4;
                    case PENTIUM -> 5;
                    case P6, X86_64_V2 -> 6;
                    case X86_64_V1 -> 15;
                },
                family);
        if (model.has(Feature.LM)) {
            int[] name = leaf(c, 0x8000_0002);
            assertEquals("Terrarium x86-64", text(name));
            int[] sizes = leaf(c, 0x8000_0008);
            assertEquals(48 << 8 | model.physicalAddressBits(), sizes[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesBeyondTheLastRepeatTheLast(CpuModel model) {
        Cpu c = cpu(model);
        int last = leaf(c, 0)[0];
        org.junit.jupiter.api.Assertions.assertArrayEquals(leaf(c, last), leaf(c, last + 1));
        org.junit.jupiter.api.Assertions.assertArrayEquals(leaf(c, last), leaf(c, 0x3FFF_FFFF));
    }

    /** The x86-64 psABI's microarchitecture levels 1 and 2. */
    @Test
    void levelsHaveWhatTheirDefinitionAsks() {
        int level1 = 1 | 1 << 8 | 1 << 15 | 1 << 23 | 1 << 24 | 1 << 25 | 1 << 26; // FPU CX8 CMOV MMX FXSR SSE SSE2
        int level2 = 1 | 1 << 9 | 1 << 13 | 1 << 19 | 1 << 20 | 1 << 23; // SSE3 SSSE3 CX16 SSE4.1 SSE4.2 POPCNT
        int[] v1 = leaf(cpu(CpuModel.X86_64_V1), 1);
        int[] v2 = leaf(cpu(CpuModel.X86_64_V2), 1);
        assertEquals(level1, v1[3] & level1);
        assertEquals(0, v1[2] & level2);
        assertEquals(level1, v2[3] & level1);
        assertEquals(level2, v2[2] & level2);
        assertEquals(0, v2[2] & 1 << 28, "no AVX");
        assertEquals(1, leaf(cpu(CpuModel.X86_64_V2), 0x8000_0001)[2] & 1, "LAHF in 64-bit mode");
    }

    @Test
    void reportsWhatTheStateSays() {
        Cpu c = cpu(CpuModel.X86_64_V2);
        assertEquals(0, leaf(c, 1)[2] & 1 << 27);
        c.cr4 |= Cpu.CR4_OSXSAVE;
        assertEquals(1 << 27, leaf(c, 1)[2] & 1 << 27);
        assertEquals(1 << 9, leaf(c, 1)[3] & 1 << 9);
        c.bus.setApicBase(0xFEE0_0100L);
        assertEquals(0, leaf(c, 1)[3] & 1 << 9, "a disabled local APIC is not there");
        assertEquals(0, leaf(c, 0x8000_0001)[3] & 1 << 11);
        c.codeSize = 64;
        assertEquals(1 << 11, leaf(c, 0x8000_0001)[3] & 1 << 11, "SYSCALL in 64-bit mode");
    }

    @Test
    void olderModelsLackTheirSuccessorsFeatures() {
        assertEquals(1, leaf(cpu(CpuModel.I486), 1)[3]);
        assertEquals(0x0080_01BF, leaf(cpu(CpuModel.PENTIUM), 1)[3]);
        assertFalse(CpuModel.P6.has(Feature.SSE2));
        assertTrue(CpuModel.P6.has(Feature.SSE));
        assertFalse(CpuModel.X86_64_V1.has(Feature.SSE3));
    }

    private static void assertGeneralProtection(org.junit.jupiter.api.function.Executable access) {
        GuestFault f = assertThrows(GuestFault.class, access);
        assertEquals(GuestFault.GP, f.vector);
        assertEquals(0, f.errorCode);
    }

    @Test
    void registersKeepWhatIsWrittenAndCheckIt() {
        Cpu c = cpu(CpuModel.X86_64_V2);
        assertEquals(0x508, Msr.read(c, 0xFE), "eight variable ranges, fixed ranges, write-combining");
        assertGeneralProtection(() -> Msr.write(c, 0xFE, 0));
        Msr.write(c, 0x2FF, 0xC06);
        assertEquals(0xC06, Msr.read(c, 0x2FF));
        assertGeneralProtection(() -> Msr.write(c, 0x2FF, 2));
        Msr.write(c, 0x201, 0xFF_C000_0800L);
        assertEquals(0xFF_C000_0800L, Msr.read(c, 0x201));
        assertGeneralProtection(() -> Msr.write(c, 0x200, 1L << 40));
        assertGeneralProtection(() -> Msr.write(c, 0x250, 0x02));
        assertGeneralProtection(() -> Msr.write(c, 0x277, 0x02));
        Msr.write(c, 0x277, 0x0001_0506_0700_0406L);
        assertEquals(0x0001_0506_0700_0406L, Msr.read(c, 0x277));
        assertGeneralProtection(() -> Msr.read(c, 0xC001_0015));
        assertGeneralProtection(() -> Msr.write(c, 0x1B, 0xFEE0_0D00L)); // x2APIC
        Msr.write(c, 0x10, 1_000_000);
        long later = Msr.read(c, 0x10);
        assertTrue(later > 1_000_000 && later < 1_010_000, "the time stamp counter goes on from there: " + later);
    }

    @Test
    void modelsHaveTheirOwnRegisters() {
        assertGeneralProtection(() -> Msr.read(cpu(CpuModel.PENTIUM), 0x1B));
        assertGeneralProtection(() -> Msr.read(cpu(CpuModel.P6), 0xC000_0080));
        assertEquals(0, Msr.read(cpu(CpuModel.X86_64_V1), 0xC000_0080));
        assertGeneralProtection(() -> Msr.read(cpu(CpuModel.X86_64_V1), 0xC000_0103));
        assertEquals(0, Msr.read(cpu(CpuModel.X86_64_V2), 0xC000_0103));
    }

    @Test
    void cr4BitsFollowTheModel() {
        assertEquals(0, ControlRegs.cr4Bits(CpuModel.I486));
        assertEquals(0x5F, ControlRegs.cr4Bits(CpuModel.PENTIUM));
        assertEquals(0x7FF, ControlRegs.cr4Bits(CpuModel.P6));
        assertEquals(0x407FF, ControlRegs.cr4Bits(CpuModel.X86_64_V2));
    }

    @Test
    void modernModelsNameTheHypervisorInterface() {
        int[] named = leaf(cpu(CpuModel.X86_64_V2), 0x4000_0000);
        assertEquals("VMwareVMware", text(named[1], named[2], named[3]));
        assertEquals(0x4000_0000, named[0], "no further leaves");
        assertEquals(0, leaf(cpu(CpuModel.X86_64_V2), 0x4000_0001)[0]);
        assertEquals(1 << 31, leaf(cpu(CpuModel.X86_64_V1), 1)[2] & 1 << 31);
        assertEquals(0, leaf(cpu(CpuModel.P6), 1)[2] & 1 << 31);
        assertEquals(leaf(cpu(CpuModel.P6), 2)[0], leaf(cpu(CpuModel.P6), 0x4000_0000)[0]);
    }

    /** Linux leaves out its detours around speculation where these answer so (SDM volume 4, 2.1). */
    @Test
    void speculationIsSaidToBeHarmlessAndItsControlsAreThere() {
        Cpu c = cpu(CpuModel.X86_64_V2);
        assertEquals(1 << 29 | 1 << 26, leaf(c, 7)[3], "ARCH_CAPABILITIES and IBRS/IBPB");
        long capabilities = Msr.read(c, 0x10A);
        for (int bit : new int[] {0, 1, 4, 5, 20, 62}) {
            assertEquals(1, capabilities >>> bit & 1, "bit " + bit + " of IA32_ARCH_CAPABILITIES");
        }
        Msr.write(c, 0x48, 1);
        assertEquals(1, Msr.read(c, 0x48), "IA32_SPEC_CTRL keeps IBRS");
        assertThrows(GuestFault.class, () -> Msr.write(c, 0x48, 1 << 10), "reserved bit of IA32_SPEC_CTRL");
        Msr.write(c, 0x49, 1);
        assertThrows(GuestFault.class, () -> Msr.read(c, 0x49), "IA32_PRED_CMD is write-only");
        assertThrows(GuestFault.class, () -> Msr.write(c, 0x49, 2), "reserved bit of IA32_PRED_CMD");
        assertThrows(GuestFault.class, () -> Msr.write(cpu(CpuModel.P6), 0x48, 0), "older models have none");
    }
}
