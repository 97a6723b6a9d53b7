package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Mmc.*;

/** What the CD drive answers to commands that ask about drive and disc (MMC-3, chapter 6; SPC-2 for INQUIRY). */
final class MmcReplies {
    /** Blocks of an 80 minute CD; a larger medium can only be a DVD. */
    private static final long CD_BLOCKS = 80 * 60 * 75;

    private static final int PROFILE_CD_ROM = 0x0008;
    private static final int PROFILE_DVD_ROM = 0x0010;
    private static final int CONTROL_DATA_TRACK = 0x14;
    private static final int LEAD_OUT = 0xAA;

    /** 48 times the speed of an audio CD, in KB/s. */
    private static final int SPEED = 8467;

    private MmcReplies() {}

    static byte[] inquiry(DriveIdentity identity) {
        // Vendor and product are one text for ATAPI: the first word is the vendor.
        String model = identity.model();
        int space = model.indexOf(' ');
        String vendor = space > 0 && space <= 8 ? model.substring(0, space) : model;
        String product = space > 0 && space <= 8 ? model.substring(space + 1) : "CD-ROM";
        return new Reply()
                .bytes(0x05, 0x80, 0x00, 0x21, 31, 0, 0, 0) // CD device, removable, ATAPI response format
                .text(vendor, 8)
                .text(product, 16)
                .text(identity.firmware(), 4)
                .toArray();
    }

    static byte[] sense(int code) {
        return new Reply()
                .bytes(0x70, 0, code >> 16 & 0xF, 0, 0, 0, 0, 10)
                .zeros(4)
                .bytes(code >> 8, code, 0, 0, 0, 0)
                .toArray();
    }

    static byte[] capacity(long blocks) {
        return new Reply().dword(blocks - 1).dword(BLOCK).toArray();
    }

    /** The table of contents: one data track and the lead-out. Null when the request makes no sense. */
    static byte[] toc(int format, boolean msf, int start, long blocks) {
        return switch (format) {
            case 0 -> {
                if (start > 1 && start != LEAD_OUT) {
                    yield null;
                }
                Reply r = new Reply().bytes(0, 0, 1, 1);
                if (start <= 1) {
                    r.bytes(0, CONTROL_DATA_TRACK, 1, 0).address(0, msf);
                }
                yield r.bytes(0, CONTROL_DATA_TRACK, LEAD_OUT, 0)
                        .address(blocks, msf)
                        .withLength16();
            }
            case 1 ->
                new Reply()
                        .bytes(0, 0, 1, 1)
                        .bytes(0, CONTROL_DATA_TRACK, 1, 0)
                        .address(0, msf)
                        .withLength16();
            case 2 -> {
                long end = blocks + 150;
                yield new Reply()
                        .bytes(0, 0, 1, 1)
                        .bytes(1, CONTROL_DATA_TRACK, 0, 0xA0, 0, 0, 0, 0, 1, 0, 0)
                        .bytes(1, CONTROL_DATA_TRACK, 0, 0xA1, 0, 0, 0, 0, 1, 0, 0)
                        .bytes(1, CONTROL_DATA_TRACK, 0, 0xA2, 0, 0, 0, 0)
                        .bytes((int) (end / 4500), (int) (end / 75 % 60), (int) (end % 75))
                        .bytes(1, CONTROL_DATA_TRACK, 0, 1, 0, 0, 0, 0, 0, 2, 0)
                        .withLength16();
            }
            default -> null;
        };
    }

    /** Feature descriptors (MMC-3, 5.3); {@code blocks} is 0 without a medium. */
    static byte[] configuration(int requestType, int start, long blocks) {
        int profile = blocks == 0 ? 0 : blocks > CD_BLOCKS ? PROFILE_DVD_ROM : PROFILE_CD_ROM;
        boolean cd = profile == PROFILE_CD_ROM;
        boolean dvd = profile == PROFILE_DVD_ROM;
        Reply r = new Reply().dword(0).word(0).word(profile);
        feature(r, requestType, start, 0x0000, 0x03, true, profile(PROFILE_DVD_ROM, dvd), profile(PROFILE_CD_ROM, cd));
        feature(r, requestType, start, 0x0001, 0x03, true, new int[] {0, 0, 0, 2}); // core: ATAPI
        feature(r, requestType, start, 0x0002, 0x03, true, new int[] {0, 0, 0, 0}); // morphing
        feature(r, requestType, start, 0x0003, 0x03, true, new int[] {0x29, 0, 0, 0}); // tray, eject, lock
        int[] readable = {0, 0, BLOCK >> 8, 0, 0, 1, 0, 0};
        feature(r, requestType, start, 0x0010, 0x00, cd || dvd, readable);
        feature(r, requestType, start, 0x001E, 0x00, cd, new int[] {0, 0, 0, 0});
        feature(r, requestType, start, 0x001F, 0x00, dvd, new int[] {0, 0, 0, 0});
        byte[] b = r.toArray();
        int length = b.length - 4;
        b[2] = (byte) (length >> 8);
        b[3] = (byte) length;
        return b;
    }

    private static int[] profile(int number, boolean current) {
        return new int[] {number >> 8, number & 0xFF, current ? 1 : 0, 0};
    }

    private static void feature(Reply r, int type, int start, int code, int flags, boolean current, int[]... data) {
        boolean wanted = type == 2 ? code == start : code >= start && (type == 0 || current);
        if (!wanted) {
            return;
        }
        int length = 0;
        for (int[] part : data) {
            length += part.length;
        }
        r.word(code).bytes(flags & 0x3E | (current ? 1 : 0) | flags & 2, length);
        for (int[] part : data) {
            r.bytes(part);
        }
    }

    /** The polled event of the media class, or "no such class" when the request names none that exists. */
    static byte[] event(int classes, int event, boolean trayOpen, boolean medium) {
        boolean media = (classes & 0x10) != 0;
        Reply r = new Reply().word(0).bytes(media ? 4 : 0x80, 0x10);
        if (media) {
            r.bytes(event, (trayOpen ? 1 : 0) | (medium ? 2 : 0), 0, 0);
        }
        return r.withLength16();
    }

    /** A finalized disc with one session. */
    static byte[] discInformation() {
        return new Reply()
                .word(0)
                .bytes(0x0E, 1, 1, 1, 1, 0x20, 0, 0, 0, 0, 0, 0)
                .bytes(0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
                .zeros(8)
                .withLength16();
    }

    static byte[] trackInformation(long blocks) {
        return new Reply()
                .word(0)
                .bytes(1, 1, 0, 4, 1, 0)
                .dword(0)
                .dword(0)
                .dword(0)
                .dword(0)
                .dword(blocks)
                .dword(0)
                .bytes(0, 0, 0, 0)
                .withLength16();
    }

    static byte[] subChannel(boolean subQ, int format) {
        if (!subQ) {
            return new byte[] {0, 0x15, 0, 0};
        }
        return switch (format) {
            case 1 ->
                new Reply()
                        .bytes(0, 0x15, 0, 12, 1, CONTROL_DATA_TRACK, 1, 1)
                        .zeros(8)
                        .toArray();
            case 2, 3 -> new Reply().bytes(0, 0x15, 0, 20, format).zeros(19).toArray();
            default -> null;
        };
    }

    static byte[] mechanismStatus(boolean trayOpen) {
        return new Reply().bytes(0, trayOpen ? 0x10 : 0, 0, 0, 0, 1, 0, 0).toArray();
    }

    /** MODE SENSE: the pages asked for, behind a header of 4 or 8 bytes; null when there is no such page. */
    static byte[] modePages(int page, boolean changeable, boolean tenByteForm, boolean locked) {
        Reply r = new Reply().zeros(tenByteForm ? 8 : 4);
        int header = r.size();
        if (page == 0x01 || page == 0x3F) {
            // Read error recovery; the number of retries may be changed.
            r.bytes(0x01, 6, 0, changeable ? 0xFF : 5, 0, 0, 0, 0);
        }
        if (page == 0x0D || page == 0x3F) {
            r.bytes(0x0D, 6).bytes(changeable ? new int[6] : new int[] {0, 13, 0, 60, 0, 75});
        }
        if (page == 0x0E || page == 0x3F) {
            r.bytes(0x0E, 14)
                    .bytes(changeable ? new int[14] : new int[] {4, 0, 0, 0, 0, 75, 1, 0xFF, 2, 0xFF, 0, 0, 0, 0});
        }
        if (page == 0x2A || page == 0x3F) {
            r.bytes(0x2A, 18);
            if (changeable) {
                r.zeros(18);
            } else {
                // Reads CD-R, CD-RW, DVD-ROM; multi-session, mode 2; CD-DA commands; tray that locks and ejects.
                r.bytes(0x0B, 0x00, 0x70, 0x03, 0x29 | (locked ? 2 : 0), 0x00)
                        .word(SPEED)
                        .word(2)
                        .word(512)
                        .word(SPEED)
                        .zeros(4);
            }
        }
        if (r.size() == header) {
            return null;
        }
        byte[] b = r.toArray();
        if (tenByteForm) {
            b[0] = (byte) (b.length - 2 >> 8);
            b[1] = (byte) (b.length - 2);
        } else {
            b[0] = (byte) (b.length - 1);
        }
        return b;
    }
}
