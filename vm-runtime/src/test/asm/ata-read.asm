; Reads LBA 128 of the disk it boots from by PIO, twice, and tells the first serial port and port E9h how it went:
; OK, or ERROR with the error register.

        bits 16
        org 0x7C00

        jmp 0:start
start:
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7C00
        cli
        call read
        call read
        mov si, done
        call say
stop:   hlt
        jmp stop

read:   mov dx, 0x1F2
        mov al, 1
        out dx, al              ; one sector
        inc dx
        mov al, 128
        out dx, al              ; LBA
        inc dx
        xor al, al
        out dx, al
        inc dx
        out dx, al
        inc dx
        mov al, 0xE0
        out dx, al
        inc dx
        mov al, 0x20            ; READ SECTORS
        out dx, al
.wait:  in al, dx
        test al, 0x80           ; BSY
        jnz .wait
        test al, 0x01           ; ERR
        jnz .error
        test al, 0x08           ; DRQ
        jz .wait
        mov dx, 0x1F0
        mov di, 0x8000
        mov cx, 256
        rep insw
        mov si, ok
        jmp say
.error: mov dx, 0x1F1
        in al, dx
        aam 16
        add ax, '00'
        mov [error + 6], ah
        mov [error + 7], al
        mov si, error
say:    lodsb
        test al, al
        jz .end
        out 0xE9, al
        mov ah, al
        mov dx, 0x3FD
.full:  in al, dx
        test al, 0x20           ; THRE: a byte written before would overwrite the one that waits
        jz .full
        mov al, ah
        mov dx, 0x3F8
        out dx, al
        jmp say
.end:   ret

ok      db 'OK', 10, 0
error   db 'ERROR   ', 10, 0
done    db 'DONE', 10, 0

        times 510 - ($ - $$) db 0
        dw 0xAA55
        times 1048576 - ($ - $$) db 0
