package org.terrarium.vm.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.terrarium.vm.DiskController;

/**
 * Reads the description in an OVF package: Open Virtualization Format 1.x and 2.x (DMTF DSP0243), in the dialects of VirtualBox and
 * VMware. The numbers of resource types are those of DMTF's CIM_ResourceAllocationSettingData. Violations are
 * IllegalArgumentExceptions with a sentence.
 */
final class OvfReader {
    private static final int PROCESSOR = 3;
    private static final int MEMORY = 4;
    private static final int IDE = 5;
    private static final int SCSI = 6;
    private static final int ETHERNET = 10;
    private static final int FLOPPY = 14;
    private static final int CD = 15;
    private static final int DVD = 16;
    private static final int DISK = 17;
    private static final int STORAGE = 20;
    private static final int SOUND = 35;

    private static final Pattern UNITS = Pattern.compile("byte\\s*\\*\\s*(2|10)\\s*\\^\\s*(\\d{1,2})");
    private static final int MAX_DISKS = 24;

    private final XmlElement envelope;
    private final Map<String, XmlElement> files = new HashMap<>();
    private final Map<String, XmlElement> disks = new HashMap<>();
    private final Map<String, XmlElement> items = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    private OvfReader(XmlElement envelope) {
        this.envelope = envelope;
    }

    static OvfMachine read(XmlElement envelope) {
        if (!envelope.name().equals("Envelope")) {
            throw new IllegalArgumentException("it is no OVF description: its root is " + envelope.name());
        }
        return new OvfReader(envelope).machine();
    }

    private OvfMachine machine() {
        List<XmlElement> systems = envelope.all("VirtualSystem").toList();
        if (systems.size() != 1) {
            throw new IllegalArgumentException(
                    systems.isEmpty()
                            ? "it describes no machine"
                            : "it describes " + systems.size() + " machines; one at a time can be imported");
        }
        XmlElement system = systems.getFirst();
        envelope.all("References")
                .flatMap(all -> all.all("File"))
                .forEach(file -> files.put(file.attribute("id"), file));
        envelope.all("DiskSection")
                .flatMap(all -> all.all("Disk"))
                .forEach(disk -> disks.put(disk.attribute("diskId"), disk));
        for (XmlElement hardware : system.children("VirtualHardwareSection")) {
            for (String kind : List.of("Item", "StorageItem", "EthernetPortItem")) {
                // Items with a bound give a range around the one without.
                hardware.children(kind).stream()
                        .filter(item -> item.attribute("bound").isEmpty())
                        .forEach(item -> items.put(item.childText("InstanceID"), item));
            }
        }
        if (items.isEmpty()) {
            throw new IllegalArgumentException("it describes no hardware");
        }
        String name = system.childText("Name");
        return new OvfMachine(
                name.isEmpty() ? system.attribute("id") : name,
                memory(),
                hardDisks(),
                cards(),
                !ofType(SOUND).isEmpty(),
                cd(),
                system.children("AnnotationSection").stream()
                        .findFirst()
                        .map(section -> section.childText("Annotation"))
                        .orElse(""),
                remarks.stream().distinct().toList());
    }

    private List<XmlElement> ofType(int... types) {
        return items.values().stream()
                .filter(item -> java.util.stream.IntStream.of(types)
                        .anyMatch(type -> item.childText("ResourceType").equals(String.valueOf(type))))
                .toList();
    }

    private int memory() {
        ofType(PROCESSOR).forEach(item -> {
            long cpus = number(item.childText("VirtualQuantity"), "the number of processors");
            if (cpus > 1) {
                remarks.add("it had " + cpus + " processors; here it has one");
            }
        });
        List<XmlElement> memory = ofType(MEMORY);
        if (memory.isEmpty()) {
            throw new IllegalArgumentException("it does not say how much memory the machine has");
        }
        XmlElement item = memory.getFirst();
        long bytes = bytes(item.childText("VirtualQuantity"), item.childText("AllocationUnits"), 1 << 20, "the memory");
        return (int) Math.min(Integer.MAX_VALUE, bytes >> 20);
    }

    // ---- disks ----

    private List<OvfMachine.Disk> hardDisks() {
        List<XmlElement> places = new ArrayList<>(ofType(DISK));
        places.sort(
                Comparator.comparing(this::controllerOrder).thenComparingLong(item -> place(item, "AddressOnParent")));
        if (places.size() > MAX_DISKS) {
            throw new IllegalArgumentException(
                    "it has " + places.size() + " disks, and " + MAX_DISKS + " are possible here");
        }
        List<OvfMachine.Disk> found = new ArrayList<>();
        for (XmlElement item : places) {
            found.add(disk(item, controller(item, found)));
        }
        return found;
    }

    private long controllerOrder(XmlElement item) {
        XmlElement parent = items.get(item.childText("Parent"));
        long kind = parent == null ? 9 : parent.childText("ResourceType").equals(String.valueOf(IDE)) ? 0 : 1;
        return kind << 32 | place(item, "Parent") & 0xFFFF_FFFFL;
    }

    private static long place(XmlElement item, String field) {
        String text = item.childText(field);
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    }

    private DiskController controller(XmlElement item, List<OvfMachine.Disk> before) {
        XmlElement parent = items.get(item.childText("Parent"));
        String type = parent == null ? "" : parent.childText("ResourceType");
        DiskController wanted =
                type.equals(String.valueOf(IDE)) || parent == null ? DiskController.IDE : DiskController.AHCI;
        if (type.equals(String.valueOf(SCSI)) || type.equals(String.valueOf(STORAGE)) && !isSata(parent)) {
            remarks.add("its " + parent.childText("ResourceSubType") + " controller is a serial ATA one here (AHCI)");
        }
        for (DiskController next : List.of(wanted, DiskController.AHCI, DiskController.VIRTIO)) {
            if (before.stream().filter(disk -> disk.controller() == next).count() < next.places()) {
                if (next != wanted) {
                    remarks.add("its disk " + (before.size() + 1) + " is on the " + next.id() + " controller here");
                }
                return next;
            }
        }
        throw new IllegalArgumentException("it has more disks than are possible here");
    }

    private static boolean isSata(XmlElement controller) {
        String kind = controller.childText("ResourceSubType").toLowerCase(java.util.Locale.ROOT);
        return kind.contains("ahci") || kind.contains("sata");
    }

    private OvfMachine.Disk disk(XmlElement item, DiskController controller) {
        String resource = item.childText("HostResource");
        String id = resource.substring(resource.lastIndexOf('/') + 1);
        if (resource.contains("/file/")) {
            return withFile(id, 0, controller);
        }
        XmlElement disk = disks.get(id);
        if (disk == null) {
            throw new IllegalArgumentException(
                    "it has a disk '" + TransferNames.shown(resource) + "' that it does not describe");
        }
        if (!disk.attribute("parentRef").isEmpty()) {
            throw new IllegalArgumentException("its disk '" + TransferNames.shown(id)
                    + "' holds only differences from another; export it again as one whole disk");
        }
        long capacity = bytes(
                capacityText(disk),
                disk.attribute("capacityAllocationUnits"),
                1,
                "the capacity of the disk '" + id + "'");
        String file = disk.attribute("fileRef");
        if (file.isEmpty()) {
            return new OvfMachine.Disk(null, false, capacity, controller);
        }
        return withFile(file, capacity, controller);
    }

    /** A capacity may be the name of a property whose default counts (DSP0243, 9.1). */
    private String capacityText(XmlElement disk) {
        String text = disk.attribute("capacity");
        Matcher property = Pattern.compile("\\$\\{(.+)}").matcher(text);
        if (!property.matches()) {
            return text;
        }
        return envelope.all("Property")
                .filter(one -> one.attribute("key").equals(property.group(1)))
                .map(one -> one.attribute("value"))
                .findFirst()
                .orElse(text);
    }

    private OvfMachine.Disk withFile(String id, long capacity, DiskController controller) {
        XmlElement file = file(id);
        String packing = file.attribute("compression");
        if (!packing.isEmpty() && !packing.equals("identity") && !packing.equals("gzip")) {
            throw new IllegalArgumentException(
                    "its file '" + href(file) + "' is packed with " + packing + ", which this version cannot unpack");
        }
        return new OvfMachine.Disk(href(file), packing.equals("gzip"), capacity, controller);
    }

    private XmlElement file(String id) {
        XmlElement file = files.get(id);
        if (file == null) {
            throw new IllegalArgumentException(
                    "it names a file '" + TransferNames.shown(id) + "' that it does not list");
        }
        if (!file.attribute("chunkSize").isEmpty()) {
            throw new IllegalArgumentException(
                    "its file '" + href(file) + "' is cut into chunks; put them together first");
        }
        return file;
    }

    private static String href(XmlElement file) {
        String name = file.attribute("href");
        if (name.matches("[A-Za-z][A-Za-z0-9+.-]*://.*")) {
            throw new IllegalArgumentException("its file '" + TransferNames.shown(name)
                    + "' is on another computer; download it beside the description");
        }
        try {
            return java.net.URLDecoder.decode(name.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // a name with a per cent sign that nobody has encoded
        }
    }

    private String cd() {
        for (XmlElement drive : ofType(CD, DVD)) {
            String resource = drive.childText("HostResource");
            if (resource.contains("/file/")) {
                return href(file(resource.substring(resource.lastIndexOf('/') + 1)));
            }
        }
        if (!ofType(FLOPPY).isEmpty()) {
            remarks.add("its floppy drive is empty here");
        }
        return null;
    }

    private List<OvfMachine.Card> cards() {
        List<OvfMachine.Card> cards = new ArrayList<>();
        for (XmlElement item : ofType(ETHERNET)) {
            String kind = item.childText("ResourceSubType");
            if (!kind.isEmpty() && !kind.toUpperCase(java.util.Locale.ROOT).startsWith("E1000")) {
                remarks.add("its " + TransferNames.shown(kind) + " network card is an e1000 here");
            }
            cards.add(new OvfMachine.Card(!item.childText("AutomaticAllocation").equalsIgnoreCase("false")));
        }
        return cards;
    }

    // ---- numbers ----

    private static long bytes(String quantity, String units, long usual, String what) {
        long factor = units.isEmpty() ? usual : factor(units, what);
        long number = number(quantity, what);
        if (number <= 0 || number > Long.MAX_VALUE / factor) {
            throw new IllegalArgumentException(what + " cannot be " + TransferNames.shown(quantity));
        }
        return number * factor;
    }

    /** Programmatic units of DSP0004, annex C, and the words that older programs wrote. */
    private static long factor(String units, String what) {
        Matcher power = UNITS.matcher(units.strip());
        if (power.matches()) {
            int exponent = Integer.parseInt(power.group(2));
            int most = power.group(1).equals("2") ? 50 : 15;
            if (exponent <= most) {
                return power.group(1).equals("2") ? 1L << exponent : (long) Math.pow(10, exponent);
            }
        }
        return switch (units.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "byte", "bytes" -> 1;
            case "kilobytes", "kb" -> 1L << 10;
            case "megabytes", "mb" -> 1L << 20;
            case "gigabytes", "gb" -> 1L << 30;
            default ->
                throw new IllegalArgumentException(
                        what + " is given in '" + TransferNames.shown(units) + "', which is no unit of memory");
        };
    }

    private static long number(String text, String what) {
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(
                    what + " must be a whole number, not '" + TransferNames.shown(text) + "'");
        }
        return Long.parseLong(text);
    }
}
