; Virtual-8086 mode extensions: VIF and VIP, software interrupt redirection (SDM volume 3, 20.3 and 20.4).
; qemu-cannot: TCG does not implement CLI, STI, PUSHF, POPF and IRET on VIF

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
v_vif:  sti
        pushf
        cli
        pushf
        pop     cx
        pop     dx
        ud2
v_popf_if: push word 0x0200
        popf
        pushf
        pop     cx
        xor     dx, dx
        ud2
v_popf_tf: push word 0x0100
        popf
        ud2
v_pushfd: pushfd
        ud2
v_sti:  sti
        ud2
v_iret: push    word 0x0202
        push    cs
        push    word OFF(.back)
        iret
.back:  pushf
        pop     cx
        xor     dx, dx
        ud2
v_soft: int     0x41
        ud2
v_soft_handler:
        pop     cx                              ; IP
        pop     ax                              ; CS
        pop     dx                              ; flags
        sub     cx, OFF(v_soft)
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
        mov     eax, cr4
        or      eax, 1
        mov     cr4, eax
        mov     word [0x41*4], OFF(v_soft_handler)
        mov     word [0x41*4+2], 0x1000
        mov     dword [IDT(6)], (CODE0 << 16) | (LIN(show_ud) & 0xFFFF)
        ; STI and CLI at IOPL 0 work on VIF; PUSHF shows it as IF, with IOPL 3
        v86     IOPL0, v_vif
;= 0x3002
;= 0x3202
;= 0x00020002
        v86     IOPL0, v_popf_if
;= 0x3202
;= 0
;= 0x000A0002                                   ; VIF is set
        v86     IOPL0, v_popf_tf
;= 0x0D000000
        v86     IOPL0, v_pushfd
;= 0x0D000000
        ; a pending virtual interrupt: STI faults
        v86     0x100000, v_sti
;= 0x0D000000
        v86     0x100000, v_popf_if
;= 0x0D000000
        v86     IOPL0, v_iret
;= 0x3202
;= 0
;= 0x000A0002
        ; INT n: the redirection map
        v86     IOPL0, v_soft
;= 0x0D000000                                   ; bit set, IOPL 0: the monitor simulates it
        v86     IOPL3, v_soft
;= 0x0D00020A                                   ; bit set, IOPL 3: through the IDT
        mov     byte [LIN(tss_redirect)+0x41/8], 0xFD
        v86     IOPL0, v_soft
;= 2
;= 0x3002
;= 0x00020002
        v86     0x80000, v_soft                 ; VIF set: pushed as IF, then clear
;= 2
;= 0x3202
;= 0x00020002
        v86     0x3200, v_soft                  ; IOPL 3: IF itself
;= 2
;= 0x3202
;= 0x00023002
        ; protected-mode virtual interrupts (CR4.PVI): CPL 3, IOPL 0
        mov     eax, cr4
        xor     eax, 3
        mov     cr4, eax
%macro pvi 0
        sti
        pushfd
        pop     ecx
        cli
        pushfd
        pop     edx
        shr     ecx, 16                         ; VIF is bit 19
        shr     edx, 16
        ud2
%endmacro
        mov     dword [LIN(resume)], LIN(.after)
        mov     [LIN(saved_esp)], esp
        push    dword DATA3
        push    dword 0x8C000
        push    dword 2
        push    dword CODE3
        push    dword LIN(.there)
        iretd
.there: pvi
.after:
;= 8
;= 0
;= 0x00000002
        ret

image_end
