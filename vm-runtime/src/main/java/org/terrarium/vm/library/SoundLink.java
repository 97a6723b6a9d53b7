package org.terrarium.vm.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.sound.HostSound;
import org.terrarium.vm.sound.SoundOutput;
import org.terrarium.vm.sound.WavFile;
import org.terrarium.vm.spec.SoundSpec;

/** Connects a machine's sound card, if it has one, with what its description names, and counts what is played. */
final class SoundLink implements SoundOutput, SoundPlug {
    private final AtomicReference<Machine> machine = new AtomicReference<>();
    private final AtomicLong played = new AtomicLong();
    private volatile SoundSpec spec;
    private volatile SoundOutput target;
    private boolean closed;

    private SoundLink(SoundSpec spec) {
        this.spec = spec;
    }

    /** Opens the file, where there is one; see {@link SerialLinks#open}. */
    static SoundLink open(SoundSpec spec, UnaryOperator<Path> resolve) throws IOException {
        SoundLink link = new SoundLink(spec);
        Consumer<String> trouble = link::report;
        link.target = spec.kind() == SoundSpec.Kind.WAV
                ? new WavFile(resolve.apply(spec.file()), trouble)
                : link.output(spec);
        return link;
    }

    private SoundOutput output(SoundSpec where) {
        return where.kind() == SoundSpec.Kind.HOST ? new HostSound(this::report) : SoundOutput.NONE;
    }

    private void report(String sentence) {
        machine.get().report(sentence); // nothing plays before there is one
    }

    void plugInto(MachineBuilder builder) {
        if (spec.kind() != SoundSpec.Kind.NONE) {
            builder.sound(this);
        }
    }

    /** Whom trouble with the host is told. */
    void connect(Machine built) {
        machine.set(built);
    }

    @Override
    public SoundSpec spec() {
        return spec;
    }

    @Override
    public synchronized void hear(boolean on) throws IOException {
        SoundSpec wanted = spec.heard(on);
        if (closed || wanted.equals(spec)) {
            return;
        }
        SoundOutput before = target;
        target = output(wanted);
        spec = wanted;
        before.close();
    }

    @Override
    public long played() {
        return played.get();
    }

    @Override
    public void play(short[] samples, int frames, int rate) {
        played.addAndGet(frames);
        target.play(samples, frames, rate);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        target.close();
    }
}
