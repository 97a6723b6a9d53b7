package org.terrarium.vm.device.vmmouse;

import static org.terrarium.vm.device.vmmouse.RegVmMouse.*;

import java.util.Arrays;
import java.util.function.Supplier;
import org.terrarium.vm.accel.GuestRegisters;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.PortDevice;

/**
 * The absolute pointer on VMware's backdoor port 5658h: commands and answers travel in the general registers of an IN
 * instruction from that port. The guest learns by a PS/2 mouse packet that there is something to fetch.
 *
 * <p>Linux looks for it only under a hypervisor it knows by its CPUID leaf 40000000h; finding VMware's there, it also asks
 * this port for the clock frequencies and then need not measure them, which on a busy host goes wrong. The X server's vmmouse
 * driver and others look always.
 */
public final class VmMouse implements Device<VmMouseState> {
    /** The backdoor's first port. */
    public static final int PORT = 0x5658;
    /** Ports it takes. */
    public static final int PORTS = 4;
    /** Largest coordinate; the whole screen is 0 to this in both directions. */
    public static final int MAX = 0xFFFF;

    private static final int WORDS_PER_EVENT = 4;
    private static final int QUEUE_WORDS = 256;
    /** Motion is merged when the guest is this far behind. */
    private static final int MERGE_WORDS = 16;

    private final String label;
    private final Supplier<GuestRegisters> registers;
    private final Runnable trigger;
    private final int[] words = new int[QUEUE_WORDS];
    private int count;
    private int status;
    private boolean absolute;
    private int buttons;
    private int x;
    private int y;
    private Runnable modeChanged = () -> {};
    private long tscHertz;
    private int busHertz;

    /**
     * @param registers the processor's registers, only used inside a read of the port
     * @param trigger makes the PS/2 mouse send a packet
     */
    public VmMouse(String label, Supplier<GuestRegisters> registers, Runnable trigger) {
        this.label = label;
        this.registers = registers;
        this.trigger = trigger;
        reset();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        count = 0;
        status = VMMOUSE_ERROR;
        buttons = 0;
        x = 0;
        y = 0;
        setAbsolute(false);
    }

    /** What a guest that asks is told about its clocks: time stamp counter and local APIC timer before division. */
    public void frequencies(long timeStampCounterHertz, int apicBusHertz) {
        tscHertz = timeStampCounterHertz;
        busHertz = apicBusHertz;
    }

    /** Whether the guest takes absolute positions now; otherwise the PS/2 mouse is to be used. */
    public boolean active() {
        return absolute && status == 0;
    }

    /** Calls {@code listener} whenever {@link #active} may have changed. */
    public void onModeChange(Runnable listener) {
        modeChanged = listener;
    }

    /** The pointer is at {@code x}, {@code y}, each 0 to {@link #MAX}. */
    public void moveTo(int newX, int newY) {
        x = Math.clamp(newX, 0, MAX);
        y = Math.clamp(newY, 0, MAX);
        add(0);
    }

    /** Button 0 left, 1 right, 2 middle; others do not exist here. */
    public void button(int number, boolean pressed) {
        int bit = switch (number) {
            case 0 -> VMMOUSE_LEFT_BUTTON;
            case 1 -> VMMOUSE_RIGHT_BUTTON;
            case 2 -> VMMOUSE_MIDDLE_BUTTON;
            default -> 0;
        };
        buttons = pressed ? buttons | bit : buttons & ~bit;
        add(0);
    }

    /** The wheel turns by {@code notches}, towards the user when positive. */
    public void wheel(int notches) {
        add(notches);
    }

    private void add(int dz) {
        if (!active()) {
            return;
        }
        int last = count - WORDS_PER_EVENT;
        boolean onlyMotion = dz == 0 && count >= MERGE_WORDS && words[last] == buttons && words[last + 3] == 0;
        int at = onlyMotion ? last : count;
        if (at + WORDS_PER_EVENT <= QUEUE_WORDS) {
            words[at] = buttons;
            words[at + 1] = x;
            words[at + 2] = y;
            words[at + 3] = dz;
            count = at + WORDS_PER_EVENT;
        }
        trigger.run();
    }

    /** {@link #PORTS} ports at {@link #PORT}. */
    public PortDevice port() {
        return new PortDevice() {
            @Override
            public int read(int offset, int size) {
                GuestRegisters r = registers.get();
                if (offset != 0 || size != 4 || r.get(GuestRegisters.EAX) != VMMOUSE_PROTO_MAGIC) {
                    return size == 4 ? -1 : (1 << 8 * size) - 1;
                }
                return command(r);
            }

            @Override
            public void write(int offset, int size, int value) {} // only IN carries commands we have
        };
    }

    /** Carries out the command in CX; returns what IN puts into EAX. */
    private int command(GuestRegisters r) {
        int argument = r.get(GuestRegisters.EBX);
        switch (r.get(GuestRegisters.ECX) & 0xFFFF) {
            case VMMOUSE_PROTO_CMD_GETVERSION -> {
                r.set(GuestRegisters.EBX, VMMOUSE_PROTO_MAGIC);
                r.set(GuestRegisters.ECX, PRODUCT_TYPE);
                return BACKDOOR_VERSION;
            }
            case VMMOUSE_PROTO_CMD_ABSPOINTER_STATUS -> {
                return status << 16 | count;
            }
            case VMMOUSE_PROTO_CMD_ABSPOINTER_DATA -> {
                return data(r, argument);
            }
            case VMMOUSE_PROTO_CMD_ABSPOINTER_COMMAND -> {
                pointerCommand(argument);
                return 0;
            }
            case VMMOUSE_PROTO_CMD_ABSPOINTER_RESTRICT -> {
                return 0; // who may use the port is the guest's affair
            }
            case VMWARE_CMD_GETHZ -> {
                return hertz(r);
            }
            default -> {
                return -1;
            }
        }
    }

    /** EBX:EAX and ECX; all ones when the board has not said. */
    private int hertz(GuestRegisters r) {
        boolean known = tscHertz != 0;
        r.set(GuestRegisters.EBX, known ? (int) (tscHertz >>> 32) : -1);
        r.set(GuestRegisters.ECX, known ? busHertz : -1);
        return known ? (int) tscHertz : -1;
    }

    private int data(GuestRegisters r, int wanted) {
        if (wanted < 1 || wanted > WORDS_PER_EVENT || wanted > count) {
            status = VMMOUSE_ERROR;
            modeChanged.run();
            return -1;
        }
        int[] targets = {GuestRegisters.EAX, GuestRegisters.EBX, GuestRegisters.ECX, GuestRegisters.EDX};
        for (int k = 1; k < wanted; k++) {
            r.set(targets[k], words[k]);
        }
        int first = words[0];
        count -= wanted;
        System.arraycopy(words, wanted, words, 0, count);
        return first;
    }

    private void pointerCommand(int command) {
        switch (command) {
            case VMMOUSE_CMD_ENABLE -> {
                status = 0;
                words[0] = VMMOUSE_VERSION_ID;
                count = 1;
                setAbsolute(false);
            }
            case VMMOUSE_CMD_DISABLE -> {
                status = VMMOUSE_ERROR;
                count = 0;
                setAbsolute(false);
            }
            case VMMOUSE_CMD_REQUEST_ABSOLUTE -> setAbsolute(true);
            case VMMOUSE_CMD_REQUEST_RELATIVE -> setAbsolute(false);
            default -> {} // unknown: ignored
        }
    }

    private void setAbsolute(boolean on) {
        absolute = on;
        modeChanged.run();
    }

    @Override
    public VmMouseState save() {
        return new VmMouseState(status, absolute, buttons, x, y, Arrays.copyOf(words, count));
    }

    @Override
    public void restore(VmMouseState s) {
        status = s.status();
        buttons = s.buttons();
        x = s.x();
        y = s.y();
        count = s.words().length;
        System.arraycopy(s.words(), 0, words, 0, count);
        setAbsolute(s.absolute());
    }
}
