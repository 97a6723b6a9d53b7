package org.terrarium.disk.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.terrarium.disk.DiskException;
import org.terrarium.disk.Storage;

/**
 * The header extensions (qcow2.rst, "Header extensions"): those we know taken apart, all of them kept for when the header is
 * written anew.
 *
 * @param all in the order of the file
 */
record HeaderExtensions(List<Extension> all) {
    static final int END = 0;
    static final int BACKING_FORMAT = 0xe2792aca;
    static final int FEATURE_NAMES = 0x6803f857;
    static final int BITMAPS = 0x23852875;
    static final int ENCRYPTION = 0x0537be77;
    static final int DATA_FILE = 0x44415441;

    /** One extension, its data without the padding. */
    record Extension(int type, byte[] data) {
        int paddedLength() {
            return 8 + (data.length + 7 & -8);
        }
    }

    /** Where the bitmap directory is ("Bitmaps extension"). */
    record BitmapDirectory(int count, long length, long offset) {}

    /** Where the encryption header is ("Full disk encryption header pointer"). */
    record EncryptionHeader(long offset, long length) {}

    /** @param end where the area for extensions ends */
    static HeaderExtensions read(Storage storage, int headerLength, long end) throws IOException {
        ByteBuffer area = ByteBuffer.allocate((int) Math.max(0, end - headerLength));
        storage.read(headerLength, area);
        area.flip();
        List<Extension> found = new ArrayList<>();
        while (area.remaining() >= 8) {
            long at = headerLength + (long) area.position();
            int type = area.getInt();
            int length = area.getInt();
            if (type == END) {
                break;
            }
            if (length < 0 || length > area.remaining()) {
                throw DiskException.corrupt(storage.path(), at, "a header extension reaches past its area");
            }
            byte[] data = new byte[length];
            area.get(data);
            area.position(Math.min(area.limit(), area.position() + (-length & 7)));
            found.add(new Extension(type, data));
        }
        return new HeaderExtensions(List.copyOf(found));
    }

    private byte[] data(int type) {
        for (Extension extension : all) {
            if (extension.type == type) {
                return extension.data;
            }
        }
        return null;
    }

    /** Null when the image does not say. */
    String backingFormat() {
        return text(BACKING_FORMAT);
    }

    /** Null when the guest's data is in the image. */
    String dataFile() {
        return text(DATA_FILE);
    }

    private String text(int type) {
        byte[] data = data(type);
        return data == null ? null : new String(data, StandardCharsets.UTF_8);
    }

    BitmapDirectory bitmaps(Storage storage) throws DiskException {
        byte[] data = data(BITMAPS);
        if (data == null) {
            return null;
        }
        if (data.length < 24) {
            throw DiskException.corrupt(storage.path(), 0, "its bitmaps extension is too short");
        }
        ByteBuffer fields = ByteBuffer.wrap(data);
        return new BitmapDirectory(fields.getInt(0), fields.getLong(8), fields.getLong(16));
    }

    EncryptionHeader encryption(Storage storage) throws DiskException {
        byte[] data = data(ENCRYPTION);
        if (data == null) {
            return null;
        }
        if (data.length < 16) {
            throw DiskException.corrupt(storage.path(), 0, "its encryption extension is too short");
        }
        ByteBuffer fields = ByteBuffer.wrap(data);
        return new EncryptionHeader(fields.getLong(0), fields.getLong(8));
    }

    /** Feature name table: entries of a type byte (0 = incompatible), a bit number and 46 bytes of name. */
    Map<Integer, String> incompatibleNames() {
        Map<Integer, String> names = new HashMap<>();
        byte[] table = data(FEATURE_NAMES);
        for (int at = 0; table != null && at + 48 <= table.length; at += 48) {
            if (table[at] == 0) {
                String name = new String(table, at + 2, 46, StandardCharsets.UTF_8);
                int end = name.indexOf('\0');
                names.put(Byte.toUnsignedInt(table[at + 1]), end < 0 ? name : name.substring(0, end));
            }
        }
        return names;
    }

    /** The same with one extension changed, added, or for null taken out. */
    HeaderExtensions with(int type, byte[] data) {
        List<Extension> changed = new ArrayList<>();
        boolean done = data == null;
        for (Extension extension : all) {
            if (extension.type != type) {
                changed.add(extension);
            } else if (!done) {
                changed.add(new Extension(type, data));
                done = true;
            }
        }
        if (!done) {
            changed.add(new Extension(type, data));
        }
        return new HeaderExtensions(List.copyOf(changed));
    }

    HeaderExtensions withText(int type, String text) {
        return with(type, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }
}
