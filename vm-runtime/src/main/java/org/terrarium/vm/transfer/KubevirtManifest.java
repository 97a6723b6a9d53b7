package org.terrarium.vm.transfer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.terrarium.vm.DiskController;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NicSpec;

/**
 * A machine as a VirtualMachine of KubeVirt (API kubevirt.io/v1). Its disks are volumes that are filled by {@code virtctl
 * image-upload}; the text begins with the commands that do it. KubeVirt's machines are of QEMU's type q35, which has no IDE
 * controller, so IDE disks are serial ATA ones there.
 */
final class KubevirtManifest {
    private KubevirtManifest() {}

    static String write(MachineSpec spec, List<ExportedDisk> disks, String fileName) {
        String name = TransferNames.dnsLabel(spec.name());
        return commands(name, disks, fileName) + Yaml.write(manifest(spec, disks, name));
    }

    /** What somebody has to type, from the folder with the files. */
    private static String commands(String name, List<ExportedDisk> disks, String fileName) {
        StringBuilder text =
                new StringBuilder("# To run this machine on a cluster with KubeVirt and its Containerized Data"
                        + " Importer, from this folder:\n");
        for (int n = 0; n < disks.size(); n++) {
            text.append("#   virtctl image-upload dv ")
                    .append(volume(name, n))
                    .append(" --size=")
                    .append(roundedUp(disks.get(n).size()))
                    .append("Mi --image-path=")
                    .append(disks.get(n).file().getFileName())
                    .append('\n');
        }
        return text.append("#   kubectl apply -f ")
                .append(fileName)
                .append('\n')
                .append("#   virtctl start ")
                .append(name)
                .append('\n')
                .append("#   virtctl vnc ")
                .append(name)
                .append("      (or: virtctl console ")
                .append(name)
                .append(")\n")
                .toString();
    }

    private static long roundedUp(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    private static String volume(String name, int number) {
        return name + "-disk" + number;
    }

    private static ObjectNode manifest(MachineSpec spec, List<ExportedDisk> disks, String name) {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("apiVersion", "kubevirt.io/v1").put("kind", "VirtualMachine");
        ObjectNode metadata = root.putObject("metadata").put("name", name);
        metadata.putObject("annotations").put("description", spec.notes().isEmpty() ? spec.name() : spec.notes());
        ObjectNode machine = root.putObject("spec").put("runStrategy", "Halted").putObject("template");
        machine.putObject("metadata").putObject("labels").put("kubevirt.io/domain", name);
        ObjectNode inside = machine.putObject("spec");
        ObjectNode domain = inside.putObject("domain");
        domain.putObject("cpu").put("cores", 1);
        domain.putObject("memory").put("guest", spec.memoryMib() + "Mi");
        ObjectNode devices = domain.putObject("devices");
        ArrayNode list = devices.putArray("disks");
        for (int n = 0; n < disks.size(); n++) {
            boolean virtio = spec.disks().get(n).controller() == DiskController.VIRTIO;
            list.addObject()
                    .put("name", "disk" + n)
                    .put("bootOrder", n + 1)
                    .putObject("disk")
                    .put("bus", virtio ? "virtio" : "sata");
        }
        network(spec, devices, inside);
        ArrayNode volumes = inside.putArray("volumes");
        for (int n = 0; n < disks.size(); n++) {
            volumes.addObject().put("name", "disk" + n).putObject("dataVolume").put("name", volume(name, n));
        }
        return root;
    }

    /** Behind NAT as here; a pod has one network, so only the first such card has a place. */
    private static void network(MachineSpec spec, ObjectNode devices, ObjectNode inside) {
        List<NicSpec> cards = spec.nics().stream()
                .filter(nic -> nic.net().kind() == NetTarget.Kind.NAT)
                .toList();
        if (cards.isEmpty()) {
            devices.put("autoattachPodInterface", false);
            return;
        }
        ObjectNode card = devices.putArray("interfaces").addObject().put("name", "default");
        card.put("model", cards.getFirst().model().id())
                .put("macAddress", cards.getFirst().mac().toString());
        card.putObject("masquerade");
        inside.putArray("networks").addObject().put("name", "default").putObject("pod");
    }
}
