package org.terrarium.vm.device.i8042;

import java.util.ArrayDeque;
import java.util.List;
import org.terrarium.vm.time.Timer;
import org.terrarium.vm.time.TimerQueue;

/**
 * A PS/2 mouse with three buttons that can be switched to the IntelliMouse protocols: wheel, and wheel with five buttons.
 * Commands as in IBM's Personal System/2 hardware interface technical reference, "Mouse", and Microsoft's "Intellimouse
 * Explorer" notes. The resolution command is remembered but does not change the motion: the host's pointer has none.
 */
public final class Ps2Mouse {
    private static final int ACK = 0xFA;
    private static final int BAT_OK = 0xAA;
    private static final int RESEND = 0xFE;
    private static final int ERROR = 0xFC;

    private static final int CMD_SCALING_1_1 = 0xE6;
    private static final int CMD_SCALING_2_1 = 0xE7;
    private static final int CMD_RESOLUTION = 0xE8;
    private static final int CMD_STATUS_REQUEST = 0xE9;
    private static final int CMD_STREAM_MODE = 0xEA;
    private static final int CMD_READ_DATA = 0xEB;
    private static final int CMD_RESET_WRAP_MODE = 0xEC;
    private static final int CMD_WRAP_MODE = 0xEE;
    private static final int CMD_REMOTE_MODE = 0xF0;
    private static final int CMD_READ_ID = 0xF2;
    private static final int CMD_SAMPLE_RATE = 0xF3;
    private static final int CMD_ENABLE = 0xF4;
    private static final int CMD_DISABLE = 0xF5;
    private static final int CMD_SET_DEFAULT = 0xF6;
    private static final int CMD_RESEND = 0xFE;
    private static final int CMD_RESET = 0xFF;

    private static final int ID_STANDARD = 0;
    private static final int ID_WHEEL = 3;
    private static final int ID_FIVE_BUTTONS = 4;
    private static final int KNOCK_WHEEL = 200 << 16 | 100 << 8 | 80;
    private static final int KNOCK_FIVE_BUTTONS = 200 << 16 | 200 << 8 | 80;

    private static final int PACKET_ALWAYS_ONE = 0x08;
    private static final int PACKET_X_SIGN = 0x10;
    private static final int PACKET_Y_SIGN = 0x20;
    private static final int MAX_MOTION = 255;

    private static final long BAT_NANOS = 10_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final int MAX_EVENTS = 16;
    private static final int MAX_TRIGGERS = 4;

    private final TimerQueue timers;
    private final Runnable dataReady;
    private final Timer bat;
    private final Timer packet;
    private final ByteFifo output = new ByteFifo(16);
    private final ArrayDeque<PointerEvent> events = new ArrayDeque<>();
    private int id;
    private int knocks;
    private boolean remote;
    private boolean wrap;
    private boolean reporting;
    private boolean scaling2to1;
    private int resolution;
    private int sampleRate;
    private int command;
    private byte[] lastResponse = {};
    private int buttons;
    private int reportedButtons;
    private int triggers;
    private boolean responding;
    private long nextPacketAt;

    /** {@code dataReady} is called when there may be a byte to take. */
    Ps2Mouse(String label, TimerQueue timers, Runnable dataReady) {
        this.timers = timers;
        this.dataReady = dataReady;
        this.bat = timers.create(label + " self test", this::selfTestDone);
        this.packet = timers.create(label + " sample", this::samplePoint);
        powerOn();
    }

    void powerOn() {
        bat.cancel();
        packet.cancel();
        output.clear();
        command = 0;
        lastResponse = new byte[0];
        buttons = 0;
        nextPacketAt = 0;
        responding = false;
        knocks = 0;
        id = ID_STANDARD;
        wrap = false;
        remote = false;
        setDefaults();
    }

    private void setDefaults() {
        forgetMotion();
        sampleRate = 100;
        resolution = 2;
        scaling2to1 = false;
        reporting = false;
    }

    private void forgetMotion() {
        events.clear();
        triggers = 0;
        reportedButtons = buttons;
        packet.cancel();
    }

    /** The pointer moves: {@code dx} counts to the right, {@code dy} down. */
    public void move(int dx, int dy) {
        add(dx, dy, 0);
    }

    /** The wheel turns by {@code notches}, towards the user when positive. */
    public void wheel(int notches) {
        add(0, 0, notches);
    }

    /** Button 0 left, 1 right, 2 middle, 3 and 4 the side buttons. */
    public void button(int number, boolean pressed) {
        int bit = 1 << number & 0x1F;
        buttons = pressed ? buttons | bit : buttons & ~bit;
        add(0, 0, 0);
    }

    /** Sends a packet although nothing has moved: the guest then asks the absolute pointer. */
    public void trigger() {
        if (streaming()) {
            triggers = Math.min(triggers + 1, MAX_TRIGGERS);
            schedule();
        }
    }

    private boolean streaming() {
        return reporting && !remote && !wrap && !bat.armed();
    }

    private void add(int dx, int dy, int dz) {
        if (!remote && !streaming()) {
            reportedButtons = buttons;
            return;
        }
        PointerEvent last = events.peekLast();
        if (last != null && (last.buttons() == buttons || events.size() >= MAX_EVENTS)) {
            events.removeLast();
            events.addLast(new PointerEvent(
                    bounded(last.dx() + dx), bounded(last.dy() + dy), bounded(last.dz() + dz), buttons));
        } else {
            events.addLast(new PointerEvent(bounded(dx), bounded(dy), bounded(dz), buttons));
        }
        schedule();
    }

    private static int bounded(int v) {
        return Math.clamp(v, -32_768, 32_767);
    }

    /** In stream mode a packet goes out when the last one has been taken and the sample rate allows it. */
    private void schedule() {
        if (!streaming() || packet.armed() || !output.isEmpty() || events.isEmpty() && triggers == 0) {
            return;
        }
        if (timers.nanos() >= nextPacketAt) {
            samplePoint();
        } else {
            packet.at(nextPacketAt);
        }
    }

    private void samplePoint() {
        if (!streaming() || !output.isEmpty()) {
            return;
        }
        if (!events.isEmpty() || triggers > 0) {
            triggers = Math.max(0, triggers - 1);
            nextPacketAt = timers.nanos() + SECOND / sampleRate;
            responding = false;
            queuePacket(scaling2to1);
            dataReady.run();
        }
    }

    private void queuePacket(boolean scaled) {
        PointerEvent e = events.isEmpty() ? new PointerEvent(0, 0, 0, reportedButtons) : events.removeFirst();
        int dx = Math.clamp(e.dx(), -MAX_MOTION, MAX_MOTION);
        int dy = Math.clamp(e.dy(), -MAX_MOTION, MAX_MOTION);
        int maxNotches = id == ID_FIVE_BUTTONS ? 7 : 127;
        int dz = id == ID_STANDARD ? e.dz() : Math.clamp(e.dz(), -maxNotches, maxNotches);
        if (dx != e.dx() || dy != e.dy() || dz != e.dz()) {
            events.addFirst(new PointerEvent(e.dx() - dx, e.dy() - dy, e.dz() - dz, e.buttons()));
        }
        reportedButtons = e.buttons();
        int x = scaled ? scale(dx) : dx;
        int y = scaled ? scale(-dy) : -dy;
        output.add(PACKET_ALWAYS_ONE | e.buttons() & 7 | (x < 0 ? PACKET_X_SIGN : 0) | (y < 0 ? PACKET_Y_SIGN : 0));
        output.add(x);
        output.add(y);
        if (id == ID_WHEEL) {
            output.add(dz);
        } else if (id == ID_FIVE_BUTTONS) {
            output.add(dz & 0x0F | (e.buttons() & 0x18) << 1);
        }
    }

    /** The 2:1 scaling table of the PS/2 mouse. */
    private static int scale(int v) {
        int a = Math.abs(v);
        int scaled = switch (a) {
            case 0, 1, 3 -> a;
            case 2 -> 1;
            case 4 -> 6;
            case 5 -> 9;
            default -> Math.min(2 * a, MAX_MOTION);
        };
        return v < 0 ? -scaled : scaled;
    }

    boolean hasByte() {
        return !output.isEmpty();
    }

    /** Whether what is there answers a command. */
    boolean responding() {
        return responding;
    }

    int take() {
        return output.take();
    }

    /** The byte taken is on its way: the next packet may be made. */
    void taken() {
        schedule();
    }

    /** A byte from the controller. */
    void receive(int value) {
        bat.cancel();
        packet.cancel();
        output.clear();
        responding = true;
        if (wrap && value != CMD_RESET && value != CMD_RESET_WRAP_MODE) {
            output.add(value);
        } else if (command != 0) {
            int c = command;
            command = 0;
            argument(c, value);
        } else {
            command(value);
        }
        schedule();
        dataReady.run();
    }

    private void respond(int... values) {
        lastResponse = new byte[values.length];
        for (int k = 0; k < values.length; k++) {
            lastResponse[k] = (byte) values[k];
            output.add(values[k]);
        }
    }

    private void command(int value) {
        switch (value) {
            case CMD_SCALING_1_1, CMD_SCALING_2_1 -> {
                scaling2to1 = value == CMD_SCALING_2_1;
                respond(ACK);
            }
            case CMD_RESOLUTION, CMD_SAMPLE_RATE -> {
                command = value;
                respond(ACK);
            }
            case CMD_STATUS_REQUEST -> respond(ACK, status(), resolution, sampleRate);
            case CMD_STREAM_MODE -> {
                remote = false;
                forgetMotion();
                respond(ACK);
            }
            case CMD_READ_DATA -> {
                respond(ACK);
                queuePacket(false);
            }
            case CMD_RESET_WRAP_MODE -> {
                wrap = false;
                respond(ACK);
            }
            case CMD_WRAP_MODE -> {
                wrap = true;
                forgetMotion();
                respond(ACK);
            }
            case CMD_REMOTE_MODE -> {
                remote = true;
                forgetMotion();
                respond(ACK);
            }
            case CMD_READ_ID -> respond(ACK, id);
            case CMD_ENABLE -> {
                forgetMotion();
                reporting = true;
                respond(ACK);
            }
            case CMD_DISABLE -> {
                reporting = false;
                forgetMotion();
                respond(ACK);
            }
            case CMD_SET_DEFAULT -> {
                setDefaults();
                respond(ACK);
            }
            case CMD_RESEND -> respondAgain();
            case CMD_RESET -> {
                int held = buttons;
                powerOn();
                buttons = held;
                reportedButtons = held;
                respond(ACK);
                bat.at(timers.nanos() + BAT_NANOS);
            }
            default -> respond(RESEND);
        }
    }

    private void respondAgain() {
        for (byte b : lastResponse) {
            output.add(b);
        }
    }

    private int status() {
        return (remote ? 0x40 : 0)
                | (reporting ? 0x20 : 0)
                | (scaling2to1 ? 0x10 : 0)
                | ((buttons & 1) != 0 ? 4 : 0)
                | ((buttons & 4) != 0 ? 2 : 0)
                | ((buttons & 2) != 0 ? 1 : 0);
    }

    private void argument(int forCommand, int value) {
        if (forCommand == CMD_RESOLUTION) {
            if (value > 3) {
                respond(ERROR);
                return;
            }
            resolution = value;
            respond(ACK);
            return;
        }
        if (value == 0 || value > 200) {
            respond(ERROR);
            return;
        }
        sampleRate = value;
        knocks = (knocks << 8 | value) & 0xFFFFFF;
        if (knocks == KNOCK_WHEEL) {
            id = ID_WHEEL;
        } else if (knocks == KNOCK_FIVE_BUTTONS) {
            id = ID_FIVE_BUTTONS;
        }
        respond(ACK);
    }

    private void selfTestDone() {
        responding = true;
        output.add(BAT_OK);
        output.add(ID_STANDARD);
        dataReady.run();
    }

    Ps2MouseState save() {
        return new Ps2MouseState(
                id,
                knocks,
                remote,
                wrap,
                reporting,
                scaling2to1,
                resolution,
                sampleRate,
                command,
                lastResponse.clone(),
                output.save(),
                List.copyOf(events),
                buttons,
                reportedButtons,
                triggers,
                responding,
                bat.deadline(),
                packet.deadline(),
                nextPacketAt);
    }

    void restore(Ps2MouseState s) {
        id = s.id();
        knocks = s.knocks();
        remote = s.remote();
        wrap = s.wrap();
        reporting = s.reporting();
        scaling2to1 = s.scaling2to1();
        resolution = s.resolution();
        sampleRate = s.sampleRate();
        command = s.command();
        lastResponse = s.lastResponse().clone();
        output.restore(s.output());
        events.clear();
        events.addAll(s.events());
        buttons = s.buttons();
        reportedButtons = s.reportedButtons();
        triggers = s.triggers();
        responding = s.responding();
        nextPacketAt = s.nextPacketAt();
        bat.at(s.batDeadline());
        packet.at(s.packetDeadline());
    }
}
