package org.terrarium.vm.device.ac97;

import static org.terrarium.vm.device.ac97.Reg82801.*;

import java.util.List;
import org.terrarium.vm.bus.BytePortDevice;
import org.terrarium.vm.bus.Device;
import org.terrarium.vm.bus.DmaMemory;
import org.terrarium.vm.bus.IrqLine;
import org.terrarium.vm.bus.PortBus;
import org.terrarium.vm.bus.PortDevice;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.device.pci.PciFunction;
import org.terrarium.vm.device.pci.PortWindow;
import org.terrarium.vm.sound.SoundOutput;
import org.terrarium.vm.time.TimerQueue;

/**
 * AC'97 audio controller of the 82801AA with one codec (Intel 290655; Audio Codec '97 component specification 2.1). PCM out
 * is played, PCM in and the microphone give silence. Samples move at the codec's rate in machine time.
 */
public final class Ac97 implements Device<Ac97State>, PciFunction {
    /** Ports of the native audio mixer range (BAR 0): the codec's registers. */
    static final int NAM_PORTS = 256;

    private static final int CODEC_BYTES = 128;
    private static final int FRAME_BYTES = 4;
    private static final int CHUNK = 1024;

    private final String label;
    private final DmaMemory memory;
    private final SoundOutput output;
    private final PciConfig config;
    private final Codec codec = new Codec();
    private final Engine in;
    private final Engine out;
    private final Engine microphone;
    private final List<Engine> engines;
    private final byte[] raw = new byte[CHUNK * FRAME_BYTES];
    private final short[] samples = new short[CHUNK * 2];
    private int globalControl;
    private int globalStatus;
    private int semaphore;

    /**
     * @param wire its INTB# pin
     * @param output what is played goes there
     */
    public Ac97(String label, TimerQueue timers, DmaMemory memory, PortBus ports, IrqLine wire, SoundOutput output) {
        this.label = label;
        this.memory = memory;
        this.output = output;
        config = PciConfig.of(0x8086, 0x2415, 0x040100)
                .revision(1)
                .subsystem(0x8086, 0)
                .register(PciConfig.STATUS, 2, 0x0280, 0)
                .register(PciConfig.COMMAND, 2, 0, PciConfig.COMMAND_IO | PciConfig.COMMAND_MASTER)
                .interrupt(2, wire)
                .ioBar(0, NAM_PORTS, new PortWindow(ports, NAM_PORTS, mixer()))
                .ioBar(1, NABM_PORTS, new PortWindow(ports, NABM_PORTS, busMaster()))
                .onWrite((offset, size) -> configured(offset))
                .build();
        in = new Engine(label + " PI", timers, memory, 2, this::mayMove, codec::adcRate, this::record, this::interrupt);
        out = new Engine(label + " PO", timers, memory, 2, this::mayMove, codec::dacRate, this::play, this::interrupt);
        microphone = new Engine(
                label + " MC", timers, memory, 1, this::mayMove, codec::adcRate, this::listen, this::interrupt);
        engines = List.of(in, out, microphone);
    }

    private void configured(int offset) {
        if (offset < PciConfig.BASE_ADDRESS_0) {
            engines.forEach(Engine::advance); // bus mastering may have been switched off: up to now it was on
            engines.forEach(Engine::update);
            interrupt();
        }
    }

    private boolean mayMove() {
        return config.busMaster() && linked();
    }

    /** Whether the codec answers on the AC-link. */
    private boolean linked() {
        return (globalControl & (CNT_COLD_RESET | CNT_LINK_OFF)) == CNT_COLD_RESET && codec.ready();
    }

    /** The codec's registers as BAR 0 shows them; they are words. */
    public PortDevice mixer() {
        return new PortDevice() {
            @Override
            public int read(int offset, int size) {
                int value = readCodec(offset & ~1);
                if (size == 4) {
                    return value | readCodec(offset + 2 & ~1) << 16;
                }
                return size == 1 ? value >> 8 * (offset & 1) & 0xFF : value;
            }

            @Override
            public void write(int offset, int size, int value) {
                if (size == 1) {
                    semaphore = 0; // such an access does not reach the codec
                    return;
                }
                writeCodec(offset & ~1, value & 0xFFFF);
                if (size == 4) {
                    writeCodec(offset + 2 & ~1, value >>> 16);
                }
            }
        };
    }

    private int readCodec(int register) {
        semaphore = 0;
        if (!linked() || register >= CODEC_BYTES) {
            globalStatus |= STA_RCS; // nobody answered
            return 0xFFFF;
        }
        return codec.read(register);
    }

    private void writeCodec(int register, int value) {
        semaphore = 0;
        if (linked() && register < CODEC_BYTES) {
            around(() -> codec.write(register, value));
        }
    }

    /** Does something that time depends on: what was due before goes by the old rules. */
    private void around(Runnable change) {
        int outRate = codec.dacRate();
        int inRate = codec.adcRate();
        engines.forEach(Engine::advance);
        change.run();
        if (outRate != codec.dacRate()) {
            out.restart();
        }
        if (inRate != codec.adcRate()) {
            in.restart();
            microphone.restart();
        }
        engines.forEach(Engine::update);
        interrupt();
    }

    /** The engines' and the common registers as BAR 1 shows them. */
    public PortDevice busMaster() {
        return new BytePortDevice() {
            @Override
            public int readByte(int offset) {
                if (offset < GLOB_CNT) {
                    Engine engine = engine(offset);
                    engine.advance();
                    engine.update();
                    interrupt();
                    return engine.readByte(offset & 0xF);
                }
                if (offset == CAS) {
                    int before = semaphore;
                    semaphore = 1;
                    return before;
                }
                int shift = 8 * (offset & 3);
                return switch (offset & ~3) {
                    case GLOB_CNT -> globalControl >>> shift & 0xFF;
                    case GLOB_STA -> status() >>> shift & 0xFF;
                    default -> 0;
                };
            }

            @Override
            public void writeByte(int offset, int value) {
                if (offset < GLOB_CNT) {
                    Engine engine = engine(offset);
                    engine.advance();
                    engine.writeByte(offset & 0xF, value);
                    engine.update();
                    interrupt();
                } else if (offset == GLOB_CNT) {
                    around(() -> control(value));
                } else if (offset >> 2 == GLOB_STA >> 2) {
                    int v = value << 8 * (offset & 3);
                    int kept = 0xFF << 8 * (offset & 3) & STA_WRITABLE;
                    globalStatus = (globalStatus & ~(v & STA_RCS) & ~kept) | v & kept;
                }
            }
        };
    }

    private Engine engine(int offset) {
        return offset < PO ? in : offset < MC ? out : microphone;
    }

    private void control(int value) {
        boolean coldBefore = (globalControl & CNT_COLD_RESET) != 0;
        globalControl = value & CNT_WRITABLE;
        boolean cold = (globalControl & CNT_COLD_RESET) != 0;
        if (!cold && coldBefore) {
            codec.reset(); // AC_RESET# is asserted
        } else if ((value & CNT_WARM_RESET) != 0 && cold) {
            codec.warmReset(); // done at once, so the bit reads as 0 again
        }
    }

    private int status() {
        engines.forEach(Engine::advance);
        engines.forEach(Engine::update);
        interrupt();
        return globalStatus
                | (linked() ? STA_S0CR : 0)
                | (in.interrupt() ? STA_PIINT : 0)
                | (out.interrupt() ? STA_POINT : 0)
                | (microphone.interrupt() ? STA_MINT : 0);
    }

    private void interrupt() {
        config.setInterrupt(in.interrupt() || out.interrupt() || microphone.interrupt());
    }

    private void play(long address, int frames, int rate) {
        for (int from = 0; from < frames; from += CHUNK) {
            int count = Math.min(CHUNK, frames - from);
            memory.read(address + (long) from * FRAME_BYTES, raw, 0, count * FRAME_BYTES);
            for (int k = 0; k < 2 * count; k++) {
                int sample = (short) (raw[2 * k] & 0xFF | raw[2 * k + 1] << 8);
                long loud = (long) sample * codec.gain(k & 1) >> 16;
                samples[k] = (short) Math.clamp(loud, Short.MIN_VALUE, Short.MAX_VALUE);
            }
            output.play(samples, count, rate);
        }
    }

    private void record(long address, int frames, int rate) {
        silence(address, frames * FRAME_BYTES);
    }

    private void listen(long address, int frames, int rate) {
        silence(address, frames * FRAME_BYTES / 2);
    }

    private void silence(long address, int bytes) {
        byte[] zeros = new byte[Math.min(bytes, raw.length)];
        for (int at = 0; at < bytes; at += zeros.length) {
            memory.write(address + at, zeros, 0, Math.min(zeros.length, bytes - at));
        }
    }

    @Override
    public PciConfig config() {
        return config;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public void reset() {
        config.reset();
        globalControl = 0;
        globalStatus = 0;
        semaphore = 0;
        codec.reset();
        engines.forEach(Engine::reset);
        interrupt();
    }

    @Override
    public Ac97State save() {
        return new Ac97State(
                config.save(),
                codec.save(),
                in.save(),
                out.save(),
                microphone.save(),
                globalControl,
                globalStatus,
                semaphore);
    }

    @Override
    public void restore(Ac97State s) {
        config.restore(s.config());
        codec.restore(s.codec());
        in.restore(s.in());
        out.restore(s.out());
        microphone.restore(s.microphone());
        globalControl = s.globalControl();
        globalStatus = s.globalStatus();
        semaphore = s.semaphore();
        interrupt();
    }
}
