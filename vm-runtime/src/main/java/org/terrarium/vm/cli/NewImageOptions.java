package org.terrarium.vm.cli;

import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.Qcow2Options;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say what kind of image is to be made. */
final class NewImageOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "of the new image: raw, qcow2, vmdk, vdi, vhd, vhdx or luks; what its name says when left out,"
                            + " else qcow2")
    private String format;

    @Option(
            names = "--variant",
            paramLabel = "KIND",
            description = "dynamic or fixed for vdi, vhd and vhdx; monolithicSparse, streamOptimized, monolithicFlat, "
                    + "twoGbMaxExtentSparse or twoGbMaxExtentFlat for vmdk")
    private String variant;

    @Option(
            names = "--cluster-size",
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "unit of allocation in a qcow2 image, 512 to 2M; default 64K")
    private ByteSize clusterSize;

    @Option(names = "--qcow2-version", paramLabel = "N", description = "2 for very old programs; default 3")
    private Integer version;

    @Option(names = "--lazy-refcounts", description = "qcow2: write reference counts only when the image is closed")
    private boolean lazyRefcounts;

    @Option(names = "--extended-l2", description = "qcow2: allocate in 32nds of a cluster")
    private boolean extendedL2;

    @Option(names = "--zstd", description = "qcow2: pack with zstd instead of deflate")
    private boolean zstd;

    @Option(
            names = "--data-file",
            paramLabel = "FILE",
            description = "qcow2: keep the guest's data in this raw file, named as seen from the image's folder")
    private String dataFile;

    /**
     * The image to be made.
     *
     * @param fileName decides about the format where none is stated
     * @param size bytes, or 0 for that of the backing file or of the source
     * @param passphrase for a qcow2 or luks image to be encrypted with, or null
     */
    CreateOptions options(String fileName, long size, String passphrase) {
        DiskFormat kind = kind(fileName);
        if (clusterSize != null && clusterSize.bytes() > Integer.MAX_VALUE) {
            throw new ParameterException(command.commandLine(), "--cluster-size is out of range");
        }
        try {
            return CreateOptions.of(kind, size)
                    .withVariant(variant)
                    .withClusterSize(clusterSize == null ? 0 : (int) clusterSize.bytes())
                    .withQcow2(qcow2(passphrase));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private DiskFormat kind(String fileName) {
        String label = format;
        if (label == null) {
            label = fileName.substring(fileName.lastIndexOf('.') + 1);
            DiskFormat named = DiskFormat.byLabel(label);
            return named != null && named.creatable() ? named : DiskFormat.QCOW2;
        }
        DiskFormat kind = ImageOptions.format(command, label);
        if (!kind.creatable()) {
            throw new ParameterException(
                    command.commandLine(),
                    "'" + label + "' cannot be created; choose one of " + ImageOptions.labels(true));
        }
        return kind;
    }

    private Qcow2Options qcow2(String passphrase) {
        Qcow2Options options = Qcow2Options.DEFAULT;
        options = version == null ? options : options.withVersion(version);
        options = lazyRefcounts ? options.withLazyRefcounts() : options;
        options = extendedL2 ? options.withExtendedL2() : options;
        options = zstd ? options.withZstd() : options;
        options = dataFile == null ? options : options.withDataFile(dataFile, true);
        return passphrase == null ? options : options.withPassphrase(passphrase);
    }
}
