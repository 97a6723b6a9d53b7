; SYSENTER and SYSEXIT in 32-bit mode, double faults, alignment checks, MOV SS and STI shadows (SDM volume 2; volume 3, 5.8.7, 6.15).

%macro extra_gdt 0
        descriptor 0, 0xFFFFF, 0x9B, 12         ; 40 SYSENTER code
        descriptor 0, 0xFFFFF, 0x93, 12         ; 48 stack
        descriptor 0, 0xFFFFF, 0xFB, 12         ; 50 SYSEXIT code
        descriptor 0, 0xFFFFF, 0xF3, 12         ; 58 stack
%endmacro

%include "protected.inc"

%define IDT(n) (LIN(idt)+8*(n))

%macro write_msr 2
        mov     ecx, %1
        mov     eax, %2
        xor     edx, edx
        wrmsr
%endmacro

main32:
        ring3   sysenter
;= 0x0D000000                                   ; no code segment set
        write_msr 0x174, 0x40
        write_msr 0x175, 0x89000
        write_msr 0x176, LIN(kernel)
%macro enter 0
        pushfd
        or      dword [esp], 0x401              ; DF, CF
        popfd
        mov     ecx, esp
        mov     edx, LIN(%%back)
        sysenter
%%back: cld
        mov     eax, cs
        call    out32
        mov     eax, ss
        call    out32
        emit    esp
        mov     ax, DATA3
        mov     ds, ax
%endmacro
        ring3   enter
;= 0x40
;= 0x48
;= 0x00089000
;= 0x3401                                       ; IF clear, DF and CF kept
;= 0x53
;= 0x5B
;= 0x0008C000
;= 0x600D
        ring3   sysexit
;= 0x0D000000
        write_msr 0x174, 0
        try     sysexit
;= 0x0D000000
        ; contributory exceptions: #NP for the gate of #GP's own handler is a double fault, and its error code is 0
        mov     byte [IDT(11)+5], 0x0E
        mov     byte [IDT(10)+5], 0x0E
        mov     ax, 0x60
        try     mov ds, ax                      ; #GP, delivered normally
;= 0x0D000060
        mov     byte [IDT(13)+5], 0x0E
        mov     ax, 0x60
        try     mov ds, ax
;= 0x08000000
        mov     byte [IDT(13)+5], 0x8E
        ; benign, then contributory: the second is delivered by itself, with EXT
        mov     byte [IDT(6)+5], 0x0E
        mov     byte [IDT(11)+5], 0x8E
        try     ud2
;= 0x0B000033 ; qemu: 0x0B000032 (TCG never sets EXT)
        mov     byte [IDT(6)+5], 0x8E
        mov     byte [IDT(10)+5], 0x8E
        ; alignment checks: CPL 3, CR0.AM and EFLAGS.AC
        mov     eax, cr0
        or      eax, 0x40000
        mov     cr0, eax
%macro unaligned 0
        pushfd
        or      dword [esp], 0x40000
        popfd
        mov     eax, [0x20001]
%endmacro
        ring3   unaligned
;= 0x11000000 ; qemu: 0x600D (TCG raises no #AC)
%macro unaligned_write 0
        pushfd
        or      dword [esp], 0x40000
        popfd
        mov     [0x20003], ax
%endmacro
        ring3   unaligned_write
;= 0x11000000 ; qemu: 0x600D (TCG raises no #AC)
%macro aligned_ac 0
        pushfd
        or      dword [esp], 0x40000
        popfd
        mov     eax, [0x20004]
        mov     al, [0x20007]
        mov     ax, [0x20006]
%endmacro
        ring3   aligned_ac
;= 0x600D
        mov     eax, cr0
        and     eax, ~0x40000
        mov     cr0, eax
        ring3   unaligned
;= 0x600D
        pushfd
        or      dword [esp], 0x40000
        popfd
        try     mov eax, [0x20001]              ; never at CPL 0
;= 0x600D
        mov     eax, cr0
        or      eax, 0x10
        and     eax, 0xFFFFFFEF                 ; ET stays 1
        and     eax, ~0x60000000
        mov     cr0, eax
        mov     eax, cr0
        call    out32
;= 0x00000011
        ; RDMSR and WRMSR of what does not exist
        mov     ecx, 0x12345
        try     rdmsr
;= 0x0D000000 ; qemu: 0x600D (TCG reads 0)
        ; RDTSC and CR4.TSD
        mov     eax, cr4
        or      eax, 4
        mov     cr4, eax
        ring3   rdtsc
;= 0x0D000000
        try     rdtsc
;= 0x600D
        mov     eax, cr4
        and     eax, ~4
        mov     cr4, eax
        ring3   rdtsc
;= 0x600D
        ret

kernel: pushfd
        mov     esi, ecx
        mov     ax, DATA0
        mov     ds, ax
        mov     eax, cs
        call    out32
        mov     eax, ss
        call    out32
        lea     eax, [esp+4]
        call    out32
        pop     eax
        and     eax, 0x3601
        call    out32
        mov     ecx, esi
        sysexit

image_end
