package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.terrarium.disk.DiskFormat;
import org.terrarium.vm.DiskController;

class DiskArgumentTest {
    @Test
    void settingsFollowTheFile() {
        assertEquals(
                new DiskArgument(Path.of("d.qcow2"), null, DiskController.IDE, true), DiskArgument.parse("d.qcow2"));
        assertEquals(
                new DiskArgument(Path.of("d.img"), DiskFormat.RAW, DiskController.VIRTIO, false),
                DiskArgument.parse("d.img,controller=virtio,discard=off,format=raw"));
        assertEquals(
                new DiskArgument(Path.of("a,b=/c,d.img"), null, DiskController.AHCI, true),
                DiskArgument.parse("a,b=/c,d.img,controller=ahci"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "d,controller=scsi | 'scsi' is no disk controller; choose ide, ahci or virtio",
                "d,discard=maybe | discard is on or off, not 'maybe'",
                "d,cache=none | 'cache' is no setting of a disk; choose controller, discard or format"
            })
    void whatMakesNoSenseIsNamed(String text, String sentence) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> DiskArgument.parse(text))
                        .getMessage());
    }
}
