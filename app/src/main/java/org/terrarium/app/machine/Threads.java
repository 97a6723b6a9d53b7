package org.terrarium.app.machine;

import java.util.concurrent.Executor;

/**
 * Where view models run things.
 *
 * @param ui where properties change: the JavaFX thread
 * @param background for what may take a while: files, waiting for a machine
 */
public record Threads(Executor ui, Executor background) {}
