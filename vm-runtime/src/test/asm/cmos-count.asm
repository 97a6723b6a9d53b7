; Counts its starts in two bytes of CMOS memory, one in each bank, and tells port E9h: "1 1", then "2 2"...

        bits 16
        org 0x7C00

        jmp 0:start
start:
        xor ax, ax
        mov ds, ax
        cli
        mov al, 0x60            ; a byte no firmware uses
        mov dx, 0x70
        call count
        mov al, ' '
        out 0xE9, al
        mov al, 0x05
        mov dx, 0x72
        call count
        mov al, 10
        out 0xE9, al
stop:   hlt
        jmp stop

count:  out dx, al
        inc dx
        in al, dx
        inc al
        out dx, al
        add al, '0'
        out 0xE9, al
        ret

        times 510 - ($ - $$) db 0
        dw 0xAA55
        times 1474560 - ($ - $$) db 0
