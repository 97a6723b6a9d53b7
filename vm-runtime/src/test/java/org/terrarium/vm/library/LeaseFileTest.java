package org.terrarium.vm.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.net.service.LeaseTable;
import org.terrarium.net.service.LeaseTable.Lease;

class LeaseFileTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int FIRST = 0x0A00_020F;

    @TempDir
    Path folder;

    @Test
    void aRestartedNetworkGivesTheSameAddress() throws IOException {
        LeaseTable before = new LeaseTable(FIRST, FIRST + 9, Map.of());
        before.confirm(7, FIRST + 3, "guest", 3600 * SECOND, 100 * SECOND);
        LeaseFile file = new LeaseFile(folder.resolve("leases.json"));
        file.save(List.of(new LeaseFile.Part(1, before.leases())), 100 * SECOND, 5_000_000);
        // Half an hour later, with another clock.
        List<Lease> kept = file.load(1, 7 * SECOND, 5_000_000 + 1_800_000);
        assertEquals(List.of(new Lease(7, FIRST + 3, "guest", (7 + 1800) * SECOND, true)), kept);
        assertEquals(List.of(), file.load(0, 0, 0), "another card's network");
        LeaseTable after = new LeaseTable(FIRST, FIRST + 9, Map.of());
        after.load(kept);
        assertEquals(
                FIRST + 3, after.offer(7, 0, "guest", 8 * SECOND).orElseThrow().address());
        assertEquals(
                FIRST,
                after.offer(8, FIRST + 3, "other", 8 * SECOND).orElseThrow().address(),
                "it is not given away");
    }

    @Test
    void aFileThatCannotBeUsedIsAsGoodAsNone() throws IOException {
        Path path = folder.resolve("leases.json");
        LeaseFile file = new LeaseFile(path);
        for (String text : List.of("", "{", "[]", "{\"leases\":[{\"card\":0,\"mac\":\"x\"}]}", "{\"leases\":7}")) {
            Files.writeString(path, text);
            assertEquals(List.of(), file.load(0, 0, 0), text);
        }
    }
}
