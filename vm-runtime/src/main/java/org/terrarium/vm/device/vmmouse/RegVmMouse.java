package org.terrarium.vm.device.vmmouse;

/** Numbers of VMware's backdoor and of the pointer protocol on it, named as in Linux's drivers/input/mouse/vmmouse.c. */
final class RegVmMouse {
    static final int VMMOUSE_PROTO_MAGIC = 0x564D5868;

    static final int VMMOUSE_PROTO_CMD_GETVERSION = 10;
    static final int VMMOUSE_PROTO_CMD_ABSPOINTER_DATA = 39;
    static final int VMMOUSE_PROTO_CMD_ABSPOINTER_STATUS = 40;
    static final int VMMOUSE_PROTO_CMD_ABSPOINTER_COMMAND = 41;
    static final int VMMOUSE_PROTO_CMD_ABSPOINTER_RESTRICT = 86;

    /** Not of the pointer: asks for the frequencies of time stamp counter and APIC bus (Linux, arch/x86/kernel/cpu/vmware.c). */
    static final int VMWARE_CMD_GETHZ = 45;

    static final int VMMOUSE_CMD_ENABLE = 0x45414552;
    static final int VMMOUSE_CMD_DISABLE = 0x000000F5;
    static final int VMMOUSE_CMD_REQUEST_RELATIVE = 0x4C455252;
    static final int VMMOUSE_CMD_REQUEST_ABSOLUTE = 0x53424152;

    static final int VMMOUSE_VERSION_ID = 0x3442554A;
    static final int VMMOUSE_ERROR = 0xFFFF;
    static final int VMMOUSE_LEFT_BUTTON = 0x20;
    static final int VMMOUSE_RIGHT_BUTTON = 0x10;
    static final int VMMOUSE_MIDDLE_BUTTON = 0x08;

    /** Version of the backdoor protocol that all drivers accept. */
    static final int BACKDOOR_VERSION = 6;
    /** Product type in ECX of the version command: a hosted product. */
    static final int PRODUCT_TYPE = 2;

    private RegVmMouse() {}
}
