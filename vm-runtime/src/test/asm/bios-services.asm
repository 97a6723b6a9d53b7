; Calls BIOS services one after the other and writes what they return to port E9h, a line each:
; name AX BX CX DX SI DI ES flags (C carry, Z zero). Boots as a hard disk of 4096 sectors.

        bits 16
        org 0x7C00

        jmp 0:start
start:
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7C00
        sti
        mov ax, 0x0200 + SECTORS
        mov bx, 0x7E00
        mov cx, 2
        mov dx, 0x80
        int 0x13
        jmp main
        times 510 - ($ - $$) db 0
        dw 0xAA55

; call NAME, interrupt, AX, BX, CX, DX
%macro service 6
        mov word [title], %%name
        mov ax, %3
        mov bx, %4
        mov cx, %5
        mov dx, %6
        int %2
        call report
        jmp %%over
%%name  db %1, 0
%%over:
%endmacro

; The same with a word at an address afterwards.
%macro word_at 3
        mov si, %%name
        call text
        mov ax, %2
        mov es, ax
        mov ax, [es:%3]
        call word_out
        call line_end
        jmp %%over
%%name  db %1, 0
%%over:
%endmacro

main:
        service "equipment", 0x11, 0, 0, 0, 0
        service "memory", 0x12, 0, 0, 0, 0
        service "mode", 0x10, 0x0003, 0, 0, 0
        service "mode?", 0x10, 0x0F00, 0, 0, 0
        service "cursor?", 0x10, 0x0300, 0, 0, 0
        service "cursor", 0x10, 0x0200, 0, 0, 0x0A14
        service "cursor??", 0x10, 0x0300, 0, 0, 0
        service "write", 0x10, 0x0941, 0x001E, 3, 0
        service "read", 0x10, 0x0800, 0, 0, 0
        service "teletype", 0x10, 0x0E42, 0, 0, 0
        service "cursor-tty", 0x10, 0x0300, 0, 0, 0
        service "combination", 0x10, 0x1A00, 0, 0, 0
        service "ega-info", 0x10, 0x1200, 0x0010, 0, 0
        service "palette-reg", 0x10, 0x1007, 6, 0, 0
        service "dac", 0x10, 0x1015, 0x3F, 0, 0
        service "dac-brown", 0x10, 0x1015, 0x14, 0, 0
        service "dac-page", 0x10, 0x101A, 0, 0, 0
        service "mode6", 0x10, 0x0006, 0, 0, 0
        service "mode6?", 0x10, 0x0F00, 0, 0, 0
        service "mode12", 0x10, 0x0012, 0, 0, 0
        service "pixel", 0x10, 0x0C0B, 0, 300, 200
        service "pixel?", 0x10, 0x0D00, 0, 300, 200
        service "pixel-xor", 0x10, 0x0C82, 0, 300, 200
        service "pixel-xor?", 0x10, 0x0D00, 0, 300, 200
        service "char", 0x10, 0x0957, 0x000E, 1, 0
        service "pixel-W", 0x10, 0x0D00, 0, 1, 6
        service "mode13", 0x10, 0x0013, 0, 0, 0
        service "dac13", 0x10, 0x1015, 0x2A, 0, 0
        service "dac13-hue", 0x10, 0x1015, 0x68, 0, 0
        service "pixel13", 0x10, 0x0C9C, 0, 3, 199
        service "pixel13?", 0x10, 0x0D00, 0, 3, 199
        service "char13", 0x10, 0x0958, 0x0009, 1, 0
        service "mode3-again", 0x10, 0x0003, 0, 0, 0
        service "font8", 0x10, 0x1112, 0, 0, 0
        word_at "rows", 0x40, 0x84
        word_at "height", 0x40, 0x85
        word_at "page", 0x40, 0x4C
        service "font16", 0x10, 0x1114, 0, 0, 0
        word_at "rows", 0x40, 0x84
        word_at "page", 0x40, 0x4C
        word_at "cursor-shape", 0x40, 0x60
        service "vbe-mode", 0x10, 0x4F02, 0x0112, 0, 0
        service "vbe-mode?", 0x10, 0x4F03, 0, 0, 0
        service "vbe-line?", 0x10, 0x4F06, 1, 0, 0
        service "vbe-line", 0x10, 0x4F06, 0, 1024, 0
        service "vbe-start", 0x10, 0x4F07, 0, 8, 16
        service "vbe-start?", 0x10, 0x4F07, 1, 0, 0
        service "vbe-dac", 0x10, 0x4F08, 0x0800, 0, 0
        service "vbe-256", 0x10, 0x4F02, 0x0103, 0, 0
        service "vbe-dac8", 0x10, 0x4F08, 0x0800, 0, 0
        service "vbe-window", 0x10, 0x4F05, 0, 0, 3
        service "vbe-window?", 0x10, 0x4F05, 0x0100, 0, 0
        service "vbe-bad", 0x10, 0x4F02, 0x01FE, 0, 0
        service "vbe-unknown", 0x10, 0x4F55, 0, 0, 0
        service "mode3-last", 0x10, 0x0003, 0, 0, 0
        service "vbe-text?", 0x10, 0x4F03, 0, 0, 0
        service "disk-reset", 0x13, 0x0000, 0, 0, 0x80
        service "disk-status", 0x13, 0x0100, 0, 0, 0x80
        service "disk-params-none", 0x13, 0x0800, 0, 0, 0x83
        service "disk-type", 0x13, 0x1500, 0, 0, 0x80
        mov ax, 0
        mov es, ax
        service "disk-read", 0x13, 0x0201, 0x9000, 1, 0x80
        word_at "signature", 0, 0x91FE
        service "disk-read-bad", 0x13, 0x0201, 0x9000, 0x003F, 0xFF80
        service "disk-status-bad", 0x13, 0x0100, 0, 0, 0x80
        service "disk-verify", 0x13, 0x0401, 0, 1, 0x80
        service "disk-ready", 0x13, 0x1000, 0, 0, 0x80
        service "edd", 0x13, 0x4100, 0x55AA, 0, 0x80
        service "edd-none", 0x13, 0x4100, 0x55AA, 0, 0x85
        mov si, packet
        service "edd-read", 0x13, 0x4200, 0, 0, 0x80
        word_at "signature", 0, 0xA1FE
        mov si, packet_far
        service "edd-read-beyond", 0x13, 0x4200, 0, 0, 0x80
        mov si, parameters
        service "edd-params", 0x13, 0x4800, 0, 0, 0x80
        word_at "sectors", 0, parameters + 16
        word_at "sector-bytes", 0, parameters + 24
        service "a20?", 0x15, 0x2402, 0, 0, 0
        service "a20-support", 0x15, 0x2403, 0, 0, 0
        service "keyboard-intercept", 0x15, 0x4F1E, 0, 0, 0
        service "apm", 0x15, 0x5300, 0, 0, 0
        service "config", 0x15, 0xC000, 0, 0, 0
        service "ebda", 0x15, 0xC100, 0, 0, 0
        service "wait", 0x15, 0x8600, 0, 0, 5000
        service "nonsense", 0x15, 0x4242, 0, 0, 0
        service "mouse-init", 0x15, 0xC205, 0x0300, 0, 0
        service "mouse-id", 0x15, 0xC204, 0, 0, 0
        service "mouse-status", 0x15, 0xC206, 0, 0, 0
        service "mouse-rate", 0x15, 0xC202, 0x0500, 0, 0
        service "mouse-bad", 0x15, 0xC203, 0x0900, 0, 0
        service "key?", 0x16, 0x0100, 0, 0, 0
        service "key-store", 0x16, 0x0500, 0, 0x1E61, 0
        service "key??", 0x16, 0x0100, 0, 0, 0
        service "key", 0x16, 0x0000, 0, 0, 0
        service "key-store-grey", 0x16, 0x0500, 0, 0x48E0, 0
        service "key-grey", 0x16, 0x0000, 0, 0, 0
        service "shift", 0x16, 0x0200, 0, 0, 0
        service "shift-extended", 0x16, 0x1200, 0, 0, 0
        clc
        service "serial-init", 0x14, 0x00E3, 0, 0, 0
        service "serial-none", 0x14, 0x0300, 0, 0, 3
        clc
        service "printer", 0x17, 0x0200, 0, 0, 0
        service "pci", 0x1A, 0xB101, 0, 0, 0
        mov si, 0
        xor di, di
        service "pci-find", 0x1A, 0xB102, 0, 0x7113, 0x8086
        service "pci-find-none", 0x1A, 0xB102, 0, 0x7113, 0x8087
        mov di, 0x08
        service "pci-read", 0x1A, 0xB10A, 0x0008, 0, 0
        word_at "com1", 0x40, 0
        word_at "lpt1", 0x40, 8
        word_at "base-memory", 0x40, 0x13
        word_at "model", 0xF000, 0xFFFE
        mov si, done
        call text
        call line_end
stop:   hlt
        jmp stop

; Writes title, registers and flags.
report:
        pushf
        pusha
        push es
        push ds
        push 0
        pop ds
        mov bp, sp                      ; +0 DS, 2 ES, 4 DI, 6 SI, 8 BP, 10 SP, 12 BX, 14 DX, 16 CX, 18 AX, 20 flags
        mov si, [title]
        call text
        mov ax, [bp + 18]
        call word_out
        mov ax, [bp + 12]
        call word_out
        mov ax, [bp + 16]
        call word_out
        mov ax, [bp + 14]
        call word_out
        mov ax, [bp + 6]
        call word_out
        mov ax, [bp + 4]
        call word_out
        mov ax, [bp + 2]
        call word_out
        mov al, ' '
        out 0xE9, al
        mov al, '-'
        test byte [bp + 20], 1
        jz .carry
        mov al, 'C'
.carry: out 0xE9, al
        mov al, '-'
        test byte [bp + 20], 0x40
        jz .zero
        mov al, 'Z'
.zero:  out 0xE9, al
        call line_end
        pop ds
        pop es
        popa
        popf
        ret

text:
        lodsb
        test al, al
        jz .end
        out 0xE9, al
        jmp text
.end:   ret

word_out:
        push ax
        mov al, ' '
        out 0xE9, al
        pop ax
        mov cx, 4
.next:  rol ax, 4
        push ax
        and al, 0x0F
        cmp al, 10
        sbb al, 0x69
        das
        out 0xE9, al
        pop ax
        loop .next
        ret

line_end:
        mov al, 10
        out 0xE9, al
        ret

title   dw 0
done    db "DONE", 0
        align 4
packet: db 16, 0, 1, 0
        dw 0xA000, 0
        dq 0
packet_far:
        db 16, 0, 1, 0
        dw 0xA000, 0
        dq 0x100000
parameters:
        dw 26
        times 28 db 0

SECTORS equ ($ - $$ - 512 + 511) / 512
        times 4096 * 512 - ($ - $$) db 0
