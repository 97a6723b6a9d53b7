package org.terrarium.vm.device.vga;

import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.MemoryBlock;
import org.terrarium.vm.bus.MemoryMap;
import org.terrarium.vm.bus.MmioDevice;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.display.Frame;
import org.terrarium.vm.display.FrameSource;
import org.terrarium.vm.time.Clock;

/**
 * A VGA with the Bochs VBE interface as a PCI function (1234:1111): the registers of IBM's "VGA Technical Reference" at ports
 * 3B0-3DF, the memory window at A0000-BFFFF, the VBE registers at 1CE-1CF, the linear framebuffer in BAR 0 and all registers
 * once more in BAR 2 (QEMU docs/specs/standard-vga). Video memory is not touched by a reset.
 */
public final class Vga implements Device<VgaState>, PciFunction, FrameSource {
    /** First of the legacy ports, for {@link #ports}. */
    public static final int PORTS = 0x3B0;

    public static final int PORT_COUNT = 0x30;

    /** First of the VBE ports, for {@link #dispiPorts}. */
    public static final int DISPI_PORTS = 0x1CE;

    public static final int DISPI_PORT_COUNT = 3;

    /** Where {@link #window} belongs. */
    public static final long WINDOW = 0xA0000;

    public static final long WINDOW_BYTES = 0x20000;

    private static final int VENDOR = 0x1234;
    private static final int DEVICE = 0x1111;
    private static final int CLASS_VGA = 0x030000;
    private static final int REVISION_WITH_MMIO = 2;
    private static final int SUBSYSTEM_VENDOR = 0x1AF4;
    private static final int SUBSYSTEM = 0x1100;
    private static final int MMIO_BYTES = 0x1000;
    private static final long MINIMUM_MEMORY = 256 * 1024;
    private static final int PRIORITY = 10;

    private static final int MISC_COLOR = 0x01;
    private static final int MISC_RAM_ENABLE = 0x02;
    private static final int STATUS0_SWITCH_SENSE = 0x10;
    private static final int STATUS1_DISPLAY_DISABLED = 0x01;
    private static final int STATUS1_VERTICAL_RETRACE = 0x08;

    private final String label;
    private final Clock clock;
    private final PciConfig config;
    private final Sequencer sequencer = new Sequencer();
    private final GraphicsController graphics = new GraphicsController();
    private final Crtc crtc = new Crtc();
    private final AttributeController attribute = new AttributeController();
    private final Dac dac = new Dac();
    private final Dispi dispi;
    private final VideoMemory memory;
    private final VideoWindow window;
    private final RetraceTiming timing = new RetraceTiming();
    private final ScanOut scanOut;
    private final LegacyPorts ports = new LegacyPorts();
    private final DispiPorts dispiPorts = new DispiPorts();
    private final RegisterMmio mmio = new RegisterMmio();
    private int miscOutput;
    private int featureControl;
    private int enabled;
    private MemoryMap.Placement framebufferAt;
    private MemoryMap.Placement mmioAt;
    private MemoryMap.Placement romAt;

    /**
     * @param clock machine time, for the retrace bits and blinking
     * @param map where the card's PCI ranges are placed
     * @param videoMemory the card's memory, a power of two from 256 KiB to 256 MiB
     * @param optionRom contents of the expansion ROM, a power of two in size, or null for a card without
     */
    public Vga(String label, Clock clock, MemoryMap map, MemoryBlock videoMemory, MemoryBlock optionRom) {
        long size = videoMemory.size();
        if (size < MINIMUM_MEMORY || size > 256L << 20 || Long.bitCount(size) != 1) {
            throw new IllegalArgumentException(
                    "Video memory must be a power of two from 256 KiB to 256 MiB, not " + size);
        }
        this.label = label;
        this.clock = clock;
        memory = new VideoMemory(videoMemory);
        dispi = new Dispi(memory, dac);
        window = new VideoWindow(memory, sequencer, graphics, dispi);
        scanOut = new ScanOut(memory, sequencer, graphics, crtc, attribute, dac, dispi, window);
        PciConfig.Builder pci = PciConfig.of(VENDOR, DEVICE, CLASS_VGA)
                .revision(REVISION_WITH_MMIO)
                .subsystem(SUBSYSTEM_VENDOR, SUBSYSTEM)
                .memoryBar(0, size, true, (base, on) -> {
                    framebufferAt = move(framebufferAt, on ? map.ram(base, PRIORITY, videoMemory) : null);
                })
                .memoryBar(2, MMIO_BYTES, false, (base, on) -> {
                    mmioAt = move(mmioAt, on ? map.device(base, MMIO_BYTES, PRIORITY, mmio) : null);
                });
        if (optionRom != null) {
            pci.expansionRom(optionRom.size(), (base, on) -> {
                romAt = move(romAt, on ? map.rom(base, PRIORITY, optionRom, null) : null);
            });
        }
        config = pci.build();
        resetRegisters();
    }

    private static MemoryMap.Placement move(MemoryMap.Placement from, MemoryMap.Placement to) {
        if (from != null) {
            from.remove();
        }
        return to;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public PciConfig config() {
        return config;
    }

    /** The registers at ports 3B0-3DF. */
    public PortDevice ports() {
        return ports;
    }

    /** The VBE interface at ports 1CE-1D0. */
    public PortDevice dispiPorts() {
        return dispiPorts;
    }

    /** The memory window at A0000-BFFFF. */
    public MmioDevice window() {
        return window;
    }

    /** All registers as BAR 2 shows them, 4 KiB. */
    public MmioDevice registers() {
        return mmio;
    }

    @Override
    public void render(Frame frame) {
        scanOut.render(frame, timing.frames(clock.nanos()));
    }

    @Override
    public void reset() {
        config.reset();
        resetRegisters();
    }

    private void resetRegisters() {
        miscOutput = 0;
        featureControl = 0;
        enabled = 1;
        sequencer.file.reset();
        graphics.file.reset();
        crtc.file.reset();
        attribute.reset();
        dac.reset();
        dispi.reset();
        window.setLatch(0);
        changed();
    }

    @Override
    public VgaState save() {
        return new VgaState(
                miscOutput,
                featureControl,
                enabled,
                sequencer.file.save(),
                graphics.file.save(),
                crtc.file.save(),
                attribute.file.save(),
                attribute.dataNext(),
                dac.save(),
                window.latch(),
                dispi.save(),
                config.save());
    }

    @Override
    public void restore(VgaState s) {
        miscOutput = s.miscOutput();
        featureControl = s.featureControl();
        enabled = s.enabled();
        sequencer.file.restore(s.sequencer());
        graphics.file.restore(s.graphics());
        crtc.file.restore(s.crtc());
        attribute.file.restore(s.attribute());
        attribute.setDataNext(s.attributeDataNext());
        dac.restore(s.dac());
        window.setLatch(s.latch());
        dispi.restore(s.dispi());
        config.restore(s.pci());
        changed();
    }

    /** Registers changed: work out anew what depends on them. */
    private void changed() {
        configureWindow();
        timing.configure(crtc, sequencer, miscOutput >> 2 & 3, dispi.enabled());
        scanOut.registersChanged();
    }

    private void configureWindow() {
        window.configure((enabled & 1) != 0 && (miscOutput & MISC_RAM_ENABLE) != 0);
    }

    private void changedIf(boolean change) {
        if (change) {
            changed();
        }
    }

    /** Input status 1: retrace bits from the clock; reading it also makes the next write to 3C0 an index. */
    private int readStatus1() {
        attribute.clearFlipFlop();
        long now = clock.nanos();
        return (timing.blanking(now) ? STATUS1_DISPLAY_DISABLED : 0)
                | (timing.verticalRetrace(now) ? STATUS1_VERTICAL_RETRACE : 0);
    }

    private final class LegacyPorts implements BytePortDevice {
        @Override
        public int readByte(int offset) {
            int port = PORTS + offset;
            int relocated = relocate(port);
            return switch (relocated) {
                case 0x3C0 -> attribute.readIndex();
                case 0x3C1 -> attribute.readData();
                case 0x3C2 -> STATUS0_SWITCH_SENSE;
                case 0x3C3 -> enabled;
                case 0x3C4 -> sequencer.file.index();
                case 0x3C5 -> sequencer.file.read();
                case 0x3C6 -> dac.mask();
                case 0x3C7 -> dac.state();
                case 0x3C8 -> dac.writeIndex();
                case 0x3C9 -> dac.readData();
                case 0x3CA -> featureControl;
                case 0x3CC -> miscOutput;
                case 0x3CE -> graphics.file.index();
                case 0x3CF -> graphics.file.read();
                case 0x3D4 -> crtc.file.index();
                case 0x3D5 -> crtc.file.read();
                case 0x3DA -> readStatus1();
                default -> 0xFF;
            };
        }

        @Override
        public void writeByte(int offset, int value) {
            int port = PORTS + offset;
            switch (relocate(port)) {
                case 0x3C0 -> changedIf(attribute.write(value));
                case 0x3C2 -> {
                    miscOutput = value & 0xEF;
                    changed();
                }
                case 0x3C3 -> {
                    enabled = value & 1;
                    changed();
                }
                case 0x3C4 -> sequencer.file.select(value & 0x07);
                case 0x3C5 -> writeSequencer(value);
                case 0x3C6 -> {
                    dac.setMask(value);
                    scanOut.registersChanged();
                }
                case 0x3C7 -> dac.selectForRead(value);
                case 0x3C8 -> dac.selectForWrite(value);
                case 0x3C9 -> {
                    dac.writeData(value);
                    scanOut.registersChanged();
                }
                case 0x3CE -> graphics.file.select(value & 0x0F);
                case 0x3CF -> writeGraphics(value);
                case 0x3D4 -> crtc.file.select(value);
                case 0x3D5 -> writeCrtc(value);
                case 0x3DA -> featureControl = value & 0x03;
                default -> {}
            }
        }

        /** The 3Dx address of a port that answers now; 0 for the ports of the display kind that is not selected. */
        private int relocate(int port) {
            boolean color = (miscOutput & MISC_COLOR) != 0;
            if (port >= 0x3D0) {
                return color ? port : 0;
            }
            return port < 0x3C0 ? color ? 0 : port + 0x20 : port;
        }

        private void writeSequencer(int value) {
            if (sequencer.file.write(value)) {
                // Planar drawing changes the map mask all the time, and only the processor's window depends on it.
                if (sequencer.file.index() == Sequencer.MAP_MASK) {
                    configureWindow();
                } else {
                    changed();
                }
            }
        }

        private void writeGraphics(int value) {
            if (graphics.file.write(value)) {
                int register = graphics.file.index();
                configureWindow();
                if (register == GraphicsController.MODE || register == GraphicsController.MISCELLANEOUS) {
                    scanOut.registersChanged();
                }
            }
        }

        private void writeCrtc(int value) {
            int register = crtc.file.index();
            if (crtc.write(value)) {
                // Cursor and start address move often and change neither timing nor the processor's window.
                if (register >= Crtc.CURSOR_START && register <= Crtc.CURSOR_LOCATION_LOW) {
                    scanOut.positionChanged();
                } else {
                    changed();
                }
            }
        }
    }

    private final class DispiPorts implements PortDevice {
        @Override
        public int read(int offset, int size) {
            int value = offset == 0 ? dispi.index() : dispi.read(dispi.index());
            return size == 1 ? value & 0xFF : value;
        }

        @Override
        public void write(int offset, int size, int value) {
            if (offset == 0) {
                dispi.select(value);
            } else {
                changedIf(dispi.write(dispi.index(), value));
            }
        }
    }

    /** BAR 2: the ports 3C0-3DF at 0x400, the VBE registers, two bytes each, at 0x500. */
    private final class RegisterMmio implements MmioDevice {
        private static final int PORTS_AT = 0x400;
        private static final int PORTS_END = 0x420;
        private static final int DISPI_AT = 0x500;
        private static final int DISPI_END = DISPI_AT + 2 * Dispi.REGISTERS;

        @Override
        public long read(long offset, int size) {
            int at = (int) offset;
            long value = 0;
            if (at >= PORTS_AT && at + size <= PORTS_END) {
                for (int k = 0; k < size; k++) {
                    value |= (long) ports.readByte(at + k - PORTS_AT + 0x10) << 8 * k;
                }
            } else if (at >= DISPI_AT && at + size <= DISPI_END) {
                for (int k = 0; k < size; k++) {
                    int register = at + k - DISPI_AT;
                    value |= (long) (dispi.read(register >> 1) >> 8 * (register & 1) & 0xFF) << 8 * k;
                }
            }
            return value;
        }

        @Override
        public void write(long offset, int size, long value) {
            int at = (int) offset;
            if (at >= PORTS_AT && at + size <= PORTS_END) {
                for (int k = 0; k < size; k++) {
                    ports.writeByte(at + k - PORTS_AT + 0x10, (int) (value >>> 8 * k) & 0xFF);
                }
            } else if (at >= DISPI_AT && at + size <= DISPI_END && size >= 2 && (at & 1) == 0) {
                for (int k = 0; k < size; k += 2) {
                    changedIf(dispi.write(at + k - DISPI_AT >> 1, (int) (value >>> 8 * k) & 0xFFFF));
                }
            }
        }
    }
}
