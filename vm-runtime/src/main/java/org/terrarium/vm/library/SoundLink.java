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
final class SoundLink implements SoundOutput {
    private final SoundSpec spec;
    private final SoundOutput target;
    private final AtomicReference<Machine> machine;
    private final AtomicLong played = new AtomicLong();

    private SoundLink(SoundSpec spec, SoundOutput target, AtomicReference<Machine> machine) {
        this.spec = spec;
        this.target = target;
        this.machine = machine;
    }

    /** Opens the file, where there is one; see {@link SerialLinks#open}. */
    static SoundLink open(SoundSpec spec, UnaryOperator<Path> resolve) throws IOException {
        AtomicReference<Machine> machine = new AtomicReference<>();
        Consumer<String> trouble = sentence -> machine.get().report(sentence); // nothing plays before there is one
        SoundOutput target =
                switch (spec.kind()) {
                    case NONE, SILENT -> SoundOutput.NONE;
                    case HOST -> new HostSound(trouble);
                    case WAV -> new WavFile(resolve.apply(spec.file()), trouble);
                };
        return new SoundLink(spec, target, machine);
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

    long played() {
        return played.get();
    }

    @Override
    public void play(short[] samples, int frames, int rate) {
        played.addAndGet(frames);
        target.play(samples, frames, rate);
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
