package org.terrarium.vm.display;

/** A video chip's output side. */
public interface FrameSource {
    /** Brings the frame up to date with the guest's video memory and registers; called on the machine's thread. */
    void render(Frame frame);
}
