package org.terrarium.vm.device.ac97;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.vm.device.ac97.Reg82801.*;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.device.nic.CardRig;
import org.terrarium.vm.device.pci.PciConfig;
import org.terrarium.vm.sound.SoundOutput;
import org.terrarium.vm.time.TimerQueue;

/** The AC'97 controller and codec, driven as their manuals say. */
class Ac97Test {
    private static final int RING = 0x1000;
    private static final int DATA = 0x10000;
    private static final int FRAMES = 480;
    private static final long BUFFER_NANOS = 10_000_000;

    private final CardRig rig = new CardRig();
    private long now = 1_000_000;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private short[] played = {};
    private int rate;
    private final Ac97 card = card(timers, rig, this::heard);

    private void heard(short[] samples, int frames, int at) {
        int before = played.length;
        played = Arrays.copyOf(played, before + 2 * frames);
        System.arraycopy(samples, 0, played, before, 2 * frames);
        rate = at;
    }

    private static Ac97 card(TimerQueue timers, CardRig rig, SoundOutput output) {
        Ac97 c = new Ac97("ac97", timers, rig.memory, rig.ports, rig.wire(), output);
        c.reset();
        return c;
    }

    private static void start(Ac97 c) {
        c.config().write(PciConfig.COMMAND, 2, PciConfig.COMMAND_MASTER | PciConfig.COMMAND_IO);
        c.busMaster().write(GLOB_CNT, 4, CNT_COLD_RESET);
        c.mixer().write(Codec.MASTER_VOLUME, 2, 0);
        c.mixer().write(Codec.PCM_OUT_VOLUME, 2, 0x0808);
    }

    private void write(int register, int size, int value) {
        card.busMaster().write(PO + register, size, value);
    }

    private int read(int register, int size) {
        return card.busMaster().read(PO + register, size);
    }

    private void pass(long nanos) {
        long end = now + nanos;
        while (timers.nextDeadline() <= end) {
            now = Math.max(now, timers.nextDeadline());
            timers.runDue(now);
        }
        now = end;
    }

    private short[] fill(int count) {
        short[] samples = new short[count * FRAMES * 2];
        Random random = new Random(5);
        for (int k = 0; k < samples.length; k++) {
            samples[k] = (short) random.nextInt();
            rig.put(DATA + 2 * k, 2, samples[k]);
        }
        for (int n = 0; n < count; n++) {
            rig.put(RING + 8 * n, 4, DATA + 4 * n * FRAMES);
            rig.put(RING + 8 * n + 4, 4, 2 * FRAMES | BD_IOC);
        }
        write(BDBAR, 4, RING);
        write(LVI, 1, count - 1);
        return samples;
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<Ac97, Ac97State>of(t -> {
                    Ac97 c = card(t, new CardRig(), SoundOutput.NONE);
                    start(c);
                    return c;
                })
                .change(c -> {
                    start(c);
                    c.mixer().write(Codec.MASTER_VOLUME, 2, 0x0505);
                })
                .ports(Ac97::mixer, Ac97.NAM_PORTS)
                .ports(Ac97::busMaster, NABM_PORTS)
                .outside(Ac97Test::start)
                .verify();
    }

    @Test
    void playsEverySampleInMachineTime() {
        start(card);
        short[] samples = fill(3);
        write(CR, 1, CR_RPBM | CR_IOCE | CR_LVBIE);
        assertEquals(0, read(SR, 2), "running");
        pass(BUFFER_NANOS / 2);
        assertEquals(FRAMES, read(PICB, 2), "half of the first buffer's samples are left");
        assertFalse(rig.interrupt);
        pass(BUFFER_NANOS / 2 + 30_000);
        assertTrue(rig.interrupt, "the first buffer is complete");
        assertEquals(1, read(CIV, 1));
        assertEquals(2, read(PIV, 1));
        assertEquals(SR_BCIS, read(SR, 2));
        assertEquals(STA_POINT | STA_S0CR, card.busMaster().read(GLOB_STA, 4));
        write(SR, 2, SR_BCIS);
        assertFalse(rig.interrupt);
        pass(2 * BUFFER_NANOS);
        assertEquals(SR_DCH | SR_CELV | SR_LVBCI | SR_BCIS, read(SR, 2), "stopped after the last valid buffer");
        assertEquals(0, read(PICB, 2));
        pass(10 * BUFFER_NANOS);
        assertArrayEquals(samples, played, "exactly the guest's samples at 0 dB");
        assertEquals(48_000, rate);
        write(LVI, 1, 4);
        assertEquals(3, read(CIV, 1), "a further valid buffer sets it going again");
        assertEquals(0, read(SR, 2) & (SR_DCH | SR_CELV));
    }

    @Test
    void pausesInTheMiddleOfABuffer() {
        start(card);
        short[] samples = fill(1);
        write(CR, 1, CR_RPBM);
        pass(BUFFER_NANOS / 2);
        write(CR, 1, 0);
        assertEquals(SR_DCH, read(SR, 2));
        pass(BUFFER_NANOS);
        assertEquals(FRAMES, read(PICB, 2), "nothing moves while it is paused");
        write(CR, 1, CR_RPBM);
        pass(BUFFER_NANOS);
        assertArrayEquals(samples, played);
        write(CR, 1, CR_RR | CR_IOCE);
        assertEquals(SR_DCH, read(SR, 2));
        assertEquals(CR_IOCE, read(CR, 1), "a reset leaves the interrupt enables");
        assertEquals(0, read(BDBAR, 4));
    }

    @Test
    void playsAtTheRateAndVolumeOfTheCodec() {
        start(card);
        card.mixer().write(Codec.PCM_FRONT_DAC_RATE, 2, 8_000);
        assertEquals(48_000, card.mixer().read(Codec.PCM_FRONT_DAC_RATE, 2), "without VRA the rate is fixed");
        card.mixer().write(Codec.EXTENDED_AUDIO_CONTROL, 2, Codec.VRA);
        card.mixer().write(Codec.PCM_FRONT_DAC_RATE, 2, 8_000);
        card.mixer().write(Codec.MASTER_VOLUME, 2, 0x1F04); // left -46.5 dB, right -6 dB
        short[] samples = fill(1);
        write(CR, 1, CR_RPBM);
        pass(6 * BUFFER_NANOS - 200_000);
        assertEquals(0, read(SR, 2), "480 frames take 60 ms at 8 kHz");
        pass(400_000);
        assertTrue((read(SR, 2) & SR_LVBCI) != 0, "and no longer");
        assertEquals(8_000, rate);
        for (int k = 0; k < samples.length; k++) {
            double factor = Math.pow(10, (k % 2 == 0 ? -46.5 : -6) / 20);
            assertEquals(samples[k] * factor, played[k], 1.5, "sample " + k);
        }
    }

    @Test
    void answersOnlyOverTheLink() {
        assertEquals(0xFFFF, card.mixer().read(Codec.VENDOR_ID1, 2), "the codec is held in reset");
        assertEquals(STA_RCS, card.busMaster().read(GLOB_STA, 4));
        start(card);
        card.busMaster().write(GLOB_STA, 4, STA_RCS);
        assertEquals(STA_S0CR, card.busMaster().read(GLOB_STA, 4));
        assertEquals(0x8384, card.mixer().read(Codec.VENDOR_ID1, 2));
        card.mixer().write(Codec.MASTER_VOLUME, 2, 0xBF20);
        assertEquals(0x9F1F, card.mixer().read(Codec.MASTER_VOLUME, 2), "a sixth volume bit is the lowest volume");
        assertEquals(0, card.busMaster().read(CAS, 1));
        assertEquals(1, card.busMaster().read(CAS, 1), "reading the semaphore takes it");
        card.mixer().write(Codec.RESET, 2, 0);
        assertEquals(Codec.MUTE, card.mixer().read(Codec.MASTER_VOLUME, 2));
        assertEquals(0, card.busMaster().read(CAS, 1), "and a codec access gives it back");
    }

    @Test
    void recordsSilence() {
        start(card);
        rig.put(RING, 4, DATA);
        rig.put(RING + 4, 4, 2 * FRAMES);
        Arrays.fill(rig.memory.bytes, DATA, DATA + 5 * FRAMES, (byte) 0x55);
        card.busMaster().write(PI + BDBAR, 4, RING);
        card.busMaster().write(PI + CR, 1, CR_RPBM);
        pass(2 * BUFFER_NANOS);
        assertEquals(0, rig.get(DATA + 4 * FRAMES - 4, 4));
        assertEquals(0x55, rig.get(DATA + 4 * FRAMES, 1), "not beyond the buffer");
    }
}
