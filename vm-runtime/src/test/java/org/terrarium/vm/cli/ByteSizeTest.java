package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "512, 512",
        "1k, 1024",
        "10M, 10485760",
        "1.5G, 1610612736",
        "2T, 2199023255552",
        "20 GiB, 21474836480",
        "3MB, 3145728"
    })
    void sizesAreRead(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse(text).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "0", "1Q", "1..5G", "9999999999T", "G", "1e5"})
    void othersAreRefused(String text) {
        assertThrows(TypeConversionException.class, () -> ByteSize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1, 1 bytes", "1024, 1 KiB", "1536, 1.5 KiB", "10737418240, 10 GiB", "5497558138880, 5 TiB"})
    void sizesAreShown(long bytes, String text) {
        assertEquals(text, new ByteSize(bytes).text());
    }
}
