; A Linux program for amd64 guests of the network benchmark; no libc, no other file (nasm -f bin).
;   netbench receive ADDRESS PORT        reads a connection to its end
;   netbench send ADDRESS PORT COUNT     sends COUNT times 64 KiB and waits until the other end closes
;   netbench connect ADDRESS PORT COUNT  COUNT times: connects, sends an octet, waits for the answer, closes
;   netbench echo ADDRESS PORT COUNT     sends an octet and waits for the answer, COUNT times in one connection
; Exit status 1 when anything goes wrong. Numbers of system calls: Linux arch/x86/entry/syscalls/syscall_64.tbl (x86-64 ABI).
bits 64
org 0x400000

SYS_READ equ 0
SYS_WRITE equ 1
SYS_CLOSE equ 3
SYS_SOCKET equ 41
SYS_CONNECT equ 42
SYS_SHUTDOWN equ 48
SYS_SETSOCKOPT equ 54
SYS_EXIT equ 60
AF_INET equ 2
SOCK_STREAM equ 1
IPPROTO_TCP equ 6
TCP_NODELAY equ 1
SHUT_WR equ 1
BLOCK equ 65536

elf:                                    ; ELF-64 header (System V ABI, chapter 4), one loadable segment
    db 0x7F, "ELF", 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
    dw 2, 62
    dd 1
    dq start, load_header - elf, 0
    dd 0
    dw 64, 56, 1, 0, 0, 0
load_header:
    dd 1, 7
    dq 0, elf, elf, image_end - elf, image_end - elf + BLOCK, 4096

%macro call_system 1
    mov eax, %1
    syscall
    test rax, rax
    js failed
%endmacro

start:
    mov r12, [rsp]                      ; argc
    cmp r12, 4
    jb failed
    mov rbx, [rsp + 16]                 ; the command
    mov rsi, [rsp + 24]
    call address
    mov [peer + 4], eax
    mov rsi, [rsp + 32]
    call number
    xchg al, ah
    mov [peer + 2], ax
    mov r13d, 1
    cmp r12, 5
    jb .counted
    mov rsi, [rsp + 40]
    call number
    mov r13, rax                        ; COUNT
.counted:
    mov al, [rbx]
    cmp al, 'r'
    je receive
    cmp al, 's'
    je send
    cmp al, 'c'
    je connections
    cmp al, 'e'
    je echo
failed:
    mov edi, 1
    mov eax, SYS_EXIT
    syscall
done:
    xor edi, edi
    mov eax, SYS_EXIT
    syscall

receive:
    call open
    call drain
    jmp done

send:
    call open
.block:
    mov r14, image_end
    mov r15d, BLOCK
.rest:
    mov edi, ebp
    mov rsi, r14
    mov edx, r15d
    call_system SYS_WRITE
    add r14, rax
    sub r15d, eax
    jnz .rest
    dec r13
    jnz .block
    mov edi, ebp
    mov esi, SHUT_WR
    call_system SYS_SHUTDOWN
    call drain
    jmp done

connections:
    call open
    call exchange
    mov edi, ebp
    call_system SYS_CLOSE
    dec r13
    jnz connections
    jmp done

echo:
    call open
.again:
    call exchange
    dec r13
    jnz .again
    jmp done

; One octet there and one back.
exchange:
    mov edi, ebp
    mov esi, image_end
    mov edx, 1
    call_system SYS_WRITE
    mov edi, ebp
    mov esi, image_end
    mov edx, 1
    call_system SYS_READ
    cmp eax, 1
    jne failed
    ret

; Connects; the socket is in EBP.
open:
    mov edi, AF_INET
    mov esi, SOCK_STREAM
    xor edx, edx
    call_system SYS_SOCKET
    mov ebp, eax
    mov edi, ebp
    mov esi, IPPROTO_TCP
    mov edx, TCP_NODELAY
    mov r10d, one
    mov r8d, 4
    call_system SYS_SETSOCKOPT
    mov edi, ebp
    mov esi, peer
    mov edx, 16
    call_system SYS_CONNECT
    ret

; Reads until the other end closes.
drain:
    mov edi, ebp
    mov esi, image_end
    mov edx, BLOCK
    call_system SYS_READ
    jnz drain
    ret

; A decimal number at RSI; leaves RSI behind it.
number:
    xor eax, eax
.digit:
    movzx ecx, byte [rsi]
    sub ecx, '0'
    cmp ecx, 9
    ja .stop
    imul rax, rax, 10
    add rax, rcx
    inc rsi
    jmp .digit
.stop:
    ret

; An IPv4 address at RSI, in network order in EAX.
address:
    xor r8d, r8d
    mov r9d, 4
.part:
    call number
    inc rsi
    shl r8d, 8
    or r8d, eax
    dec r9d
    jnz .part
    mov eax, r8d
    bswap eax
    ret

one:
    dd 1
peer:
    dw AF_INET, 0
    dd 0, 0, 0
image_end:
