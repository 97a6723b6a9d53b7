package org.terrarium.vm.device.fwcfg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.PortDevice;

/**
 * QEMU's firmware configuration device: items selected by number, read byte by byte or by DMA, and a directory of named
 * files. A SeaBIOS ROM learns the machine's memory, processors, boot order and tables from it. Described in QEMU's
 * docs/specs/fw_cfg.rst.
 *
 * <p>The items are the board's, not the guest's: nothing here can be written by a guest, so only its position is state.
 */
public final class FwCfg implements Device<FwCfgState> {
    /** Ports 510h to 51Bh. */
    public static final int PORTS = 12;

    public static final int KEY_SIGNATURE = 0x00;
    public static final int KEY_ID = 0x01;
    public static final int KEY_UUID = 0x02;
    public static final int KEY_RAM_SIZE = 0x03;
    public static final int KEY_NB_CPUS = 0x05;
    public static final int KEY_KERNEL_ADDR = 0x07;
    public static final int KEY_KERNEL_SIZE = 0x08;
    public static final int KEY_INITRD_ADDR = 0x0A;
    public static final int KEY_INITRD_SIZE = 0x0B;
    public static final int KEY_BOOT_MENU = 0x0E;
    public static final int KEY_MAX_CPUS = 0x0F;
    public static final int KEY_KERNEL_DATA = 0x11;
    public static final int KEY_INITRD_DATA = 0x12;
    public static final int KEY_CMDLINE_ADDR = 0x13;
    public static final int KEY_CMDLINE_SIZE = 0x14;
    public static final int KEY_CMDLINE_DATA = 0x15;
    public static final int KEY_SETUP_ADDR = 0x16;
    public static final int KEY_SETUP_SIZE = 0x17;
    public static final int KEY_SETUP_DATA = 0x18;
    private static final int KEY_FILE_DIR = 0x19;
    private static final int KEY_FILE_FIRST = 0x20;

    private static final int ID_TRADITIONAL = 1;
    private static final int ID_DMA = 2;

    private static final int OFFSET_SELECTOR = 0;
    private static final int OFFSET_DATA = 1;
    private static final int OFFSET_DMA_HIGH = 4;
    private static final int OFFSET_DMA_LOW = 8;

    private static final int DMA_ERROR = 0x01;
    private static final int DMA_READ = 0x02;
    private static final int DMA_SKIP = 0x04;
    private static final int DMA_SELECT = 0x08;
    private static final int DMA_WRITE = 0x10;
    private static final byte[] DMA_SIGNATURE = "QEMU CFG".getBytes(StandardCharsets.US_ASCII);

    private static final int FILE_NAME_BYTES = 56;
    /** A guest may ask for 4 GiB of an item: what follows its end is zeros, of which this many are enough. */
    private static final int MAX_PADDING = 1 << 20;

    private static final byte[] NOTHING = {};

    private final String label;
    private final DmaMemory memory;
    private final Map<Integer, byte[]> items = new HashMap<>();
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final PortDevice ports = new Ports();
    private int selector;
    private int position;
    private int dmaHigh;

    public FwCfg(String label, DmaMemory memory) {
        this.label = label;
        this.memory = memory;
        put(KEY_SIGNATURE, "QEMU".getBytes(StandardCharsets.US_ASCII));
        put32(KEY_ID, ID_TRADITIONAL | ID_DMA);
        rebuildDirectory();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        selector = 0;
        position = 0;
        dmaHigh = 0;
    }

    /** Ports 510h to 51Bh. */
    public PortDevice ports() {
        return ports;
    }

    /** Sets a numbered item; the array is not copied, as kernels are large. */
    public void put(int key, byte[] content) {
        items.put(key, Objects.requireNonNull(content));
    }

    /** Sets a numbered item to a 16-bit number. */
    public void put16(int key, int value) {
        put(key, new byte[] {(byte) value, (byte) (value >> 8)});
    }

    /** Sets a numbered item to a 32-bit number. */
    public void put32(int key, int value) {
        put(
                key,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .array());
    }

    /** Sets a numbered item to a 64-bit number. */
    public void put64(int key, long value) {
        put(
                key,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    /** Adds or replaces a named file, such as {@code etc/acpi/tables}; names have at most 55 characters. */
    public void putFile(String name, byte[] content) {
        if (name.length() >= FILE_NAME_BYTES) {
            throw new IllegalArgumentException("the name of a firmware file has at most 55 characters: " + name);
        }
        files.put(name, content);
        rebuildDirectory();
    }

    /** The memory map, as the file {@code etc/e820}. */
    public void e820(List<E820Entry> entries) {
        ByteBuffer b = ByteBuffer.allocate(20 * entries.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (E820Entry e : entries) {
            b.putLong(e.base()).putLong(e.length()).putInt(e.type());
        }
        putFile("etc/e820", b.array());
    }

    /** OpenFirmware device paths in the order to boot from, as the file {@code bootorder}. */
    public void bootOrder(List<String> paths) {
        putFile("bootorder", (String.join("\n", paths) + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    /** Files get numbers in the order of their names. */
    private void rebuildDirectory() {
        ByteBuffer b = ByteBuffer.allocate(4 + files.size() * (8 + FILE_NAME_BYTES)); // big endian, unlike the rest
        b.putInt(files.size());
        int key = KEY_FILE_FIRST;
        for (Map.Entry<String, byte[]> f : files.entrySet()) {
            b.putInt(f.getValue().length).putShort((short) key).putShort((short) 0);
            byte[] name = f.getKey().getBytes(StandardCharsets.US_ASCII);
            b.put(name).position(b.position() + FILE_NAME_BYTES - name.length);
            items.put(key++, f.getValue());
        }
        put(KEY_FILE_DIR, b.array());
    }

    private byte[] selected() {
        return items.getOrDefault(selector, NOTHING);
    }

    private void select(int key) {
        selector = key & 0xFFFF;
        position = 0;
    }

    private int next() {
        byte[] item = selected();
        return position < item.length ? item[position++] & 0xFF : 0;
    }

    /** Carries out the request whose descriptor (control, length, address; big endian) lies at {@code pa}. */
    private void dma(long pa) {
        int control = Integer.reverseBytes(memory.read32(pa));
        int length = Integer.reverseBytes(memory.read32(pa + 4));
        long address = (Integer.reverseBytes(memory.read32(pa + 8)) & 0xFFFF_FFFFL) << 32
                | Integer.reverseBytes(memory.read32(pa + 12)) & 0xFFFF_FFFFL;
        if ((control & DMA_SELECT) != 0) {
            select(control >>> 16);
        }
        int result = 0;
        long count = length & 0xFFFF_FFFFL;
        if ((control & DMA_READ) != 0) {
            readByDma(address, count);
        } else if ((control & DMA_WRITE) != 0) {
            result = count == 0 ? 0 : DMA_ERROR;
        } else if ((control & DMA_SKIP) != 0) {
            advance(count);
        }
        memory.write32(pa, Integer.reverseBytes(result));
    }

    private void readByDma(long address, long count) {
        byte[] item = selected();
        int from = Math.min(position, item.length);
        int available = (int) Math.min(count, item.length - from);
        memory.write(address, item, from, available);
        long padding = Math.min(count - available, MAX_PADDING);
        if (padding > 0) {
            memory.write(address + available, new byte[(int) padding], 0, (int) padding);
        }
        advance(count);
    }

    private void advance(long count) {
        position = (int) Math.min(position + count, selected().length);
    }

    private final class Ports implements PortDevice {
        @Override
        public int read(int offset, int size) {
            int value = 0;
            for (int k = 0; k < size; k++) {
                value |= readByte(offset, k) << 8 * k;
            }
            return value;
        }

        private int readByte(int offset, int k) {
            if (offset == OFFSET_DATA) {
                return next();
            }
            int at = offset + k - OFFSET_DMA_HIGH;
            return at >= 0 && at < DMA_SIGNATURE.length ? DMA_SIGNATURE[at] & 0xFF : 0;
        }

        @Override
        public void write(int offset, int size, int value) {
            if (offset == OFFSET_SELECTOR && size == 2) {
                select(value);
            } else if (offset == OFFSET_DMA_HIGH && size == 4) {
                dmaHigh = Integer.reverseBytes(value);
            } else if (offset == OFFSET_DMA_LOW && size == 4) {
                long pa = (dmaHigh & 0xFFFF_FFFFL) << 32 | Integer.reverseBytes(value) & 0xFFFF_FFFFL;
                dmaHigh = 0;
                dma(pa);
            }
        }
    }

    @Override
    public FwCfgState save() {
        return new FwCfgState(selector, position, dmaHigh);
    }

    @Override
    public void restore(FwCfgState state) {
        selector = state.selector();
        position = state.position();
        dmaHigh = state.dmaHigh();
    }
}
