package org.terrarium.vm.device.dma;

import static org.terrarium.vm.device.dma.Reg8237.*;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.PortDevice;

/**
 * The PC's two 8237A DMA controllers and the page registers that extend their addresses to 16 MiB: channels 0 to 3 move
 * bytes, 5 to 7 move words, 4 is the cascade. A device asks for a transfer when it has data, see {@link DmaChannel}.
 *
 * <p>Memory-to-memory transfers do not exist on a PC: the PIIX3 (82371SB datasheet, 2.5.1) leaves them out.
 */
public final class Dma implements Device<DmaState> {
    private static final int CHANNELS = 8;
    /** Page register of each channel, as an offset from port 80h. */
    private static final int[] PAGE = {0x7, 0x3, 0x1, 0x2, 0xF, 0xB, 0x9, 0xA};

    private final String label;
    private final DmaMemory memory;
    private final DmaChannel[] channels = new DmaChannel[CHANNELS];
    private final int[] commands = new int[2];
    private final boolean[] flipFlops = new boolean[2];
    private final byte[] pages = new byte[16];

    public Dma(String label, DmaMemory memory) {
        this.label = label;
        this.memory = memory;
        for (int k = 0; k < CHANNELS; k++) {
            channels[k] = new DmaChannel(this, k);
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        for (DmaChannel c : channels) {
            c.powerOn();
        }
        for (int k = 0; k < 2; k++) {
            masterClear(k);
        }
        Arrays.fill(pages, (byte) 0);
    }

    /** The channel, 0..7; a device keeps it. */
    public DmaChannel channel(int number) {
        return channels[number];
    }

    DmaMemory memory() {
        return memory;
    }

    boolean enabled(int channel) {
        return (commands[channel / 4] & COMMAND_CONTROLLER_DISABLE) == 0;
    }

    /** Word channels drive address lines 16..1, so their page register's lowest bit is not used. */
    long physical(int channel, int address) {
        int page = pages[PAGE[channel]] & 0xFF;
        return channel < 4 ? (long) page << 16 | address : (long) (page & 0xFE) << 16 | (long) address << 1;
    }

    /** Controller 1, channels 0 to 3: ports 00h to 0Fh. */
    public PortDevice byteController() {
        return new Controller(0, 0);
    }

    /** Controller 2, channels 4 to 7: ports C0h to DFh, a register every two ports. */
    public PortDevice wordController() {
        return new Controller(1, 1);
    }

    /** The page registers: ports 80h to 8Fh. Those that belong to no channel are plain memory. */
    public PortDevice pageRegisters() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return pages[offset] & 0xFF;
            }

            @Override
            public void writeByte(int offset, int value) {
                pages[offset] = (byte) value;
            }
        };
    }

    private void masterClear(int controller) {
        commands[controller] = 0;
        flipFlops[controller] = false;
        for (int k = 0; k < 4; k++) {
            channels[4 * controller + k].clear();
        }
    }

    private final class Controller implements BytePortDevice {
        private final int number;
        private final int shift;

        Controller(int number, int shift) {
            this.number = number;
            this.shift = shift;
        }

        private DmaChannel channel(int k) {
            return channels[4 * number + (k & 3)];
        }

        private boolean flip() {
            boolean high = flipFlops[number];
            flipFlops[number] = !high;
            return high;
        }

        @Override
        public int readByte(int offset) {
            int register = offset >> shift;
            if (register < COMMAND_STATUS) {
                DmaChannel c = channel(register >> 1);
                int value = (register & 1) == 0 ? c.address() : c.count();
                return flip() ? value >> 8 : value & 0xFF;
            }
            return switch (register) {
                case COMMAND_STATUS -> status();
                case MASTER_CLEAR_TEMPORARY -> 0;
                case ALL_MASK -> masks();
                default -> 0xFF;
            };
        }

        private int status() {
            int value = 0;
            for (int k = 0; k < 4; k++) {
                value |= channel(k).takeReachedTerminalCount() ? 1 << k : 0;
                value |= channel(k).requesting() ? 0x10 << k : 0;
            }
            return value;
        }

        private int masks() {
            int value = 0xF0;
            for (int k = 0; k < 4; k++) {
                value |= channel(k).masked() ? 1 << k : 0;
            }
            return value;
        }

        @Override
        public void writeByte(int offset, int value) {
            int register = offset >> shift;
            if (register < COMMAND_STATUS) {
                DmaChannel c = channel(register >> 1);
                if ((register & 1) == 0) {
                    c.writeAddress(flip(), value);
                } else {
                    c.writeCount(flip(), value);
                }
                return;
            }
            switch (register) {
                case COMMAND_STATUS -> commands[number] = value;
                case REQUEST -> channel(value).setSoftwareRequest((value & 4) != 0);
                case SINGLE_MASK -> channel(value).setMasked((value & 4) != 0);
                case MODE -> channel(value).setMode(value);
                case CLEAR_FIRST_LAST -> flipFlops[number] = false;
                case MASTER_CLEAR_TEMPORARY -> masterClear(number);
                case CLEAR_MASK -> setMasks(0);
                default -> setMasks(value); // ALL_MASK
            }
        }

        private void setMasks(int bits) {
            for (int k = 0; k < 4; k++) {
                channel(k).setMasked((bits & 1 << k) != 0);
            }
        }
    }

    @Override
    public DmaState save() {
        List<DmaChannelState> saved = Stream.of(channels).map(DmaChannel::save).toList();
        return new DmaState(saved, commands.clone(), flipFlops.clone(), pages.clone());
    }

    @Override
    public void restore(DmaState state) {
        for (int k = 0; k < CHANNELS; k++) {
            channels[k].restore(state.channels().get(k));
        }
        System.arraycopy(state.commands(), 0, commands, 0, commands.length);
        System.arraycopy(state.flipFlops(), 0, flipFlops, 0, flipFlops.length);
        System.arraycopy(state.pages(), 0, pages, 0, pages.length);
    }
}
