; Mode changes that long mode forbids, events in long mode that TCG treats otherwise.
; qemu-cannot: TCG clears PAE and LME in long mode

%macro extra_gdt 0
%endmacro

%include "long.inc"

%define IDT(n) (LIN(idt)+16*(n))

main64:
        ; leaving paging in 64-bit mode, clearing PAE, toggling LME are not possible
        mov     rax, cr0
        and     eax, 0x7FFFFFFF
        try     mov cr0, rax
;= 0x0D000000
        mov     rax, cr4
        and     eax, ~0x20
        try     mov cr4, rax
;= 0x0D000000
        mov     ecx, 0xC0000080
        rdmsr
        and     eax, ~0x100
        try     wrmsr
;= 0x0D000000
        ; an IST pointer that is not canonical: #SS(0), EXT clear for a software interrupt
        mov     rax, 0x800000000000
        mov     [LIN(tss)+44], rax              ; IST 2
        mov     dword [IDT(0x31)], (CODE0 << 16) | (LIN(quiet) & 0xFFFF)
        mov     dword [IDT(0x31)+4], 0x1EE02
        try     int 0x31
;= 0x0C000000
        ; the same for an exception: EXT set
        mov     byte [IDT(6)+4], 2
        try     ud2
;= 0x0C000001
        mov     byte [IDT(6)+4], 0
        ; a page fault while delivering a page fault is a double fault
        mov     rax, 0x7FFFFFFFF000
        mov     [LIN(tss)+44], rax
        mov     byte [IDT(14)+4], 2
        mov     rsi, 0x7FFFFFFFE000
        try     mov eax, [rsi]
;= 0x08000000
        mov     byte [IDT(14)+4], 0
        ret

image_end
