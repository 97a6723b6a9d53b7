package org.terrarium.vm.transfer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.terrarium.disk.DiskCancelledException;
import org.terrarium.disk.Progress;

/** The tar archive that an OVA file is (DSP0243, 5.3): plain files, the description first. */
final class Tar {
    private static final int MAX_ENTRIES = 1000;

    private Tar() {}

    /** Packs files, by their own names and in that order, into a new file. */
    static void pack(List<Path> files, Path archive, Progress progress) throws IOException {
        long total = 0;
        for (Path file : files) {
            total += Files.size(file);
        }
        long before = 0;
        try (OutputStream out = new BufferedOutputStream(
                        Files.newOutputStream(archive, StandardOpenOption.CREATE_NEW), 1 << 20);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            for (Path file : files) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getFileName().toString());
                long length = Files.size(file);
                entry.setSize(length);
                entry.setModTime(Files.getLastModifiedTime(file));
                tar.putArchiveEntry(entry);
                long start = before;
                long all = total;
                try (InputStream in = Files.newInputStream(file)) {
                    Room.copy(in, tar, length, file.toString(), (done, of) -> progress.step(start + done, all));
                }
                tar.closeArchiveEntry();
                before += length;
            }
        }
    }

    /** Unpacks all files of an archive into a folder; nothing lands anywhere else, and no more than there is room for. */
    static void unpack(Path archive, Path folder, Progress progress) throws IOException {
        long whole = Files.size(archive);
        // Tar packs nothing, so an honest archive is no smaller than what is in it.
        Room.require(folder, whole, archive.toString());
        Set<Path> seen = new HashSet<>();
        long before = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 20);
                TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = TransferNames.inside(folder, entry.getName(), archive);
                if (entry.isDirectory()) {
                    continue;
                }
                String what = archive + ": the file '" + TransferNames.shown(entry.getName()) + "'";
                if (!plain(entry)) {
                    throw new IOException(what + " is a link or something else that is no plain file");
                }
                if (!seen.add(file) || seen.size() > MAX_ENTRIES) {
                    throw new IOException(what + " is there twice, or there are more than " + MAX_ENTRIES + " files");
                }
                if (entry.getSize() > whole - before) {
                    throw new IOException(what + " is longer than the archive: the archive was cut short");
                }
                Files.createDirectories(file.getParent());
                long start = before;
                try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                    Room.copy(tar, out, entry.getSize(), what, (done, of) -> progress.step(start + done, whole));
                }
                before += entry.getSize();
            }
        } catch (IllegalArgumentException | IOException e) {
            throw explained(archive, e);
        }
    }

    private static boolean plain(TarArchiveEntry entry) {
        byte flag = entry.getLinkFlag();
        return (flag == TarConstants.LF_NORMAL || flag == TarConstants.LF_OLDNORM) && !entry.isDirectory();
    }

    /** What the archive's reader says names no file. */
    private static IOException explained(Path archive, Exception e) {
        boolean ours = e instanceof IOException
                && e.getMessage() != null
                && (e.getMessage().startsWith(archive.toString()) || e instanceof DiskCancelledException);
        return ours || e instanceof FileSystemException
                ? (IOException) e
                : new IOException(archive + " is damaged or was cut short: " + e.getMessage(), e);
    }

    /** A small file of an archive. */
    record Entry(String name, byte[] contents) {}

    /** The OVF description, which is the first file of an OVA but for those that came before it by mistake. */
    static Entry firstDescription(Path archive, int longest) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 20);
                TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null && entries++ < MAX_ENTRIES;
                    entry = tar.getNextEntry()) {
                if (plain(entry) && entry.getName().endsWith(".ovf")) {
                    if (entry.getSize() > longest) {
                        throw new IOException(archive + ": its description is too large to describe a machine");
                    }
                    return new Entry(entry.getName(), tar.readNBytes((int) entry.getSize()));
                }
            }
        } catch (IllegalArgumentException | IOException e) {
            throw explained(archive, e);
        }
        throw new IOException(archive + " is no OVA file: there is no OVF description in it");
    }
}
