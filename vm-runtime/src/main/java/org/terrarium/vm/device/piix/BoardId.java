package org.terrarium.vm.device.piix;

/** The subsystem identification of the board's own functions. */
public final class BoardId {
    /**
     * The identifiers by which firmware and systems recognize a virtual i440FX board with a fw_cfg port; SeaBIOS looks for
     * them in the host bridge before it uses fw_cfg.
     */
    public static final int VENDOR = 0x1AF4;

    public static final int DEVICE = 0x1100;

    private BoardId() {}
}
