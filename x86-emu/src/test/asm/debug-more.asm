; Two debug conditions in one #DB, general detect, ICEBP (SDM volume 3, 18.2 and 18.3.1).
; qemu-cannot: TCG delivers two conditions one after the other, has no general detect and no ICEBP

%macro extra_gdt 0
%endmacro

%include "protected.inc"

%define IDT(n) (LIN(idt)+8*(n))

; #DB handler for tests that go on: emits EIP relative to [base] and DR6 without its fixed ones, clears DR6, sets RF.
db_trace:
        push    eax
        push    ebx
        mov     eax, [esp+8]
        sub     eax, [LIN(base)]
        call    out32
        mov     eax, dr6
        and     eax, 0xE00F
        call    out32
        xor     eax, eax
        mov     dr6, eax
        or      dword [esp+16], 0x10000         ; RF
        pop     ebx
        pop     eax
        iretd

align 16
base:   times 4 dd 0
data:   dd      0, 0, 0, 0

%macro from 1
        mov     dword [LIN(base)], LIN(%1)
%endmacro

%macro set_tf 0
        pushfd
        or      dword [esp], 0x100
        popfd
%endmacro

%macro clear_tf 0
        pushfd
        and     dword [esp], ~0x100
        popfd
%endmacro

silent: iretd

main32:
        mov     dword [IDT(1)], (CODE0 << 16) | (LIN(db_trace) & 0xFFFF)
        mov     eax, LIN(data)
        mov     dr1, eax
        mov     eax, 0x00D00408                 ; G1 write 4
        mov     dr7, eax
        ; two conditions at once: step and data
        mov     dword [LIN(base)], LIN(.d3)
        set_tf
.d3:    mov     [LIN(data)], al
        clear_tf
;= 5
;= 0x4002
;= 6
;= 0x4000
;= 13
;= 0x4000
;= 14
;= 0x4000
        mov     eax, 0x400
        mov     dr7, eax
        ; general detect: #DB before the access, GD cleared
        mov     eax, 0x2400
        mov     dr7, eax
        from    .g1
.g1:    mov     eax, dr0
        mov     eax, dr7
        call    out32
;= 0
;= 0x2000
;= 0x400
        ; ICEBP: a trap without a condition
        from    .x1
.x1:    db      0xF1
        nop
;= 1
;= 0
        ret

image_end
