package org.terrarium.vm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineLock;
import org.terrarium.vm.snapshot.Library;

/** Snapshots from the command line, of machines that are off and of one in a process of its own. */
@Timeout(300)
class SnapshotCommandsTest {
    @TempDir
    Path folder;

    private Cli cli;
    private MachineFolder machine;

    @BeforeEach
    void makeMachine() throws Exception {
        machine = Library.booting("steady-work", folder.resolve("home"), folder);
        cli = new Cli(folder.resolve("home"));
    }

    @AfterEach
    void endWhatStillRuns() throws Exception {
        MachineLock.owner(machine)
                .filter(owner -> owner.pid() != ProcessHandle.current().pid())
                .flatMap(owner -> ProcessHandle.of(owner.pid()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    private JsonNode list() throws Exception {
        return new JsonMapper().readTree(cli.ok("vm", "snapshot", "list", "box", "--json"));
    }

    @Test
    void aMachineThatIsOff() throws Exception {
        cli.ok("vm", "snapshot", "take", "box", "first", "--note", "before all");
        cli.ok("vm", "snapshot", "take", "box", "second");
        cli.ok("vm", "snapshot", "restore", "box", "first");
        cli.ok("vm", "snapshot", "take", "box", "branch");
        assertEquals(3, list().size());
        String tree = cli.ok("vm", "snapshot", "list", "box");
        assertTrue(tree.lines().findFirst().orElseThrow().matches("first  \\w{12}  .*  off  .* MiB  before all"), tree);
        assertTrue(tree.contains("  * branch"), tree);
        cli.ok("vm", "snapshot", "rename", "box", "branch", "twig");
        cli.refused(1, "there is no snapshot 'branch'", "vm", "snapshot", "delete", "box", "branch");
        cli.ok("vm", "snapshot", "delete", "box", "first");
        cli.ok("vm", "snapshot", "delete", "box", "second");
        cli.ok("vm", "snapshot", "delete", "box", "twig");
        assertEquals(0, list().size());
        assertEquals(1, Library.images(machine).size(), "the disk is one image again");
        cli.ok("vm", "snapshot", "auto", "box", "--every", "5", "--keep", "2", "--limit", "1");
        assertEquals(
                "a snapshot every 5 minutes, 2 kept, 1 snapshots at most\n", cli.ok("vm", "snapshot", "auto", "box"));
        cli.ok("vm", "snapshot", "take", "box", "one");
        cli.refused(1, "as many as its limit allows", "vm", "snapshot", "take", "box", "two");
    }

    @Test
    void aMachineInTheBackground() throws Exception {
        cli.ok("vm", "start", "box", "--headless");
        assertTrue(cli.ok("vm", "snapshot", "take", "box", "live").contains("the guest stood still for"));
        assertEquals("saved", list().get(0).get("state").asText());
        cli.refused(1, "is running; take a snapshot", "vm", "snapshot", "restore", "box", "live");
        cli.ok("vm", "suspend", "box");
        assertTrue(MachineLock.owner(machine).isEmpty());
        cli.refused(1, "is suspended", "vm", "snapshot", "take", "box", "asleep");
        cli.ok("vm", "resume", "box");
        cli.ok("vm", "snapshot", "restore", "box", "live", "--force", "--start");
        cli.ok("vm", "stop", "box", "--force");
        assertTrue(cli.ok("vm", "resume", "box").contains("going on from the snapshot 'live'"));
        cli.ok("vm", "stop", "box", "--force");
        cli.ok("vm", "start", "box", "--headless", "--throw-away");
        cli.refused(1, "throw-away run", "vm", "snapshot", "take", "box", "never");
        cli.ok("vm", "keep", "box");
        cli.ok("vm", "stop", "box", "--force");
    }
}
