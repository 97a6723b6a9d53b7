package org.terrarium.app.snapshots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.terrarium.app.snapshots.TreeLayout.Entry;
import org.terrarium.app.snapshots.TreeLayout.Place;

/** Where nodes are drawn, and where the arrow keys lead. */
class TreeLayoutTest {
    private static TreeLayout tree(String... pairs) {
        List<Entry> entries = new ArrayList<>();
        for (String pair : pairs) {
            String[] both = pair.split("<");
            entries.add(new Entry(both[0], both.length == 1 ? null : both[1]));
        }
        return TreeLayout.of(entries);
    }

    private static String at(TreeLayout layout, String id) {
        Place p = layout.place(id).orElseThrow();
        return p.row() + "," + p.column();
    }

    @Test
    void branchesGoToTheRightOfTheLineTheyLeave() {
        TreeLayout t = tree("a", "b<a", "c<b", "d<c", "e<b", "f<a", "g<e");
        assertEquals("0,0", at(t, "a"));
        assertEquals("3,0", at(t, "d"));
        assertEquals("2,1", at(t, "e"));
        assertEquals("3,1", at(t, "g"));
        assertEquals("1,1", at(t, "f"), "there is room beside b");
        assertEquals(2, t.columns());
        assertEquals(4, t.rowCount());
    }

    @Test
    void arrowsLeadToParentChildAndNeighbour() {
        TreeLayout t = tree("a", "b<a", "c<b", "e<b", "f<a");
        assertEquals("a", t.neighbour("b", -1, 0));
        assertEquals("a", t.neighbour("a", -1, 0));
        assertEquals("b", t.neighbour("a", 1, 0));
        assertEquals("c", t.neighbour("c", 1, 0));
        assertEquals("f", t.neighbour("b", 0, 1));
        assertEquals("f", t.neighbour("f", 0, 1));
        assertEquals("b", t.neighbour("f", 0, -1));
        assertEquals("gone", t.neighbour("gone", 0, -1));
    }

    @Test
    void anEmptyTreeHasNoRows() {
        assertEquals(0, TreeLayout.of(List.of()).rowCount());
    }

    @Test
    void deepTreesNeedNoStack() {
        int deep = 100_000;
        List<Entry> chain = IntStream.range(0, deep)
                .mapToObj(n -> new Entry("n" + n, n == 0 ? null : "n" + (n - 1)))
                .toList();
        TreeLayout t = TreeLayout.of(chain);
        assertEquals(deep, t.rowCount());
        assertEquals(1, t.columns());
        assertEquals(deep, t.path("n" + (deep - 1)).size());
    }

    @Test
    void inRandomTreesNoTwoNodesShareAPlaceAndNoLinesCross() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Entry> entries = new ArrayList<>();
            int nodes = 1 + random.nextInt(40);
            for (int n = 0; n < nodes; n++) {
                String parent = n == 0 || random.nextInt(30) == 0 ? null : "n" + random.nextInt(n);
                entries.add(new Entry("n" + n, parent));
            }
            TreeLayout t = TreeLayout.of(entries);
            String which = "seed " + seed + ", round " + round + ": " + entries;
            Set<String> places = new HashSet<>();
            for (Entry e : entries) {
                assertTrue(places.add(at(t, e.id())), which);
            }
            for (Entry e : entries) {
                Place p = t.place(e.id()).orElseThrow();
                if (p.parent() != null) {
                    Place above = t.place(p.parent()).orElseThrow();
                    assertEquals(above.row() + 1, p.row(), which);
                    for (Place other : t.row(p.row())) {
                        boolean between = other.column() > above.column() && other.column() < p.column();
                        assertTrue(!between || p.parent().equals(other.parent()), which);
                    }
                }
            }
        }
    }
}
