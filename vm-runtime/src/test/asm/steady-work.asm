; Works for ever and checks itself: each round sector 100 must hold what memory says was written there last, 16 KiB of memory
; must hold the round's number all over, and both get the next number. Port E9h gets a '.' a round, 'X' when something is wrong.
; Boots as a hard disk of 4096 sectors.

        bits 16
        org 0x7C00

COUNTER equ 0x8000
PACKET  equ 0x8010
FILL    equ 0x1000              ; segment of the filled memory
DWORDS  equ 0x1000
BUFFER  equ 0x2000              ; segment of the sector's buffer

        jmp 0:start
start:
        xor ax, ax
        mov ds, ax
        mov ss, ax
        mov sp, 0x7C00
        sti
        cld
        mov dword [COUNTER], 0
        call fill
        call store
round:
        mov ah, 0x42
        call transfer           ; the sector as it is on the disk
        mov ax, BUFFER
        mov es, ax
        mov eax, [COUNTER]
        cmp [es:0], eax
        jne wrong
        cmp [es:508], eax
        jne wrong
        mov bx, FILL
        mov es, bx
        xor di, di
        mov cx, DWORDS
        repe scasd
        jne wrong
        inc dword [COUNTER]
        call fill
        call store
        mov al, '.'
        out 0xE9, al
        jmp round
wrong:
        mov al, 'X'
        out 0xE9, al
        cli
        hlt

fill:
        mov ax, FILL
        mov es, ax
        mov eax, [COUNTER]
        xor di, di
        mov cx, DWORDS
        rep stosd
        ret

store:
        mov ax, BUFFER
        mov es, ax
        mov eax, [COUNTER]
        xor di, di
        mov cx, 128
        rep stosd
        mov ah, 0x43

; Sector 100 to or from the buffer; AH the function.
transfer:
        mov dword [PACKET], 0x00010010
        mov word [PACKET + 4], 0
        mov word [PACKET + 6], BUFFER
        mov dword [PACKET + 8], 100
        mov dword [PACKET + 12], 0
        mov al, 0
        mov dl, 0x80
        mov si, PACKET
        int 0x13
        jc wrong
        ret

        times 510 - ($ - $$) db 0
        dw 0xAA55
        times 4096 * 512 - ($ - $$) db 0
