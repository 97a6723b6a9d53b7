package org.terrarium.app.wizard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.machine.Threads;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.spec.BootSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.x86.sys.CpuModel;

class NewMachineModelTest {
    private final NewMachineModel model =
            new NewMachineModel("taken"::equalsIgnoreCase, 4096, new Threads(Runnable::run, Runnable::run));

    @Test
    void needsNothingButAName() {
        assertFalse(model.valid().get());
        model.nameProperty().set("web");
        assertTrue(model.valid().get());
        MachineSpec spec = model.spec();
        assertEquals("web", spec.name());
        assertEquals(1024, spec.memoryMib());
        assertEquals(8L << 30, model.diskBytes());
        assertEquals(null, spec.cdrom());
    }

    @Test
    void refusesNamesThatAreTakenOrNoFolder() {
        model.nameProperty().set("Taken");
        assertTrue(
                model.nameProblem().get().contains("already"),
                model.nameProblem().get());
        model.nameProperty().set("a/b");
        assertFalse(model.nameProblem().get().isEmpty());
        assertTrue(model.nameProblem().get().endsWith("."));
        model.nameProperty().set("  ok  ");
        assertEquals("", model.nameProblem().get());
        assertEquals("ok", model.spec().name());
    }

    @Test
    void memoryFitsTheHostAndTheProcessor() {
        model.nameProperty().set("m");
        model.memoryProperty().set("4097");
        assertTrue(model.memoryProblem().get().contains("4096"));
        model.memoryProperty().set("4096");
        assertEquals("", model.memoryProblem().get());
        model.cpuProperty().set(CpuModel.I486);
        assertTrue(model.memoryProblem().get().contains("3072"));
        for (String wrong : new String[] {"", "much", "0", "-5", "1e9", "99999999999999999999"}) {
            model.memoryProperty().set(wrong);
            assertFalse(model.memoryProblem().get().isEmpty(), wrong);
            assertFalse(model.valid().get());
        }
    }

    @Test
    void diskMayBeLeftOut() {
        model.nameProperty().set("m");
        for (String none : new String[] {"", "0", " "}) {
            model.diskSizeProperty().set(none);
            assertTrue(model.valid().get(), "'" + none + "'");
            assertEquals(0, model.diskBytes());
        }
        model.diskSizeProperty().set("-1");
        assertFalse(model.valid().get());
        model.diskSizeProperty().set("65537");
        assertFalse(model.valid().get());
    }

    @Test
    void isoMustBeAReadableFile(@TempDir Path folder) throws IOException {
        model.isoProperty().set(folder.resolve("no.iso").toString());
        assertTrue(model.isoProblem().get().contains("no.iso"));
        model.isoProperty().set(folder.toString());
        assertTrue(model.isoProblem().get().contains("folder"));
        Path iso = Files.createFile(folder.resolve("Debian 12.ISO"));
        model.chooseIso(iso);
        assertEquals("", model.isoProblem().get());
        assertEquals("Debian 12", model.nameProperty().get(), "the file names a machine without a name");
        assertEquals(iso, model.spec().cdrom());
        model.chooseIso(Files.createFile(folder.resolve("other.iso")));
        assertEquals("Debian 12", model.nameProperty().get());
    }

    @Test
    void bootsFromTheNetworkByAFolderOfThisComputer(@TempDir Path folder) {
        model.nameProperty().set("pxe");
        model.sourceProperty().set(NewMachineModel.Source.NET);
        assertTrue(model.valid().get(), "a server elsewhere needs nothing");
        assertEquals(List.of(BootDevice.DISK, BootDevice.NET), model.spec().bootOrder());
        model.boot().tftpProperty().set(folder.resolve("none").toString());
        assertFalse(model.sourceValid().get(), "there is no such folder");
        model.boot().tftpProperty().set(folder.toString());
        model.boot().fileProperty().set("two words");
        assertFalse(model.valid().get(), "boot files have no spaces in their names");
        model.boot().fileProperty().set("boot.ipxe");
        assertTrue(model.valid().get());
        assertEquals(
                new BootSpec(null, folder, "boot.ipxe"),
                model.fixedSpec().nics().getFirst().boot());
        model.sourceProperty().set(NewMachineModel.Source.CD);
        assertEquals(BootSpec.NONE, model.fixedSpec().nics().getFirst().boot(), "another source forgets the server");
        assertEquals(MachineSpec.of("x").bootOrder(), model.spec().bootOrder());
    }
}
