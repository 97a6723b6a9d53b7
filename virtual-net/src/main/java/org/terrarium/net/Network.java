package org.terrarium.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.terrarium.net.host.NioSockets;
import org.terrarium.net.host.SharedSwitch;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.PcapngWriter;
import org.terrarium.net.link.PortCounters;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.link.Shaping;
import org.terrarium.net.link.Switch;
import org.terrarium.net.nat.FlowInfo;
import org.terrarium.net.nat.Gateway;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.nat.PortForward;
import org.terrarium.net.service.LeaseTable.Lease;

/**
 * A network: a switch, perhaps a gateway to the host's networks, and the one thread that moves the frames. Methods may be
 * called from any thread. While nothing is sent the thread sleeps.
 */
public final class Network implements AutoCloseable {
    /** Rounds without looking at sockets while frames keep coming. */
    private static final int BURST = 8;

    /** How long the thread looks out for frames and answers of the host before it sleeps; see {@link Vigil}. */
    private static final long WATCH_NANOS = 150_000;

    private final String name;
    private final NioSockets sockets;
    private final RandomGenerator random = new SecureRandom();
    private final Switch fabric = new Switch();
    private final UUID own = UUID.randomUUID();
    private final SwitchConfig config;
    private final SharedSwitch shared;
    private final List<CardPort> cards = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final List<Capture> captures = new ArrayList<>();
    private final Thread thread;
    private final Vigil vigil = new Vigil(WATCH_NANOS);
    private volatile boolean sleeping;
    private volatile boolean closing;
    private long now;

    /** Null while another process is the middle of the switch, and has them. */
    private Uplinks uplinks;

    private List<Lease> keptLeases = List.of();
    private Runnable leasesChanged = () -> {};

    private record Capture(CardPort card, PcapngWriter file, Switch.Tap tap) {}

    private Network(String name, SwitchConfig config, Path meeting) throws IOException {
        this.name = name;
        this.config = config;
        sockets = new NioSockets();
        now = System.nanoTime();
        try {
            shared = meeting == null
                    ? null
                    : new SharedSwitch(sockets, fabric, meeting, name, own, time -> openUplinks(), now);
        } catch (IOException e) {
            sockets.close();
            throw e;
        }
        if (shared == null) {
            openUplinks();
        } else {
            shared.expire(now);
        }
        thread = Thread.ofPlatform().name("network " + name).daemon(true).unstarted(this::loop);
        thread.start();
    }

    private void openUplinks() {
        uplinks = new Uplinks(config, sockets, fabric, own, random, this::now);
        keepLeases();
    }

    private Gateway gateway() {
        return uplinks == null ? null : uplinks.gateway();
    }

    /** A network with a way out, in which nothing outside can be reached that the host does not let its own programs reach. */
    public static Network nat(String name, GatewayConfig config) throws IOException {
        return new Network(name, SwitchConfig.of(config), null);
    }

    /** A network of machines of this process among themselves. */
    public static Network closed(String name) throws IOException {
        return new Network(name, SwitchConfig.CLOSED, null);
    }

    /**
     * The network of that name, together with all others of that name made in other processes of this user.
     *
     * @param name letters, digits, dots, dashes and underscores
     * @param meeting the folder where they find each other, which only the user can open
     */
    public static Network shared(String name, Path meeting) throws IOException {
        return shared(name, SwitchConfig.CLOSED, meeting);
    }

    /** The same with uplinks, which one of the processes has: the next one when that ends. */
    public static Network shared(String name, SwitchConfig config, Path meeting) throws IOException {
        return new Network(name, config, meeting);
    }

    /** A network of machines of this process, connected as {@code config} says. */
    public static Network connected(String name, SwitchConfig config) throws IOException {
        return new Network(name, config, null);
    }

    public String name() {
        return name;
    }

    RandomGenerator random() {
        return random;
    }

    /** The time of the present round, on the network's thread. */
    long now() {
        return now;
    }

    /** A new cable; {@code card} names its port for captures and tables. */
    public Cable plug(String card) {
        return ask(() -> {
            CardPort port = new CardPort(this, fabric, card);
            cards.add(port);
            return port;
        });
    }

    /** Takes a cable out of the switch for good. */
    public void unplug(Cable cable) {
        ask(() -> {
            CardPort port = (CardPort) cable;
            port.connect(false);
            stopCapture(port);
            fabric.unplug(port.port());
            cards.remove(port);
            return null;
        });
    }

    /** Pulls a cable or plugs it in again. */
    public void connect(Cable cable, boolean on) {
        ask(() -> {
            ((CardPort) cable).connect(on);
            return null;
        });
    }

    /** Makes a cable worse, from now on. */
    public void shape(Cable cable, Shaping fromCard, Shaping toCard) {
        ask(() -> {
            ((CardPort) cable).shape(fromCard, toCard);
            return null;
        });
    }

    /** Puts a cable's port into a group of virtual networks. */
    public void group(Cable cable, PortGroup group) {
        ask(() -> {
            ((CardPort) cable).port().group(group);
            return null;
        });
    }

    public Shaping shapingFromCard(Cable cable) {
        return ask(() -> ((CardPort) cable).shapingFromCard());
    }

    public Shaping shapingToCard(Cable cable) {
        return ask(() -> ((CardPort) cable).shapingToCard());
    }

    public PortGroup group(Cable cable) {
        return ask(() -> ((CardPort) cable).port().group());
    }

    /** Whether the card gets every frame of its virtual networks, whomever it is for. */
    public void promiscuous(Cable cable, boolean on) {
        ask(() -> {
            ((CardPort) cable).port().promiscuous(on);
            if (shared != null) {
                shared.promiscuityChanged();
            }
            return null;
        });
    }

    public boolean promiscuous(Cable cable) {
        return ask(() -> ((CardPort) cable).port().promiscuous());
    }

    public PortCounters counters(Cable cable) {
        return ask(() -> {
            CardPort port = (CardPort) cable;
            return port.port().counters(port.dropped(), port.tooLong());
        });
    }

    /**
     * Writes every frame of a cable to a file, until {@link #endCapture}; see {@link PcapngWriter}.
     *
     * @throws IOException when the file cannot be written
     */
    public void capture(Cable cable, Path file, long maxOctets, int maxFiles) throws IOException {
        CardPort card = (CardPort) cable;
        PcapngWriter writer = new PcapngWriter(file, card.port().name(), maxOctets, maxFiles);
        // The network's clock has no epoch; the host's calendar is only asked once, so that no step of it disturbs the
        // order.
        long epoch = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
        ask(() -> {
            Capture[] c = new Capture[1];
            c[0] = new Capture(card, writer, (frame, fromStation, time) -> {
                try {
                    writer.frame(frame, fromStation, epoch + time);
                } catch (IOException e) {
                    posted.add(() -> stopCapture(card)); // the disk is full: the machine is not to suffer from it
                }
            });
            captures.add(c[0]);
            card.port().tap(c[0].tap());
            return null;
        });
    }

    /** Ends the captures of a cable and completes their files. */
    public void endCapture(Cable cable) {
        ask(() -> {
            stopCapture((CardPort) cable);
            return null;
        });
    }

    private void stopCapture(CardPort card) {
        captures.removeIf(c -> {
            if (c.card() != card) {
                return false;
            }
            card.port().untap(c.tap());
            try {
                c.file().close();
            } catch (IOException e) {
                return true; // what could be written is there
            }
            return true;
        });
    }

    /** Opens a port of the host; see {@link PortForward}. */
    public void addForward(PortForward forward) throws IOException {
        IOException trouble = ask(() -> {
            try {
                requireGateway().forwards().add(forward);
                return null;
            } catch (IOException e) {
                return e;
            }
        });
        if (trouble != null) {
            throw trouble;
        }
    }

    public void removeForward(PortForward forward) {
        ask(() -> {
            requireGateway().forwards().remove(forward);
            return null;
        });
    }

    private Gateway requireGateway() {
        if (gateway() == null) {
            throw new IllegalStateException("the network " + name + " has no gateway");
        }
        return gateway();
    }

    /** What the gateway says, or {@code otherwise} without one. */
    private <T> T fromGateway(Function<Gateway, T> question, T otherwise) {
        return ask(() -> gateway() == null ? otherwise : question.apply(gateway()));
    }

    public List<PortForward> forwards() {
        return fromGateway(g -> g.forwards().list(), List.of());
    }

    public List<FlowInfo> flows() {
        return fromGateway(Gateway::flows, List.of());
    }

    public List<Lease> leases() {
        return fromGateway(g -> g.leases().leases(), List.of());
    }

    /** The uplinks, in the configuration's order; none while another process of this user has them. */
    public List<UplinkInfo> uplinks() {
        return ask(() -> uplinks == null ? List.<UplinkInfo>of() : uplinks.list());
    }

    /** How many switches of other processes are connected with their uplinks. */
    public int neighbours() {
        return ask(() -> uplinks == null ? 0 : uplinks.neighbours());
    }

    /** What of the host the uplinks could not have, a sentence each. */
    public List<String> troubles() {
        return ask(() -> uplinks == null ? List.<String>of() : uplinks.troubles());
    }

    /**
     * Pulls an uplink, counted from 0, or plugs it in again.
     *
     * @throws IllegalArgumentException in one sentence when there is none of that number here
     */
    public void plugUplink(int uplink, boolean on) {
        ask(() -> {
            if (uplinks == null) {
                throw new IllegalArgumentException(
                        "another process has the uplinks of the switch " + name + " at the moment");
            }
            uplinks.plug(uplink, on);
            return null;
        });
    }

    /**
     * Takes over leases from an earlier run and tells about every change from now on. Without a gateway nothing happens.
     *
     * @param kept their times count on {@link System#nanoTime}
     * @param changed called on the network's thread, which must not be kept waiting
     */
    public void keepLeases(List<Lease> kept, Runnable changed) {
        ask(() -> {
            keptLeases = List.copyOf(kept);
            leasesChanged = changed;
            keepLeases();
            return null;
        });
    }

    private void keepLeases() {
        if (gateway() != null) {
            gateway().leases().load(keptLeases);
            gateway().leases().onChange(leasesChanged);
        }
    }

    /** Ends the network; its cables are dead afterwards. */
    @Override
    public void close() {
        closing = true;
        sockets.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something waits for the network's thread. */
    void wake() {
        if (sleeping) {
            sleeping = false;
            sockets.wakeup();
        }
    }

    private <T> T ask(Supplier<T> question) {
        if (Thread.currentThread() == thread) {
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        posted.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        sockets.wakeup();
        while (!answer.isDone()) {
            if (!thread.isAlive()) {
                runPosted(); // the network has ended: nobody else touches it any more
                break;
            }
            try {
                answer.get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                break;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void runPosted() {
        for (Runnable r = posted.poll(); r != null; r = posted.poll()) {
            r.run();
        }
    }

    private void loop() {
        try {
            while (!closing) {
                round();
            }
        } catch (IOException e) {
            closing = true; // the host cannot wait on sockets any more
        } finally {
            shutDown();
        }
    }

    private void round() throws IOException {
        boolean busy = true;
        for (int k = 0; k < BURST && busy; k++) {
            now = System.nanoTime();
            runPosted();
            busy = false;
            for (CardPort card : cards) {
                busy |= card.pump(now);
            }
            settle();
        }
        long deadline = deadline();
        if (busy || !watch(deadline)) {
            sleeping = true;
            boolean work = busy || work();
            flushCaptures(work);
            sockets.await(work ? 0 : deadline == Long.MAX_VALUE ? deadline : deadline - System.nanoTime());
            sleeping = false;
        }
        now = System.nanoTime();
        sockets.dispatch(now);
        if (deadline <= now) {
            if (shared != null) {
                shared.expire(now);
            }
            if (uplinks != null) {
                uplinks.expire(now);
            }
            for (CardPort card : cards) {
                card.expire(now);
            }
        }
        settle();
    }

    /** Whether others have given this thread something to do. */
    private boolean work() {
        return !posted.isEmpty() || cards.stream().anyMatch(CardPort::waiting);
    }

    /** Stays awake for a moment; true when there is something to do at the end of it. */
    private boolean watch(long deadline) throws IOException {
        long begin = System.nanoTime();
        long nanos = Math.min(vigil.begin(begin), deadline - begin);
        boolean found = false;
        long past = 0;
        while (!found && past < nanos) {
            found = sockets.look() || work() || closing;
            if (!found) {
                Thread.yield(); // who is to answer may need this processor
            }
            past = System.nanoTime() - begin;
        }
        vigil.end(past, found);
        return found;
    }

    private void settle() {
        if (uplinks != null) {
            uplinks.settle(now);
        }
    }

    private long deadline() {
        long earliest = uplinks == null ? Long.MAX_VALUE : uplinks.deadline();
        earliest = shared == null ? earliest : Math.min(earliest, shared.deadline());
        for (CardPort card : cards) {
            earliest = Math.min(earliest, card.deadline());
        }
        return earliest;
    }

    private void flushCaptures(boolean work) {
        if (work) {
            return;
        }
        for (Capture c : captures) {
            try {
                c.file().flush();
            } catch (IOException e) {
                posted.add(() -> stopCapture(c.card()));
            }
        }
    }

    private void shutDown() {
        if (shared != null) {
            shared.close();
        }
        if (uplinks != null) {
            uplinks.close(now);
        }
        for (CardPort card : cards) {
            card.connect(false);
            stopCapture(card);
        }
        sockets.close();
        runPosted();
    }
}
