; A Linux program of its own: opens mixer and card as OSS programs do, with every volume at 0 dB, and plays its standard input.
        BITS 32
        org 0x08048000
header: db 0x7F, "ELF", 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
        dw 2, 3
        dd 1, start, program - $$, 0, 0
        dw 52, 32, 1, 0, 0, 0
program: dd 1, 0, $$, $$, end - $$, end - $$ + 8192, 7, 4096
%macro call_linux 4
        mov eax, %1
        mov ebx, %2
        mov ecx, %3
        mov edx, %4
        int 0x80
%endmacro
%macro set 2
        mov dword [value], %2
        call_linux 54, esi, %1, value
%endmacro
start:
        call_linux 5, mixer, 2, 0
        mov esi, eax
        set 0xC0044D00, 0x6464
        set 0xC0044D04, 0x4A4A
        call_linux 5, dsp, 1, 0
        mov esi, eax
        set 0xC0045005, 16
        set 0xC0045006, 2
        set 0xC0045002, 44100
again:
        call_linux 3, 0, end, 4096
        test eax, eax
        jle done
        mov edi, eax
        call_linux 4, esi, end, edi
        jmp again
done:
        call_linux 1, 0, 0, 0
mixer: db "/dev/mixer", 0
dsp: db "/dev/dsp", 0
value: dd 0
end:
