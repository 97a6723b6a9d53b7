package org.terrarium.x86.jit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.terrarium.x86.Nasm;

/** Small programs, interpreted and translated side by side: the same state after every slice, to the instruction. */
class TierComparisonTest {
    private static void translated(TwoTiers t, double share) {
        double is = (double) t.translated.processor.jitStats().retired() / t.translated.cpu.retired;
        assertTrue(is > share, "only " + is + " ran translated");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64})
    void nestedLoopsWithEveryCondition(int bits) {
        String body = """
            mov ecx,3000
            mov eax,0x12345678
            outer: mov edx,17
            inner: imul eax,eax,1103515245
            add eax,12345
            mov ebx,eax
            sar ebx,16
            %macro test1 1
            cmp ebx,edi
            j%1 %%over
            inc esi
            %%over: sbb bl,al
            j%1 %%over2
            xor esi,ebx
            %%over2: shr bx,cl
            j%1 %%over3
            rol esi,3
            %%over3:
            set%1 bl
            add di,bx
            cmov%1 ebp,edi
            %endmacro
            test1 o
            test1 b
            test1 z
            test1 be
            test1 s
            test1 p
            test1 l
            test1 le
            test1 no
            test1 nb
            test1 nz
            test1 nbe
            test1 ns
            test1 np
            test1 nl
            test1 nle
            dec edx
            jnz inner
            neg edi
            adc esi,edi
            dec ecx
            jnz near outer
            hlt
            """;
        translated(TwoTiers.run(body, bits, 400), 0.9);
    }

    /** A branch that is never taken when its region is made, and always from the second phase on. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 12})
    void regionsWhoseExitsBecomeHotAreFormedAnew(int entries) {
        String source = """
            bits 32
            org 0x7C00
            mov edx,6
            phase: mov ecx,3000
            again: test dl,1
            jnz other
            add eax,ecx
            back: call leaf
            dec ecx
            jnz again
            dec edx
            jnz phase
            hlt
            other: imul eax,eax,3
            xor eax,ecx
            jmp back
            leaf: rol eax,5
            ret
            """;
        JitOptions jit = TwoTiers.eager();
        jit.reformAfter = entries;
        TwoTiers t = new TwoTiers(jit);
        byte[] code = Nasm.assemble(source);
        t.both(b -> {
            b.load(TwoTiers.CODE, code);
            b.flat32(TwoTiers.CODE, 0x7000);
        });
        t.run(100);
        assertTrue(t.interpreted.cpu.halted, "the program comes to its end");
        assertTrue(t.translated.processor.jitStats().regionsReformed() > 0, "no region was formed anew");
        translated(t, 0.9);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64})
    void recursionAndReturnsToManyPlaces(int bits) {
        String source = """
            mov ax,19
            call fib
            mov ax,17
            call fib
            hlt
            fib: cmp ax,2
            jb done
            push ax
            dec ax
            call fib
            pop dx
            push ax
            mov ax,dx
            sub ax,2
            call fib
            pop dx
            add ax,dx
            done: ret
            """;
        translated(TwoTiers.run(source, bits, 100), 0.9);
    }

    /** Code patched ahead of itself, behind, in its own block, and as data beside it. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64})
    void codeThatChangesItself(int bits) {
        String source = """
            mov cx,2000
            again:
            mov dx,cx
            and dx,63
            jnz near plain
            inc byte [patch1+1]
            add byte [patch2+1],3
            mov byte [patch3],0x40
            jmp next
            plain: inc word [beside]
            next:
            patch1: mov al,1
            add bl,al
            test dl,31
            jnz skip
            mov byte [patch2+1],cl
            patch2: mov ah,7
            xor bh,ah
            skip:
            add word [beside],bx
            dec cx
            jnz near again
            patch3: db 0x90
            hlt
            beside: dw 0
            """;
        if (bits == 64) {
            source = source.replace("[patch", "[rel patch")
                    .replace("[beside", "[rel beside")
                    .replace("0x40", "0xF8");
        }
        translated(TwoTiers.run(source, bits, 40), 0.2);
    }

    /** A read-modify-write whose second half is code: the interpreter does it again, and must find the first half as it was. */
    @Test
    void updateAcrossPagesIntoCode() {
        String source = """
            mov ecx,6000
            again: call 0x9000
            test cl,31
            jnz skip
            add dword [0x8FFE],0x01000001
            skip: add ebx,eax
            dec ecx
            jnz again
            hlt
            times 0x9000-0x7C00-($-$$) db 0
            add al,1
            ret
            """;
        translated(TwoTiers.run(source, 32, 40), 0.3);
    }

    @Test
    void stringInstructionsInsideLoops() {
        String source = """
            cld
            mov ebx,300
            again: mov esi,0x20000
            mov edi,0x2F000
            mov ecx,5000
            rep movsb
            mov edi,0x30ff1
            mov ecx,900
            mov eax,ebx
            rep stosd
            mov edi,0x2F000
            mov ecx,4000
            mov al,bl
            repne scasb
            mov esi,0x2F100
            mov edi,0x20100
            mov ecx,3000
            repe cmpsw
            std
            mov ecx,77
            lea edi,[0x20000+ebx*4+400]
            rep stosb
            cld
            lodsd
            add [0x20000+ebx*4],eax
            dec ebx
            jnz again
            hlt
            """;
        translated(TwoTiers.run(source, 32, 400), 0.5);
    }

    @Test
    void floatingPointInsideLoops() {
        String source = """
            fninit
            mov ecx,3000
            mov dword [0x20000],0x3f800000
            mov dword [0x20004],0x40490fdb
            again: cvtsi2sd xmm0,ecx
            movsd [0x20010],xmm0
            sqrtsd xmm1,xmm0
            mulsd xmm1,xmm0
            addpd xmm2,xmm1
            divsd xmm2,[0x20010]
            cvtsd2ss xmm3,xmm2
            addss xmm3,[0x20004]
            movss [0x20000],xmm3
            comisd xmm1,xmm2
            jbe less
            subps xmm4,xmm3
            less: fld dword [0x20000]
            fmul qword [0x20010]
            fadd st0,st0
            fsqrt
            fstp qword [0x20018]
            pshufd xmm5,xmm2,0x1b
            paddd xmm6,xmm5
            movdqa [0x20020],xmm6
            cvttsd2si eax,[0x20018]
            add ebx,eax
            dec ecx
            jnz again
            hlt
            """;
        translated(TwoTiers.run(source, 64, 40), 0.8);
    }
}
