package org.terrarium.app.console;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.vm.ShareOption;
import org.terrarium.vm.library.NetworkPlug;
import org.terrarium.vm.snapshot.LiveSnapshots;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.DisplaySpec.Scaling;
import org.terrarium.vm.spec.SoundSpec;

/** The machine that a console shows: one of the library, or one that the command line put together. */
public interface ConsoleSubject {
    String name();

    LiveMachine live();

    /** How the picture is to be shown; may change at any time. Null where nothing is said about it. */
    ObservableValue<DisplaySpec> display();

    /** From now on, and at later starts where that can be kept, the picture is fitted so. */
    void keep(Scaling scaling);

    /** Starts the machine again after it went off; empty when it cannot. */
    Optional<Runnable> startAgain();

    /** Saves the state of a machine that is on and switches it off, in the background; empty when this one cannot. */
    Optional<Runnable> suspend();

    /** Takes snapshots while the machine runs; empty when it is off, or this one has none. */
    Optional<LiveSnapshots> snapshots();

    /** The hard disks, by their files. */
    List<Path> disks();

    /** The CD in the drive. */
    Optional<Path> cd();

    /** Puts a CD into the drive; null takes it out. */
    void changeCd(Path iso);

    /** The floppy in drive 0 or 1. */
    Optional<Path> floppy(int drive);

    /** Puts a floppy into drive 0 or 1; null takes it out. */
    void changeFloppy(int drive, Path image);

    /** The network cards while the machine is on, else none. */
    List<NetworkPlug> cards();

    /** The sound card, and where what it plays goes. */
    SoundSpec sound();

    /** Lets what a running machine plays be heard, or mutes it; only for cards that play on the host. */
    void hear(boolean on);

    /** What the sound card has played so far, in frames; 0 while the machine is off. */
    long soundPlayed();

    /** The shared folders. */
    List<ShareOption> shares();

    /** The file that tells what happened to the machine, where there is one. */
    Optional<Path> log();
}
