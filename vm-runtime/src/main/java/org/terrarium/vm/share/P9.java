package org.terrarium.vm.share;

/**
 * Numbers of the protocol 9P2000.L (diod's protocol.md; the base is Plan 9's section 5, intro(5)). A request has an even
 * number, its answer the next one.
 */
final class P9 {
    static final String VERSION = "9P2000.L";
    static final String UNKNOWN_VERSION = "unknown";

    /** Length, type and tag stand before every message. */
    static final int HEADER = 7;

    static final int RLERROR = 7;
    static final int TSTATFS = 8;
    static final int TLOPEN = 12;
    static final int TLCREATE = 14;
    static final int TSYMLINK = 16;
    static final int TMKNOD = 18;
    static final int TRENAME = 20;
    static final int TREADLINK = 22;
    static final int TGETATTR = 24;
    static final int TSETATTR = 26;
    static final int TXATTRWALK = 30;
    static final int TXATTRCREATE = 32;
    static final int TREADDIR = 40;
    static final int TFSYNC = 50;
    static final int TLOCK = 52;
    static final int TGETLOCK = 54;
    static final int TLINK = 70;
    static final int TMKDIR = 72;
    static final int TRENAMEAT = 74;
    static final int TUNLINKAT = 76;
    static final int TVERSION = 100;
    static final int TAUTH = 102;
    static final int TATTACH = 104;
    static final int TFLUSH = 108;
    static final int TWALK = 110;
    static final int TREAD = 116;
    static final int TWRITE = 118;
    static final int TCLUNK = 120;
    static final int TREMOVE = 122;

    static final int NOFID = -1;

    /** Names in one Twalk, intro(5). */
    static final int MAX_WALK = 16;

    // Types of a qid.
    static final int QTDIR = 0x80;
    static final int QTSYMLINK = 0x02;
    static final int QTFILE = 0;

    // Tgetattr's and Rgetattr's masks.
    static final long GETATTR_BASIC = 0x7FF;
    static final long GETATTR_BTIME = 0x800;

    // Tsetattr's valid bits.
    static final int SETATTR_MODE = 1;
    static final int SETATTR_SIZE = 8;
    static final int SETATTR_ATIME = 0x10;
    static final int SETATTR_MTIME = 0x20;
    static final int SETATTR_ATIME_SET = 0x80;
    static final int SETATTR_MTIME_SET = 0x100;

    static final int LOCK_SUCCESS = 0;
    static final int LOCK_TYPE_UNLCK = 2;

    /** Rstatfs: the type by which Linux knows this file system (V9FS_MAGIC). */
    static final int V9FS_MAGIC = 0x01021997;

    private P9() {}
}
