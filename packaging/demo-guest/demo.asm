; The demo guest: shows what it finds of the machine through the BIOS, live. Loaded at 0000:8000 by boot.asm.
; Real mode throughout; 32-bit registers are used, so it wants an 80386 or better.

        bits 16
        org 0x8000

VIDEO      equ 0xB800
COLUMNS    equ 80
BACK       equ 0x17                     ; white on blue
FRAME      equ 0x1B                     ; cyan on blue
TITLE      equ 0x1E                     ; yellow on blue
VALUE      equ 0x1F
FADED      equ 0x13
BAR        equ 0x30                     ; black on cyan
BAR_KEY    equ 0x34
POINTER    equ 0x4F

start:
        mov [boot_drive], dl
        mov ax, 3
        int 0x10
        mov ah, 1                       ; no cursor
        mov cx, 0x2000
        int 0x10
        mov ax, 0x1003                  ; sixteen background colours instead of blinking
        xor bx, bx
        int 0x10
        call draw_screen
        call show_processor
        call show_memory
        call show_pci
        call show_disks
        call mouse_start
        call show_mouse
        call show_keys

; The processor sleeps until something happens; at least the timer does, 18 times a second.
main:
        hlt
        call show_clock
        call show_shifts
        call mouse_poll
        call show_sound
        mov ah, 0x11
        int 0x16
        jz main
        mov ah, 0x10
        int 0x16
        call remember_key
        mov ax, [keys]                  ; the newest
        or al, 0x20
        cmp al, 'r'
        je reboot
        cmp al, 'p'
        je power_off
        cmp al, 's'
        jne main
        call play_sound
        jmp main

reboot:
        mov word [0x472], 0             ; cold start
        mov al, 0xFE                    ; the keyboard controller pulses the reset line
        out 0x64, al
.wait:  hlt
        jmp .wait

; APM: connect, say which version we speak, switch everything off.
power_off:
        mov ax, 0x5301
        xor bx, bx
        int 0x15
        mov ax, 0x530E
        xor bx, bx
        mov cx, 0x0102
        int 0x15
        mov ax, 0x5307
        mov bx, 1
        mov cx, 3
        int 0x15
        mov si, text_no_apm
        mov di, (24 * COLUMNS + 40) * 2
        mov ah, 0x4F
        call print
        jmp main

; ------------------------------------------------------------------ output

; Prints the string at DS:SI with attribute AH at offset DI of the screen; leaves DI behind it.
print:
        push es
        push VIDEO
        pop es
.next:  lodsb
        test al, al
        jz .end
        stosw
        jmp .next
.end:   pop es
        ret

; As print, but at most CX characters.
print_cut:
        push es
        push VIDEO
        pop es
.next:  lodsb
        test al, al
        jz .end
        stosw
        loop .next
.end:   pop es
        ret

; One character AL with attribute AH.
put:
        push es
        push VIDEO
        pop es
        stosw
        pop es
        ret

; CX hexadecimal digits of EDX.
print_hex:
        pushad
        mov bx, cx
        shl bx, 2
        mov cl, 32
        sub cl, bl
        shl edx, cl
        mov cx, bx
        shr cx, 2
.next:  rol edx, 4
        mov al, dl
        and al, 0x0F
        cmp al, 10
        sbb al, 0x69
        das                             ; 0..9, A..F
        call put
        mov [.at], di
        loop .next
        popad
        mov di, [.at]
        ret
.at     dw 0

; EDX as an unsigned decimal number.
print_decimal:
        push eax
        push ebx
        push ecx
        mov [.attribute], ah
        mov eax, edx
        mov ebx, 10
        xor cx, cx
.divide:
        xor edx, edx
        div ebx
        push dx
        inc cx
        test eax, eax
        jnz .divide
.show:  pop ax
        add al, '0'
        mov ah, [.attribute]
        call put
        loop .show
        pop ecx
        pop ebx
        pop eax
        ret
.attribute db 0

; Two BCD digits of AL with attribute AH.
print_bcd:
        movzx edx, al
        mov cx, 2
        jmp print_hex

; Blanks from DI, CX of them, attribute AH.
blanks:
        mov al, ' '
        push es
        push VIDEO
        pop es
        rep stosw
        pop es
        ret

; Draws a box: DH row, DL column, BH height, BL width, SI title.
box:
        push si
        movzx ax, dh
        imul di, ax, COLUMNS
        movzx ax, dl
        add di, ax
        shl di, 1
        mov ah, FRAME
        push di
        mov al, 0xDA
        call put
        movzx cx, bl
        sub cx, 2
.top:   mov al, 0xC4
        call put
        loop .top
        mov al, 0xBF
        call put
        pop di
        push di
        movzx cx, bh
        sub cx, 2
.side:  add di, COLUMNS * 2
        push di
        mov al, 0xB3
        call put
        movzx dx, bl
        sub dx, 2
        xchg cx, dx
        call blanks
        xchg cx, dx
        mov al, 0xB3
        call put
        pop di
        loop .side
        add di, COLUMNS * 2
        mov al, 0xC0
        call put
        movzx cx, bl
        sub cx, 2
.bottom:
        mov al, 0xC4
        call put
        loop .bottom
        mov al, 0xD9
        call put
        pop di
        add di, 4
        pop si
        mov ah, TITLE
        jmp print

draw_screen:
        xor di, di
        mov ah, BACK
        mov cx, COLUMNS * 25
        call blanks
        xor di, di
        mov ah, BAR
        mov cx, COLUMNS
        call blanks
        mov di, 2 * 2
        mov si, text_title
        mov ah, BAR
        call print
        mov di, 24 * COLUMNS * 2
        mov ah, BAR
        mov cx, COLUMNS
        call blanks
        mov di, (24 * COLUMNS + 2) * 2
        mov si, text_key_r
        mov ah, BAR_KEY
        call print
        mov si, text_reboot
        mov ah, BAR
        call print
        mov si, text_key_p
        mov ah, BAR_KEY
        call print
        mov si, text_power
        mov ah, BAR
        call print
        mov si, text_key_s
        mov ah, BAR_KEY
        call print
        mov si, text_sound
        mov ah, BAR
        call print
        mov dx, 0x0100
        mov bx, 0x0928
        mov si, text_processor
        call box
        mov dx, 0x0A00
        mov bx, 0x0E28
        mov si, text_memory
        call box
        mov dx, 0x0128
        mov bx, 0x0928
        mov si, text_pci
        call box
        mov dx, 0x0A28
        mov bx, 0x0628
        mov si, text_disks
        call box
        mov dx, 0x1028
        mov bx, 0x0528
        mov si, text_keyboard
        call box
        mov dx, 0x1528
        mov bx, 0x0328
        mov si, text_mouse
        jmp box

; ------------------------------------------------------------------ processor

show_processor:
        pushfd                          ; CPUID is there if the ID flag can be changed
        pop eax
        mov ebx, eax
        xor eax, 1 << 21
        push eax
        popfd
        pushfd
        pop eax
        push ebx
        popfd
        xor eax, ebx
        test eax, 1 << 21
        jnz .identify
        mov di, (2 * COLUMNS + 2) * 2
        mov si, text_no_cpuid
        mov ah, VALUE
        jmp print
.identify:
        xor eax, eax
        cpuid
        mov [name], ebx
        mov [name + 4], edx
        mov [name + 8], ecx
        mov byte [name + 12], 0
        mov di, (2 * COLUMNS + 2) * 2
        mov si, text_vendor
        mov ah, BACK
        call print
        mov si, name
        mov ah, VALUE
        call print
        mov eax, 0x80000000
        cpuid
        cmp eax, 0x80000004
        jb .family
        mov edi, name
        mov esi, 0x80000002
.brand: mov eax, esi
        cpuid
        mov [edi], eax
        mov [edi + 4], ebx
        mov [edi + 8], ecx
        mov [edi + 12], edx
        add edi, 16
        inc esi
        cmp esi, 0x80000004
        jbe .brand
        mov byte [edi], 0
        mov si, name
.trim:  cmp byte [si], ' '
        jne .trimmed
        inc si
        jmp .trim
.trimmed:
        mov di, (3 * COLUMNS + 2) * 2
        mov ah, VALUE
        mov cx, 36
        call print_cut
.family:
        mov eax, 1
        cpuid
        mov [features_edx], edx
        mov [features_ecx], ecx
        mov di, (4 * COLUMNS + 2) * 2
        mov ebp, eax
        mov si, text_family
        mov ah, BACK
        call print
        mov edx, ebp
        shr edx, 8
        and edx, 15
        mov ah, VALUE
        call print_decimal
        mov si, text_model
        mov ah, BACK
        call print
        mov edx, ebp
        shr edx, 4
        and edx, 15
        mov ecx, ebp
        shr ecx, 12
        and ecx, 0xF0
        or edx, ecx
        mov ah, VALUE
        call print_decimal
        mov si, text_stepping
        mov ah, BACK
        call print
        mov edx, ebp
        and edx, 15
        mov ah, VALUE
        call print_decimal
        mov eax, 0x80000000
        cpuid
        cmp eax, 0x80000001
        mov dword [features_ext], 0
        jb .list
        mov eax, 0x80000001
        cpuid
        mov [features_ext], edx
.list:  mov si, feature_table
        mov di, (6 * COLUMNS + 2) * 2
        mov word [line_end], (6 * COLUMNS + 38) * 2
.feature:
        lodsb                           ; which register
        cmp al, 0xFF
        je .done
        movzx bx, al
        mov edx, [features_edx + bx]
        lodsb                           ; which bit
        movzx cx, al
        bt edx, ecx
        mov ah, FADED
        jnc .name
        mov ah, VALUE
.name:  push si                         ; does it fit the line?
        xor cx, cx
.measure:
        lodsb
        inc cx
        test al, al
        jnz .measure
        pop si
        mov bx, cx
        shl bx, 1
        add bx, di
        cmp bx, [line_end]
        jbe .fits
        mov di, [line_end]
        add di, (COLUMNS - 36) * 2
        add word [line_end], COLUMNS * 2
.fits:  call print
        add di, 2
        jmp .feature
.done:  ret

; ------------------------------------------------------------------ memory map

show_memory:
        mov word [row], 11
        xor ebx, ebx
.next:  mov eax, 0xE820
        mov edx, 0x534D4150
        mov ecx, 20
        push ds
        pop es
        mov di, range
        int 0x15
        jc .done
        cmp eax, 0x534D4150
        jne .done
        push ebx
        imul di, [row], COLUMNS * 2
        add di, 4
        mov ah, VALUE
        mov edx, [range + 4]
        test edx, edx
        jz .low
        mov cx, 1
        call print_hex
        jmp .start
.low:   mov al, ' '
        call put
.start: mov edx, [range]
        mov cx, 8
        call print_hex
        mov al, ' '
        call put
        mov edx, [range + 8]            ; length in KiB
        mov ecx, [range + 12]
        shrd edx, ecx, 10
        push di
        call print_decimal_right
        pop di
        add di, 11 * 2
        mov si, text_kib
        mov ah, BACK
        call print
        mov bx, [range + 16]
        cmp bx, 4
        jbe .known
        mov bx, 2
.known: shl bx, 1
        mov si, [range_types + bx]
        call print
        pop ebx
        inc word [row]
        cmp word [row], 23
        jae .done
        test ebx, ebx
        jnz .next
.done:  ret

; EDX right-aligned in 10 columns from DI, attribute AH.
print_decimal_right:
        pushad
        mov eax, edx
        mov ecx, 10
        mov bx, 10
.count: xor edx, edx
        div ecx
        dec bx
        test eax, eax
        jnz .count
        mov [.shift], bx
        popad
        push bx
        mov bx, [.shift]
        shl bx, 1
        add di, bx
        pop bx
        jmp print_decimal
.shift  dw 0

; ------------------------------------------------------------------ PCI

show_pci:
        mov ax, 0xB101
        int 0x1A
        jc .none
        cmp edx, 0x20494350             ; "PCI "
        jne .none
        mov word [row], 2
        xor bx, bx                      ; bus 0, device << 3 | function
.next:  mov ax, 0xB10A
        xor di, di
        int 0x1A
        jc .skip
        cmp cx, 0xFFFF
        je .skip
        mov [pci_id], ecx
        push bx
        imul di, [row], COLUMNS * 2
        add di, 42 * 2
        mov ah, BACK
        movzx edx, bl
        shr edx, 3
        mov cx, 2
        call print_hex
        mov al, '.'
        call put
        movzx edx, bl
        and edx, 7
        mov cx, 1
        call print_hex
        mov al, ' '
        call put
        mov ah, VALUE
        movzx edx, word [pci_id]
        mov cx, 4
        call print_hex
        mov al, ':'
        call put
        movzx edx, word [pci_id + 2]
        mov cx, 4
        call print_hex
        mov al, ' '
        call put
        mov ecx, [pci_id]
        mov si, pci_names
.name:  lodsd
        test eax, eax
        jz .unknown
        cmp eax, ecx
        je .found
.over:  lodsb
        test al, al
        jnz .over
        jmp .name
.unknown:
        mov si, text_unknown
.found: mov ah, VALUE
        mov cx, 21
        call print_cut
        pop bx
        inc word [row]
        cmp word [row], 9
        jae .done
.skip:  inc bl
        jnz .next
.done:  ret
.none:  mov di, (2 * COLUMNS + 42) * 2
        mov si, text_no_pci
        mov ah, VALUE
        jmp print

; ------------------------------------------------------------------ disks

show_disks:
        mov word [row], 11
        mov byte [drive], 0
.next:  mov ah, 0x08
        mov dl, [drive]
        xor di, di
        push es
        int 0x13
        pop es
        jc .skip
        test cx, cx
        jz .skip
        mov [geometry], cx
        mov [geometry + 2], dh
        mov al, [drive]                 ; the count in DL says whether this number is in use
        and al, 0x7F
        cmp al, dl
        jae .skip
        imul di, [row], COLUMNS * 2
        add di, 42 * 2
        mov ah, BACK
        movzx edx, byte [drive]
        mov cx, 2
        call print_hex
        mov al, ' '
        call put
        mov al, [drive]
        cmp al, [boot_drive]
        mov si, text_plain
        jne .mark
        mov si, text_booted
.mark:  call print
        mov ah, VALUE
        movzx edx, byte [geometry + 1]  ; cylinders
        mov cl, [geometry]
        and cx, 0xC0
        shl cx, 2
        or dx, cx
        inc edx
        mov [size], edx
        call print_decimal
        mov al, '/'
        call put
        movzx edx, byte [geometry + 2]
        inc edx
        mov ecx, [size]
        imul ecx, edx
        mov [size], ecx
        call print_decimal
        mov al, '/'
        call put
        movzx edx, byte [geometry]
        and edx, 0x3F
        mov ecx, [size]
        imul ecx, edx
        mov [size], ecx
        call print_decimal
        call exact_size
        mov al, ' '
        call put
        mov edx, [size]
        shr edx, 1
        mov si, text_kib
        cmp edx, 20480
        jb .unit
        shr edx, 10
        mov si, text_mib
.unit:  call print_decimal
        mov ah, BACK
        call print
        inc word [row]
        cmp word [row], 15
        jae .done
.skip:  inc byte [drive]
        cmp byte [drive], 2
        jb .next
        cmp byte [drive], 0x80
        jae .hard
        mov byte [drive], 0x80
.hard:  cmp byte [drive], 0x84
        jb .next
.done:  ret

; A disk with LBA extensions tells its number of sectors itself.
exact_size:
        pushad
        mov ah, 0x48
        mov dl, [drive]
        test dl, 0x80
        jz .end
        mov si, parameters
        mov word [si], 26
        int 0x13
        jc .end
        mov eax, [parameters + 16]
        mov [size], eax
.end:   popad
        ret

; ------------------------------------------------------------------ keyboard

; Puts the key in AX at the front of the list and shows the list.
remember_key:
        push ds
        pop es
        std
        mov si, keys + (KEYS - 2) * 2
        mov di, keys + (KEYS - 1) * 2
        mov cx, KEYS - 1
        rep movsw
        cld
        mov [keys], ax
        cmp word [key_count], KEYS
        jae show_keys
        inc word [key_count]

show_keys:
        mov di, (17 * COLUMNS + 42) * 2
        mov ah, BACK
        mov cx, 36
        push di
        call blanks
        pop di
        mov si, keys
        mov cx, [key_count]
        jcxz .none
.next:  push cx
        lodsw
        mov bx, ax
        movzx edx, bh
        mov ah, VALUE
        mov cx, 2
        call print_hex
        mov ah, BACK
        mov al, ' '
        call put
        mov al, bl
        cmp al, ' '
        jae .show
        mov al, 0xFA                    ; a dot for keys without a character
.show:  mov ah, TITLE
        call put
        mov al, ' '
        call put
        call put
        pop cx
        loop .next
        ret
.none:  mov si, text_press
        mov ah, BACK
        jmp print

; Shift, Ctrl, Alt and the locks as they stand in the BIOS data area.
show_shifts:
        mov di, (19 * COLUMNS + 42) * 2
        mov si, shift_table
.next:  lodsb
        test al, al
        jz .done
        mov ah, FADED
        test [0x417], al
        jz .print
        mov ah, TITLE
.print: call print
        add di, 2
        jmp .next
.done:  ret

; ------------------------------------------------------------------ mouse

mouse_start:
        push ds
        pop es
        mov ax, 0xC205                  ; initialise, 3-byte packets
        mov bh, 3
        int 0x15
        jc .none
        mov ax, 0xC207
        mov bx, mouse_event
        int 0x15
        jc .none
        mov ax, 0xC200
        mov bh, 1
        int 0x15
        jc .none
        mov byte [mouse_found], 1
.none:  ret

; Called by the BIOS with status, X, Y and Z on the stack.
mouse_event:
        push bp
        mov bp, sp
        push ax
        push bx
        push ds
        xor ax, ax
        mov ds, ax
        mov bx, [bp + 12]               ; status: buttons, signs, overflows
        mov [mouse_buttons], bl
        mov ax, [bp + 10]
        test bl, 0x10
        jz .right
        or ah, 0xFF
.right: add [mouse_x], ax
        mov ax, [bp + 8]
        test bl, 0x20
        jz .up
        or ah, 0xFF
.up:    sub [mouse_y], ax
        cmp word [mouse_x], 0
        jge .x1
        mov word [mouse_x], 0
.x1:    cmp word [mouse_x], 639
        jle .x2
        mov word [mouse_x], 639
.x2:    cmp word [mouse_y], 0
        jge .y1
        mov word [mouse_y], 0
.y1:    cmp word [mouse_y], 399
        jle .y2
        mov word [mouse_y], 399
.y2:    mov byte [mouse_changed], 1
        pop ds
        pop bx
        pop ax
        pop bp
        retf

mouse_poll:
        cmp byte [mouse_changed], 0
        je .same
        mov byte [mouse_changed], 0
        call show_mouse
.same:  ret

; Moves the pointer's cell and shows position and buttons.
show_mouse:
        push es
        push VIDEO
        pop es
        mov di, [pointer_at]
        cmp di, 0xFFFF
        je .hidden
        mov al, [pointer_under]
        mov [es:di + 1], al
.hidden:
        pop es
        mov di, (22 * COLUMNS + 42) * 2
        cmp byte [mouse_found], 0
        jne .present
        mov si, text_no_mouse
        mov ah, BACK
        jmp print
.present:
        mov ah, BACK
        mov si, text_x
        call print
        mov ah, VALUE
        movzx edx, word [mouse_x]
        call print_decimal
        mov ah, BACK
        mov si, text_y
        call print
        mov ah, VALUE
        movzx edx, word [mouse_y]
        call print_decimal
        mov ah, BACK
        mov cx, 4
        call blanks
        mov di, (22 * COLUMNS + 58) * 2
        mov si, button_table
.button:
        lodsb
        test al, al
        jz .pointer
        mov ah, FADED
        test [mouse_buttons], al
        jz .print
        mov ah, TITLE
.print: call print
        add di, 2
        jmp .button
.pointer:
        mov ax, [mouse_y]
        shr ax, 4
        imul di, ax, COLUMNS
        mov ax, [mouse_x]
        shr ax, 3
        add di, ax
        shl di, 1
        mov [pointer_at], di
        push es
        push VIDEO
        pop es
        mov al, [es:di + 1]
        mov [pointer_under], al
        mov byte [es:di + 1], POINTER
        pop es
        ret

; ------------------------------------------------------------------ time

show_clock:
        mov ah, 0x02
        int 0x1A
        jc .done
        cmp dh, [second]
        je .done
        mov [second], dh
        push dx
        push cx
        mov ah, 0x04
        int 0x1A
        mov [date], dx
        mov [date + 2], cx
        mov di, 59 * 2
        mov ah, BAR
        mov al, [date + 3]
        call print_bcd
        mov al, [date + 2]
        call print_bcd
        mov al, '-'
        call put
        mov al, [date + 1]
        call print_bcd
        mov al, '-'
        call put
        mov al, [date]
        call print_bcd
        add di, 2
        pop cx
        push cx
        mov al, ch
        call print_bcd
        mov al, ':'
        call put
        pop cx
        mov al, cl
        call print_bcd
        mov al, ':'
        call put
        pop dx
        mov al, dh
        call print_bcd
.done:  ret

%include "sound.asm"

; ------------------------------------------------------------------ texts and tables

text_title     db 0xFE, " Terrarium demo machine", 0
text_key_r     db "R", 0
text_reboot    db " restart   ", 0
text_key_p     db "P", 0
text_power     db " power off   ", 0
text_key_s     db "S", 0
text_sound     db " play sound", 0
text_no_apm    db " the firmware cannot power off ", 0
text_processor db " Processor ", 0
text_memory    db " Memory ", 0
text_pci       db " PCI devices ", 0
text_disks     db " Disks ", 0
text_keyboard  db " Keyboard ", 0
text_mouse     db " Mouse ", 0
text_no_cpuid  db "80486 without CPUID", 0
text_vendor    db "Vendor ", 0
text_family    db "Family ", 0
text_model     db "  model ", 0
text_stepping  db "  stepping ", 0
text_kib       db " KiB ", 0
text_mib       db " MiB", 0
text_unknown   db "unknown", 0
text_no_pci    db "no PCI BIOS", 0
text_booted    db 0x10, " ", 0
text_plain     db "  ", 0
text_press     db "press any key", 0
text_no_mouse  db "no mouse found", 0
text_x         db "x ", 0
text_y         db "  y ", 0

range_types    dw type_reserved, type_usable, type_reserved, type_acpi, type_nvs
type_usable    db "usable", 0
type_reserved  db "reserved", 0
type_acpi      db "ACPI", 0
type_nvs       db "ACPI NVS", 0

; register (0 EDX, 4 ECX of leaf 1; 8 EDX of leaf 80000001h), bit, name
feature_table:
        db 0, 0, "FPU", 0, 0, 4, "TSC", 0, 0, 6, "PAE", 0, 0, 9, "APIC", 0, 0, 15, "CMOV", 0, 0, 23, "MMX", 0
        db 0, 25, "SSE", 0, 0, 26, "SSE2", 0, 4, 0, "SSE3", 0, 4, 9, "SSSE3", 0, 4, 19, "SSE4.1", 0
        db 4, 20, "SSE4.2", 0, 4, 23, "POPCNT", 0, 4, 13, "CX16", 0, 8, 20, "NX", 0, 8, 29, "64-bit", 0
        db 0xFF

pci_names:
        dd 0x12378086
        db "Intel 440FX bridge", 0
        dd 0x70008086
        db "Intel PIIX3 ISA", 0
        dd 0x70108086
        db "Intel PIIX3 IDE", 0
        dd 0x71138086
        db "Intel PIIX4 power", 0
        dd 0x11111234
        db "Bochs VGA", 0
        dd 0x802910EC
        db "Realtek RTL8029 net", 0
        dd 0x813910EC
        db "Realtek RTL8139 net", 0
        dd 0x100E8086
        db "Intel 82540EM net", 0
        dd 0x29228086
        db "Intel ICH9 AHCI", 0
        dd 0x24158086
        db "Intel AC'97 sound", 0
        dd 0x10001AF4
        db "virtio network", 0
        dd 0x10011AF4
        db "virtio disk", 0
        dd 0x10021AF4
        db "virtio balloon", 0
        dd 0x10051AF4
        db "virtio random", 0
        dd 0

shift_table:
        db 0x03, "Shift", 0, 0x04, "Ctrl", 0, 0x08, "Alt", 0, 0x40, "Caps", 0, 0x20, "Num", 0, 0x10, "Scroll", 0, 0

button_table:
        db 1, "Left", 0, 4, "Middle", 0, 2, "Right", 0, 0

; ------------------------------------------------------------------ variables

KEYS           equ 6
keys           times KEYS dw 0
key_count      dw 0
row            dw 0
line_end       dw 0
second         db 0xFF
date           dd 0
drive          db 0
boot_drive     db 0
geometry       dd 0
size           dd 0
pci_id         dd 0
features_edx   dd 0
features_ecx   dd 0
features_ext   dd 0
mouse_found    db 0
mouse_changed  db 0
mouse_buttons  db 0
mouse_x        dw 320
mouse_y        dw 200
pointer_at     dw 0xFFFF
pointer_under  db 0
name           times 52 db 0
range          times 20 db 0
parameters     times 32 db 0
