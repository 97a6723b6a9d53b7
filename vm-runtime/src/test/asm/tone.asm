; A boot sector that plays one second of 440 Hz through an AC'97 controller by its registers alone, then says PLAYED.
; The processor's own FSIN makes the samples: a tenth of a second, that is 44 whole waves, which ten buffers share.
        bits 16
        org 0x7c00
RATE    equ 48000
FRAMES  equ RATE / 10
RING    equ 0x600
BUFFER  equ 0x10000

start:  xor ax, ax
        mov ds, ax
        mov ss, ax
        mov sp, 0x7c00
        mov ax, 0xb102          ; find the device
        mov cx, 0x2415
        mov dx, 0x8086
        xor si, si
        int 0x1a
        mov si, missing
        jc say
        mov ax, 0xb10c          ; ports and bus mastering
        mov di, 4
        mov cx, 5
        int 0x1a
        mov ax, 0xb109
        mov di, 0x10
        int 0x1a
        and cl, 0xfe
        mov [mixer], cx
        mov ax, 0xb109
        mov di, 0x14
        int 0x1a
        and cl, 0xfe
        mov [master], cx

        mov dx, [master]
        add dx, 0x2c            ; out of cold reset
        mov eax, 2
        out dx, eax
        mov dx, [mixer]
        add dx, 2               ; master volume: 0 dB
        xor ax, ax
        out dx, ax
        add dx, 0x16            ; PCM out volume: 0 dB
        mov ax, 0x0808
        out dx, ax

        mov ax, BUFFER >> 4
        mov es, ax
        xor di, di
        fninit
fill:   fild word [frame]
        fmul dword [step]
        fsin
        fmul dword [loud]
        fistp word [sample]
        mov ax, [sample]
        stosw                   ; left
        neg ax
        stosw                   ; right: the same upside down
        inc word [frame]
        cmp word [frame], FRAMES
        jb fill

        mov di, RING
        mov cx, 10
ring:   mov dword [di], BUFFER
        mov dword [di + 4], 2 * FRAMES
        add di, 8
        loop ring
        mov dx, [master]
        add dx, 0x10            ; PCM out: where the descriptors are
        mov eax, RING
        out dx, eax
        add dx, 5               ; the last valid one
        mov al, 9
        out dx, al
        add dx, 6               ; run
        mov al, 1
        out dx, al
        sub dx, 5               ; until it has halted
playing: hlt
        in ax, dx
        test al, 1
        jz playing
        mov si, played
say:    lodsb
        test al, al
        jz end
        mov ah, 0x0e
        mov bx, 7
        int 0x10
        jmp say
end:    hlt
        jmp end

step:   dd 0.0575958653158128758 ; 2 pi 440 / 48000
loud:   dd 20000.0
frame:  dw 0
sample: dw 0
mixer:  dw 0
master: dw 0
missing: db "NO CARD", 0
played: db "PLAYED", 0
        times 510 - ($ - $$) db 0
        dw 0xaa55
