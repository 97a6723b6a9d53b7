package org.terrarium.vm.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The contract must notice each way of breaking it. */
class DeviceContractTest {
    record LatchState(int value, byte[] memory) {}

    /** A register at port 0 and a byte of memory at port 1, with switchable faults. */
    private static class Latch implements Device<LatchState>, BytePortDevice {
        int value;
        byte[] memory = new byte[1];

        @Override
        public String label() {
            return "latch";
        }

        @Override
        public void reset() {
            value = 0;
            memory[0] = 0;
        }

        @Override
        public LatchState save() {
            return new LatchState(value, memory.clone());
        }

        @Override
        public void restore(LatchState state) {
            value = state.value();
            memory = state.memory().clone();
        }

        @Override
        public int readByte(int offset) {
            return offset == 0 ? value : memory[0] & 0xFF;
        }

        @Override
        public void writeByte(int offset, int v) {
            if (offset == 0) {
                value = v;
            } else {
                memory[0] = (byte) v;
            }
        }
    }

    private static void verify(java.util.function.Supplier<Latch> factory) {
        DeviceContract.<Latch, LatchState>of(timers -> factory.get())
                .change(latch -> {
                    latch.writeByte(0, 5);
                    latch.writeByte(1, 6);
                })
                .ports(latch -> latch, 2)
                .verify();
    }

    @Test
    void acceptsAnHonestDevice() {
        verify(Latch::new);
    }

    @Test
    void noticesSharedArrays() {
        assertThrows(
                AssertionError.class,
                () -> verify(() -> new Latch() {
                    @Override
                    public LatchState save() {
                        return new LatchState(value, memory);
                    }
                }));
    }

    @Test
    void noticesStateLeftOutOfTheRecord() {
        assertThrows(
                AssertionError.class,
                () -> verify(() -> new Latch() {
                    @Override
                    public void restore(LatchState state) {
                        memory = state.memory().clone();
                    }
                }));
    }

    @Test
    void noticesHiddenBehaviour() {
        assertThrows(
                AssertionError.class,
                () -> verify(() -> new Latch() {
                    private int reads;

                    @Override
                    public int readByte(int offset) {
                        return offset == 0 ? reads++ & 0xFF : super.readByte(offset);
                    }
                }));
    }

    @Test
    void noticesIncompleteReset() {
        assertThrows(
                AssertionError.class,
                () -> verify(() -> new Latch() {
                    @Override
                    public void reset() {
                        value = 0;
                    }
                }));
    }

    @Test
    void noticesExceptions() {
        AssertionError e = assertThrows(
                AssertionError.class,
                () -> verify(() -> new Latch() {
                    @Override
                    public void writeByte(int offset, int v) {
                        if (v == 0x80) {
                            throw new IllegalStateException("guest nonsense");
                        }
                        super.writeByte(offset, v);
                    }
                }));
        assertTrue(e.getMessage().contains("seed"), e.getMessage());
    }

    @Test
    void namesTheFirstDifference() {
        assertEquals(
                "LatchState.memory[0]: 1 != 2",
                States.difference(new LatchState(1, new byte[] {1}), new LatchState(1, new byte[] {2})));
        assertNull(States.difference(new LatchState(1, new byte[] {1}), new LatchState(1, new byte[] {1})));
    }
}
