package org.terrarium.vm.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;

/**
 * Brings machines from other programs and computers into a library: OVA files, OVF descriptions (or the folder of one) in the dialects
 * of VirtualBox and VMware, and zip files made by {@link MachineExport}. The window and the command line both call this. What comes
 * from somebody else may name files and places of this host; nothing outside the package is opened, and no machine appears
 * unless all of it could be brought in.
 */
public final class MachineImport {
    private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};
    private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);
    private static final int TAR_MAGIC_AT = 257;

    /**
     * What has been brought in.
     *
     * @param remarks sentences about what is different here from what it was there
     */
    public record Imported(MachineFolder machine, List<String> remarks) {}

    private MachineImport() {}

    /**
     * Starts an import; the file's content shows what it is. The job can be stopped; then, and when it fails, nothing is changed.
     *
     * @param name what the machine is to be called, or null for its name in the package
     * @param random makes network addresses
     */
    public static DiskJob<Imported> start(MachineLibrary library, Path source, String name, RandomGenerator random) {
        Path from = source.toAbsolutePath().normalize();
        return DiskJob.start("Importing " + from.getFileName(), progress -> {
            if (Files.isDirectory(from)) {
                return new OvfImport(library, name, random).fromDescription(descriptionIn(from), progress);
            }
            byte[] start = start(from);
            if (isAt(start, 0, ZIP_MAGIC)) {
                return new ZipImport(library, name, random).from(from, progress);
            }
            if (isAt(start, TAR_MAGIC_AT, TAR_MAGIC)) {
                return new OvfImport(library, name, random).fromArchive(from, progress);
            }
            String text = new String(start, StandardCharsets.ISO_8859_1).replaceFirst("^\u00ef\u00bb\u00bf", "");
            if (text.stripLeading().startsWith("<")) {
                return new OvfImport(library, name, random).fromDescription(from, progress);
            }
            throw new IOException(from + " is neither an OVA file, an OVF description nor a zipped machine");
        });
    }

    private static Path descriptionIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".ovf")).toList();
            if (found.size() != 1) {
                throw new IOException("the folder " + folder + " has " + found.size()
                        + " files that end in .ovf; name the one to import");
            }
            return found.getFirst();
        }
    }

    private static byte[] start(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(512);
        }
    }

    private static boolean isAt(byte[] bytes, int at, byte[] magic) {
        return bytes.length >= at + magic.length
                && java.util.Arrays.equals(bytes, at, at + magic.length, magic, 0, magic.length);
    }
}
