package org.terrarium.vm.device.ide;

import static org.terrarium.vm.device.ide.Mmc.*;

/** What the command packets of MMC-3 (T10/1363D) mean to a CD/DVD-ROM drive, whatever carries them to it. */
final class MmcCommands {
    /** The other side: what brought the packet and takes the answer. */
    interface Host {
        /** Returns {@code data}, cut to {@code allocation} bytes; null refuses the request. */
        void reply(byte[] data, int allocation);

        /** Done, without data. */
        void succeed();

        /** Check condition: {@code code} is the sense key, additional sense code and qualifier. */
        void check(int code);

        /** The sense of the last command; 0 when it went well. */
        int sense();

        /** Sends blocks of the medium, in the parts that {@link RawBlocks} names; 0 is their user data. */
        void read(long from, long count, int parts);

        /** Takes so many bytes of parameters, which have no effect: nothing can be set that would change what is read. */
        void takeParameters(int bytes);
    }

    private final byte[] packet;
    private final Tray tray;
    private final DriveIdentity identity;
    private final Host host;

    MmcCommands(byte[] packet, Tray tray, DriveIdentity identity, Host host) {
        this.packet = packet;
        this.tray = tray;
        this.identity = identity;
        this.host = host;
    }

    private int field8(int at) {
        return packet[at] & 0xFF;
    }

    private int field16(int at) {
        return field8(at) << 8 | field8(at + 1);
    }

    private long field32(int at) {
        return (long) field16(at) << 16 | field16(at + 2);
    }

    /** Carries out the command in the packet; exactly one answer to the host follows, at once or later. */
    void execute() {
        int opcode = field8(0);
        boolean always = opcode == INQUIRY
                || opcode == REQUEST_SENSE
                || opcode == GET_CONFIGURATION
                || opcode == GET_EVENT_STATUS_NOTIFICATION;
        if (tray.attention() != 0 && !always) {
            host.check(UNIT_ATTENTION | tray.takeAttention());
            return;
        }
        switch (opcode) {
            case REQUEST_SENSE -> requestSense();
            case INQUIRY -> host.reply((field8(1) & 1) != 0 ? null : MmcReplies.inquiry(identity), field16(3));
            case MODE_SENSE_6 -> modeSense(false, field8(4));
            case MODE_SENSE_10 -> modeSense(true, field16(7));
            case MODE_SELECT_6 -> host.takeParameters(field8(4));
            case MODE_SELECT_10 -> host.takeParameters(field16(7));
            case START_STOP_UNIT -> startStop();
            case PREVENT_ALLOW_MEDIUM_REMOVAL -> {
                tray.lock((field8(4) & 1) != 0);
                host.succeed();
            }
            case GET_CONFIGURATION ->
                host.reply(
                        MmcReplies.configuration(field8(1) & 3, field16(2), tray.ready() ? tray.blocks() : 0),
                        field16(7));
            case GET_EVENT_STATUS_NOTIFICATION -> eventStatus();
            case MECHANISM_STATUS -> host.reply(MmcReplies.mechanismStatus(tray.open()), field16(8));
            case SET_CD_SPEED, STOP_PLAY_SCAN -> host.succeed();
            default -> {
                if (needsMedium(opcode) && !tray.ready()) {
                    host.check(tray.open() ? NOT_READY_NO_MEDIUM_OPEN : NOT_READY_NO_MEDIUM_CLOSED);
                } else {
                    executeOnMedium(opcode);
                }
            }
        }
    }

    private static boolean needsMedium(int opcode) {
        return switch (opcode) {
            case TEST_UNIT_READY,
                    READ_CAPACITY,
                    READ_10,
                    READ_12,
                    READ_CD,
                    READ_CD_MSF,
                    SEEK_10,
                    READ_SUB_CHANNEL,
                    READ_TOC,
                    READ_DISC_INFORMATION,
                    READ_TRACK_INFORMATION -> true;
            default -> false;
        };
    }

    private void executeOnMedium(int opcode) {
        switch (opcode) {
            case TEST_UNIT_READY -> host.succeed();
            case READ_CAPACITY -> host.reply(MmcReplies.capacity(tray.blocks()), 8);
            case READ_10 -> host.read(field32(2), field16(7), 0);
            case READ_12 -> host.read(field32(2), field32(6), 0);
            case READ_CD -> readCd(field32(2), field16(6) << 8 | field8(8));
            case READ_CD_MSF -> {
                long from = frame(3);
                long to = frame(6);
                if (to < from) {
                    host.check(INVALID_FIELD);
                } else {
                    readCd(from, to - from);
                }
            }
            case SEEK_10 -> {
                if (field32(2) >= tray.blocks()) {
                    host.check(LBA_OUT_OF_RANGE);
                } else {
                    host.succeed();
                }
            }
            case READ_SUB_CHANNEL -> host.reply(MmcReplies.subChannel((field8(2) & 0x40) != 0, field8(3)), field16(7));
            case READ_TOC -> {
                // Old drivers put the format into the top of the last byte (SFF-8020i, 10.8.20).
                int format = (field8(2) & 0xF) != 0 ? field8(2) & 0xF : field8(9) >> 6;
                host.reply(MmcReplies.toc(format, (field8(1) & 2) != 0, field8(6), tray.blocks()), field16(7));
            }
            case READ_DISC_INFORMATION -> host.reply(MmcReplies.discInformation(), field16(7));
            case READ_TRACK_INFORMATION -> host.reply(MmcReplies.trackInformation(tray.blocks()), field16(7));
            default -> host.check(INVALID_OPCODE);
        }
    }

    /** A minute, second, frame address in the packet as a block number. */
    private long frame(int at) {
        return (field8(at) * 60L + field8(at + 1)) * 75 + field8(at + 2) - 150;
    }

    private void requestSense() {
        int code = host.sense();
        if (code == 0 && tray.attention() != 0) {
            code = UNIT_ATTENTION | tray.takeAttention();
        }
        host.reply(MmcReplies.sense(code), field8(4));
    }

    private void eventStatus() {
        if ((field8(1) & 1) == 0) {
            host.check(INVALID_FIELD); // only polling is offered
            return;
        }
        int classes = field8(4);
        byte[] data = MmcReplies.event(classes, tray.event(), tray.open(), tray.ready());
        if ((classes & 0x10) != 0) {
            tray.eventTold();
        }
        host.reply(data, field16(7));
    }

    private void modeSense(boolean tenByteForm, int allocation) {
        int control = field8(2) >> 6;
        if (control == 3) {
            host.check(SAVING_NOT_SUPPORTED);
        } else {
            host.reply(MmcReplies.modePages(field8(2) & 0x3F, control == 1, tenByteForm, tray.locked()), allocation);
        }
    }

    private void startStop() {
        boolean start = (field8(4) & 1) != 0;
        boolean loadEject = (field8(4) & 2) != 0;
        if (loadEject && !tray.move(!start)) {
            host.check(REMOVAL_PREVENTED);
        } else {
            host.succeed();
        }
    }

    /** READ CD (MMC-3, 6.1.13): byte 9 says which parts of a mode 1 block are wanted. */
    private void readCd(long from, long count) {
        int type = field8(1) >> 2 & 7;
        int parts = field8(9) & 0xF8;
        if (type != 0 && type != 2) {
            host.check(ILLEGAL_MODE_FOR_TRACK);
        } else if ((field8(10) & 7) != 0) {
            host.check(INVALID_FIELD);
        } else if (RawBlocks.size(parts) == 0) {
            host.succeed();
        } else {
            host.read(from, count, parts == 0x10 ? 0 : parts);
        }
    }
}
