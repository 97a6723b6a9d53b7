; String instructions across page faults, port strings and the I/O permission bitmap in protected mode.

%macro extra_gdt 0
        descriptor 0x20000, 0x0FFF, 0x92, 4     ; 40 small data
%endmacro

%include "protected.inc"

%define PD 0x100000
%define PT 0x101000
%define PT2 0x102000
%define T 0x40000000
%define F 0x200000

main32:
        mov     edi, PD
        mov     ecx, 0x1800
        xor     eax, eax
        rep stosd
        mov     edi, PT
        mov     eax, 7
        mov     ecx, 1024
.fill:  stosd
        add     eax, 0x1000
        loop    .fill
        mov     dword [PD], PT | 7
        mov     dword [PD+(T>>20)], PT2 | 7
        mov     dword [PT2], F | 7              ; one page, the next is missing
        mov     eax, PD
        mov     cr3, eax
        mov     eax, cr0
        or      eax, 0x80000000
        mov     cr0, eax

        ; stores up to the fault
        mov     al, 0x5A
        mov     edi, T+0xFF0
        mov     ecx, 0x40
        mov     edx, 0
        try     rep stosb
;= 0x0E000002
;= 0x40001000
        emit    ecx
;= 0x30
        emit    edi
;= 0x40001000
        emit    [F+0xFFC]
;= 0x5A5A5A5A
        mov     dword [F+0xFF0], 0x03020100
        mov     dword [F+0xFF4], 0x07060504
        mov     esi, T+0xFF0
        mov     edi, F+0x10000
        mov     ecx, 0x20
        try     rep movsd
;= 0x0E000000
;= 0x40001000
        emit    ecx
;= 0x1C
        emit    esi
;= 0x40001000
        emit    edi
;= 0x00210010
        emit    [F+0x10004]
;= 0x07060504
        ; an element across the boundary: not begun
        mov     edi, T+0xFF2
        mov     ecx, 0x40
        mov     eax, 0x11111111
        try     rep stosd
;= 0x0E000002
;= 0x40001000
        emit    edi
;= 0x40000FFE
        emit    [F+0xFFC]
;= 0x5A5A1111
        ; a bulk move larger than a page, then compared
        mov     edi, F
        mov     ecx, 0x2000
        xor     eax, eax
.number: stosd
        inc     eax
        loop    .number
        mov     esi, F
        mov     edi, F+0x20001
        mov     ecx, 0x7000
        rep movsb
        emit    esi
;= 0x00207000
        emit    edi
;= 0x00227001
        emit    ecx
;= 0
        emit    [F+0x20001+0x1234]
;= 0x48D
        mov     esi, F
        mov     edi, F+0x20001
        mov     ecx, 0x1C00
        repe cmpsd
        call    outzf
;= 1
        emit    ecx
;= 0
        inc     byte [F+0x20001+0x6000]
        mov     esi, F
        mov     edi, F+0x20001
        mov     ecx, 0x1C00
        repe cmpsd
        call    outzf
;= 0
        emit    ecx
;= 0x3FF
        ; a move onto itself one element further repeats the first element
        mov     esi, F
        mov     edi, F+4
        mov     ecx, 0x800
        mov     dword [F], 0xCAFEBABE
        rep movsd
        emit    [F+0x2000]
;= 0xCAFEBABE
        emit    [F+0x2004]
;= 0x801
        ; 16-bit addresses in 32-bit code: SI and DI alone move
        mov     esi, 0x00010000 + 0xFFFE
        mov     edi, 0x00020000
        mov     ecx, 0x00010002
        a16 rep movsb
        emit    esi
;= 0x00010000
        emit    edi
;= 0x00020002
        emit    ecx
;= 0x00010000
        ; ports
        mov     al, 0x42
        out     0x80, al
        mov     dx, 0x80
        mov     edi, F
        mov     ecx, 3
        rep insb
        emit    [F]
;= 0xCA424242 ; qemu: 0xCAFFFFFF (its board has no readable port 80h)
        mov     dx, 0xE9
        mov     esi, LIN(text)
        mov     ecx, 4
        rep outsb
;= 0x64636261
        ; the I/O permission bitmap at CPL 3, IOPL 0
%macro ring3_iopl0 1+
        mov     dword [LIN(resume)], LIN(%%after)
        mov     [LIN(saved_esp)], esp
        push    dword DATA3
        push    dword 0x8C000
        push    dword 2
        push    dword CODE3
        push    dword LIN(%%there)
        iretd
%%there:
        mov     bx, DATA3
        mov     ds, bx
        mov     es, bx
        %1
        int     0x30
%%after:
%endmacro
        mov     al, 0x77
        ring3_iopl0 out 0x80, al
        in      al, 0x80
        movzx   eax, al
        call    out32
;= 0x77 ; qemu: 0xFF (its board has no readable port 80h)
        or      byte [LIN(tss_map)+0x10], 2     ; port 81h
        ring3_iopl0 out 0x81, al
;= 0x0D000000
        ring3_iopl0 in ax, 0x80                 ; needs both bits
;= 0x0D000000
        ring3_iopl0 in al, 0x80
        mov     dx, 0x81
        mov     edi, F
        ring3_iopl0 insb
;= 0x0D000000
        ring3_iopl0 cli
;= 0x0D000000
        ring3_iopl0 sti
;= 0x0D000000
        mov     word [LIN(gdt)+0x38], 0x87+0x10 ; the limit cuts the bitmap off
        and     byte [LIN(gdt)+0x3D], ~2
        mov     ax, TSS0
        ltr     ax
        ring3_iopl0 in al, 0x70
        ring3_iopl0 in al, 0x80
;= 0x0D000000
        ; at CPL 3 with IOPL 0 POPF changes neither IF nor IOPL, without a fault
        mov     word [LIN(gdt)+0x38], 0x2087
        and     byte [LIN(gdt)+0x3D], ~2
        mov     ax, TSS0
        ltr     ax
%macro popf_all 0
        push    dword 0x3202
        popfd
        pushfd
        pop     eax
        call    out32
%endmacro
        ring3_iopl0 popf_all
;= 2
        ret

text:   db      "abcd"

image_end
