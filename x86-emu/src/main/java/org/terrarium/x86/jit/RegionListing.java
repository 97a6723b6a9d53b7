package org.terrarium.x86.jit;

import java.io.Flushable;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Instruction;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.HexFormat;
import org.terrarium.x86.decode.Disassembler;
import org.terrarium.x86.isa.Insn;
import org.terrarium.x86.mem.PhysicalMemory;

/** A region as text: guest code with what the passes found out, and the JVM code. */
final class RegionListing {
    private RegionListing() {}

    /**
     * Adds a region to a listing; one that cannot be written is no reason to stop the guest, only the listing.
     *
     * @param wanted only when it contains the instruction at this backing offset; -1 in any case
     */
    static boolean append(Appendable listing, long wanted, Compiler.Result result, PhysicalMemory memory) {
        if (wanted >= 0 && result.plan().blocks.stream().noneMatch(b -> b.contains(wanted))) {
            return true;
        }
        String text = guest(result.plan(), memory) + bytecode(result.bytes()) + "\n";
        try {
            synchronized (listing) {
                listing.append(text);
                if (listing instanceof Flushable f) {
                    f.flush();
                }
            }
            return true;
        } catch (IOException e) {
            System.getLogger(RegionListing.class.getName())
                    .log(System.Logger.Level.WARNING, "the listing cannot be written: " + e.getMessage());
            return false;
        }
    }

    static String guest(RegionPlan plan, PhysicalMemory memory) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                "region of %d blocks, %d instructions, mode %x, slack %d, registers used %04x changed %04x%s%n",
                plan.blocks.size(),
                plan.instructions(),
                plan.key,
                plan.slack,
                plan.usedRegisters,
                plan.changedRegisters,
                plan.sse ? ", SSE" : ""));
        for (RegionBlock b : plan.blocks) {
            out.append(String.format("block %d at %+d (memory %x)", b.order, b.delta, b.block.where));
            out.append(b.flagsLiveIn ? ", flags live" : "").append(":\n");
            byte[] bytes = GuestBytes.of(memory, b.block);
            for (int n = 0; n < b.count; n++) {
                Insn i = b.insns[n];
                int from = Math.min(bytes.length, i.offset);
                String hex = HexFormat.of().formatHex(bytes, from, Math.min(bytes.length, i.nextOffset()));
                out.append(String.format(
                        "  %-24s %s%s%n",
                        hex,
                        Disassembler.text(i, b.delta),
                        b.flagsLive != null && b.flagsLive[n] || i.row.carries() == null ? "" : "   ; flags dead"));
            }
            out.append("  ").append(b.end.name().toLowerCase(java.util.Locale.ROOT));
            for (RegionBlock next : b.successors()) {
                out.append(" -> ").append(next.order).append(next.order <= b.order ? " (back)" : "");
            }
            out.append(b.leaves() ? " -> out" : "").append('\n');
        }
        return out.toString();
    }

    /** The JVM instructions of a translated class's {@code run}, one a line. */
    static String bytecode(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        ClassFile.of().parse(bytes).methods().stream()
                .filter(m -> m.methodName().equalsString("run"))
                .forEach(m -> {
                    CodeAttribute code = (CodeAttribute) m.code().orElseThrow();
                    int at = 0;
                    for (var element : code) {
                        if (element instanceof Instruction i) {
                            out.append(String.format("%5d  %s%n", at, i));
                            at += i.sizeInBytes();
                        }
                    }
                });
        return out.toString();
    }
}
