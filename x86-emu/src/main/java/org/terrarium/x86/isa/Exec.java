package org.terrarium.x86.isa;

import org.terrarium.x86.Cpu;

/**
 * Executes one decoded instruction on the processor's state. {@code c.rip} is the next instruction only where the
 * instruction is the last of its block; it is not the place to look for the instruction's own address: that is
 * {@code c.gpr[Cpu.BLOCK_IP] + i.offset}.
 *
 * <p>A class, not an interface: it is called for every instruction with ever changing receivers, and there a call through the
 * class's table took 10 to 20 percent less time than one through an interface's (InterpreterBench, loops on registers).
 */
public abstract class Exec {
    public abstract void run(Cpu c, Insn i);
}
