; The guest of the command line's tests, a boot sector: says READY on serial port, screen and printer, then echoes
; keys to all ("KEY=a") and serial input to the screen ("COM=a").
; 'w' writes the letter W to the disk's second sector, 'r' shows its first byte ("DISK=W"), 'q' powers off by APM.
        bits 16
        org 0x7c00
start:  xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
        mov [drive], dl
        sti
        mov si, ready
        call say
loop:   mov ah, 1
        int 0x16
        jnz key
        mov dx, 0x3fd           ; line status: data ready
        in al, dx
        test al, 1
        jnz serial
        hlt
        jmp loop

key:    mov ah, 0
        int 0x16
        cmp al, 'q'
        je off
        cmp al, 'w'
        je write
        cmp al, 'r'
        je read
        mov [keyed + 4], al
        mov si, keyed
        call say
        jmp loop

serial: mov dx, 0x3f8
        in al, dx
        mov [come + 4], al
        mov si, come
        call say
        jmp loop

write:  mov byte [0x8000], 'W'
        mov ax, 0x0301
        call sector
        mov si, wrote
        call say
        jmp loop

read:   mov ax, 0x0201
        call sector
        mov al, [0x8000]
        mov [disk + 5], al
        mov si, disk
        call say
        jmp loop

sector: mov bx, 0x8000
        mov cx, 2
        mov dh, 0
        mov dl, [drive]
        int 0x13
        ret

off:    mov ax, 0x5301          ; APM: connect, version 1.2, state off
        xor bx, bx
        int 0x15
        mov ax, 0x530e
        xor bx, bx
        mov cx, 0x0102
        int 0x15
        mov ax, 0x5307
        mov bx, 1
        mov cx, 3
        int 0x15
        mov si, still
        call say
        jmp loop

say:    lodsb
        test al, al
        jz .done
        mov ah, 0x0e
        mov bx, 7
        push ax
        int 0x10
        pop ax
        push ax
        mov dx, 0x378           ; and prints it: data, then the strobe
        out dx, al
        mov dx, 0x37a
        mov al, 0x0d
        out dx, al
        mov al, 0x0c
        out dx, al
.wait:  mov dx, 0x3fd
        in al, dx
        test al, 0x20
        jz .wait
        pop ax
        mov dx, 0x3f8
        out dx, al
        jmp say
.done:  ret

drive:  db 0
ready:  db 'READY', 13, 10, 0
keyed:  db 'KEY= ', 13, 10, 0
come:   db 'COM= ', 13, 10, 0
wrote:  db 'WROTE', 13, 10, 0
disk:   db 'DISK= ', 13, 10, 0
still:  db 'STILL ON', 13, 10, 0
        times 510 - ($ - $$) db 0
        dw 0xaa55
