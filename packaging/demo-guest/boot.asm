; Boot sector of the demo guest: loads the program behind it to 0000:8000 and jumps there.
; Works from a floppy (CHS) and from a hard disk (LBA if the BIOS has it).
; PROGRAM_SECTORS is given on nasm's command line.

        bits 16
        org 0x7C00

PROGRAM equ 0x8000

start:
        jmp short begin
        nop
        times 0x3E - ($ - $$) db 0      ; room for what tools expect of a floppy's first sector
begin:
        cli
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7C00
        sti
        cld
        mov [drive], dl
        test dl, 0x80
        jz chs
        mov ah, 0x41                    ; are there LBA extensions?
        mov bx, 0x55AA
        int 0x13
        jc chs
        cmp bx, 0xAA55
        jne chs
        mov ah, 0x42
        mov dl, [drive]
        mov si, packet
        int 0x13
        jnc run

; One sector at a time by cylinder, head and sector.
chs:
        mov ah, 0x08
        mov dl, [drive]
        xor di, di
        int 0x13
        jc failed
        xor ax, ax
        mov es, ax
        and cx, 0x3F
        mov [sectors], cx
        mov dl, dh
        xor dh, dh
        inc dx
        mov [heads], dx
        mov word [lba], 1
        mov bx, PROGRAM
.next:
        mov ax, [lba]
        xor dx, dx
        div word [sectors]
        mov cl, dl
        inc cl                          ; sector
        xor dx, dx
        div word [heads]
        mov ch, al                      ; cylinder
        mov dh, dl                      ; head
        mov dl, [drive]
        mov ax, 0x0201
        int 0x13
        jc failed
        add bx, 512
        inc word [lba]
        cmp word [lba], PROGRAM_SECTORS
        jbe .next
run:
        mov dl, [drive]
        jmp 0:PROGRAM

failed:
        mov si, message
.print:
        lodsb
        test al, al
        jz .stop
        mov ah, 0x0E
        mov bx, 7
        int 0x10
        jmp .print
.stop:
        hlt
        jmp .stop

message db "The demo program cannot be read.", 13, 10, 0

        align 4
packet:
        db 16, 0
        dw PROGRAM_SECTORS
        dw PROGRAM, 0
        dq 1

drive   db 0
sectors dw 0
heads   dw 0
lba     dw 0

        times 510 - ($ - $$) db 0
        dw 0xAA55
