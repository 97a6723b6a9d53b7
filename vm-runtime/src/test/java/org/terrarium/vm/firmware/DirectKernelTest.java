package org.terrarium.vm.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.bus.DmaMemory;

/** Kernels started without a boot loader: where everything lands and what the kernel is told. */
final class DirectKernelTest {
    @TempDir
    Path dir;

    private final FakeGuest memory = new FakeGuest(32 << 20);
    private KernelImage.Framebuffer screen;

    private final KernelImage.BootContext context = new KernelImage.BootContext() {
        @Override
        public DmaMemory memory() {
            return memory;
        }

        @Override
        public List<KernelImage.Range> ranges() {
            return List.of(new KernelImage.Range(0, 0x9FC00, 1), new KernelImage.Range(0x100000, 31 << 20, 1));
        }

        @Override
        public long usableEnd() {
            return 32 << 20;
        }

        @Override
        public int cursorRow() {
            return 3;
        }

        @Override
        public int cursorColumn() {
            return 5;
        }

        @Override
        public long rootPointer() {
            return 0xF0100;
        }

        @Override
        public KernelImage.Framebuffer graphics(int width, int height, int depth) {
            return screen;
        }

        @Override
        public int diskCount() {
            return 1;
        }
    };

    private Path write(String name, byte[] bytes) throws Exception {
        return Files.write(dir.resolve(name), bytes);
    }

    private static byte[] bzImage(int version, int loadflags) {
        byte[] b = new byte[512 * 3 + 10_000];
        b[0x1F1] = 2;
        LittleEndian.put16(b, 0x1FE, 0xAA55);
        b[0x200] = (byte) 0xEB;
        b[0x201] = 0x66;
        LittleEndian.put32(b, 0x202, 0x53726448);
        LittleEndian.put16(b, 0x206, version);
        b[0x211] = (byte) loadflags;
        LittleEndian.put32(b, 0x22C, 0x17F_FFFF);
        LittleEndian.put32(b, 0x238, 2047);
        for (int k = 1536; k < b.length; k++) {
            b[k] = (byte) (k * 7);
        }
        return b;
    }

    @Test
    void linuxGetsParametersCommandLineAndRamDisk() throws Exception {
        byte[] image = bzImage(0x20F, 1);
        byte[] initrd = new byte[5000];
        Arrays.fill(initrd, (byte) 0x3C);
        KernelImage k = DirectKernel.open(write("k", image), List.of(write("i", initrd)), "console=ttyS0 quiet");
        KernelImage.Start s = k.load(context);
        assertEquals(0x100000, s.eip());
        int p = s.esi();
        assertArrayEquals(
                Arrays.copyOfRange(image, 1536, image.length),
                Arrays.copyOfRange(memory.ram, 0x100000, 0x100000 + 10_000));
        byte[] params = Arrays.copyOfRange(memory.ram, p, p + 4096);
        assertEquals(0xFF, params[0x210] & 0xFF);
        int line = LittleEndian.u32(params, 0x228);
        assertEquals("console=ttyS0 quiet\0", new String(memory.ram, line, 20));
        int at = LittleEndian.u32(params, 0x218);
        assertEquals(5000, LittleEndian.u32(params, 0x21C));
        assertEquals(0, at % 4096);
        assertTrue(at + 5000 <= 0x1800000, "below the kernel's limit");
        assertEquals(0x3C, memory.ram[at + 4999]);
        assertEquals(2, params[0x1E8]);
        assertEquals(0x100000, LittleEndian.u64(params, 0x2D0 + 20));
        assertEquals(5, params[0]);
        assertEquals(3, params[1]);
        assertEquals(1, params[15]);
    }

    @Test
    void whatCannotBeStartedIsRefusedInASentence() throws Exception {
        Path old = write("zimage", bzImage(0x20F, 0));
        KernelImage zImage = DirectKernel.open(old, List.of(), "");
        assertMessage(assertThrows(BootException.class, () -> zImage.load(context)), old, "zImage");
        Path text = write("text", "hello".getBytes());
        assertMessage(
                assertThrows(BootException.class, () -> DirectKernel.open(text, List.of(), "")), text, "no kernel");
        Path missing = dir.resolve("missing");
        assertMessage(
                assertThrows(BootException.class, () -> DirectKernel.open(missing, List.of(), "")),
                missing,
                "not exist");
        Path good = write("good", bzImage(0x20F, 1));
        assertMessage(
                assertThrows(BootException.class, () -> DirectKernel.open(good, List.of(missing), "")),
                missing,
                "not exist");
        assertMessage(
                assertThrows(BootException.class, () -> DirectKernel.open(good, List.of(dir), "")), dir, "a folder");
        KernelImage longLine = DirectKernel.open(good, List.of(), "x".repeat(3000));
        assertMessage(assertThrows(BootException.class, () -> longLine.load(context)), good, "2047");
    }

    private static void assertMessage(BootException e, Path file, String part) {
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    private static byte[] multiboot(int flags, int size) {
        byte[] b = new byte[size];
        int at = 64;
        LittleEndian.put32(b, at, 0x1BADB002);
        LittleEndian.put32(b, at + 4, flags);
        LittleEndian.put32(b, at + 8, -0x1BADB002 - flags);
        return b;
    }

    @Test
    void multibootByAddressesWithModules() throws Exception {
        byte[] b = multiboot(0x10003, 3000);
        LittleEndian.put32(b, 64 + 12, 0x200040);
        LittleEndian.put32(b, 64 + 16, 0x200000);
        LittleEndian.put32(b, 64 + 24, 0x202000);
        LittleEndian.put32(b, 64 + 28, 0x200100);
        b[2999] = 0x5A;
        memory.ram[0x201FFF] = 1;
        Path module = write("module", new byte[] {9, 8, 7});
        KernelImage.Start s =
                DirectKernel.open(write("mb", b), List.of(module), "a b").load(context);
        assertEquals(0x200100, s.eip());
        assertEquals(0x2BADB002, s.eax());
        assertEquals(0x5A, memory.ram[0x200000 + 2999]);
        assertEquals(0, memory.ram[0x201FFF], "the part without file contents is cleared");
        byte[] info = Arrays.copyOfRange(memory.ram, s.ebx(), s.ebx() + 128);
        int flags = LittleEndian.u32(info, 0);
        assertEquals(0x1 | 0x4 | 0x8 | 0x40, flags & 0x4D);
        assertEquals(639, LittleEndian.u32(info, 4));
        assertEquals(31 << 10, LittleEndian.u32(info, 8));
        assertEquals(1, LittleEndian.u32(info, 20));
        int list = LittleEndian.u32(info, 24);
        int start = LittleEndian.u32(memory.ram, list);
        assertEquals(3, LittleEndian.u32(memory.ram, list + 4) - start);
        assertEquals(0, start % 4096);
        assertTrue(start >= 0x202000, "behind the kernel");
        assertEquals(8, memory.ram[start + 1]);
        int map = LittleEndian.u32(info, 48);
        assertEquals(20, LittleEndian.u32(memory.ram, map));
        assertEquals(0x9FC00, LittleEndian.u64(memory.ram, map + 12));
        assertEquals(2, info[109], "text screen");
    }

    @Test
    void multibootGetsTheFramebufferItAsksFor() throws Exception {
        screen = new KernelImage.Framebuffer(0xE0000000L, 3200, 800, 600, 32);
        byte[] b = multiboot(0x10004, 3000);
        LittleEndian.put32(b, 64 + 12, 0x100040);
        LittleEndian.put32(b, 64 + 16, 0x100000);
        LittleEndian.put32(b, 64 + 28, 0x100000);
        KernelImage.Start s = DirectKernel.open(write("mb", b), List.of(), "").load(context);
        byte[] info = Arrays.copyOfRange(memory.ram, s.ebx(), s.ebx() + 128);
        assertEquals(0xE0000000L, LittleEndian.u64(info, 88));
        assertEquals(3200, LittleEndian.u32(info, 96));
        assertEquals(32, info[108]);
        assertEquals(1, info[109]);
        assertEquals(16, info[110], "red is at bit 16");
    }

    /** A minimal 32-bit ELF with one segment, linked high and loaded low, and a PVH note. */
    private static byte[] elf(boolean note) {
        byte[] b = new byte[8192];
        LittleEndian.put32(b, 0, 0x464C457F);
        b[4] = 1;
        b[5] = 1;
        LittleEndian.put16(b, 16, 2);
        LittleEndian.put32(b, 24, 0xC0300010);
        LittleEndian.put32(b, 28, 52);
        LittleEndian.put16(b, 42, 32);
        LittleEndian.put16(b, 44, note ? 2 : 1);
        int[] load = {1, 4096, 0xC0300000, 0x300000, 4096, 8192, 7, 4096};
        for (int k = 0; k < 8; k++) {
            LittleEndian.put32(b, 52 + 4 * k, load[k]);
        }
        int[] notes = {4, 256, 0, 0, 20, 20, 4, 4};
        for (int k = 0; note && k < 8; k++) {
            LittleEndian.put32(b, 84 + 4 * k, notes[k]);
        }
        LittleEndian.put32(b, 256, 4);
        LittleEndian.put32(b, 260, 4);
        LittleEndian.put32(b, 264, 18);
        LittleEndian.put32(b, 268, 'X' | 'e' << 8 | 'n' << 16);
        LittleEndian.put32(b, 272, 0x300020);
        b[4096] = 0x42;
        return b;
    }

    @Test
    void elfMultibootEntryIsTurnedIntoAPhysicalAddress() throws Exception {
        byte[] b = elf(false);
        System.arraycopy(multiboot(0, 128), 64, b, 1024, 12);
        KernelImage.Start s = DirectKernel.open(write("elf", b), List.of(), "").load(context);
        assertEquals(0x300010, s.eip());
        assertEquals(0x42, memory.ram[0x300000]);
    }

    @Test
    void pvhKernelIsToldMemoryAndCommandLine() throws Exception {
        KernelImage.Start s =
                DirectKernel.open(write("pvh", elf(true)), List.of(), "hi").load(context);
        assertEquals(0x300020, s.eip());
        byte[] info = Arrays.copyOfRange(memory.ram, s.ebx(), s.ebx() + 64);
        assertEquals(0x336EC578, LittleEndian.u32(info, 0));
        assertEquals("hi\0", new String(memory.ram, (int) LittleEndian.u64(info, 24), 3));
        assertEquals(2, LittleEndian.u32(info, 48));
        assertEquals(0xF0100, LittleEndian.u64(info, 32));
        Path plain = write("plain", elf(false));
        assertMessage(assertThrows(BootException.class, () -> DirectKernel.open(plain, List.of(), "")), plain, "PVH");
    }

    @Test
    void truncatedFilesNeverThrowAnythingElse() throws Exception {
        byte[][] originals = {bzImage(0x20F, 1), multiboot(0x10003, 3000), elf(true)};
        for (byte[] original : originals) {
            for (int length = 0; length < original.length; length += 97) {
                Path p = write("cut", Arrays.copyOf(original, length));
                try {
                    DirectKernel.open(p, List.of(), "").load(context);
                } catch (BootException e) {
                    assertTrue(e.getMessage().contains(p.toString()), e.getMessage());
                }
            }
        }
    }
}
