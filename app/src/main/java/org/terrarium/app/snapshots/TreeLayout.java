package org.terrarium.app.snapshots;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where each node of a tree is drawn: a row for each generation; a node's first child straight below it, so that the oldest line of
 * descent is a lane of its own, the other children to its right. A lane goes as far left as there is room, and no line
 * crosses another one. Nothing here recurses, however deep the tree is.
 */
public final class TreeLayout {
    /** A node and its parent; the parent null for a first one. */
    public record Entry(String id, String parent) {}

    /** A node's place: rows from the top, columns from the left, both from 0. */
    public record Place(String id, String parent, int row, int column) {}

    private static final TreeLayout EMPTY = new TreeLayout(Map.of(), List.of(), 0);

    private final Map<String, Place> places;
    private final List<List<Place>> rows;
    private final int columns;

    private TreeLayout(Map<String, Place> places, List<List<Place>> rows, int columns) {
        this.places = places;
        this.rows = rows;
        this.columns = columns;
    }

    /** @param entries parents before their children; children in the order they are to be drawn in */
    public static TreeLayout of(List<Entry> entries) {
        if (entries.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<Entry>> children = new HashMap<>();
        entries.forEach(
                e -> children.computeIfAbsent(e.parent, p -> new ArrayList<>()).add(e));
        Map<String, Place> places = new HashMap<>();
        List<List<Place>> rows = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        Deque<Entry> heads = new ArrayDeque<>();
        children.get(null).reversed().forEach(heads::push);
        // A lane is placed with all that branches off it before the next one, and its deepest branches first: then
        // whatever
        // lies between a branch and its parent begins below the line that joins them.
        while (!heads.isEmpty()) {
            Entry head = heads.pop();
            Place above = places.get(head.parent);
            int top = above == null ? 0 : above.row + 1;
            List<Entry> lane = new ArrayList<>();
            for (Entry e = head;
                    e != null;
                    e = children.getOrDefault(e.id, List.of()).stream()
                            .findFirst()
                            .orElse(null)) {
                lane.add(e);
            }
            int column = above == null ? 0 : above.column + 1;
            for (int n = top; n < Math.min(top + lane.size(), taken.size()); n++) {
                column = Math.max(column, taken.get(n));
            }
            for (int n = 0; n < lane.size(); n++) {
                Entry e = lane.get(n);
                Place place = new Place(e.id, e.parent, top + n, column);
                places.put(e.id, place);
                if (rows.size() == place.row) {
                    rows.add(new ArrayList<>());
                    taken.add(0);
                }
                rows.get(place.row).add(place);
                taken.set(place.row, column + 1);
                List<Entry> below = children.getOrDefault(e.id, List.of());
                below.subList(Math.min(1, below.size()), below.size())
                        .reversed()
                        .forEach(heads::push);
            }
        }
        int columns = taken.stream().mapToInt(Integer::intValue).max().orElse(0);
        rows.forEach(row -> row.sort((a, b) -> Integer.compare(a.column, b.column)));
        return new TreeLayout(places, rows, columns);
    }

    public int columns() {
        return columns;
    }

    public int rowCount() {
        return rows.size();
    }

    /** The nodes of a row from left to right. */
    public List<Place> row(int n) {
        return Collections.unmodifiableList(rows.get(n));
    }

    public Optional<Place> place(String id) {
        return Optional.ofNullable(places.get(id));
    }

    /** The node that an arrow key leads to from another one; the node itself where there is none. */
    public String neighbour(String from, int down, int right) {
        Place here = places.get(from);
        if (here == null) {
            return from;
        }
        if (down < 0) {
            return here.parent == null ? from : here.parent;
        }
        if (down > 0) {
            return here.row + 1 >= rows.size()
                    ? from
                    : rows.get(here.row + 1).stream()
                            .filter(p -> from.equals(p.parent))
                            .map(Place::id)
                            .findFirst()
                            .orElse(from);
        }
        List<Place> row = rows.get(here.row);
        int at = Math.clamp(row.indexOf(here) + right, 0, row.size() - 1);
        return row.get(at).id;
    }

    /** A node and those above it, up to the first one. */
    public List<Place> path(String id) {
        List<Place> path = new ArrayList<>();
        for (Place at = places.get(id); at != null; at = at.parent == null ? null : places.get(at.parent)) {
            path.add(at);
        }
        return path;
    }
}
