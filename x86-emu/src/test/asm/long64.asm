; 64-bit mode: entry, interrupts with IST, IRETQ, far transfers, canonical addresses, segments, SYSCALL, compatibility mode.

%macro extra_gdt 0
        gate    CODE0, LIN(gate_target), 0xEC, 0 ; 48 call gate
        descriptor 0, 0xFFFFF, 0x9B, 14         ; 58 code with L and D
        descriptor 0x20000, 0x0FFF, 0x92, 4     ; 60 small data
        gate    CODE0_32, LIN(gate_target), 0xEC, 0 ; 68 call gate to 32-bit code
        descriptor 0, 0xFFFFF, 0x92, 12         ; 78
%endmacro

%include "long.inc"

%define IDT(n) (LIN(idt)+16*(n))
%define NONCANONICAL 0x800000000000

gate_target:
        mov     eax, cs
        call    out64
        mov     eax, ss
        call    out64
        mov     eax, esp
        call    out64
        mov     eax, [rsp+8]                    ; the caller's CS
        call    out64
        retfq

frame:  push    rax
        lea     rax, [rsp+8]
        call    out64
        emit    [rsp+16]                        ; CS
        mov     eax, [rsp+24]
        and     eax, 0x3F02
        call    out64
        emit    [rsp+32]                        ; RSP
        emit    [rsp+40]                        ; SS
        mov     eax, ss
        call    out64
        pop     rax
        iretq

%macro far_to 1                                 ; far jump through memory, to where a jump would have to succeed
        mov     dword [LIN(pointer)], LIN(%%there)
        mov     word [LIN(pointer)+4], %1
        mov     qword [LIN(resume)], LIN(%%after)
        mov     [LIN(saved_rsp)], rsp
        jmp     far dword [LIN(pointer)]
%%there:
        emit    OK
%%after:
%endmacro

main64:
        emit    [LIN(efer)]
;= 0xD00                                        ; LMA was set when paging was
        ; SS after entry, 32-bit results clear the upper half
        mov     rax, -1
        mov     eax, eax
        shr     rax, 32
        call    out64
;= 0
        ; canonical addresses: #GP, for the stack #SS
        mov     rsi, NONCANONICAL
        try     mov rax, [rsi]
;= 0x0D000000
        try     mov [rsi], rax
;= 0x0D000000
        mov     rdi, rsi
        try     stosb
;= 0x0D000000
        mov     rbp, rsi
        try     mov rax, [rbp]
;= 0x0C000000 ; qemu: 0x0D000000 (TCG raises #GP for every non-canonical address)
        try     mov rax, [ds:rbp]
;= 0x0C000000 ; qemu: 0x0D000000 (TCG raises #GP for every non-canonical address)  ; a DS prefix means nothing in 64-bit mode
        try     mov rax, [rsp+rsi]
;= 0x0C000000 ; qemu: 0x0D000000 (TCG raises #GP for every non-canonical address)  ; the base decides, not the index
        try     mov rax, [rax+rsi]
;= 0x0D000000
        try     jmp rsi
;= 0x0D000000
        try     call rsi
;= 0x0D000000
%macro ret_far_away 0
        push    rsi
        ret
%endmacro
        try     ret_far_away
;= 0x0D000000
%macro push_far_away 0
        lea     rsp, [rsi+16]
        push    rax
%endmacro
        mov     byte [IDT(12)+4], 2             ; #SS on IST 2, and #GP for QEMU's sake
        mov     byte [IDT(13)+4], 2
        try     push_far_away
;= 0x0C000000 ; qemu: 0x0D000000 (TCG raises #GP for every non-canonical address)
%macro pop_far_away 0
        mov     rsp, rsi
        pop     rax
%endmacro
        try     pop_far_away
;= 0x0C000000 ; qemu: 0x0D000000 (TCG raises #GP for every non-canonical address)
        mov     rsi, 0x7FFFFFFFFFFC
        try     mov rax, [rsi]                  ; the last bytes are beyond: page fault or #GP, by the first byte
;= 0x0E000000
;= 0xFFFFFFFC
        ; the interrupt frame: aligned, SS:RSP always pushed, SS null only after a change of level
        mov     dword [IDT(0x31)], (CODE0 << 16) | (LIN(frame) & 0xFFFF)
        mov     dword [IDT(0x31)+4], 0x1EE00
        mov     rbp, rsp
        mov     rsp, 0x8E80D
        try     int 0x31
;= 0x0008E7D8
;= 0x08
;= 0x3002
;= 0x0008E80D
;= 0x00
;= 0x00
;= 0x600D
        mov     rsp, rbp
        ring3   int 0x31
;= 0x0008DFD8
;= 0x2B
;= 0x3002
;= 0x0008C000
;= 0x23
;= 0x00
;= 0x600D
        ; IST, aligned down
        mov     byte [IDT(0x31)+4], 1
        ring3   int 0x31
;= 0x0008AFD8
;= 0x2B
;= 0x3002
;= 0x0008C000
;= 0x23
;= 0x00
;= 0x600D
        mov     byte [IDT(0x31)+4], 0
        ; gates: 16-bit types and task gates do not exist
        mov     byte [IDT(0x31)+5], 0xE6
        try     int 0x31
;= 0x0D00018A ; qemu: 0x0D000312 (TCG multiplies the vector by 16)
        mov     byte [IDT(0x31)+5], 0xE5
        try     int 0x31
;= 0x0D00018A ; qemu: 0x0D000312 (TCG multiplies the vector by 16)
        mov     byte [IDT(0x31)+5], 0x6E
        try     int 0x31
;= 0x0B00018A ; qemu: 0x0B000312 (TCG multiplies the vector by 16)
        mov     byte [IDT(0x31)+5], 0x8E
        ring3   int 0x31
;= 0x0D00018A ; qemu: 0x0D000312 (TCG multiplies the vector by 16)
        mov     byte [IDT(0x31)+5], 0xEE
        mov     word [IDT(0x31)+2], CODE0_32
        try     int 0x31
;= 0x0D000030                                   ; not 64-bit code
        mov     word [IDT(0x31)+2], CODE0
        try     int 0x50
;= 0x0D000282 ; qemu: 0x0D000502 (TCG multiplies the vector by 16)
        ; far transfers
        far_to  0
;= 0x0D000000
        far_to  0x58
;= 0x0D000058 ; qemu: 0x600D (TCG accepts code segments with L and D)  ; L and D
        far_to  DATA0
;= 0x0D000010
        far_to  TSS0
;= 0x0D000038                                   ; no hardware tasks
        far_to  0x68
;= 0x0D000030                                   ; gate to 32-bit code
        far_to  CODE3
;= 0x0D000028
%macro call_gate 0
        mov     word [LIN(pointer)+4], 0x48
        call    far dword [LIN(pointer)]
%endmacro
        ring3   call_gate
;= 0x08
;= 0x00
;= 0x0008DFE0
;= 0x2B
;= 0x600D
        try     call_gate
;= 0x08
;= 0x00
;= 0x0008EFE8
;= 0x08
;= 0x600D
        ; segments: limits and bases of DS, ES, SS do not count; FS and GS bases do
        mov     ax, 0x60
        mov     es, ax
        mov     dword [0x3000], 0x30303030
        mov     dword [0x23000], 0x23232323
        emit    [es:0x3000]
;= 0x30303030 ; qemu: 0x23232323 (TCG uses the base with a memory-offset operand)
        mov     ax, 0x60
        mov     fs, ax
        emit    [fs:0x3000]                     ; beyond the limit, base 20000h
;= 0x23232323
        mov     ecx, 0xC0000100
        rdmsr
        call    out64
;= 0x20000
        mov     eax, 0x22000
        xor     edx, edx
        wrmsr
        emit    [fs:0x1000]
;= 0x23232323
        mov     edx, 0x8000
        try     wrmsr                           ; not canonical
;= 0x0D000000 ; qemu: 0x600D (TCG accepts non-canonical addresses in MSRs)
        xor     edx, edx
        mov     ecx, 0xC0000101
        mov     eax, 0x3000
        wrmsr
        mov     ecx, 0xC0000102
        mov     eax, 0x23000
        wrmsr
        emit    [gs:0]
;= 0x30303030
        swapgs
        emit    [gs:0]
;= 0x23232323
        ring3   swapgs
;= 0x0D000000
        ; a null selector clears the base (as Intel processors do)
        xor     eax, eax
        mov     fs, ax
        mov     ecx, 0xC0000100
        rdmsr
        call    out64
;= 0
        ; SS: null at CPL 0 only with RPL 0
        xor     eax, eax
        try     mov ss, ax
;= 0x600D
        mov     eax, 3
        try     mov ss, ax
;= 0x0D000000 ; qemu: 0x600D (TCG does not compare the null selector's RPL)
%macro null_ss 0
        mov     eax, 3
        mov     ss, ax
%endmacro
        ring3   null_ss
;= 0x0D000000
        ; instructions that do not exist here
        try     db 0x06
;= 0x06000000
        try     db 0x60
;= 0x06000000
        try     db 0xEA
;= 0x06000000
        try     db 0xD5, 0x0A
;= 0x06000000
        ; IRETQ
%macro iret_to 3                                ; CS, RIP (0: where it would have to succeed), SS
        mov     qword [LIN(resume)], LIN(%%after)
        mov     [LIN(saved_rsp)], rsp
        push    %3
        push    0x8C000
        push    0x3002
        push    %1
        mov     rax, %2
        test    rax, rax
        jnz     %%set
        mov     eax, LIN(%%there)
%%set:  push    rax
        iretq
%%there:
        mov     rsp, [LIN(saved_rsp)]
        emit    OK
%%after:
%endmacro
        iret_to CODE0, NONCANONICAL, 0
;= 0x0D000000
        iret_to 0, 0, 0
;= 0x0D000000
        iret_to CODE3, 0, 0
;= 0x0D000000                                   ; null SS for CPL 3
        iret_to CODE3, 0, DATA0
;= 0x0D000010
        iret_to 0x58, 0, 0
;= 0x0D000058 ; qemu: 0x600D (TCG accepts code segments with L and D)
        push    0x7002                          ; NT
        popfq
        try     iretq
;= 0x0D000000
        ; compatibility mode: 32-bit code at CPL 3, 32-bit addresses
%macro compatibility 1
        mov     qword [LIN(resume)], LIN(%%after)
        mov     [LIN(saved_rsp)], rsp
        push    DATA3
        push    0x8C000
        push    0x3002
        push    CODE3_32
        push    LIN(%1)
        iretq
%%after:
%endmacro
        compatibility compat_inc
;= 0x600E
        compatibility compat_wrap
;= 0x23232323
        compatibility compat_ud
;= 0x06000000
        emit    [LIN(fault_cs)]
;= 0x1B
        compatibility compat_limit
;= 0x0D000060
        compatibility compat_gate
;= 0x08
;= 0x00
;= 0x0008DFE0
;= 0x1B
;= 0x600D
        compatibility compat_syscall
;= 0x06000000
        ; SYSCALL and SYSRET
        ring3   syscall
;= 0x06000000                                   ; EFER.SCE is 0
        mov     ecx, 0xC0000080
        rdmsr
        or      eax, 1
        wrmsr
        mov     ecx, 0xC0000081                 ; STAR
        xor     eax, eax
        mov     edx, (0x1B << 16) | CODE0
        wrmsr
        inc     ecx                             ; LSTAR
        mov     eax, LIN(entry)
        xor     edx, edx
        wrmsr
        mov     ecx, 0xC0000084                 ; SFMASK: DF, CF
        mov     eax, 0x401
        wrmsr
        mov     edx, 0x8000
        mov     ecx, 0xC0000082
        try     wrmsr
;= 0x0D000000 ; qemu: 0x600D (TCG accepts non-canonical addresses in MSRs)
        mov     eax, LIN(entry)                 ; for QEMU, which took it
        xor     edx, edx
        wrmsr
%macro system_call 0
        std
        stc
        syscall
%%r:    lea     rax, [rel %%r]
        sub     rcx, rax
        cld
        mov     eax, ecx
        call    out64
        mov     eax, cs
        call    out64
        mov     eax, ss
        call    out64
        pushfq
        pop     rax
        and     eax, 0x3401
        call    out64
        mov     eax, r11d
        and     eax, 0x3401
        call    out64
%endmacro
        ring3   system_call
;= 0x08
;= 0x10
;= 0x3000                                       ; DF and CF masked
;= 0x3401                                       ; R11: the flags before
;= 0x0008C000                                   ; RSP is the caller's
;= 0
;= 0x2B
;= 0x23
;= 0x3000
;= 0x3401
;= 0x600D
        ring3   o64 sysret
;= 0x0D000000
        mov     rcx, NONCANONICAL
        try     o64 sysret
;= 0x0D000000
        ; SYSRET to compatibility mode
        mov     qword [LIN(resume)], LIN(.sysret32)
        mov     [LIN(saved_rsp)], rsp
        mov     ecx, LIN(compat_sysret)
        mov     r11d, 0x3002
        mov     esp, 0x8C000
        sysret
.sysret32:
;= 0x1B
;= 0x23
        ; the page-fault error code of a fetch, NX, and 1 GiB pages
        mov     dword [PDPT+8], 0x83            ; 40000000h..: frame 0, supervisor
        mov     rax, cr3
        mov     cr3, rax
        emit    [0x40003000]
;= 0x30303030
        emit    [PDPT+8]
;= 0xA3
        mov     dword [PDPT+8], 0x2083          ; reserved bit 13
        mov     rax, cr3
        mov     cr3, rax
        try     mov eax, [0x40003000]
;= 0x0E000009 ; qemu: 0x0E000008 (TCG does not set P with RSVD)
;= 0x40003000
        mov     dword [PDPT+8], 0x83
        mov     dword [PDPT+12], 0x80000000     ; NX
        mov     rax, cr3
        mov     cr3, rax
        mov     byte [0x3000], 0xC3
        mov     ebx, 0x40003000
        try     call rbx
;= 0x0E000011
;= 0x40003000
        mov     dword [PML4+8], 0x102083        ; PS in a PML4 entry is reserved
        mov     rax, 0x8000000000
        try     mov eax, [rax]
;= 0x0E000009 ; qemu: 0x0E000008 (TCG does not set P with RSVD)
;= 0
        ; bits 63..32 of CR0 are reserved
        mov     rax, cr0
        bts     rax, 40
        try     mov cr0, rax
;= 0x0D000000 ; qemu: 0x600D (TCG drops the upper half of CR0)
        ; CR8
        mov     eax, 9
        mov     cr8, rax
        mov     rax, cr8
        call    out64
;= 9
        mov     eax, 16
        try     mov cr8, rax
;= 0x0D000000 ; qemu: 0x600D (TCG does not check reserved bits of CR8)
        xor     eax, eax
        mov     cr8, rax
        ; LAR of a 16-byte TSS, LLDT null, STR, SGDT with 64-bit base
        mov     ecx, TSS0
        lar     eax, ecx
        call    out64
;= 0x8B00
        str     rax
        call    out64
;= 0x38
        sgdt    [0x3000]
        mov     rax, [0x3002]
        sub     rax, LIN(gdt)
        call    out64
;= 0
        ret

entry:  mov     eax, cs
        call    out_kernel
        mov     eax, ss
        call    out_kernel
        pushfq                                  ; the caller's stack
        pop     rax
        and     eax, 0x3401
        call    out_kernel
        mov     eax, r11d
        and     eax, 0x3401
        call    out_kernel
        mov     eax, esp
        call    out_kernel
        o64 sysret

out_kernel:                                     ; keeps RCX
        mov     r10, rcx
        mov     ecx, 4
.next:  out     0xE9, al
        ror     eax, 8
        dec     ecx
        jnz     .next
        mov     rcx, r10
        ret

bits 32
compat_inc:
        mov     eax, 0x600D
        db      0x40                            ; INC EAX, a prefix in 64-bit mode
        call    out64
        int     0x30
compat_wrap:
        mov     eax, DATA3
        mov     ds, eax
        mov     ebx, 0xFFFFF000
        mov     eax, [ebx+0x24000]
        call    out64
        int     0x30
compat_ud:
        ud2
compat_limit:
        mov     eax, 0x60 | 3
        mov     ds, eax
        hlt
compat_gate:
        call    0x48:0
        mov     eax, 0x600D
        call    out64
        int     0x30
compat_syscall:
        syscall
        int     0x30
compat_sysret:
        mov     eax, cs
        call    out64
        mov     eax, ss
        call    out64
        int     0x30

bits 64
align 8
pointer: dq     0

image_end
