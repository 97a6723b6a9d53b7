; Loading segment registers and accesses through them in 32-bit protected mode (SDM volume 3, chapters 3 and 5).

%macro extra_gdt 0
        descriptor 0x20000, 0x0FFF, 0x92, 4     ; 40 small data, writable, not accessed
        descriptor 0x20000, 0x0FFF, 0x90, 4     ; 48 small data, read-only
        descriptor 0x20000, 0x0FFF, 0x96, 4     ; 50 expand-down, valid 1000h..FFFFFFFFh
        descriptor 0x20000, 0x0FFF, 0x96, 0     ; 58 expand-down, valid 1000h..FFFFh
        descriptor 0, 0xFFFFF, 0x98, 12         ; 60 execute-only code
        descriptor 0, 0xFFFFF, 0x9E, 12         ; 68 conforming readable code, DPL 0
        descriptor 0x20000, 0x0FFF, 0x12, 4     ; 70 data, not present
        descriptor 0x20000, 0x0FFF, 0xF2, 4     ; 78 data, DPL 3
        descriptor LIN(ldt), 15, 0x82, 0        ; 80 LDT
        descriptor 0x20000, 0x0001, 0x92, 12    ; 88 page-granular, 8 KiB
        gate CODE0, 0x1234, 0x8C, 0             ; 90 call gate
        descriptor 0x20000, 0x0FFF, 0xB2, 4     ; 98 data, DPL 1
%endmacro

%include "protected.inc"

ldt:    descriptor 0x30000, 0x00FF, 0x92, 4     ; 04
        descriptor 0x30000, 0x00FF, 0xF2, 4     ; 0C

%macro load 2
        mov     eax, %2
        try     mov %1, ax
%endmacro

main32:
        ; data segment loads
        load    ds, 0x40
;= 0x600D
        xor     eax, eax
        mov     ax, DATA0
        mov     ds, ax
        emit    [LIN(gdt)+0x44]
;= 0x00409302                                   ; the accessed bit was set in memory
        load    es, 0
;= 0x600D
        load    es, 3
;= 0x600D
        try     mov al, [es:0]
;= 0x0D000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)  ; a null selector loads, the access faults
        load    es, 0x60
;= 0x0D000060                                   ; execute-only code is not for data
        load    es, 0x68
;= 0x600D
        load    es, 0x70
;= 0x0B000070
        load    es, 0x78
;= 0x600D
        load    es, 0x43
;= 0x0D000040                                   ; RPL 3 > DPL 0
        load    es, 0x6B
;= 0x600D                                       ; conforming: RPL does not matter
        load    es, 0x38
;= 0x0D000038                                   ; a TSS is not data
        load    es, 0x200
;= 0x0D000200                                   ; beyond the table
        load    es, 0x44
;= 0x0D000044                                   ; no LDT
        ; the stack segment
        load    ss, 0
;= 0x0D000000
        load    ss, 0x48
;= 0x0D000048                                   ; read-only
        load    ss, 0x78
;= 0x0D000078                                   ; DPL is not CPL
        load    ss, 0x13
;= 0x0D000010                                   ; RPL is not CPL
        load    ss, 0x70
;= 0x0C000070                                   ; right privilege but not present: #SS
        ; limits
        mov     ax, 0x40
        mov     es, ax
        try     mov al, [es:0xFFF]
;= 0x600D
        try     mov al, [es:0x1000]
;= 0x0D000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)
        try     mov eax, [es:0xFFD]
;= 0x0D000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)
        try     mov eax, [es:0xFFC]
;= 0x600D
        mov     ax, 0x48
        mov     es, ax
        try     mov byte [es:0], 1
;= 0x0D000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)
        try     add byte [es:0], 1
;= 0x0D000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)
        mov     ax, 0x50
        mov     es, ax
        try     mov al, [es:0xFFF]
;= 0x0D000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)
        try     mov al, [es:0x1000]
;= 0x600D
        try     mov al, [es:0x10000]
;= 0x600D
        mov     ax, 0x58
        mov     es, ax
        try     mov al, [es:0xFFFF]
;= 0x600D
        try     mov al, [es:0x10000]
;= 0x0D000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)
        mov     ax, 0x88
        mov     es, ax
        try     mov al, [es:0x1FFF]
;= 0x600D
        try     mov al, [es:0x2000]
;= 0x0D000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)
        mov     ax, 0x60
        try     mov byte [cs:LIN(scratch)], 0
;= 0x0D000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)  ; code is never writable
        ; stack limit: #SS(0)
%macro push_at_limit 0
        mov     ax, 0x7B
        mov     ss, ax
        mov     esp, 0x1004
        push    eax
%endmacro
        ring3   push_at_limit
;= 0x0C000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)
        ; LAR, LSL, VERR, VERW
%macro lar_test 1
        mov     edx, 0xDEAD
        mov     eax, %1
        lar     edx, eax
        call    outzf
        emit    edx
%endmacro
%macro lsl_test 1
        mov     edx, 0xDEAD
        mov     eax, %1
        lsl     edx, eax
        call    outzf
        emit    edx
%endmacro
        lar_test 0x08
;= 1
;= 0x00C09B00
        lar_test 0
;= 0
;= 0xDEAD
        lar_test 0x90
;= 1
;= 0x00008C00
        lar_test 0x38
;= 1
;= 0x00008B00
        lar_test 0x43
;= 0
;= 0xDEAD
        lsl_test 0x88
;= 1
;= 0x1FFF
        lsl_test 0x10
;= 1
;= 0xFFFFFFFF
        lsl_test 0x90
;= 0
;= 0xDEAD
        lsl_test 0x80
;= 1
;= 15
        mov     eax, 0x60
        verr    ax
        call    outzf
;= 0
        mov     eax, 0x68
        verr    ax
        call    outzf
;= 1
        mov     eax, 0x48
        verw    ax
        call    outzf
;= 0
        mov     eax, 0x40
        verw    ax
        call    outzf
;= 1
        mov     eax, 0x38
        verr    ax
        call    outzf
;= 0
        ; ARPL
        mov     eax, 0x40
        mov     edx, 3
        arpl    ax, dx
        call    outzf
        emit    eax
;= 1
;= 0x43
        mov     eax, 0x42
        mov     edx, 1
        arpl    ax, dx
        call    outzf
;= 0
        ; the LDT
        try     lldt [LIN(word40)]
;= 0x0D000040
        mov     ax, 0x80
        try     lldt ax
;= 0x600D
        load    es, 0x04
;= 0x600D
        load    es, 0x0F
;= 0x600D
        load    es, 0x14
;= 0x0D000014
        sldt    eax
        call    out32
;= 0x80
        xor     eax, eax
        lldt    ax
        load    es, 0x04
;= 0x0D000004
        ; LES reads the offset first, then the selector; nothing changes on a fault
        mov     esi, 0x1111
        try     les esi, [LIN(far_bad)]
;= 0x0D000200
        emit    esi
;= 0x1111
        try     lfs esi, [LIN(far_good)]
;= 0x600D
        emit    esi
;= 0x12345678
        mov     eax, fs
        call    out32
;= 0x78
        ; at CPL 3
        ring3   mov ax, DATA0
;= 0x600D
        ring3   mov al, [cs:LIN(scratch)]
;= 0x600D
        mov     dword [LIN(selector)], 0x10
        ring3   mov es, [LIN(selector)]
;= 0x0D000010
        mov     dword [LIN(selector)], 0x7B
        ring3   mov es, [LIN(selector)]
;= 0x600D
        mov     dword [LIN(selector)], 0x99
        ring3   mov es, [LIN(selector)]
;= 0x0D000098
        mov     dword [LIN(selector)], 0x68
        ring3   mov es, [LIN(selector)]
;= 0x600D
        ring3   lgdt [LIN(gdtr)]
;= 0x0D000000
        ring3   lldt [LIN(word40)]
;= 0x0D000000
        ring3   ltr [LIN(word40)]
;= 0x0D000000
        ring3   mov eax, cr0
;= 0x0D000000
        ring3   clts
;= 0x0D000000
        ring3   hlt
;= 0x0D000000
        ring3   invlpg [0]
;= 0x0D000000
        ring3   rdmsr
;= 0x0D000000
        ring3   wbinvd
;= 0x0D000000
        ring3   sgdt [0x20000]
;= 0x600D
        ; LTR
        mov     eax, 0x38
        try     ltr ax
;= 0x0D000038                                   ; busy
        try     ltr [LIN(word40)]
;= 0x0D000040
        xor     eax, eax
        try     ltr ax
;= 0x0D000000 ; qemu: 0x600D (TCG accepts a null task register)
        ret

align 4
scratch: dd     0
selector: dd    0
word40: dd      0x40
far_bad: dd     0x12345678
        dw      0x200
far_good: dd    0x12345678
        dw      0x78

image_end
