package org.terrarium.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.terrarium.net.host.FolderFiles;
import org.terrarium.net.host.HostAddresses;
import org.terrarium.net.host.HostNames;
import org.terrarium.net.host.HostRoute6;
import org.terrarium.net.host.NioSockets;
import org.terrarium.net.host.SharedSwitch;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.LargeFrame;
import org.terrarium.net.link.PcapngWriter;
import org.terrarium.net.link.PortCounters;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.link.Shaping;
import org.terrarium.net.link.Switch;
import org.terrarium.net.nat.FlowInfo;
import org.terrarium.net.nat.Gateway;
import org.terrarium.net.nat.GatewayConfig;
import org.terrarium.net.nat.GatewayHost;
import org.terrarium.net.nat.PortForward;
import org.terrarium.net.service.LeaseTable.Lease;

/**
 * A network: a switch, perhaps a gateway to the host's networks, and the one thread that moves the frames. Methods may be
 * called from any thread. While nothing is sent the thread sleeps.
 */
public final class Network implements AutoCloseable {
    /** Rounds without looking at sockets while frames keep coming. */
    private static final int BURST = 8;

    private final String name;
    private final NioSockets sockets;
    private final RandomGenerator random = new SecureRandom();
    private final Switch fabric = new Switch();
    private final Gateway gateway;
    private final Switch.Port gatewayPort;
    private final SharedSwitch shared;
    private final List<CardPort> cards = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final List<byte[]> fromGateway = new ArrayList<>();
    private final List<Capture> captures = new ArrayList<>();
    private final Thread thread;
    private volatile boolean sleeping;
    private volatile boolean closing;
    private long now;

    private record Capture(CardPort card, PcapngWriter file, Switch.Tap tap) {}

    private Network(String name, GatewayConfig config, Path meeting) throws IOException {
        this.name = name;
        sockets = new NioSockets();
        now = System.nanoTime();
        try {
            shared = meeting == null ? null : new SharedSwitch(sockets, fabric, meeting, name, now);
        } catch (IOException e) {
            sockets.close();
            throw e;
        }
        if (config == null) {
            gateway = null;
            gatewayPort = null;
        } else {
            Path folder = config.boot().folder();
            GatewayHost host = new GatewayHost(
                    sockets,
                    HostNames.system(),
                    new HostAddresses(System::nanoTime),
                    new HostRoute6(System::nanoTime),
                    folder == null ? null : new FolderFiles(folder));
            gateway = new Gateway(config, host, random, fromGateway::add);
            gatewayPort = fabric.plug("gateway", frame -> gateway.receive(frame, now));
            gatewayPort.takesLarge(true);
        }
        thread = Thread.ofPlatform().name("network " + name).daemon(true).unstarted(this::loop);
        thread.start();
    }

    /** A network with a way out, in which nothing outside can be reached that the host does not let its own programs reach. */
    public static Network nat(String name, GatewayConfig config) throws IOException {
        return new Network(name, config, null);
    }

    /** A network of machines of this process among themselves. */
    public static Network closed(String name) throws IOException {
        return new Network(name, null, null);
    }

    /**
     * The network of that name, together with all others of that name made in other processes of this user.
     *
     * @param name letters, digits, dots, dashes and underscores
     * @param meeting the folder where they find each other, which only the user can open
     */
    public static Network shared(String name, Path meeting) throws IOException {
        return new Network(name, null, meeting);
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
            return null;
        });
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

    /** Opens a port of the host; see {@link Gateway#addForward}. */
    public void addForward(PortForward forward) throws IOException {
        IOException trouble = ask(() -> {
            try {
                requireGateway().addForward(forward);
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
            requireGateway().removeForward(forward);
            return null;
        });
    }

    private Gateway requireGateway() {
        if (gateway == null) {
            throw new IllegalStateException("the network " + name + " has no gateway");
        }
        return gateway;
    }

    public List<PortForward> forwards() {
        return gateway == null ? List.of() : ask(gateway::forwards);
    }

    public List<FlowInfo> flows() {
        return gateway == null ? List.of() : ask(gateway::flows);
    }

    public List<Lease> leases() {
        return gateway == null ? List.of() : ask(() -> gateway.leases().leases());
    }

    /**
     * Takes over leases from an earlier run and tells about every change from now on. Without a gateway nothing happens.
     *
     * @param kept their times count on {@link System#nanoTime}
     * @param changed called on the network's thread, which must not be kept waiting
     */
    public void keepLeases(List<Lease> kept, Runnable changed) {
        if (gateway != null) {
            ask(() -> {
                gateway.leases().load(kept);
                gateway.leases().onChange(changed);
                return null;
            });
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
        return answer.join();
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
        sleeping = true;
        boolean work = busy || !posted.isEmpty() || cards.stream().anyMatch(CardPort::waiting);
        flushCaptures(work);
        sockets.await(work ? 0 : deadline == Long.MAX_VALUE ? deadline : deadline - System.nanoTime());
        sleeping = false;
        now = System.nanoTime();
        sockets.dispatch(now);
        if (deadline <= now) {
            if (shared != null) {
                shared.expire(now);
            }
            if (gateway != null) {
                gateway.expire(now);
            }
            for (CardPort card : cards) {
                card.expire(now);
            }
        }
        settle();
    }

    /** Lets the gateway answer and brings its frames to the switch. */
    private void settle() {
        if (gateway == null) {
            return;
        }
        gateway.flush(now);
        for (int k = 0; k < fromGateway.size(); k++) {
            byte[] frame = fromGateway.get(k);
            if (LargeFrame.is(frame)) {
                gatewayPort.receiveLarge(frame, now);
            } else {
                gatewayPort.receive(frame, now);
            }
        }
        fromGateway.clear();
    }

    private long deadline() {
        long earliest = gateway == null ? Long.MAX_VALUE : gateway.deadline();
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
        if (gateway != null) {
            gateway.close(now);
        }
        for (CardPort card : cards) {
            card.connect(false);
            stopCapture(card);
        }
        sockets.close();
        runPosted();
    }
}
