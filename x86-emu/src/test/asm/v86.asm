; Virtual-8086 mode: entry and exit, sensitive instructions, interrupts, VME, I/O permission (SDM volume 3, chapter 20).

%macro extra_gdt 0
%endmacro

%include "protected.inc"

%define IDT(n) (LIN(idt)+8*(n))

; Enters V86 code at OFF(%2) with EFLAGS %1 added to VM; what it does is ended by a fault (or INT to a gate).
%macro v86 2
        mov     dword [LIN(resume)], LIN(%%after)
        mov     [LIN(saved_esp)], esp
        push    dword 0x4444                    ; GS
        push    dword 0x3333                    ; FS
        push    dword 0x1000                    ; DS
        push    dword 0x2000                    ; ES
        push    dword 0x8000                    ; SS
        push    dword 0x0FF0                    ; ESP
        push    dword 0x20002 | (%1)
        push    dword 0x1000
        push    dword OFF(%2)
        iretd
%%after:
%endmacro

%define IOPL0 0
%define IOPL3 0x3000

bits 16
v_ud:   ud2
v_int:  int     0x40
v_cli:  cli
        ud2
v_sti:  sti
        ud2
v_pushf: pushf
        ud2
v_popf: pushf
        popf
        ud2
v_iret: iret
v_hlt:  hlt
v_in:   in      al, 0x21
        ud2
v_in80: in      al, 0x80
        ud2
v_lmsw: lmsw    ax
v_sldt: db      0x0F, 0x00, 0xC0                ; SLDT AX: not recognised
v_cr0:  mov     eax, cr0
v_limit: mov    bx, 0xFFFF
        mov     ax, [bx]
        ud2
v_int3: int3
v_segments:
        mov     ax, 0x1234
        mov     es, ax
        mov     bx, es
        mov     ax, 0x2000
        mov     ds, ax
        mov     byte [0x10], 0x77
        call    0x1000:OFF(v_far)
        ud2
v_back: hlt
v_far:  pop     cx
        pop     dx
        sub     cx, OFF(v_back)-2
        ud2
bits 32

show_ud:                                        ; #UD handler that shows CX, DX, SI, DI, then goes on
        push    eax
        mov     ax, DATA0
        mov     ds, ax
        pop     eax
        movzx   eax, cx
        call    out32
        movzx   eax, dx
        call    out32
        mov     eax, [esp+8]                    ; EFLAGS
        and     eax, 0x1FFFFF & ~0x10000 & ~0x8D5
        call    out32
        jmp     go_on

main32:
        ; the frame: ESP0 minus nine dwords, the segments in it
        v86     IOPL3, v_ud
;= 0x06000000
        emit    [LIN(fault_cs)]
;= 0x1000
        emit    [0x8E000-4]                     ; GS
;= 0x4444
        emit    [0x8E000-8]
;= 0x3333
        emit    [0x8E000-12]
;= 0x1000
        emit    [0x8E000-16]
;= 0x2000
        emit    [0x8E000-20]
;= 0x8000
        emit    [0x8E000-24]
;= 0x0FF0
        mov     eax, [LIN(fault_eflags)]
        and     eax, ~0x10000
        call    out32
;= 0x00023002
        ; IOPL-sensitive instructions
        v86     IOPL0, v_int
;= 0x0D000000
        v86     IOPL0, v_cli
;= 0x0D000000
        v86     IOPL0, v_sti
;= 0x0D000000
        v86     IOPL0, v_pushf
;= 0x0D000000
        v86     IOPL0, v_popf
;= 0x0D000000
        v86     IOPL0, v_iret
;= 0x0D000000
        v86     IOPL3, v_int
;= 0x0D000202                                   ; through the IDT, which is too short
        v86     IOPL3, v_cli
;= 0x06000000
        v86     IOPL3, v_sti
;= 0x06000000
        v86     IOPL3, v_pushf
;= 0x06000000
        v86     IOPL3, v_hlt
;= 0x0D000000
        v86     IOPL3, v_lmsw
;= 0x0D000000
        v86     IOPL3, v_sldt
;= 0x06000000
        v86     IOPL3, v_cr0
;= 0x0D000000
        v86     IOPL3, v_limit
;= 0x0D000000 ; qemu: 0x06000000 (TCG checks no limits of accesses)
        v86     IOPL0, v_int3                   ; INT3 is not IOPL-sensitive, the gate's DPL counts
;= 0x0D00001A
        mov     byte [IDT(3)+5], 0xEE
        v86     IOPL0, v_int3
;= 0x03000000
        ; ports: always by the bitmap
        v86     IOPL3, v_in
;= 0x06000000
        mov     byte [LIN(tss_map)+0x80/8], 1
        v86     IOPL3, v_in80
;= 0x0D000000
        v86     IOPL0, v_in
;= 0x06000000
        mov     byte [LIN(tss_map)+0x80/8], 0
        ; segments are selector times 16
        mov     dword [IDT(6)], (CODE0 << 16) | (LIN(show_ud) & 0xFFFF)
        v86     IOPL3, v_segments
;= 0
;= 0x1000
;= 0x00023002
        emit    [0x20010]
;= 0x77
        ret

image_end
