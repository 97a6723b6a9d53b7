package org.terrarium.app.shell;

import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.text.Text;
import org.terrarium.vm.spec.MachineName;

/** Names for machines: free ones, and what is wrong with others. Belongs to the JavaFX thread. */
final class Names {
    private final LibraryModel model;

    Names(LibraryModel model) {
        this.model = model;
    }

    /** A name like another one with a number after it that no machine has; the 12 of "Debian 12" is no such number. */
    String free(String like) {
        String base = like.replaceFirst(" \\(\\d{1,4}\\)$", "");
        int n = 2;
        while (model.find(numbered(base, n)).isPresent()) {
            n++;
        }
        return numbered(base, n);
    }

    private static String numbered(String base, int n) {
        return base + " (" + n + ")";
    }

    /** What is wrong with a name, a sentence or empty; {@code except} may have it. */
    String problem(String name, MachineModel except) {
        if (name.isEmpty()) {
            return Text.of("wizard.name.empty");
        }
        try {
            MachineName.check(name);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        return model.find(name).filter(m -> m != except).isPresent() ? Text.of("wizard.name.taken") : "";
    }
}
