package org.terrarium.vm.share;

/**
 * A call that failed, with Linux's number for the reason (errno(3); the numbers are those of asm-generic), which is what
 * 9P2000.L reports.
 */
final class Errno extends Exception {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EBADF = 9;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int EMFILE = 24;
    static final int EROFS = 30;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ELOOP = 40;
    static final int EMSGSIZE = 90;
    static final int EOPNOTSUPP = 95;
    static final int ESTALE = 116;

    private static final long serialVersionUID = 1;

    private final int number;

    Errno(int number) {
        super(
                "errno " + number,
                null,
                false,
                false); // an answer to the guest, of which there may be thousands a second
        this.number = number;
    }

    int number() {
        return number;
    }
}
