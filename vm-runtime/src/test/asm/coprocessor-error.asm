; x87 exceptions with CR0.NE clear, as DOS programs meet them: FERR#, IRQ 13, port F0h, IGNNE#. Boots as a floppy or disk and
; writes what happens to port E9h: a letter for each step, and in angle brackets what the handler of INT 75h saw (ZE and ES of
; the status word, TOP). IRQ 13 is masked at the PIC but for the moments after a timer interrupt: QEMU 7.2 stops with a failed
; assertion when an FWAIT interrupts at once. QEMU also does not look for pending exceptions in instructions other than FWAIT.

        bits 16
        org 0x7C00

        jmp 0:start
start:
        cli
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7C00
        mov word [0x75 * 4], irq13
        mov word [0x75 * 4 + 2], 0
        mov word [0x10 * 4], numeric
        mov word [0x10 * 4 + 2], 0
        mov word [0x1C * 4], tick
        mov word [0x1C * 4 + 2], 0
        call mask
        sti

        fninit
        fldcw [unmasked]
        call divide_by_zero
        hlt
        mov al, 'a'             ; the exception alone interrupts nobody
        call put
        call wait_for_x87       ; reported: the handler comes first
        mov al, 'b'
        call put
        call wait_for_x87       ; still pending, but ignored since the handler wrote F0h
        mov al, 'c'
        call put

        call clear              ; takes FERR# away, so the next exception is reported again
        call divide_by_zero
        call wait_for_x87
        mov al, 'd'
        call put

        call clear
        mov byte [clears], 1    ; a handler that clears the exception, so that it does not happen again
        call divide_by_zero
        call wait_for_x87
        mov al, 'e'
        call put
        call wait_for_x87
        mov byte [clears], 0

        ; With CR0.NE the same is exception 16, and nothing of it reaches the board.
        call clear
        mov eax, cr0
        or al, 0x20
        mov cr0, eax
        call divide_by_zero
        call wait_for_x87
        mov al, 'f'
        call put
        mov eax, cr0
        and al, ~0x20
        mov cr0, eax

        ; An instruction that is no FWAIT waits as well: the handler sees TOP as it was before.
        call clear
        call divide_by_zero
        fld1
        fnstsw ax
        call put_top
        mov al, 10
        call put
stop:
        cli
        hlt
        jmp stop

divide_by_zero:
        fldz
        fld1
        fdiv st0, st1
        ret

; Clears all exceptions. QEMU takes IGNNE# back when FLDENV clears them, but not with FNCLEX or FNINIT.
clear:
        fninit
        fldcw [unmasked]
        fnstenv [environment]
        fldenv [environment]
        ret

wait_for_x87:
        call mask
        fwait
        hlt                     ; with IRQ 13 masked, nothing but the timer ends the wait
        hlt
        ret

mask:
        in al, 0xA1
        or al, 0x20
        out 0xA1, al
        ret

; INT 1Ch, each timer interrupt: lets IRQ 13 through.
tick:
        push ax
        in al, 0xA1
        and al, ~0x20
        out 0xA1, al
        pop ax
        iret

; INT 75h: shows ZE and ES of the status word and TOP, then does what a PC's BIOS does, but for INT 2.
irq13:
        push ax
        mov al, '<'
        call put
        fnstsw ax
        push ax
        and al, 0x84
        call put_hex
        pop ax
        call put_top
        cmp byte [clears], 0
        je .keep
        fnclex
.keep:
        mov al, '>'
        call put
        xor al, al
        out 0xF0, al
        mov al, 0x20
        out 0xA0, al
        out 0x20, al
        pop ax
        iret

; Exception 16: the return address is the waiting instruction, so it must not be pending any more.
numeric:
        push ax
        mov al, '!'
        call put
        fnclex
        pop ax
        iret

put_top:
        mov al, ah
        shr al, 3
        and al, 7
        add al, '0'
put:
        out 0xE9, al
        ret

put_hex:
        push ax
        shr al, 4
        call .digit
        pop ax
        and al, 15
.digit:
        cmp al, 10
        sbb al, 0x69
        das
        jmp put

unmasked dw 0x37B
clears   db 0

environment equ 0x600

        times 510 - ($ - $$) db 0
        dw 0xAA55
        times 1474560 - ($ - $$) db 0
