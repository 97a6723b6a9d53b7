; Far transfers, call gates, interrupts through gates and their returns in 32-bit protected mode (SDM volume 3, 5.8, 6.12;
; volume 2, CALL, RET, INT n, IRET).

%macro extra_gdt 0
        gate    CODE0, LIN(gate_target), 0xEC, 0        ; 40 call gate, DPL 3, to ring 0
        gate    CODE0, LIN(gate_params), 0xEC, 2        ; 48 with two parameters
        gate    CODE0, LIN(gate_target), 0x8C, 0        ; 50 DPL 0
        gate    CODE0, LIN(gate_target), 0x6C, 0        ; 58 not present
        gate    0, LIN(gate_target), 0xEC, 0            ; 60 null target
        gate    DATA0, LIN(gate_target), 0xEC, 0        ; 68 target is data
        gate    0x80, LIN(gate_target), 0xEC, 0         ; 70 target not present
        gate    0x88, LIN(gate_conforming), 0xEC, 0     ; 78 target conforming
        descriptor 0, 0xFFFFF, 0x1B, 12                 ; 80 code, not present
        descriptor 0, 0xFFFFF, 0x9E, 12                 ; 88 conforming code, DPL 0
        descriptor 0, 0xFFFFF, 0xBB, 12                 ; 90 code, DPL 1
        descriptor 0, 0xFFFFF, 0xB3, 12                 ; 98 data, DPL 1
        gate    0x90, LIN(gate_ring1), 0xEC, 0          ; A0 to ring 1
        gate    CODE16, OFF(gate16_target), 0xE4, 1     ; A8 16-bit gate with one parameter
        descriptor 0, 0x00FFF, 0x9B, 4                  ; B0 code, limit FFFh
%endmacro

%include "protected.inc"

%define IDT(n) (LIN(idt)+8*(n))
%define TSS(o) (LIN(tss)+(o))

gate_target:
        mov     eax, cs
        call    out32
        mov     eax, ss
        call    out32
        mov     eax, esp
        call    out32
        mov     eax, [esp+12]                   ; the caller's SS
        call    out32
        mov     eax, [esp+4]                    ; its CS
        call    out32
        retf

gate_params:
        emit    esp
        emit    [esp+8]
        emit    [esp+12]
        emit    [esp+16]                        ; the caller's ESP
        retf    8

gate_conforming:
        mov     eax, cs
        call    out32
        emit    esp
        retf

gate_ring1:
        mov     eax, cs
        call    out32
        mov     eax, ss
        call    out32
        emit    esp
        retf

bits 16
gate16_target:
        mov     eax, esp
        call    out16
        movzx   eax, word [esp+4]
        call    out16
        int     0x30                            ; a 16-bit return address cannot reach back beyond 64 KiB
bits 32

%macro call_r3 1
        ring3   call %1:0
%endmacro

main32:
        ; direct far jumps and calls
        jmp     CODE0:LIN(.direct)
        hlt
.direct:
        try     nop
%macro far_jump 1
        try     jmp %1:LIN(nowhere)
%endmacro
;= 0x600D
        far_jump 0
;= 0x0D000000
        far_jump DATA0
;= 0x0D000010
        far_jump 0x80
;= 0x0B000080
        far_jump CODE3
;= 0x0D000018                                   ; DPL is not CPL
        far_jump 0x90
;= 0x0D000090
        far_jump 0x200
;= 0x0D000200
        try     jmp 0xB0:0x1000
;= 0x0D000000                                   ; beyond the limit
        far_jump 0x58
;= 0x0B000058                                   ; gate not present
        far_jump 0x60
;= 0x0D000000
        far_jump 0x68
;= 0x0D000010
        far_jump 0x70
;= 0x0B000080 ; qemu: 0x0D000080 (TCG raises #GP)
        mov     dword [LIN(resume)], LIN(.conforming)
        jmp     0x88:LIN(.in_conforming)
.in_conforming:
        mov     eax, cs
        call    out32
;= 0x88
        jmp     CODE0:LIN(.conforming)
.conforming:
        ; call gates from CPL 3
        call_r3 0x40
;= 0x08
;= 0x10
;= 0x0008DFF0
;= 0x23
;= 0x1B
;= 0x600D
        call_r3 0x43
;= 0x08
;= 0x10
;= 0x0008DFF0
;= 0x23
;= 0x1B
;= 0x600D
        call_r3 0x50
;= 0x0D000050
        call_r3 0x58
;= 0x0B000058
        call_r3 0x60
;= 0x0D000000
        call_r3 0x68
;= 0x0D000010
        call_r3 0x70
;= 0x0B000080
        ; conforming target: no change of level, no other stack
        call_r3 0x78
;= 0x8B ; qemu: 0x88 (TCG loads the target's DPL as RPL)
;= 0x0008BFF8
;= 0x600D
        ; JMP through a gate cannot go inwards
        ring3   jmp 0x40:0
;= 0x0D000008
        ; parameters
%macro with_params 0
        push    dword 0x11111111
        push    dword 0x22222222
        call    0x48:0
        mov     eax, esp
        call    out32
%endmacro
        ring3   with_params
;= 0x0008DFE8
;= 0x22222222
;= 0x11111111
;= 0x0008BFF8
;= 0x0008C000
;= 0x600D
        ; 16-bit gate
%macro with_params16 0
        push    word 0x3333
        call    0xA8:0
%endmacro
        ring3   with_params16
;= 0x0008DFF6
;= 0x3333
        ; ring 1, whose stack segment is bad in several ways
        call_r3 0xA0
;= 0x0A000000                                   ; null SS1
        mov     dword [TSS(16)], 0x98
        call_r3 0xA0
;= 0x0A000098                                   ; RPL is not 1
        mov     dword [TSS(16)], 0x21
        call_r3 0xA0
;= 0x0A000020                                   ; DPL is not 1
        mov     dword [TSS(16)], 0x201
        call_r3 0xA0
;= 0x0A000200                                   ; beyond the table
        mov     byte [LIN(gdt)+0x98+5], 0x33
        mov     dword [TSS(16)], 0x99
        call_r3 0xA0
;= 0x0C000098 ; qemu: 0x0A000098 (TCG raises #TS)  not present
        mov     byte [LIN(gdt)+0x98+5], 0xB3
        call_r3 0xA0
;= 0x91
;= 0x99
;= 0x0008CFF0
;= 0x600D
        ; far returns
%macro ret_to 2
        push    dword %1
        push    dword %2
        retf
%endmacro
        try     ret_to 0, 0
;= 0x0D000000
        try     ret_to DATA0, 0
;= 0x0D000010
        try     ret_to 0x80, 0
;= 0x0B000080
        ring3   ret_to CODE0, 0
;= 0x0D000008                                   ; inwards
        ring3   ret_to 0x0B, 0
;= 0x0D000008                                   ; DPL is not RPL
%macro ret_outer 2
        push    dword %2
        push    dword 0x8C000
        push    dword %1
        push    dword LIN(nowhere)
        retf
%endmacro
        try     ret_outer CODE3, 0
;= 0x0D000000                                   ; null SS
        try     ret_outer CODE3, DATA0
;= 0x0D000010                                   ; RPL
        try     ret_outer CODE3, DATA0 | 3
;= 0x0D000010                                   ; DPL
        try     ret_outer CODE3, 0x1B
;= 0x0D000018                                   ; not data
        ; software interrupts
        try     int 0x40
;= 0x0D000202                                   ; beyond the IDT
        try     int 0x20
;= 0x0D000102                                   ; not a gate
        mov     byte [IDT(0x31)+5], 0x0E
        try     int 0x31
;= 0x0B00018A
        mov     dword [IDT(0x31)], LIN(silent) & 0xFFFF
        mov     dword [IDT(0x31)+4], 0x18E00
        try     int 0x31
;= 0x0D000000                                   ; null target
        mov     word [IDT(0x31)+2], DATA0
        try     int 0x31
;= 0x0D000010
        mov     word [IDT(0x31)+2], 0x80
        try     int 0x31
;= 0x0B000080
        mov     word [IDT(0x31)+2], CODE3
        try     int 0x31
;= 0x0D000018                                   ; outwards
        mov     word [IDT(0x31)+2], CODE0
        try     int 0x31
;= 0x600D
        ring3   int 0x31
;= 0x0D00018A                                   ; DPL 0 gate
        mov     byte [IDT(0x31)+5], 0xEE
        ring3   int 0x31
;= 0x600D
        ; the frame of an interrupt from CPL 3
        mov     dword [IDT(0x31)], (CODE0 << 16) | (LIN(frame) & 0xFFFF)
        ring3   int 0x31
;= 0x0008DFEC
;= 0x1B
;= 0x23
;= 0x0008C000
;= 0x3002                                       ; flags: interrupts off, IOPL 3
;= 0x600D
        ; INT3, INTO, BOUND, UD2, DIV: vector, and whether EIP is at or behind the instruction
%macro behind 1+
        mov     dword [LIN(resume)], LIN(%%after)
        mov     [LIN(saved_esp)], esp
%%at:   %1
%%after:
        mov     eax, [LIN(fault_eip)]
        sub     eax, LIN(%%at)
        call    out32
        mov     eax, [LIN(fault_eflags)]
        shr     eax, 16
        and     eax, 1                          ; RF in the saved flags
        call    out32
%endmacro
        mov     byte [IDT(3)+5], 0xEE
        mov     byte [IDT(4)+5], 0xEE
        behind  int3
;= 0x03000000
;= 1
;= 0
        behind  int 3
;= 0x03000000
;= 2
;= 0
        mov     al, 0x7F
        inc     al
        behind  into
;= 0x04000000
;= 1
;= 0
        behind  ud2
;= 0x06000000
;= 0
;= 1 ; qemu: 0 (TCG does not set RF in the image a fault pushes)
        xor     ecx, ecx
        behind  div ecx
;= 0x00000000
;= 0
;= 1 ; qemu: 0 (TCG does not set RF in the image a fault pushes)
        mov     eax, 5
        behind  bound eax, [LIN(bounds)]
;= 0x05000000
;= 0
;= 1 ; qemu: 0 (TCG does not set RF in the image a fault pushes)
        ring3   int3
;= 0x03000000
        mov     byte [IDT(3)+5], 0x8E
        ring3   int3
;= 0x0D00001A                                   ; DPL 0 gate: #GP without EXT
        ; faults while delivering: EXT, contributory pairs
        mov     byte [IDT(6)+5], 0x0E           ; #UD not present
        try     ud2
;= 0x0B000033 ; qemu: 0x0B000032 (TCG never sets EXT)
        mov     byte [IDT(6)+5], 0x8E
        mov     word [IDT(6)+2], 0x80
        try     ud2
;= 0x0B000081 ; qemu: 0x0B000080 (TCG never sets EXT)
        mov     word [IDT(6)+2], CODE0
        mov     byte [IDT(13)+5], 0x0E          ; #GP not present: #NP while delivering #GP makes #DF
        try     mov word [cs:LIN(bounds)], 0
;= 0x08000000 ; qemu: 0x600D (TCG checks neither limits nor types of accesses)
        try     int 0x40
;= 0x08000000
        mov     byte [IDT(13)+5], 0x8E
        ; a bad inner stack while delivering from CPL 3
        mov     dword [TSS(8)], 0
        mov     dword [LIN(resume)], LIN(.double)
        mov     [LIN(saved_esp)], esp
        ; #DF goes through a conforming handler of CPL 3's own stack: not possible; so ring 1 takes #TS
        mov     dword [TSS(16)], 0x99
        mov     word [IDT(10)+2], 0x90
        mov     dword [IDT(10)], (0x90 << 16) | (LIN(ring1_handler) & 0xFFFF)
        push    dword DATA3
        push    dword 0x8C000
        pushfd
        push    dword CODE3
        push    dword LIN(.there)
        iretd
.there: int     0x31
.double:
;= 0x91
;= 0x00000000                                   ; #TS(0): the null SS0; software interrupt, EXT clear
        ret

; #TS at ring 1: emits and goes back to ring 0 once SS0 is good again.
ring1_handler:
        mov     eax, cs
        call    out32
        pop     eax
        call    out32
        mov     ax, DATA3
        mov     ds, ax
        mov     dword [TSS(8)], DATA0
        int     0x30

silent: iretd

frame:  push    eax
        mov     eax, esp
        add     eax, 4
        call    out32
        emit    [esp+8]
        emit    [esp+20]
        emit    [esp+16]
        emit    [esp+12]
        pop     eax
        iretd

nowhere:
        emit    0xBAD
        mov     eax, 1
        out     0xF4, eax
        hlt

bounds: dd      0, 4

image_end
