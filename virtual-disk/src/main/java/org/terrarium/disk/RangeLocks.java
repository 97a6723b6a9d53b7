package org.terrarium.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets calls on disjoint ranges of a disk go on side by side. Whoever comes later waits for those before it that it must not
 * overlap: a writer for all, a reader for writers.
 */
final class RangeLocks {
    /** One call's range. */
    static final class Ticket {
        private final long from;
        private final long to;
        private final boolean exclusive;

        private Ticket(long from, long to, boolean exclusive) {
            this.from = from;
            this.to = to;
            this.exclusive = exclusive;
        }

        private boolean clashes(Ticket other) {
            return from < other.to && other.from < to && (exclusive || other.exclusive);
        }
    }

    /** In the order of arrival, those that wait included, so that nobody waits for ever. */
    private final List<Ticket> tickets = new ArrayList<>();

    /** Returns when the range is the caller's; {@code to} is the first byte behind it. */
    synchronized Ticket acquire(long from, long to, boolean exclusive) {
        Ticket mine = new Ticket(from, to, exclusive);
        tickets.add(mine);
        boolean interrupted = false;
        while (mustWait(mine)) {
            try {
                wait();
            } catch (InterruptedException e) {
                // The file would be closed under the others if this call went on as interrupted.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return mine;
    }

    /** As {@link #acquire} of a range to read, or null when that would take waiting. */
    synchronized Ticket tryAcquireShared(long from, long to) {
        Ticket mine = new Ticket(from, to, false);
        tickets.add(mine);
        if (mustWait(mine)) {
            tickets.remove(mine);
            return null;
        }
        return mine;
    }

    private boolean mustWait(Ticket mine) {
        for (Ticket earlier : tickets) {
            if (earlier == mine) {
                return false;
            }
            if (mine.clashes(earlier)) {
                return true;
            }
        }
        throw new IllegalStateException("the ticket has been given back");
    }

    synchronized void release(Ticket ticket) {
        tickets.remove(ticket);
        notifyAll();
    }
}
