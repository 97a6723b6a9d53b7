; Combinations of CR0 bits that are not possible (SDM volume 2, MOV to control registers).
; qemu-cannot: TCG accepts them and stops

%macro extra_gdt 0
%endmacro

%include "protected.inc"

main32:
        ; PG without PE, NW without CD
        mov     eax, cr0
        and     eax, 0x7FFFFFFE
        or      eax, 0x80000000
        try     mov cr0, eax
;= 0x0D000000
        mov     eax, cr0
        and     eax, ~0x40000000
        or      eax, 0x20000000
        try     mov cr0, eax
;= 0x0D000000
        ; CR4: reserved bits
        mov     eax, cr4
        or      eax, 0x80000000
        try     mov cr4, eax
;= 0x0D000000
        ; XSETBV
        try     xgetbv
;= 0x06000000
        mov     eax, cr4
        or      eax, 0x40000
        mov     cr4, eax
        xor     ecx, ecx
        xor     edx, edx
        mov     eax, 2
        try     xsetbv
;= 0x0D000000                                   ; x87 state cannot be switched off
        mov     eax, 3
        xor     edx, edx
        try     xsetbv
;= 0x600D
        xor     ecx, ecx
        xgetbv
        call    out32
;= 3
        ; LMSW cannot clear PE
        xor     eax, eax
        try     lmsw ax
;= 0x600D
        smsw    eax
        and     eax, 0xF
        call    out32
;= 1
        ; with PAE, loading CR3 checks the PDPTEs: reserved bits of present ones
        mov     dword [0x110000], 0x111001
        mov     dword [0x110004], 0
        mov     dword [0x110008], 0x7           ; R/W and U/S are reserved
        mov     dword [0x11000C], 0
        mov     dword [0x110010], 0x6           ; not present: whatever
        mov     dword [0x111000], 0x87
        mov     eax, 0x110000
        mov     cr3, eax                        ; without paging nothing is checked
        mov     eax, cr4
        or      eax, 0x20
        mov     cr4, eax
        mov     eax, cr0
        or      eax, 0x80000000
        try     mov cr0, eax
;= 0x0D000000
        mov     dword [0x110008], 0
        mov     eax, cr0
        or      eax, 0x80000000
        try     mov cr0, eax
;= 0x600D
        mov     dword [0x110018], 0x2001        ; frame and P: allowed
        mov     dword [0x11001C], 0x80000000    ; bit 63: reserved
        mov     eax, cr3
        try     mov cr3, eax
;= 0x0D000000
        ret

image_end
