package org.terrarium.vm.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.terrarium.disk.DiskFormat;
import org.terrarium.net.MacAddress;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.nat.PortForward;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.HostTrouble;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.NicModel;
import org.terrarium.x86.sys.CpuModel;

/**
 * {@code machine.json}, version 6; version 5, which had no sound card and no shared folders, version 4, which had no printer, version 3, which had no groups, version 2, whose CD drive
 * was always on the IDE controller and which had no templates, and version 1, which had no disk controllers, are read as well. A
 * field that this version does not know is refused rather than kept: it is a slip of the pen, as newer files have a higher
 * version and are refused by that.
 */
public final class MachineFile {
    private static final int VERSION = 6;
    private static final int OLDEST_VERSION = 1;

    private MachineFile() {}

    /**
     * Reads a description.
     *
     * @param name the machine's name, which its folder tells
     */
    public static MachineSpec load(Path file, String name) throws SpecException {
        return SpecJson.load(file, "a machine", json -> fromJson(json, name));
    }

    /** Writes a description; the file is never half-written. */
    public static void save(Path file, MachineSpec spec) throws IOException {
        try {
            AtomicFile.write(file, JsonTrees.pretty(toJson(spec)));
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + HostTrouble.sentence(e), e);
        }
    }

    private static MachineSpec fromJson(JsonNode json, String name) {
        JsonFields fields = new JsonFields("", json);
        int version = fields.number("version", 0);
        if (version < OLDEST_VERSION || version > VERSION) {
            throw new IllegalArgumentException(
                    version > VERSION
                            ? "it was written by a newer Terrarium (version " + version + ")"
                            : "version must be " + OLDEST_VERSION + " to " + VERSION);
        }
        MachineSpec usual = MachineSpec.of(name);
        fields.text("name", name);
        MachineSpec spec = new MachineSpec(
                name,
                fields.parsed("cpu", usual.cpu(), MachineFile::cpu),
                fields.number("memory", usual.memoryMib()),
                fields.objects("disks").stream().map(MachineFile::disk).toList(),
                fields.file("cdrom"),
                fields.parsed("cdController", DiskController.IDE, DiskController::parse),
                fields.files("floppies"),
                fields.texts("boot", usual.bootOrder(), BootDevice::parse),
                fields.file("firmware"),
                display(fields.object("display")),
                fields.texts("serial", usual.serial(), SerialSpec::parse),
                fields.file("printer"),
                fields.objects("nics").stream().map(MachineFile::nic).toList(),
                fields.parsed("accel", usual.accel(), AccelSpec::parse),
                fields.parsed("sound", SoundSpec.NONE, SoundSpec::parse),
                fields.text("notes", ""),
                fields.text("group", ""),
                fields.flag("template", false),
                fields.parsed("uuid", null, MachineFile::uuid),
                fields.objects("sharedFolders").stream().map(MachineFile::share).toList());
        fields.refuseOthers();
        return spec;
    }

    /** The model of that name; IllegalArgumentException with a sentence otherwise. */
    public static CpuModel cpu(String name) {
        for (CpuModel model : CpuModel.values()) {
            if (model.id().equals(name)) {
                return model;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no processor model; choose one of "
                + Arrays.stream(CpuModel.values()).map(CpuModel::id).collect(Collectors.joining(", ")));
    }

    private static UUID uuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid; // the library is content with fewer digits
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no UUID", e);
        }
        throw new IllegalArgumentException("'" + text + "' is no UUID");
    }

    private static DiskSpec disk(JsonFields fields) {
        DiskFormat format = fields.parsed("format", null, MachineFile::diskFormat);
        DiskController controller = fields.parsed("controller", DiskController.IDE, DiskController::parse);
        DiskSpec disk = new DiskSpec(fields.file("file"), format, controller, fields.flag("discard", true));
        fields.refuseOthers();
        return disk;
    }

    /** The format of that name; IllegalArgumentException with a sentence otherwise. */
    public static DiskFormat diskFormat(String label) {
        DiskFormat format = DiskFormat.byLabel(label);
        if (format == null) {
            throw new IllegalArgumentException("'" + label + "' is no disk format; choose one of "
                    + Arrays.stream(DiskFormat.values()).map(DiskFormat::label).collect(Collectors.joining(", ")));
        }
        return format;
    }

    private static ShareSpec share(JsonFields fields) {
        String tag = fields.text("tag", null);
        Path folder = fields.file("folder");
        boolean readOnly = fields.flag("readOnly", false);
        fields.refuseOthers();
        return fields.made(() -> new ShareSpec(tag, folder, readOnly));
    }

    private static NicSpec nic(JsonFields fields) {
        MacAddress mac = fields.parsed("mac", null, MacAddress::parse);
        NicModel model = fields.parsed("model", NicModel.E1000, NicModel::parse);
        NetTarget net = fields.parsed("net", NetTarget.NAT, NetTarget::parse);
        List<PortForward> forwards = fields.texts("forwards", List.of(), PortForward::parse);
        boolean hostLoopback = fields.flag("hostLoopback", false);
        int vlan = fields.number("vlan", PortGroup.USUAL.vlan());
        String trunk = fields.text("trunk", "");
        String group = fields.text("group", null);
        boolean promiscuous = fields.flag("promiscuous", false);
        boolean connected = fields.flag("connected", true);
        Path rom = fields.file("rom");
        Path tftp = fields.file("tftp");
        String bootFile = fields.text("bootFile", "");
        fields.refuseOthers();
        return fields.made(() -> {
            PortGroup vlans = new PortGroup(vlan, PortSpec.trunk(trunk, ","));
            PortSpec port = new PortSpec(group, vlans, promiscuous, connected);
            return new NicSpec(model, mac, net, forwards, hostLoopback, port, new BootSpec(rom, tftp, bootFile));
        });
    }

    private static DisplaySpec display(JsonFields fields) {
        DisplaySpec usual = DisplaySpec.DEFAULT;
        if (fields == null) {
            return usual;
        }
        DisplaySpec display = new DisplaySpec(
                fields.parsed("scaling", usual.scaling(), DisplaySpec.Scaling::parse),
                fields.flag("fullScreen", usual.fullScreen()),
                fields.number("videoMemory", usual.videoMemoryMib()));
        fields.refuseOthers();
        return display;
    }

    /** The description as JSON. */
    public static ObjectNode toJson(MachineSpec spec) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        json.put("name", spec.name());
        json.put("cpu", spec.cpu().id());
        json.put("memory", spec.memoryMib());
        ArrayNode disks = json.putArray("disks");
        for (DiskSpec disk : spec.disks()) {
            ObjectNode entry = disks.addObject().put("file", Checks.portable(disk.file()));
            if (disk.format() != null) {
                entry.put("format", disk.format().label());
            }
            entry.put("controller", disk.controller().id());
            entry.put("discard", disk.discard());
        }
        json.put("cdrom", spec.cdrom() == null ? null : Checks.portable(spec.cdrom()));
        json.put("cdController", spec.cdController().id());
        putAll(
                json.putArray("floppies"),
                spec.floppies().stream().map(Checks::portable).toList());
        putAll(
                json.putArray("boot"),
                spec.bootOrder().stream().map(BootDevice::id).toList());
        json.put("firmware", spec.firmware() == null ? null : Checks.portable(spec.firmware()));
        json.putObject("display")
                .put("scaling", spec.display().scaling().id())
                .put("fullScreen", spec.display().fullScreen())
                .put("videoMemory", spec.display().videoMemoryMib());
        putAll(
                json.putArray("serial"),
                spec.serial().stream().map(SerialSpec::text).toList());
        json.put("printer", spec.printer() == null ? null : Checks.portable(spec.printer()));
        json.put("accel", spec.accel().id());
        ArrayNode nics = json.putArray("nics");
        for (NicSpec nic : spec.nics()) {
            ObjectNode entry = nics.addObject();
            entry.put("model", nic.model().id())
                    .put("mac", nic.mac().toString())
                    .put("net", nic.net().text());
            putAll(
                    entry.putArray("forwards"),
                    nic.forwards().stream().map(PortForward::text).toList());
            entry.put("hostLoopback", nic.hostLoopback());
            putPort(entry, nic.port());
            putBoot(entry, nic.boot());
        }
        if (!spec.sound().equals(SoundSpec.NONE)) {
            json.put("sound", spec.sound().text());
        }
        json.put("notes", spec.notes());
        json.put("group", spec.group());
        json.put("template", spec.template());
        json.put("uuid", spec.uuid() == null ? null : spec.uuid().toString());
        if (!spec.shares().isEmpty()) {
            ArrayNode shares = json.putArray("sharedFolders");
            for (ShareSpec share : spec.shares()) {
                shares.addObject()
                        .put("tag", share.tag())
                        .put("folder", Checks.portable(share.folder()))
                        .put("readOnly", share.readOnly());
            }
        }
        return json;
    }

    /** Only what is not usual: most machines have nothing to say about the ports of a switch. */
    private static void putPort(ObjectNode entry, PortSpec port) {
        if (port.group() != null) {
            entry.put("group", port.group());
        }
        if (!port.vlans().equals(PortGroup.USUAL)) {
            String tagged =
                    port.vlans().tagged().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
            entry.put("vlan", port.vlans().vlan()).put("trunk", tagged);
        }
        if (port.promiscuous()) {
            entry.put("promiscuous", true);
        }
        if (!port.connected()) {
            entry.put("connected", false);
        }
    }

    private static void putBoot(ObjectNode entry, BootSpec boot) {
        if (boot.rom() != null) {
            entry.put("rom", Checks.portable(boot.rom()));
        }
        if (boot.tftp() != null) {
            entry.put("tftp", Checks.portable(boot.tftp()));
        }
        if (!boot.file().isEmpty()) {
            entry.put("bootFile", boot.file());
        }
    }

    private static void putAll(ArrayNode list, List<String> texts) {
        texts.forEach(list::add);
    }
}
