; A boot sector that draws at 1024x768 (VBE 4105h, 8 bits, linear frame buffer): at every tick of a 60 Hz timer it changes a box of
; 64 by 64 pixels, or with ALL the whole picture. Unreal mode reaches the frame buffer.
        bits 16
        org 0x7C00
start:  cli
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7C00
        mov ax, 0x4F01
        mov cx, 0x4105
        mov di, 0x8000                  ; ModeInfoBlock
        int 0x10
        mov ax, 0x4F02
        mov bx, 0x4105
        int 0x10
        cli
        lgdt [gdtr]                     ; flat ES, and back to real mode
        mov eax, cr0
        or al, 1
        mov cr0, eax
        mov bx, 8
        mov es, bx
        and al, 0xFE
        mov cr0, eax
        mov al, 0x34                    ; counter 0, mode 2: 1193182 / 60
        out 0x43, al
        mov ax, 19886
        out 0x40, al
        mov al, ah
        out 0x40, al
        mov word [0x20], tick           ; INT 8
        mov word [0x22], 0
        sti
wait_:  hlt
        jmp wait_

tick:   inc dword [colour]
        mov eax, [colour]
        mov ah, al
        mov dx, ax
        shl eax, 16
        mov ax, dx
        mov edi, [0x8000 + 40]          ; PhysBasePtr
%ifdef ALL
        mov ecx, 1024 * 768 / 4
        a32 rep stosd
%else
        mov dx, 64
.row:   mov ecx, 64 / 4
        a32 rep stosd
        add edi, 1024 - 64
        dec dx
        jnz .row
%endif
        mov al, 0x20
        out 0x20, al
        iret

colour: dd 0
gdt:    dq 0
        dq 0x00CF92000000FFFF
gdtr:   dw 15
        dd gdt
        times 510 - ($ - $$) db 0
        dw 0xAA55
