package org.terrarium.vm.device.debugport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.terrarium.vm.bus.DeviceContract;
import org.terrarium.vm.bus.TestMemory;
import org.terrarium.vm.device.dma.Dma;

class DebugPortTest {
    @Test
    void e9EchoesItsNumberAndPassesBytesOn() {
        StringBuilder text = new StringBuilder();
        DebugPort port = new DebugPort(b -> text.append((char) b));
        assertEquals(0xE9, port.read(0, 1));
        port.write(0, 1, 'h');
        port.write(0, 1, 'i');
        assertEquals("hi", text.toString());
    }

    @Test
    void postCodesStayVisibleInThePageRegister() {
        Dma dma = new Dma("dma", new TestMemory(0x10000));
        PostCode post = new PostCode("post", dma.pageRegisters());
        assertEquals(-1, post.code());
        post.port().write(0, 1, 0x55);
        assertEquals(0x55, post.code());
        assertEquals(0x55, dma.pageRegisters().read(0, 1));
        assertEquals(0x55, post.port().read(0, 1));
    }

    @Test
    void keepsTheDeviceContract() {
        DeviceContract.<PostCode, PostCodeState>of(
                        queue -> new PostCode("post", new Dma("dma", new TestMemory(0x10000)).pageRegisters()))
                .change(p -> p.port().write(0, 1, 1))
                .ports(PostCode::port, 1)
                .withoutTwin("the page register behind it has a state of its own")
                .verify();
    }
}
