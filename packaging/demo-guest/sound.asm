; ------------------------------------------------------------------ sound
; Four notes through an AC'97 controller (82801AA), by its registers. They go on while the rest of the program runs.

RATE       equ 48000
FRAMES     equ RATE / 10                ; in a buffer: a tenth of a second, which holds whole waves of every note
NOTES      equ 4
NOTE_ROOM  equ 0x8000                   ; from one note's buffer to the next
FIRST_NOTE equ 0x10000
MIXER_MASTER equ 0x02
MIXER_PCM    equ 0x18
PO_BDBAR   equ 0x10
PO_LVI     equ 0x15
PO_SR      equ 0x16
PO_CR      equ 0x1B
GLOB_CNT   equ 0x2C

play_sound:
        mov ax, 0xB102
        mov cx, 0x2415
        mov dx, 0x8086
        xor si, si
        int 0x1A
        jc .none
        mov ax, 0xB10C                  ; ports and bus mastering
        mov di, 4
        mov cx, 5
        int 0x1A
        mov ax, 0xB109
        mov di, 0x10
        int 0x1A
        and cl, 0xFE
        mov [sound_mixer], cx
        mov ax, 0xB109
        mov di, 0x14
        int 0x1A
        and cl, 0xFE
        mov [sound_master], cx
        cmp byte [sound_made], 0
        jne .made
        call make_notes
        mov byte [sound_made], 1
.made:  mov dx, [sound_master]
        add dx, GLOB_CNT                ; out of cold reset
        mov eax, 2
        out dx, eax
        mov dx, [sound_mixer]
        add dx, MIXER_MASTER            ; 0 dB
        xor ax, ax
        out dx, ax
        add dx, MIXER_PCM - MIXER_MASTER
        mov ax, 0x0808                  ; 0 dB
        out dx, ax
        mov dx, [sound_master]
        add dx, PO_CR                   ; begin anew, though the last call's notes may still sound
        mov al, 2
        out dx, al
        sub dx, PO_CR - PO_BDBAR
        mov eax, sound_ring
        out dx, eax
        add dx, PO_LVI - PO_BDBAR
        mov al, (sound_ring_end - sound_ring) / 8 - 1
        out dx, al
        add dx, PO_CR - PO_LVI
        mov al, 1
        out dx, al
        ret
.none:  mov di, (24 * COLUMNS + 40) * 2
        mov si, text_no_sound
        mov ah, 0x4F
        jmp print

; Whether the notes still sound, once they have been played.
show_sound:
        cmp byte [sound_made], 0
        je .done
        mov dx, [sound_master]
        add dx, PO_SR
        in ax, dx
        mov si, text_playing
        test al, 1                      ; halted
        jz .show
        mov si, text_played
.show:  mov di, (24 * COLUMNS + 44) * 2
        mov ah, BAR
        jmp print
.done:  ret

; The processor's own FSIN makes the samples, both channels alike.
make_notes:
        push es
        mov ax, FIRST_NOTE >> 4
        mov bx, note_steps
        fninit
.note:  mov es, ax
        xor di, di
        mov word [sound_frame], 0
.frame: fild word [sound_frame]
        fmul dword [bx]
        fsin
        fmul dword [sound_loud]
        fistp word [sound_sample]
        mov dx, [sound_sample]
        mov [es:di], dx
        mov [es:di + 2], dx
        add di, 4
        inc word [sound_frame]
        cmp word [sound_frame], FRAMES
        jb .frame
        mov ax, es
        add ax, NOTE_ROOM >> 4
        add bx, 4
        cmp bx, note_steps + 4 * NOTES
        jb .note
        pop es
        ret

text_playing   db 0x0E, " playing", 0
text_played    db 0x0E, " played ", 0
text_no_sound  db " no AC'97 sound card found ", 0

; 2 pi times 440, 550, 660 and 880 Hz over the rate
note_steps     dd 0.05759586532, 0.07199483165, 0.08639379797, 0.11519173063
sound_loud     dd 12000.0

               align 8
%macro note 2
               times %2 dd FIRST_NOTE + %1 * NOTE_ROOM, 2 * FRAMES
%endmacro
sound_ring:    note 0, 2
               note 1, 2
               note 2, 2
               note 3, 5
sound_ring_end:

sound_made     db 0
sound_frame    dw 0
sound_sample   dw 0
sound_mixer    dw 0
sound_master   dw 0
