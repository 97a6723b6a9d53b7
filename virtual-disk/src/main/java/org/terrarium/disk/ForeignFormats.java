package org.terrarium.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.terrarium.disk.luks.LuksFormat;
import org.terrarium.disk.packed.Compression;
import org.terrarium.disk.packed.UnpackedStorage;
import org.terrarium.disk.vdi.VdiCreator;
import org.terrarium.disk.vdi.VdiFormat;
import org.terrarium.disk.vhd.VhdCreator;
import org.terrarium.disk.vhd.VhdImages;
import org.terrarium.disk.vhdx.VhdxCreator;
import org.terrarium.disk.vhdx.VhdxFormat;
import org.terrarium.disk.vmdk.VmdkCreator;
import org.terrarium.disk.vmdk.VmdkImages;

/** The formats of other virtualization programs: which class opens, makes and describes which. */
final class ForeignFormats {
    private ForeignFormats() {}

    static ImageFormat open(DiskFormat format, Storage storage, ImageContext context) throws IOException {
        return switch (format) {
            case VMDK ->
                VmdkImages.open(storage, context, ThreadLocalRandom.current().nextInt());
            case VDI -> VdiFormat.open(storage);
            case VHD -> VhdImages.open(storage);
            case VHDX -> VhdxFormat.open(storage, context.writable(), UUID::randomUUID);
            case LUKS -> LuksFormat.open(storage, context);
            default -> throw new IllegalArgumentException(format.label());
        };
    }

    /** The contents of a file that is packed as a whole, or null when the format is no packing. */
    static Storage unpack(DiskFormat format, Storage storage, ImageContext context) throws IOException {
        Compression compression = switch (format) {
            case GZIP -> Compression.GZIP;
            case XZ -> Compression.XZ;
            case ZSTD -> Compression.ZSTD;
            default -> null;
        };
        if (compression == null) {
            return null;
        }
        if (context.writable()) {
            throw new DiskException(
                    storage.path(), "is a packed image, which can only be read; convert it to change it");
        }
        return new UnpackedStorage(storage, compression, context.temporary());
    }

    /**
     * Writes a new image.
     *
     * @param files makes the other files of the image
     */
    static void create(Storage storage, CreateOptions options, long size, VmdkCreator.NewFile files)
            throws IOException {
        String variant = options.variantOrUsual();
        boolean fixed = variant.equals("fixed");
        Instant now = Instant.now();
        switch (options.format()) {
            case VMDK -> createVmdk(storage, options, size, files);
            case VDI -> VdiCreator.create(storage, size, fixed, UUID::randomUUID);
            case VHDX -> VhdxCreator.create(storage, size, fixed, UUID::randomUUID);
            case LUKS -> {
                if (options.passphrase() == null) {
                    throw new DiskException(storage.path(), "is to be encrypted; give a passphrase for it");
                }
                LuksFormat.create(storage, size, options.passphrase());
            }
            case VHD -> {
                if (options.backing() != null) {
                    createDifferencing(storage, options.backing().name(), now);
                } else if (fixed) {
                    VhdCreator.fixed(storage, size, now, UUID.randomUUID());
                } else {
                    VhdCreator.dynamic(storage, size, now, UUID.randomUUID());
                }
            }
            default -> throw new IllegalArgumentException(options.format().label());
        }
    }

    private static void createVmdk(Storage storage, CreateOptions options, long size, VmdkCreator.NewFile files)
            throws IOException {
        VmdkCreator.Parent parent = null;
        if (options.backing() != null) {
            String name = options.backing().name();
            try (Storage below = openParent(storage.path(), name)) {
                parent = VmdkCreator.parent(below, name);
            }
        }
        new VmdkCreator(storage, files)
                .create(
                        size,
                        options.variantOrUsual(),
                        ThreadLocalRandom.current().nextInt(),
                        parent);
    }

    private static void createDifferencing(Storage storage, String name, Instant now) throws IOException {
        try (Storage below = openParent(storage.path(), name)) {
            Instant changed = Files.getLastModifiedTime(below.path()).toInstant();
            VhdCreator.differencing(storage, below, name, changed, now, UUID.randomUUID());
        }
    }

    private static Storage openParent(Path image, String name) throws IOException {
        return FileStorage.open(image.toAbsolutePath().normalize().resolveSibling(name), OpenFiles.Access.INSPECT);
    }

    /** What an image says about itself. */
    static DiskInfo info(DiskFormat format, Storage storage, ImageContext context) throws IOException {
        Map<String, String> details = new LinkedHashMap<>();
        long size;
        int clusterSize = 0;
        String backing = null;
        switch (format) {
            case VMDK -> {
                size = VmdkImages.size(storage);
                clusterSize = VmdkImages.grainSize(storage);
                backing = VmdkImages.parent(storage);
                details.put("variant", VmdkImages.variant(storage));
                List<String> files = VmdkImages.files(storage);
                if (!files.isEmpty()) {
                    details.put("files", String.join(", ", files));
                }
            }
            case VHD -> {
                ImageFormat image = VhdImages.open(storage);
                size = image.size();
                backing = image.backing() == null ? null : image.backing().name();
                clusterSize = image instanceof BlockFormat blocks ? (int) blocks.blockSize() : 0;
                details.put("variant", VhdImages.variant(storage));
            }
            case VDI -> {
                VdiFormat image = VdiFormat.open(storage);
                size = image.size();
                clusterSize = (int) image.blockSize();
                details.put("variant", image.variant());
            }
            case VHDX -> {
                VhdxFormat image = VhdxFormat.open(storage, false, UUID::randomUUID);
                size = image.size();
                clusterSize = (int) image.blockSize();
                details.put("variant", image.variant());
            }
            case LUKS -> {
                size = LuksFormat.size(storage);
                details.put("cipher", LuksFormat.cipher(storage));
            }
            default -> {
                Storage contents = unpack(format, storage, context);
                DiskInfo inner = DiskFormats.info(contents, context);
                size = inner.size();
                details.put("contents", inner.format().label());
            }
        }
        String backingFormat = backing == null ? null : format.label();
        return new DiskInfo(
                format,
                size,
                storage.size(),
                clusterSize,
                0,
                backing,
                backingFormat,
                false,
                false,
                0,
                format == DiskFormat.LUKS,
                details);
    }
}
