; 32-bit and PAE paging: rights, error codes, accessed and dirty flags, page sizes, reserved bits, TLB flushes (SDM volume 3,
; chapter 4).

%macro extra_gdt 0
%endmacro

%include "protected.inc"

%define PD 0x100000                     ; page directory
%define PT 0x101000                     ; table for 0..4 MiB: identity
%define PT2 0x102000                    ; table for 40000000h..403FFFFFh: the pages under test
%define T 0x40000000                    ; the first of them
%define PDE2 (PD+(T>>20))
%define F 0x200000                      ; frames that the pages under test show
%define PTE(n) (PT2+4*(n))
%define PAGE(n) (T+0x1000*(n))

%macro pte 2                            ; entry N becomes VALUE, TLB dropped
        mov     dword [PTE(%1)], %2
        invlpg  [PAGE(%1)]
%endmacro

main32:
        mov     edi, PD
        mov     ecx, 0x1800
        xor     eax, eax
        rep stosd
        mov     edi, PT
        mov     eax, 7                  ; user, writable: ring 3 runs here too
        mov     ecx, 1024
.fill:  stosd
        add     eax, 0x1000
        loop    .fill
        mov     dword [PD], PT | 7
        mov     dword [PDE2], PT2 | 7
        mov     dword [F], 0x11111111
        mov     dword [F+0x1000], 0x22222222
        mov     dword [F+0x2000], 0x33333333
        mov     eax, PD
        mov     cr3, eax
        mov     eax, cr0
        or      eax, 0x80000000
        mov     cr0, eax

        ; not present
        try     mov eax, [PAGE(0)]
;= 0x0E000000
;= 0x40000000
        try     mov [PAGE(0)+0x123], eax
;= 0x0E000002
;= 0x40000123
        ring3   mov eax, [PAGE(0)]
;= 0x0E000004
;= 0x40000000
        ring3   inc dword [PAGE(0)+4]
;= 0x0E000006 ; qemu: 0x0E000004 (TCG reads before it checks for writing)
;= 0x40000004
        try     mov eax, [T+0x400000]   ; no page directory entry
;= 0x0E000000
;= 0x40400000
        ; present: accessed and dirty
        pte     0, F | 7
        mov     dword [PDE2], PT2 | 7
        mov     eax, cr3
        mov     cr3, eax
        emit    [PAGE(0)]
;= 0x11111111
        emit    [PTE(0)]
;= 0x00200027
        emit    [PDE2]
;= 0x00102027
        mov     dword [PAGE(0)], 0x44444444
        emit    [PTE(0)]
;= 0x00200067
        emit    [F]
;= 0x44444444
        ; a read-only test of a read-modify-write sets dirty even when the value stays
        pte     0, F | 7
        lock or dword [PAGE(0)], 0
        emit    [PTE(0)]
;= 0x00200067
        ; supervisor page from CPL 3
        pte     0, F | 3
        ring3   mov eax, [PAGE(0)]
;= 0x0E000005
;= 0x40000000
        ring3   mov [PAGE(0)], eax
;= 0x0E000007
;= 0x40000000
        try     mov eax, [PAGE(0)]
;= 0x600D
        ; ... and when the directory entry alone says so
        pte     0, F | 7
        mov     dword [PDE2], PT2 | 3
        mov     eax, cr3
        mov     cr3, eax
        ring3   mov eax, [PAGE(0)]
;= 0x0E000005
;= 0x40000000
        mov     dword [PDE2], PT2 | 7
        mov     eax, cr3
        mov     cr3, eax
        ; a faulting access does not set the page's accessed flag
        pte     0, F | 3
        ring3   mov eax, [PAGE(0)]
;= 0x0E000005
;= 0x40000000
        emit    [PTE(0)]
;= 0x00200003
        ; read-only page: CPL 3 never, CPL 0 with WP only
        pte     0, F | 5
        ring3   mov [PAGE(0)], eax
;= 0x0E000007
;= 0x40000000
        ring3   mov eax, [PAGE(0)]
;= 0x600D
        mov     eax, 0x55555555
        try     mov [PAGE(0)], eax
;= 0x600D
        emit    [PTE(0)]
;= 0x00200065
        mov     eax, cr0
        or      eax, 0x10000
        mov     cr0, eax
        try     mov [PAGE(0)], eax
;= 0x0E000003
;= 0x40000000
        try     add dword [PAGE(0)], 1
;= 0x0E000003
;= 0x40000000
        try     mov eax, [PAGE(0)]
;= 0x600D
        mov     eax, cr0
        and     eax, ~0x10000
        mov     cr0, eax
        try     mov [PAGE(0)], eax
;= 0x600D
        ; the TLB keeps an entry until INVLPG; a change of CR3 drops it
        pte     0, F | 7
        mov     eax, [PAGE(0)]
        mov     dword [PTE(0)], (F+0x1000) | 7
        invlpg  [PAGE(0)]
        emit    [PAGE(0)]
;= 0x22222222
        mov     dword [PTE(0)], (F+0x2000) | 7
        mov     eax, cr3
        mov     cr3, eax
        emit    [PAGE(0)]
;= 0x33333333
        ; page-crossing accesses: second page missing, nothing of a store is done
        pte     0, F | 7
        pte     1, 0
        mov     dword [F+0xFFC], 0x66666666
        mov     eax, 0x77777777
        try     mov [PAGE(1)-2], eax
;= 0x0E000002
;= 0x40001000
        emit    [F+0xFFC]
;= 0x66666666
        try     mov eax, [PAGE(1)-1]
;= 0x0E000000
;= 0x40001000
        pte     1, (F+0x1000) | 7
        mov     eax, 0x89ABCDEF
        mov     [PAGE(1)-2], eax
        emit    [F+0xFFC]
;= 0xCDEF6666
        emit    [F+0x1000]
;= 0x222289AB
        emit    [PAGE(1)-2]
;= 0x89ABCDEF
        ; first page missing: CR2 is the access's own address
        pte     0, 0
        try     mov eax, [PAGE(1)-3]
;= 0x0E000000
;= 0x40000FFD
        ; instruction fetch
        mov     dword [F], 0xC3C3C3C3   ; RET
        pte     0, F | 7
        mov     eax, PAGE(0)
        try     call eax
;= 0x600D
        pte     0, 0
        mov     eax, PAGE(0)
        try     call eax
;= 0x0E000000                           ; without NX there is no I/D bit
;= 0x40000000
        pte     0, F | 3
%macro call_page 0
        mov     eax, PAGE(0)
        call    eax
%endmacro
        ring3   call_page
;= 0x0E000005
;= 0x40000000
        ; an instruction that crosses into a missing page
        pte     0, F | 7
        pte     1, 0
        mov     byte [F+0xFFE], 0xB8    ; MOV EAX,imm32
        mov     eax, PAGE(0)+0xFFE
        try     call eax
;= 0x0E000000
;= 0x40001000
        ; implicit supervisor access: a segment load at CPL 3 reads a GDT in a supervisor page
        mov     esi, LIN(gdt)
        mov     edi, F
        mov     ecx, (gdt_end-gdt)/4
        rep movsd
        pte     0, F | 3
        mov     dword [LIN(gdtr)+2], PAGE(0)
        lgdt    [LIN(gdtr)]
%macro load_fs 0
        mov     ax, DATA3
        mov     fs, ax
%endmacro
        ring3   load_fs
;= 0x600D
        mov     dword [LIN(gdtr)+2], LIN(gdt)
        lgdt    [LIN(gdtr)]

        ; 4 MiB pages
        mov     eax, cr4
        or      eax, 0x10
        mov     cr4, eax
        mov     dword [PDE2], 0x87      ; frame 0, large, user, writable
        mov     eax, cr3
        mov     cr3, eax
        emit    [T+F+0x1000]
;= 0x222289AB
        emit    [PDE2]
;= 0x000000A7
        mov     dword [T+F+0x1000], 0x99999999
        emit    [PDE2]
;= 0x000000E7
        emit    [F+0x1000]
;= 0x99999999
        mov     dword [PDE2], 0x200087  ; bit 21 is reserved
        mov     eax, cr3
        mov     cr3, eax
        try     mov eax, [T]
;= 0x0E000009 ; qemu: 0x0E000008 (TCG does not set P with RSVD)
;= 0x40000000
        mov     dword [PDE2], 0x85      ; read-only
        mov     eax, cr3
        mov     cr3, eax
        ring3   mov [T+F], eax
;= 0x0E000007
;= 0x40200000
        ; INVLPG of any part drops all of a large page
        mov     dword [PDE2], 0x87
        mov     eax, cr3
        mov     cr3, eax
        mov     eax, [T+F]
        mov     eax, [T+F+0x1000]
        mov     dword [PDE2], 0
        invlpg  [T+0x3FF000]
        try     mov eax, [T+F+0x1000]
;= 0x0E000000
;= 0x40201000
        ; global pages survive a change of CR3, not of CR4.PGE
        mov     eax, cr4
        or      eax, 0x80
        mov     cr4, eax
        mov     dword [PDE2], PT2 | 7
        pte     0, F | 0x107
        emit    [PAGE(0)+0x10]
;= 0x0000FFFF
        mov     dword [PAGE(0)+0x10], 0x12121212
        mov     dword [PTE(0)], (F+0x1000) | 0x107
        mov     eax, cr3
        mov     cr3, eax
        emit    [PAGE(0)+0x10]
;= 0x12121212 ; qemu: 0 (TCG drops global pages too)
        mov     eax, cr4
        and     eax, ~0x80
        mov     cr4, eax
        emit    [PAGE(0)]
;= 0x99999999

        ; PAE: PDPT at 110000h, directory for 0..1 GiB at 111000h, for 1..2 GiB at 112000h, table at 113000h
        mov     edi, 0x110000
        mov     ecx, 0x1000
        xor     eax, eax
        rep stosd
        mov     dword [0x110000], 0x111001
        mov     dword [0x110008], 0x112001
        mov     dword [0x111000], 0x87          ; 2 MiB identity pages
        mov     dword [0x111008], 0x200087
        mov     dword [0x112000], 0x113007
        mov     dword [0x113000], F | 7
        mov     eax, cr0
        and     eax, 0x7FFFFFFF
        mov     cr0, eax
        mov     eax, cr4
        or      eax, 0x20
        mov     cr4, eax
        mov     eax, 0x110000
        mov     cr3, eax
        mov     eax, cr0
        or      eax, 0x80000000
        mov     cr0, eax
        emit    [T+0x10]
;= 0x12121212
        emit    [0x113000]
;= 0x00200027
        try     mov eax, [0x80000000]           ; PDPTE not present
;= 0x0E000000
;= 0x80000000
        ; PDPTEs are read when CR3 is loaded, not later
        mov     dword [0x110010], 0x112001
        mov     dword [LIN(resume)], LIN(.late)
        mov     [LIN(saved_esp)], esp
        mov     eax, [0x80000000]
        emit    0x0E000000              ; twice, as many results as a page fault gives
        emit    OK
.late:
;= 0x0E000000
;= 0x80000000 ; qemu: 0x600D (TCG reads PDPTEs at every walk)
        mov     eax, cr3
        mov     cr3, eax
        try     mov eax, [0x80000000]
;= 0x600D
        ; a reserved bit in a PDPTE: #GP at the load
        mov     dword [0x110010], 0x112003
        mov     eax, cr3
        try     mov cr3, eax
;= 0x0D000000 ; qemu: 0x600D (TCG reads PDPTEs at every walk)
        mov     dword [0x110010], 0
        mov     eax, cr3
        mov     cr3, eax
        ; NX without EFER.NXE is reserved
        mov     dword [0x113004], 0x80000000
        invlpg  [T]
        try     mov eax, [T]
;= 0x0E000009 ; qemu: 0x0E000008 (TCG does not set P with RSVD)
;= 0x40000000
        mov     ecx, 0xC0000080
        rdmsr
        or      eax, 0x800
        wrmsr
        try     mov eax, [T]
;= 0x600D
        mov     dword [F], 0xC3C3C3C3
        mov     eax, T
        try     call eax
;= 0x0E000011
;= 0x40000000
        ring3   call_page
;= 0x0E000015
;= 0x40000000
        mov     dword [0x113004], 0
        mov     dword [0x113000], 0
        invlpg  [T]
        mov     eax, T
        try     call eax
;= 0x0E000010
;= 0x40000000
        ; bits beyond the physical address width
        mov     dword [0x113004], 0x00100000    ; bit 52
        mov     dword [0x113000], F | 7
        invlpg  [T]
        try     mov eax, [T]
;= 0x0E000009 ; qemu: 0x0E000008 (TCG does not set P with RSVD)
;= 0x40000000
        mov     dword [0x113004], 0
        invlpg  [T]
        ; 2 MiB page with reserved bits 20..13
        mov     dword [0x112000], 0x202087
        invlpg  [T]
        try     mov eax, [T]
;= 0x0E000009 ; qemu: 0x0E000008 (TCG does not set P with RSVD)
;= 0x40000000
        mov     dword [0x112000], 0x200087
        invlpg  [T]
        emit    [T+0x10]
;= 0x12121212
        emit    [0x112000]
;= 0x002000A7
        ret

image_end
