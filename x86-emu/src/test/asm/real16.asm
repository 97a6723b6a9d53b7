; Real mode: interrupt vectors, limits, wrap-around, flags, unreal mode, string instructions (SDM volume 3, 20.1).

%include "image.inc"

%macro vector 2
        mov     word [es:4*(%1)], OFF(%2)
        mov     word [es:4*(%1)+2], cs
%endmacro

; Runs the instruction; emits OK or the vector, then how far IP was from the instruction.
%macro try 1+
        mov     word [OFF(resume)], OFF(%%after)
        mov     [OFF(saved_sp)], sp
%%at:   %1
        mov     eax, OK
        call    out16
%%after:
%endmacro

%macro handler 1
handler%1:
        mov     bx, cs
        mov     ds, bx
        pop     word [OFF(fault_ip)]
        pop     word [OFF(fault_cs)]
        pop     word [OFF(fault_flags)]
        mov     eax, %1
        call    out16
        mov     sp, [OFF(saved_sp)]
        jmp     [OFF(resume)]
%endmacro

        handler 0
        handler 4
        handler 5
        handler 6
        handler 12
        handler 13

quiet:  iret

main16:
        mov     ax, cs
        mov     ds, ax
        xor     ax, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, 0x8000
        vector  0, handler0
        vector  4, handler4
        vector  5, handler5
        vector  6, handler6
        vector  12, handler12
        vector  13, handler13
        vector  0x40, quiet
        ; exceptions
        xor     cx, cx
        try     div cx
;= 0
        mov     al, 0x7F
        inc     al
        try     into
;= 4
        mov     ax, 5
        try     bound ax, [OFF(bounds)]
;= 5
        try     ud2
;= 6
        mov     ax, [OFF(fault_flags)]
        movzx   eax, ax
        and     eax, 0xF200
        call    out16
;= 0
        try     int 0x40
;= 0x600D
        ; LLDT, LTR, VERR, ARPL are not recognised
        try     lldt ax
;= 6
        try     ltr ax
;= 6
        try     verr ax
;= 6
        try     str ax
;= 6
        try     arpl ax, ax
;= 6
        try     sgdt [OFF(scratch)]
;= 0x600D
        ; limits: a word at FFFFh
        mov     bx, 0xFFFF
        try     mov ax, [bx]
;= 13 ; qemu: 0x600D (TCG checks no limits)
        try     mov al, [bx]
;= 0x600D
        try     mov ax, [bx+1]                  ; offsets wrap
;= 0x600D
        mov     bp, 0xFFFF
        try     mov ax, [bp]
;= 12 ; qemu: 0x600D (TCG checks no limits)
        mov     ebx, 0x10000
        try     mov ax, [ebx]
;= 13 ; qemu: 0x600D (TCG checks no limits)
        ; the stack wraps at 64 KiB
        mov     cx, sp
        mov     sp, 0
        push    ax
        mov     dx, sp
        mov     sp, cx
        movzx   eax, dx
        call    out16
;= 0xFFFE
        ; PUSH SP pushes the value before
        mov     cx, sp
        push    sp
        pop     dx
        sub     dx, cx
        movzx   eax, dx
        call    out16
;= 0
        ; POPF loads IF, TF stays off, NT and IOPL can be set
        pushf
        push    word 0x7002
        popf
        pushf
        pop     dx
        popf
        movzx   eax, dx
        call    out16
;= 0x7002
        ; segment registers: selector times 16
        mov     ax, 0x1234
        mov     fs, ax
        mov     byte [fs:5], 0x99
        mov     ax, 0x1230
        mov     fs, ax
        movzx   eax, byte [fs:0x45]
        call    out16
;= 0x99
        try     db 0x8E, 0xC8                   ; MOV CS,AX
;= 6
        ; the A20 line is on: FFFF:0010 is 100000h
        mov     ax, 0xFFFF
        mov     fs, ax
        mov     byte [es:0], 0x55
        mov     byte [fs:0x10], 0xAA
        movzx   eax, byte [es:0]
        call    out16
;= 0x55
        ; strings: address wrap, DF, overlapping moves
        mov     ax, 0x3000
        mov     es, ax
        mov     al, 0x77
        mov     di, 0xFFFE
        mov     cx, 4
        rep stosb
        movzx   eax, di
        call    out16
;= 2
        movzx   eax, word [es:0]
        call    out16
;= 0x7777
        mov     dword [es:0x100], 0x44332211
        push    ds
        mov     ax, es
        mov     ds, ax
        mov     si, 0x100                       ; a propagating copy
        mov     di, 0x101
        mov     cx, 7
        rep movsb
        mov     eax, [0x104]
        pop     ds
        call    out16
;= 0x11111111
        mov     dword [es:0x200], 0x44332211
        mov     dword [es:0x204], 0x88776655
        push    ds
        mov     ax, es
        mov     ds, ax
        mov     si, 0x200                       ; distance of two bytes, word by word
        mov     di, 0x202
        mov     cx, 3
        rep movsw
        mov     eax, [0x204]
        pop     ds
        call    out16
;= 0x22112211
        mov     dword [es:0x300], 0x44332211
        mov     dword [es:0x304], 0x88776655
        push    ds
        mov     ax, es
        mov     ds, ax
        std
        mov     si, 0x306                       ; backwards
        mov     di, 0x307
        mov     cx, 7
        rep movsb
        cld
        mov     eax, [0x304]
        pop     ds
        call    out16
;= 0x77665544
        movzx   eax, si
        call    out16
;= 0x2FF
        ; REPNE SCASB, REPE CMPSB
        mov     di, 0x200
        mov     al, 0x11
        inc     di
        mov     cx, 100
        repne scasb
        movzx   eax, di
        call    out16
;= 0x203
        movzx   eax, cx
        call    out16
;= 98
        xor     cx, cx
        mov     di, 5
        repe scasb                              ; no element: flags and registers stay
        movzx   eax, di
        call    out16
;= 5
        ; unreal mode: a limit of 4 GiB survives the return to real mode
        cli
        lgdt    [OFF(gdtr)]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        mov     bx, 8
        mov     fs, bx
        and     al, 0xFE
        mov     cr0, eax
        xor     bx, bx
        mov     fs, bx
        mov     ebx, 0x200000
        mov     dword [fs:ebx], 0x13579BDF
        mov     eax, [fs:ebx]
        call    out16
;= 0x13579BDF
        ; far calls and returns
        call    0x1000:OFF(far_away)
        movzx   eax, sp
        call    out16
;= 0x8000
        push    word 0x1111
        push    cs
        push    word OFF(.back)
        retf    2
.back:  movzx   eax, sp
        call    out16
;= 0x8000
        ; IRET with a 32-bit operand size
        pushfd
        push    dword 0x1000
        push    dword OFF(.back32)
        iretd
.back32:
        movzx   eax, sp
        call    out16
;= 0x8000
        ; SMSW, LMSW cannot leave protected mode but not enter paging either
        smsw    ax
        and     eax, 1
        call    out16
;= 0
        jmp     finish16

far_away: retf

align 4
bounds: dw      0, 4
resume: dw      0
saved_sp: dw    0
fault_ip: dw    0
fault_cs: dw    0
fault_flags: dw 0
scratch: times 8 db 0
align 8
gdt:    dq      0
        dq      0x00CF93000000FFFF
gdtr:   dw      15
        dd      LIN(gdt)

image_end
