package org.terrarium.vm.firmware;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A kernel file with its modules and command line, started without a boot loader: the format is told by the contents. */
public final class DirectKernel implements KernelImage {
    private static final long MAX_FILE = 1L << 30;

    private final Path kernel;
    private final List<Path> modules;
    private final String commandLine;

    private DirectKernel(Path kernel, List<Path> modules, String commandLine) {
        this.kernel = kernel;
        this.modules = List.copyOf(modules);
        this.commandLine = commandLine;
    }

    /**
     * Checks that the files are there and that the kernel's format is known.
     *
     * @param modules the initial RAM disk of a Linux kernel (several are joined), or a Multiboot kernel's modules
     * @throws BootException in one sentence that names the file
     */
    public static DirectKernel open(Path kernel, List<Path> modules, String commandLine) throws BootException {
        DirectKernel k = new DirectKernel(kernel, modules, commandLine);
        k.check(read(kernel));
        for (Path m : modules) {
            try {
                HostFiles.check(m);
            } catch (IOException e) {
                throw new BootException(e.getMessage(), e);
            }
        }
        return k;
    }

    private void check(byte[] file) throws BootException {
        if (MultibootKernel.header(file) < 0 && !LinuxKernel.recognises(file) && !PvhKernel.recognises(file)) {
            String what = ElfFile.isElf(file)
                    ? " is an ELF file without a Multiboot header or a PVH entry note"
                    : " is no kernel: neither a Linux bzImage nor a Multiboot or PVH kernel";
            throw new BootException(kernel + what);
        }
    }

    private static byte[] read(Path p) throws BootException {
        try {
            return HostFiles.read(p, MAX_FILE, "a kernel or RAM disk");
        } catch (IOException e) {
            throw new BootException(e.getMessage(), e);
        }
    }

    @Override
    public Start load(BootContext context) throws BootException {
        byte[] file = read(kernel);
        List<byte[]> contents = new ArrayList<>();
        for (Path m : modules) {
            contents.add(read(m));
        }
        check(file);
        if (MultibootKernel.header(file) >= 0) {
            List<String> names = modules.stream().map(Path::toString).toList();
            return new MultibootKernel(kernel.toString(), file, contents, names, commandLine).load(context);
        }
        if (LinuxKernel.recognises(file)) {
            return new LinuxKernel(kernel.toString(), file, join(contents), commandLine).load(context);
        }
        return new PvhKernel(kernel.toString(), file, join(contents), commandLine).load(context);
    }

    /** Initial RAM disks follow one another at 4-byte boundaries, as the kernel's unpacker takes them. */
    private static byte[] join(List<byte[]> parts) {
        int size = 0;
        for (byte[] p : parts) {
            size = (size + 3 & ~3) + p.length;
        }
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] p : parts) {
            at = at + 3 & ~3;
            System.arraycopy(p, 0, all, at, p.length);
            at += p.length;
        }
        return all;
    }
}
