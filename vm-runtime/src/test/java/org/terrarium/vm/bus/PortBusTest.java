package org.terrarium.vm.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortBusTest {
    private final PortBus bus = new PortBus();
    private final List<String> log = new ArrayList<>();

    private PortDevice named(String name, int answer) {
        return new PortDevice() {
            @Override
            public int read(int offset, int size) {
                log.add(name + " in " + offset + "/" + size);
                return answer;
            }

            @Override
            public void write(int offset, int size, int value) {
                log.add(name + " out " + offset + "/" + size + "=" + Integer.toHexString(value));
            }
        };
    }

    @Test
    void unclaimedPortsReadAllOnes() {
        assertEquals(0xFF, bus.read(0x80, 1));
        assertEquals(0xFFFF, bus.read(0x80, 2));
        assertEquals(-1, bus.read(0x80, 4));
        bus.write(0x80, 4, 5);
    }

    @Test
    void offsetsAreLocal() {
        bus.map(0x3F8, 8, named("uart", 0x11));
        assertEquals(0x11, bus.read(0x3FD, 1));
        bus.write(0x3F8, 1, 0x41);
        assertEquals(List.of("uart in 5/1", "uart out 0/1=41"), log);
    }

    @Test
    void anAccessAcrossTwoChipsIsSplit() {
        bus.map(0x60, 1, named("kbd", 0xAA));
        bus.map(0x61, 1, named("port61", 0xBB));
        assertEquals(0xBBAA, bus.read(0x60, 2));
        bus.write(0x60, 2, 0x1234);
        assertEquals(List.of("kbd in 0/1", "port61 in 0/1", "kbd out 0/1=34", "port61 out 0/1=12"), log);
    }

    @Test
    void anAccessAtTheLastPortWrapsToTheFirst() {
        bus.map(0xFFFF, 1, named("last", 1));
        bus.map(0, 1, named("first", 2));
        assertEquals(0x0201, bus.read(0xFFFF, 2));
    }

    @Test
    void aLaterMappingWinsUntilItGoesAndBarsMayLeaveInAnyOrder() {
        PortDevice a = named("a", 1);
        PortDevice b = named("b", 2);
        bus.map(0xC000, 16, a);
        bus.map(0xC008, 16, b);
        assertEquals(2, bus.read(0xC008, 1));
        bus.unmap(0xC000, 16, a);
        assertEquals(2, bus.read(0xC008, 1));
        assertEquals(0xFF, bus.read(0xC000, 1));
        bus.unmap(0xC008, 16, b);
        assertFalse(bus.claimed(0xC008));
    }
}
