package org.terrarium.vm.device.debugport;

import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.PortDevice;

/**
 * The power-on self test display on port 80h. On a PC the port is an unused page register of the DMA controller, so accesses
 * go through to it.
 */
public final class PostCode implements Device<PostCodeState> {
    private final String label;
    private final PortDevice pageRegisters;
    private int code = -1;

    /** {@code pageRegisters} are the DMA controller's, of which the first is at port 80h. */
    public PostCode(String label, PortDevice pageRegisters) {
        this.label = label;
        this.pageRegisters = pageRegisters;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        code = -1;
    }

    /** The last code written (0..255), -1 when there was none since reset. */
    public int code() {
        return code;
    }

    /** Port 80h. */
    public PortDevice port() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                return pageRegisters.read(0, 1);
            }

            @Override
            public void writeByte(int offset, int value) {
                code = value;
                pageRegisters.write(0, 1, value);
            }
        };
    }

    @Override
    public PostCodeState save() {
        return new PostCodeState(code);
    }

    @Override
    public void restore(PostCodeState state) {
        code = state.code();
    }
}
