package org.terrarium.vm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineListener;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.Preferences;

/**
 * What every command works with.
 *
 * @param front the windows, or null where there are none
 * @param environment the process's environment variables
 */
record CliContext(InputStream in, PrintStream out, PrintStream err, Front front, Map<String, String> environment) {
    MachineLibrary library() {
        return MachineLibrary.of(environment);
    }

    Preferences preferences() {
        return Preferences.of(environment);
    }

    /** The windows; a sentence when this program has none. */
    Front requireFront() throws CliFailure {
        return Optional.ofNullable(front)
                .orElseThrow(() -> new CliFailure("there is no display to open a window on; add --headless"));
    }

    /** Tells the user on the error stream, a line each, about trouble the host has while the machine runs. */
    void reportTrouble(Machine machine) {
        machine.troubles().forEach(sentence -> err.println(TerrariumCli.PREFIX + TerrariumCli.oneLine(sentence)));
        machine.addListener(new MachineListener() {
            @Override
            public void stateChanged(MachineState state) {
                // how a run ends is the command's business
            }

            @Override
            public void hostTrouble(String sentence) {
                err.println(TerrariumCli.PREFIX + TerrariumCli.oneLine(sentence));
            }
        });
    }

    void print(JsonNode json) {
        out.println(json.toPrettyString());
        out.flush();
    }
}
