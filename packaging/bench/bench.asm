; Fixed amounts of work for the benchmark, as a bootable disk: a boot sector that loads the rest, enters long mode and runs
; one program after the other. Each prints "BEGIN name" and "END name checksum" on COM1; whoever started the machine takes
; the times. The checksum lets two emulators be compared for correctness as well.
;   nasm -f bin -o bench.img bench.asm
bits 16
org 0x7C00

%ifdef TRAINING
PASSES    equ 1
SECTORS   equ 110
%else
PASSES    equ 4                      ; all programs are run this often: the first is cold, the last is warm
SECTORS   equ 24                     ; loaded behind the boot sector
%endif
PML4      equ 0x70000                ; page tables, built at run time
PDPT      equ 0x71000
PD        equ 0x72000
PML4_B    equ 0x73000                ; a second address space with the same contents
FAULT_PD  equ 0x74000                ; page directory and table for the page-fault program
FAULT_PT  equ 0x75000
STACK     equ 0x6F000
USERSTACK equ 0x6E000
BUFFER    equ 0x1000000              ; 16 MiB upwards: data of the programs
BUFFER2   equ 0x3000000
FAULT_VA  equ 0x40000000             ; 1 GiB: mapped page by page
KCODE     equ 0x08
KDATA     equ 0x10
UDATA     equ 0x1B
UCODE     equ 0x23

start:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7C00
    mov [drive], dl
    mov si, packet
    mov ah, 0x42
    int 0x13
    jc .failed
    mov ax, 0x2401
    int 0x15
    in al, 0x92
    or al, 2
    and al, 0xFE
    out 0x92, al
    jmp 0:enter_long
.failed:
    hlt
    jmp .failed
drive: db 0
align 4
packet: db 16, 0
    dw SECTORS, 0x7E00, 0
    dq 1
times 510-($-$$) db 0
dw 0xAA55

enter_long:
    cld
    mov ax, PML4 >> 4                ; clear the page tables (6 pages)
    mov es, ax
    xor di, di
    xor eax, eax
    mov ecx, 6*1024
    rep stosd
    mov ax, PML4 >> 4
    mov es, ax
    mov dword [es:0], PDPT | 7
    mov dword [es:PML4_B-PML4], PDPT | 7
    mov dword [es:PDPT-PML4], PD | 7
    mov dword [es:PDPT-PML4+8], FAULT_PD | 3
    mov dword [es:FAULT_PD-PML4], FAULT_PT | 3
    mov di, PD-PML4
    mov eax, 0x87                    ; present, writable, user, 2 MiB
    mov cx, 512
.map:
    mov [es:di], eax
    mov dword [es:di+4], 0
    add eax, 0x200000
    add di, 8
    loop .map
    lgdt [gdtr]
    mov eax, cr4
    or eax, 0x620                    ; PAE, OSFXSR, OSXMMEXCPT
    mov cr4, eax
    mov eax, PML4
    mov cr3, eax
    mov ecx, 0xC0000080
    rdmsr
    or eax, 0x101                    ; LME, SCE
    wrmsr
    mov eax, cr0
    and eax, ~0x6000000C             ; no EM, TS; caches on
    or eax, 0x80000003               ; PG, MP, PE
    mov cr0, eax
    jmp KCODE:long_mode

align 8
gdt:
    dq 0
    dq 0x00209A0000000000            ; KCODE 64-bit
    dq 0x0000920000000000            ; KDATA
    dq 0x0000F20000000000            ; UDATA
    dq 0x0020FA0000000000            ; UCODE 64-bit
gdtr: dw gdtr - gdt - 1
    dd gdt
idtr: dw 256*16-1
    dq IDT
IDT equ 0x60000

bits 64
default rel
long_mode:
    mov ax, KDATA
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov rsp, STACK
    mov rdi, IDT
    xor eax, eax
    mov ecx, 512
    rep stosq
    mov rax, page_fault              ; vector 14
    mov rdi, IDT + 14*16
    mov [rdi], ax
    mov word [rdi+2], KCODE
    mov word [rdi+4], 0x8E00
    shr rax, 16
    mov [rdi+6], ax
    lidt [idtr]
    mov dx, 0x3F9                    ; COM1: no interrupts, 115200 8n1, FIFO
    xor al, al
    out dx, al
    mov dx, 0x3FB
    mov al, 0x80
    out dx, al
    mov dx, 0x3F8
    mov al, 1
    out dx, al
    inc dx
    xor al, al
    out dx, al
    mov dx, 0x3FB
    mov al, 3
    out dx, al
    dec dx
    mov al, 1
    out dx, al
    fninit

    mov dword [passes], PASSES
.pass:
    lea r15, [programs]
.next:
    mov rbx, [r15]
    test rbx, rbx
    jz .through
    lea rsi, [text_begin]
    call print
    lea rsi, [r15+8]
    call print
    call newline
    push r15
    call rbx
    pop r15
    push rax
    lea rsi, [text_end]
    call print
    lea rsi, [r15+8]
    call print
    mov al, ' '
    call putc
    pop rax
    call print_hex
    call newline
    add r15, 24
    jmp .next
.through:
    dec dword [passes]
    jnz .pass
    lea rsi, [text_done]
    call print
    call newline
.halt:
    cli
    hlt
    jmp .halt

programs:
%macro program 2
%%entry:
    dq %1
    db %2, 0
    times 24-($-%%entry) db 0
%endmacro
%ifdef TRAINING
    program many_procedures, "procedures"
%endif
    program integer_loop, "integer"
    program table_crc, "crc"
    program sort, "sort"
    program recursion, "calls"
    program memory_copy, "memcopy"
    program x87_matrix, "x87"
    program sse_matrix, "sse2"
    program system_calls, "syscalls"
    program page_faults, "pagefaults"
    dq 0

text_begin: db "BEGIN ", 0
text_end: db "END ", 0
text_done: db "BENCH-DONE", 0

putc:
    push rdx
    push rax
    mov dx, 0x3FD
.wait:
    in al, dx
    test al, 0x20
    jz .wait
    pop rax
    mov dx, 0x3F8
    out dx, al
    pop rdx
    ret
print:
    lodsb
    test al, al
    jz .end
    call putc
    jmp print
.end:
    ret
newline:
    mov al, 13
    call putc
    mov al, 10
    jmp putc
print_hex:
    mov rcx, rax
    mov r8d, 16
.digit:
    rol rcx, 4
    mov al, cl
    and al, 15
    add al, '0'
    cmp al, '9'
    jbe .out
    add al, 'a'-'0'-10
.out:
    call putc
    dec r8d
    jnz .digit
    ret

; 32-bit mixer, 30 million rounds of 8 instructions.
integer_loop:
    mov ecx, 30000000
    mov eax, 0x12345678
    mov edx, 0x9E3779B9
.round:
    mov ebx, eax
    shl ebx, 5
    xor eax, ebx
    add eax, edx
    imul edx, eax, 0x10DCD
    lea edx, [rdx+rcx+7]
    dec ecx
    jnz .round
    ret

; CRC-32 by table over 1 MiB, 24 times.
table_crc:
    mov rdi, BUFFER2
    xor ecx, ecx
.table:
    mov eax, ecx
    mov edx, 8
.bit:
    shr eax, 1
    jnc .clear
    xor eax, 0xEDB88320
.clear:
    dec edx
    jnz .bit
    mov [rdi+rcx*4], eax
    inc ecx
    cmp ecx, 256
    jb .table
    mov rsi, BUFFER
    mov ecx, 1<<18
    call fill
    mov r8d, 24
    mov eax, -1
.pass:
    mov rsi, BUFFER
    mov ecx, 1<<20
.byte:
    movzx edx, byte [rsi]
    inc rsi
    xor dl, al
    shr eax, 8
    xor eax, [rdi+rdx*4]
    dec ecx
    jnz .byte
    dec r8d
    jnz .pass
    ret

; Fills rcx dwords at rsi with a linear congruence.
fill:
    mov eax, 42
.next:
    imul eax, eax, 1664525
    add eax, 1013904223
    mov [rsi], eax
    add rsi, 4
    dec rcx
    jnz .next
    ret

; Shell sort of 256 Ki dwords.
sort:
    N equ 1<<18
    mov rsi, BUFFER
    mov ecx, N
    call fill
    mov rsi, BUFFER
    mov r8d, N/2
.gap:
    mov r9d, r8d
.outer:
    mov eax, [rsi+r9*4]
    mov r10d, r9d
.inner:
    mov r11d, r10d
    sub r11d, r8d
    js .place
    mov edx, [rsi+r11*4]
    cmp edx, eax
    jbe .place
    mov [rsi+r10*4], edx
    mov r10d, r11d
    jmp .inner
.place:
    mov [rsi+r10*4], eax
    inc r9d
    cmp r9d, N
    jb .outer
    shr r8d, 1
    jnz .gap
    xor eax, eax
    mov ecx, N
.sum:
    rol rax, 1
    mov edx, [rsi]
    xor rax, rdx
    add rsi, 4
    dec ecx
    jnz .sum
    ret

; Recursive Fibonacci of 33.
recursion:
    mov edi, 33
fib:
    cmp edi, 2
    jb .leaf
    push rdi
    dec edi
    call fib
    pop rdi
    push rax
    sub edi, 2
    call fib
    pop rdx
    add rax, rdx
    ret
.leaf:
    mov eax, edi
    ret

; 16 MiB copied 16 times by REP MOVSQ and twice by an 8-byte loop.
memory_copy:
    mov rsi, BUFFER
    mov ecx, 1<<22
    call fill
    mov ebx, 16
.rep:
    mov rsi, BUFFER
    mov rdi, BUFFER2
    mov ecx, 1<<21
    rep movsq
    dec ebx
    jnz .rep
    mov ebx, 8
.pass:
    mov rsi, BUFFER2
    mov rdi, BUFFER
    mov ecx, 1<<20
.loop:
    mov rax, [rsi]
    mov rdx, [rsi+8]
    mov [rdi], rdx
    mov [rdi+8], rax
    add rsi, 16
    add rdi, 16
    dec ecx
    jnz .loop
    dec ebx
    jnz .pass
    xor eax, eax
    mov rsi, BUFFER
    mov ecx, 1<<21
.sum:
    rol rax, 1
    xor rax, [rsi]
    add rsi, 8
    dec ecx
    jnz .sum
    ret

M equ 160
; Fills two M x M matrices of doubles with small values.
matrices:
    mov rdi, BUFFER
    mov ecx, 2*M*M
    mov eax, 1
.fill:
    imul eax, eax, 1103515245
    add eax, 12345
    mov edx, eax
    sar edx, 20
    cvtsi2sd xmm0, edx
    movsd [rdi], xmm0
    add rdi, 8
    dec ecx
    jnz .fill
    ret
; Checksum of the M x M doubles at BUFFER2.
matrix_sum:
    xor eax, eax
    mov rsi, BUFFER2
    mov ecx, M*M
.sum:
    rol rax, 1
    xor rax, [rsi]
    add rsi, 8
    dec ecx
    jnz .sum
    ret

; C = A B by x87 loads, multiplies and adds; twice.
x87_matrix:
    mov ebp, 2
    call matrices
.again:
    xor r8d, r8d
.row:
    xor r9d, r9d
.column:
    mov eax, r8d
    imul eax, eax, M*8
    lea rsi, [rax+BUFFER]
    lea rdi, [r9*8+BUFFER+M*M*8]
    fldz
    mov ecx, M
.dot:
    fld qword [rsi]
    fmul qword [rdi]
    faddp st1, st0
    add rsi, 8
    add rdi, M*8
    dec ecx
    jnz .dot
    lea rdx, [rax+r9*8+BUFFER2]
    fstp qword [rdx]
    inc r9d
    cmp r9d, M
    jb .column
    inc r8d
    cmp r8d, M
    jb .row
    dec ebp
    jnz .again
    jmp matrix_sum

; C = A B, two columns at a time in SSE2; four times.
sse_matrix:
    mov ebp, 4
    call matrices
.again:
    xor r8d, r8d
.row:
    xor r9d, r9d
.column:
    mov eax, r8d
    imul eax, eax, M*8
    lea rsi, [rax+BUFFER]
    lea rdi, [r9*8+BUFFER+M*M*8]
    xorpd xmm0, xmm0
    mov ecx, M
.dot:
    movsd xmm1, [rsi]
    unpcklpd xmm1, xmm1
    mulpd xmm1, [rdi]
    addpd xmm0, xmm1
    add rsi, 8
    add rdi, M*8
    dec ecx
    jnz .dot
    lea rdx, [rax+r9*8+BUFFER2]
    movapd [rdx], xmm0
    add r9d, 2
    cmp r9d, M
    jb .column
    inc r8d
    cmp r8d, M
    jb .row
    dec ebp
    jnz .again
    jmp matrix_sum

; 200,000 system calls from ring 3; the kernel switches to another address space and back in each.
system_calls:
    mov ecx, 0xC0000081
    xor eax, eax
    mov edx, KDATA << 16 | KCODE     ; SYSRET takes UDATA and UCODE from here + 8 and + 16
    wrmsr
    inc ecx
    lea rax, [kernel_entry]
    xor edx, edx
    wrmsr
    mov ecx, 0xC0000084
    xor eax, eax
    wrmsr
    mov [kernel_stack], rsp
    push UDATA
    push USERSTACK
    push 2
    push UCODE
    lea rax, [user]
    push rax
    iretq
user:
    mov ebx, 200000
    xor eax, eax
.call:
    inc rax
    syscall
    dec ebx
    jnz .call
    mov rdi, -1
    syscall
kernel_entry:
    mov r14, rsp
    mov rsp, [kernel_stack]
    push rcx
    push r11
    mov edx, PML4_B
    mov cr3, rdx
    mov edx, [abs USERSTACK-8]
    cmp rdi, -1
    je .finished
    lea rax, [rax+rax*2+1]
    mov edx, PML4
    mov cr3, rdx
    pop r11
    pop rcx
    mov rsp, r14
    o64 sysret
.finished:
    mov edx, PML4
    mov cr3, rdx
    mov rsp, [kernel_stack]
    ret
align 8
kernel_stack: dq 0

; 400,000 page faults: pages of a window are touched, mapped by the handler, and unmapped again.
page_faults:
    mov dword [fault_count], 0
    mov ebx, 400000
    xor r10d, r10d
.touch:
    mov eax, ebx
    and eax, 511
    shl eax, 12
    mov edi, FAULT_VA
    add rdi, rax
    add [rdi], ebx
    mov edx, [rdi]
    xor r10d, edx
    mov dword [rdi], 0
    shr eax, 9
    mov qword [rax+FAULT_PT], 0
    invlpg [rdi]
    dec ebx
    jnz .touch
    mov eax, [fault_count]
    shl rax, 32
    or rax, r10
    ret
page_fault:
    push rax
    push rdx
    mov rax, cr2
    mov edx, eax
    shr eax, 9
    and eax, 0xFF8
    and edx, 0x1FF000
    add edx, BUFFER | 3
    mov [rax+FAULT_PT], rdx
    inc dword [fault_count]
    pop rdx
    pop rax
    add rsp, 8
    iretq
%ifdef TRAINING
%include "training.inc"
%endif
align 4
fault_count: dd 0
passes: dd 0

times (SECTORS+1)*512-($-$$) db 0
times 1<<20 db 0                     ; a disk needs a little size to look like one
