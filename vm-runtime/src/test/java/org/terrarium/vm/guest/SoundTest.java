package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.Machine;
import org.terrarium.vm.sound.WavFile;

/** Linux's snd-intel8x0 plays a tone; the WAV file on the host has the very samples. */
class SoundTest {
    private static final int RATE = 44_100;
    private static final int FRAMES = 32_768;
    private static final int HEADER = 44;

    /** Opens the mixer and the card as OSS programs do, with every volume at 0 dB, and plays its standard input. */
    private static final String PLAYER =
            """
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
            """;

    @TempDir
    Path folder;

    @Test
    void linuxPlaysATone() throws Exception {
        Guests.onlyWhenAsked();
        byte[] tone = tone();
        Path data = Files.write(folder.resolve("tone.img"), tone);
        Path player = assemble();
        Path wav = folder.resolve("heard.wav");
        try (WavFile output = new WavFile(wav, sentence -> {});
                Machine m = Machine.builder()
                        .memory(128)
                        .kernel(Guests.file("i386/vmlinuz"))
                        .initrd(Guests.file("i386/initrd-full.gz"))
                        .append(Guests.CONSOLE + " quiet test.nomod=1 test.load=ata_piix,sd_mod,snd-intel8x0,snd-pcm-oss")
                        .disk(player)
                        .disk(data)
                        .deterministic(true) // a slow host would let the guest underrun its buffer
                        .sound(output)
                        .build()) {
            m.start();
            Guests.awaitSerial(m, "GUEST-READY");
            Guests.shell(m, "cat /proc/asound/cards; ls /dev/dsp /dev/mixer /dev/sda; echo s''een", "seen");
            Guests.shell(
                    m,
                    "cat /dev/sda >/tmp/play; chmod 755 /tmp/play; /tmp/play </dev/sdb; echo pla''yed-$?",
                    "played-0");
        }
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(RATE, file.getInt(24), "the file's rate");
        assertTrue(file.capacity() >= HEADER + tone.length, "only " + file.capacity() + " bytes were played");
        assertArrayEquals(tone, Arrays.copyOfRange(file.array(), HEADER, HEADER + tone.length), "samples");
    }

    /** 441 Hz on the left, 882 Hz on the right. */
    private static byte[] tone() {
        ByteBuffer b = ByteBuffer.allocate(FRAMES * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < FRAMES; n++) {
            double angle = 2 * Math.PI * (n + 1) * 441 / RATE;
            b.putShort((short) Math.round(20_000 * Math.sin(angle)));
            b.putShort((short) Math.round(9_000 * Math.sin(2 * angle)));
        }
        return b.array();
    }

    private Path assemble() throws Exception {
        Path source = Files.writeString(folder.resolve("player.asm"), PLAYER);
        Path program = folder.resolve("player.img");
        Process nasm = new ProcessBuilder("nasm", "-f", "bin", "-o", program.toString(), source.toString())
                .inheritIO()
                .start();
        assertEquals(0, nasm.waitFor(), "nasm");
        return Files.write(program, Arrays.copyOf(Files.readAllBytes(program), 4096));
    }
}
