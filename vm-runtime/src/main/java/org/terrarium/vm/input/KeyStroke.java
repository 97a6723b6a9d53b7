package org.terrarium.vm.input;

/** A key going down or up. */
public record KeyStroke(Key key, boolean pressed) {}
