package org.terrarium.vm.guest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.disk.Gate;
import org.terrarium.net.MacAddress;
import org.terrarium.vm.Machine;
import org.terrarium.vm.NicModel;
import org.terrarium.vm.library.MachineCloner;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NicSpec;

/** A Linux that is cloned while it runs finds new network cards in the clone, and uses them. */
class ClonedLinuxTest {
    @TempDir
    Path folder;

    @Test
    void theCloneHasCardsOfItsOwn() throws Exception {
        Guests.onlyWhenAsked();
        Random random = new Random(11);
        MachineLibrary library = new MachineLibrary(folder.resolve("home"));
        NicSpec card = NicSpec.usual(random);
        List<NicSpec> cards = List.of(
                new NicSpec(NicModel.E1000, MacAddress.parse("02:00:00:00:00:01"), card.net(), List.of(), false),
                new NicSpec(NicModel.VIRTIO, MacAddress.parse("02:00:00:00:00:02"), card.net(), List.of(), false),
                new NicSpec(NicModel.RTL8139, MacAddress.parse("02:00:00:00:00:03"), card.net(), List.of(), false));
        MachineFolder box = library.create(MachineSpec.of("box").withMemory(128).withNics(cards), 0);
        MachineFolder clone;
        try (MachineSession s = MachineSession.open(box, box.load(), Guests.linux())) {
            s.start();
            Guests.awaitSerial(s.machine(), "GUEST-READY");
            clone = new MachineCloner(library, Gate.OWN_FOLDER, random)
                    .full(box, "clone")
                    .await();
            Guests.shell(s.machine(), "cat /sys/class/net/*/address; echo s''ame", "same");
            for (NicSpec nic : cards) {
                assertTrue(
                        s.machine().serial(0).text().contains(nic.mac().toString()), "the original keeps " + nic.mac());
            }
        }
        try (MachineSession s = MachineSession.open(clone, clone.load(), Guests.linux())) {
            s.start();
            Machine m = s.machine();
            Guests.shell(
                    m,
                    "for i in $(seq 60); do grep -q 02:00:00:00:00:0 /sys/class/net/*/address || break; sleep 1; done;"
                            + " echo g''one; cat /sys/class/net/*/address; echo l''isted",
                    "gone");
            Guests.awaitSerial(m, "listed");
            String said = m.serial(0).text();
            for (NicSpec nic : clone.load().nics()) {
                assertTrue(said.contains(nic.mac().toString()), "no card " + nic.mac() + " in the clone:\n" + said);
            }
            for (NicSpec nic : cards) {
                assertFalse(said.contains(nic.mac().toString()), "the clone has the original's " + nic.mac());
            }
            Guests.shell(m, "gt-net; ping -c 2 10.0.2.2", "2 packets received");
        }
    }
}
