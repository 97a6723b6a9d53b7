; Single step, breakpoints, DR6, DR7, RF, ICEBP (SDM volume 3, chapter 18).

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
        mov     eax, dr6
        call    out32
;= 0xFFFF0FF0
        mov     eax, dr7
        call    out32
;= 0x00000400
        ; single step: a trap behind each instruction that began with TF set
        from    .t1
        mov     ecx, 2
.t1:
        pushfd
        or      dword [esp], 0x100
        popfd                                   ; no trap here
.s1:    nop
.s2:    nop
        pushfd
        and     dword [esp], ~0x100
        popfd                                   ; this one still traps
.s3:    nop
;= 10
;= 0x4000
;= 11
;= 0x4000
;= 12
;= 0x4000
;= 19
;= 0x4000
;= 20
;= 0x4000
        ; REP traps behind each iteration
        mov     edi, LIN(data)
        mov     ecx, 2
        from    .r1
        set_tf
.r1:    rep stosb
        clear_tf
;= 0
;= 0x4000
;= 2
;= 0x4000
;= 3
;= 0x4000
;= 10
;= 0x4000
;= 11
;= 0x4000
        ; INT n with TF set: the handler is not stepped, and no trap follows the INT itself
        mov     dword [IDT(0x31)], (CODE0 << 16) | (LIN(silent) & 0xFFFF)
        mov     dword [IDT(0x31)+4], 0x18E00
        from    .i1
        set_tf
.i1:    int     0x31
        nop
        clear_tf
;= 3
;= 0x4000
;= 4
;= 0x4000
;= 11
;= 0x4000
;= 12
;= 0x4000
        ; MOV SS holds the trap off until behind the next instruction
        mov     ax, ss
        from    .m1
        set_tf
.m1:    mov     ss, ax
        nop
        clear_tf
;= 3
;= 0x4000
;= 4
;= 0x4000
;= 11
;= 0x4000
;= 12
;= 0x4000
        ; instruction breakpoint: a fault before the instruction, once because the handler sets RF
        mov     eax, LIN(.b1)
        mov     dr0, eax
        mov     eax, 0x00000402                 ; G0, execute
        mov     dr7, eax
        from    .b1
        nop
.b1:    nop
        nop
;= 0
;= 1
        ; data write breakpoint of four bytes in DR1, read/write of two bytes in DR2
        xor     eax, eax
        mov     dr0, eax
        mov     eax, LIN(data)
        mov     dr1, eax
        add     eax, 8
        mov     dr2, eax
        mov     eax, 0x07D00428                 ; G1 write 4, G2 read/write 2
        mov     dr7, eax
        from    .d1
.d1:    mov     eax, [LIN(data)]                ; 5 bytes, no trap: a read
        mov     [LIN(data)+3], al               ; 5 bytes, trap
        mov     [LIN(data)+4], al               ; none
        mov     ax, [LIN(data)+8]               ; 6 bytes, trap
        mov     al, [LIN(data)+10]              ; none
        mov     eax, [LIN(data)+6]              ; trap: touches 8 and 9
        push    dword [LIN(data)+9]             ; trap
        pop     eax
        inc     dword [LIN(data)]               ; trap
;= 10
;= 2
;= 21
;= 4
;= 31
;= 4
;= 37
;= 4
;= 44
;= 2
        ; REP MOVS stops behind the element that hit
        mov     esi, LIN(data)+12
        mov     edi, LIN(data)
        mov     ecx, 2
        from    .d2
.d2:    rep movsb
        nop
;= 0
;= 2
;= 2
;= 2
        ; disabled breakpoints do nothing
        mov     eax, 0x07D00400
        mov     dr7, eax
        try     mov [LIN(data)], al
;= 0x600D
        ; I/O breakpoint, with CR4.DE
        mov     eax, cr4
        or      eax, 8
        mov     cr4, eax
        mov     eax, 0x80
        mov     dr3, eax
        mov     eax, 0x20000480                 ; G3, I/O, one byte
        mov     dr7, eax
        from    .o1
.o1:    out     0x80, al
        in      al, 0x80
        in      al, 0x81
        nop
;= 2
;= 8
;= 4
;= 8
        ; DR4 and DR5 are DR6 and DR7 without CR4.DE, #UD with it
        try     mov eax, dr4
;= 0x06000000
        mov     eax, cr4
        and     eax, ~8
        mov     cr4, eax
        mov     eax, 0x400
        mov     dr5, eax
        mov     eax, dr7
        call    out32
;= 0x400
        ; fixed bits
        mov     eax, -1
        mov     dr6, eax
        mov     eax, dr6
        call    out32
;= 0xFFFFEFFF ; qemu: 0xFFFFFFFF (TCG keeps reserved bits)
        xor     eax, eax
        mov     dr6, eax
        mov     eax, 0xDFFF                     ; without GD
        mov     dr7, eax
        mov     eax, dr7
        call    out32
;= 0x07FF ; qemu: 0xDFFF (TCG keeps reserved bits)
        mov     eax, 0x400
        mov     dr7, eax
        ret

image_end
