package org.terrarium.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.net.link.Cable;
import org.terrarium.net.link.PortGroup;
import org.terrarium.net.link.Shaping;
import org.terrarium.net.wire.Ethernet;

/** Whole networks with their threads; cards are played by the test. */
@Timeout(60)
class NetworkTest {
    @TempDir
    Path folder;

    @Test
    void cardsOfOneNetworkReachEachOtherAndTheirListenersAreTold() throws Exception {
        try (Network net = Network.closed("x")) {
            Cable a = net.plug("a");
            Cable b = net.plug("b");
            AtomicInteger frames = new AtomicInteger();
            AtomicInteger changes = new AtomicInteger();
            b.listen(new Cable.Listener() {
                @Override
                public void arrived() {
                    frames.incrementAndGet();
                }

                @Override
                public void linkChanged() {
                    changes.incrementAndGet();
                }
            });
            byte[] f = Frames.frame(Ethernet.BROADCAST, 0xA, 1);
            for (int k = 0; k < 10; k++) {
                a.send(f);
            }
            for (int k = 0; k < 10; k++) {
                assertArrayEquals(f, Frames.await(b, 5000));
            }
            assertNull(b.receive());
            assertTrue(frames.get() >= 1 && frames.get() <= 10, frames + " times told");
            assertEquals(10, net.counters(a).framesOut());
            assertEquals(10, net.counters(b).framesIn());
            net.connect(b, false);
            assertFalse(b.connected());
            a.send(f);
            assertNull(Frames.await(b, 50));
            net.connect(b, true);
            assertTrue(b.connected());
            assertEquals(2, changes.get(), "told of both changes");
            net.group(b, PortGroup.access(7));
            a.send(f);
            assertNull(Frames.await(b, 50), "another virtual network");
            net.group(a, PortGroup.access(7));
            a.send(f);
            assertNotNull(Frames.await(b, 5000));
        }
    }

    @Test
    void aLinkIsShapedAndCapturedWhileItRuns() throws Exception {
        try (Network net = Network.closed("x")) {
            Cable a = net.plug("a");
            Cable b = net.plug("b");
            net.shape(a, new Shaping(0, 0, 1, 0, 0, 0), Shaping.NONE);
            a.send(Frames.frame(Ethernet.BROADCAST, 0xA, 1));
            assertNull(Frames.await(b, 50), "everything is lost");
            net.shape(a, new Shaping(30_000_000, 0, 0, 0, 0, 0), Shaping.NONE);
            long start = System.nanoTime();
            a.send(Frames.frame(Ethernet.BROADCAST, 0xA, 1));
            assertNotNull(Frames.await(b, 5000));
            assertTrue(System.nanoTime() - start >= 30_000_000, "takes its time");
            net.shape(a, Shaping.NONE, Shaping.NONE);
            Path file = folder.resolve("c.pcapng");
            net.capture(a, file, 0, 1);
            a.send(Frames.frame(Ethernet.BROADCAST, 0xA, 1));
            assertNotNull(Frames.await(b, 5000));
            net.endCapture(a);
            assertTrue(Files.size(file) > 150, "the frame is in the capture");
        }
    }

    @Test
    void aQueueThatNobodyEmptiesIsLimitedAndAClosedNetworkTakesEverything() throws Exception {
        Network net = Network.closed("x");
        Cable a = net.plug("a");
        Cable b = net.plug("b");
        for (int k = 0; k < 5000; k++) {
            a.send(Frames.frame(0xB, 0xA, k));
            if (k % 500 == 0) {
                Thread.sleep(5);
            }
        }
        for (int k = 0; k < 30_000 && net.counters(b).framesIn() == 0; k++) {
            Thread.sleep(1);
        }
        net.connect(a, false); // so that nothing comes while the queue is counted
        int waiting = 0;
        while (b.receive() != null) {
            waiting++;
        }
        assertTrue(waiting > 0 && waiting <= 2048, waiting + " frames waited");
        net.close();
        a.send(Frames.frame(0xB, 0xA, 1));
        assertNull(b.receive());
        assertFalse(a.connected());
        net.unplug(b);
    }

    @Test
    void networksOfOneNameAreOneAlsoWhenTheMiddleGoes() throws Exception {
        Network first = Network.shared("lab", folder);
        Cable a = first.plug("a");
        try (Network second = Network.shared("lab", folder);
                Network third = Network.shared("lab", folder);
                Network other = Network.shared("other", folder)) {
            Cable b = second.plug("b");
            Cable c = third.plug("c");
            Cable d = other.plug("d");
            Frames.meets(a, b, 1);
            Frames.meets(b, c, 2);
            Frames.meets(c, a, 3);
            first.close();
            Frames.meets(b, c, 4);
            Frames.meets(c, b, 5);
            assertNull(d.receive(), "another name is another network");
        }
        assertFalse(Files.exists(folder.resolve("net-lab.sock")), "the last one clears away");
    }
}
