package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.library.MachineEntry;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineFile;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.SerialSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code terrarium vm show}. */
@Command(name = "show", description = "Shows what a machine is and what state it is in.")
final class VmShowCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "NAME", description = "the machine")
    private String name;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    VmShowCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        MachineEntry entry = context.library().findUsable(name);
        RunState state = RunState.of(entry);
        if (json) {
            ObjectNode shown = MachineFile.toJson(entry.spec());
            shown.put("state", state.word()).put("folder", entry.folder().path().toString());
            state.troubles().forEach(shown.putArray("troubles")::add);
            context.print(shown);
            return 0;
        }
        MachineSpec spec = entry.spec();
        line("name", spec.name());
        line("state", state.word());
        state.troubles().forEach(sentence -> line("trouble", sentence));
        line("folder", entry.folder().path());
        if (spec.uuid() != null) {
            line("uuid", spec.uuid());
        }
        line("cpu", spec.cpu().id());
        line("memory", spec.memoryMib() + " MiB");
        for (DiskSpec disk : spec.disks()) {
            line(
                    "disk",
                    disk.file()
                            + (disk.format() == null ? "" : " (" + disk.format().label() + ")") + " on "
                            + disk.controller().id()
                            + (disk.discard() ? "" : ", discard off"));
        }
        line(
                "cdrom",
                (spec.cdrom() == null ? "empty" : spec.cdrom())
                        + (spec.cdController() == DiskController.IDE
                                ? ""
                                : " on " + spec.cdController().id()));
        spec.floppies().forEach(floppy -> line("floppy", floppy));
        line("boot", spec.bootOrder().stream().map(BootDevice::id).collect(Collectors.joining(", ")));
        line("firmware", spec.firmware() == null ? "builtin" : spec.firmware());
        if (spec.printer() != null) {
            line("printer", spec.printer().toString());
        }
        for (SerialSpec serial : spec.serial()) {
            line("serial", serial.text());
        }
        for (NicSpec nic : spec.nics()) {
            line(
                    "nic",
                    nic.model().id() + " " + nic.mac() + " " + nic.net().text()
                            + (nic.hostLoopback() ? ", may reach this host" : ""));
            nic.forwards().forEach(forward -> line("forward", forward.text()));
        }
        line("sound", spec.sound().text());
        spec.shares().forEach(share -> line("share", share.text()));
        line("accel", spec.accel().id());
        if (spec.template()) {
            line("template", "yes: it can only be cloned");
        }
        if (!spec.group().isEmpty()) {
            line("group", spec.group());
        }
        if (!spec.notes().isEmpty()) {
            line("notes", spec.notes());
        }
        return 0;
    }

    private void line(String label, Object value) {
        PrintStream out = context.out();
        out.printf("%-10s%s%n", label, value);
    }
}
