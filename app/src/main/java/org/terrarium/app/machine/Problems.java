package org.terrarium.app.machine;

/** Where view models report what went wrong; the window shows a dialog. Any thread. */
@FunctionalInterface
public interface Problems {
    /**
     * @param headline what could not be done, a few words
     * @param sentence why, one sentence
     */
    void report(String headline, String sentence);
}
