; Task switches by JMP, CALL, IRET and task gate; 32- and 16-bit task-state segments (SDM volume 3, chapter 8).

%macro extra_gdt 0
        descriptor LIN(tss_b), 103, 0x89, 0     ; 40 32-bit TSS
        descriptor LIN(tss_c), 43, 0x81, 0      ; 48 16-bit TSS
        gate    0x40, 0, 0x85, 0                ; 50 task gate to 40
        descriptor LIN(tss_b), 102, 0x89, 0     ; 58 TSS too small
        descriptor LIN(tss_b), 103, 0x09, 0     ; 60 TSS not present
        descriptor LIN(tss_d), 103, 0xE9, 0     ; 68 TSS with bad segments
        descriptor LIN(ldt), 7, 0x82, 0         ; 70 LDT
%endmacro

%include "protected.inc"

%define IDT(n) (LIN(idt)+8*(n))
%define GDT(n) (LIN(gdt)+(n))

ldt:    descriptor 0, 0xFFFFF, 0x93, 12         ; 04

align 4
tss_b:  dd      0xAAAA0000
        times   6 dd 0
        dd      0                               ; CR3
        dd      LIN(task_b)
        dd      0x3002
        dd      0xA1, 0xA2, 0xA3, 0xA4          ; EAX ECX EDX EBX
        dd      0x8A000, 0xA6, 0xA7, 0xA8       ; ESP EBP ESI EDI
        dd      0x04, CODE0, DATA0, DATA0, 0, 0 ; ES CS SS DS FS GS
        dd      0x70                            ; LDT
        dw      0, 104

tss_c:  dw      0
        dw      0, 0, 0, 0, 0, 0
        dw      OFF(task_c), 0x3002
        dw      0xC1, 0xC2, 0xC3, 0xC4, 0x9000, 0xC6, 0xC7, 0xC8
        dw      DATA0, CODE16, DATA16, DATA0, 0

tss_d:  times   8 dd 0
        dd      LIN(task_b)
        dd      0x3002
        times   4 dd 0
        dd      0x8A000, 0, 0, 0
        dd      0, CODE0, DATA0, 0x200, 0, 0    ; DS beyond the table
        dd      0
        dw      0, 104

; Task B: shows what it was given, then returns the way it came.
task_b: call    out32                           ; EAX
        emit    ecx
        emit    esp
        mov     eax, es
        call    out32
        pushfd
        pop     eax
        call    out32
        str     eax
        call    out32
        sldt    eax
        call    out32
        smsw    eax
        and     eax, 8                          ; TS
        call    out32
        movzx   eax, word [LIN(tss_b)]          ; back link
        call    out32
        movzx   eax, byte [GDT(0x38+5)]         ; the old task's busy bit
        call    out32
        movzx   eax, byte [GDT(0x40+5)]
        call    out32
        cmp     dword [LIN(by_jump)], 0
        jne     .jump
        iretd
        jmp     task_b
.jump:  jmp     0x38:0
        jmp     task_b

bits 16
task_c: call    out16                           ; EAX
        mov     eax, ecx
        call    out16
        movzx   eax, sp
        call    out16
        mov     eax, fs
        call    out16
        str     eax
        call    out16
        mov     ax, DATA0
        mov     ds, ax
        mov     byte [ss:0x9000], 0
        iret
bits 32

main32:
        ; CALL
        mov     dword [LIN(by_jump)], 0
        mov     edi, 0x12345678
        clts
        call    0x40:0
;= 0xA1
;= 0xA2
;= 0x0008A000
;= 0x04
;= 0x00007002                                   ; NT
;= 0x40
;= 0x70
;= 8
;= 0x38
;= 0x8B
;= 0x8B
        mov     eax, edi
        call    out32
;= 0x12345678
        str     eax
        call    out32
;= 0x38
        movzx   eax, byte [GDT(0x40+5)]
        call    out32
;= 0x89                                         ; available again
        mov     eax, [LIN(tss)+0x24]
        call    out32
;= 0x3002
        emit    [LIN(tss_b)+0x24]
;= 0x3046                                       ; NT was cleared in what IRET saved
        smsw    eax
        and     eax, 8
        call    out32
;= 8
        clts
        ; JMP there and back: the task goes on behind its IRET
        mov     dword [LIN(by_jump)], 1
        mov     eax, 0x55
        jmp     0x40:0
;= 0x8B
;= 0xA2
;= 0x0008A000
;= 0x04
;= 0x00003046
;= 0x40
;= 0x70
;= 8
;= 0x38
;= 0x89
;= 0x8B
        call    out32
;= 0x55
        movzx   eax, byte [GDT(0x40+5)]
        call    out32
;= 0x89
        movzx   eax, byte [GDT(0x38+5)]
        call    out32
;= 0x8B
        ; through a task gate, and by an interrupt
        mov     dword [LIN(by_jump)], 0
        mov     dword [LIN(tss_b)+0x20], LIN(task_b)
        mov     dword [LIN(tss_b)+0x28], 0xB1
        mov     dword [LIN(tss_b)+0x24], 0x3002
        mov     dword [IDT(0x31)], 0x400000
        mov     dword [IDT(0x31)+4], 0x8500
        int     0x31
;= 0xB1
;= 0xA2
;= 0x0008A000
;= 0x04
;= 0x00007002
;= 0x40
;= 0x70
;= 8
;= 0x38
;= 0x8B
;= 0x8B
        ; an exception with an error code: pushed on the new task's stack
        mov     dword [LIN(tss_b)+0x20], LIN(task_error)
        mov     dword [IDT(13)], 0x400000
        mov     dword [IDT(13)+4], 0x8500
        mov     ax, 0x200
        mov     fs, ax
.fault_next:
;= 0x0200
;= 0x00089FFC
;= 0x1
        mov     dword [IDT(13)], (CODE0 << 16) | (LIN(stub13) & 0xFFFF)
        mov     dword [IDT(13)+4], 0x18E00
        ; the 16-bit task
        mov     eax, 0x66
        call    0x48:0
;= 0xC1
;= 0xC2
;= 0x9000
;= 0
;= 0x48
        ; errors
        try     jmp 0x38:0
;= 0x0D000038                                   ; busy
        try     jmp 0x58:0
;= 0x0A000058
        try     call 0x60:0
;= 0x0B000060
        ring3   call 0x40:0
;= 0x0D000040                                   ; TSS of DPL 0 from CPL 3
        mov     eax, cs
        ring3   call 0x50:0
;= 0x0D000050
        ; a bad segment in the new task: the fault belongs to it
        try     jmp 0x68:0
;= 0x0A000200
        str     eax
        call    out32
;= 0x68
        ret

task_error:
        pop     eax
        call    out32
        mov     eax, esp
        sub     eax, 4
        call    out32
        mov     eax, [LIN(tss)+0x20]            ; the old task's EIP: at the faulting instruction, move it on
        sub     eax, LIN(main32.fault_next)-2
        inc     eax
        call    out32
        mov     dword [LIN(tss)+0x20], LIN(main32.fault_next)
        iretd

by_jump: dd     0

image_end
