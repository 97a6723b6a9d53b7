package org.terrarium.vm.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Locale;
import org.terrarium.disk.Progress;
import org.terrarium.vm.Machine;
import org.terrarium.vm.MachineState;
import org.terrarium.vm.MachineStats;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.snapshot.LiveSnapshots;
import org.terrarium.vm.snapshot.SnapshotPolicy;
import org.terrarium.vm.snapshot.Snapshots;

/** What other processes may have a running machine do, through its control socket. */
final class SessionOrders {
    private final MachineSession session;
    private final Machine machine;
    private final ConsoleOrders console;
    private final NetworkOrders network;
    private final SoundLink sound;

    SessionOrders(MachineSession session, ConsoleOrders console, NetworkOrders network, SoundLink sound) {
        this.sound = sound;
        this.session = session;
        machine = session.machine();
        this.console = console;
        this.network = network;
    }

    /**
     * Carries an order out.
     *
     * @param answer gets what is to be told
     * @param untilGone what is to be closed when the asking process is gone
     */
    void carryOut(String command, JsonNode order, ObjectNode answer, Deque<Closeable> untilGone) throws IOException {
        switch (command) {
            case "status" -> status(answer);
            case "snapshotTake" -> {
                LiveSnapshots live = session.requireSnapshots();
                String name = order.path("name").asText();
                String note = order.path("note").asText();
                LiveSnapshots.Taken taken = order.path("automatic").asText().equals("true")
                        ? live.takeAutomatic(name, note)
                        : live.take(new Snapshots.Wish(name, note, false));
                answer.put("id", taken.id()).put("pauseMillis", taken.pauseNanos() / 1_000_000);
            }
            case "snapshotHold" -> {
                LiveSnapshots.Held held = order.has("id")
                        ? session.requireLive().hold(order.path("id").asText())
                        : session.requireSnapshots()
                                .holdPresent(order.path("state").asText().equals("true"));
                untilGone.push(held);
                answer.put("id", held.id());
            }
            case "release" -> {
                while (!untilGone.isEmpty()) {
                    untilGone.pop().close();
                }
            }
            case "snapshotPolicy" ->
                session.requireSnapshots()
                        .setPolicy(new SnapshotPolicy(
                                order.path("every").asInt(),
                                order.path("keep").asInt(),
                                order.path("limit").asInt()));
            case "snapshotMerge" -> session.requireSnapshots().merge();
            case "snapshotMerging" -> merging(answer);
            case "snapshotDelete" ->
                session.requireSnapshots().delete(order.path("id").asText(), Progress.NONE);
            case "snapshotDescribe" ->
                session.requireSnapshots()
                        .describe(
                                order.path("id").asText(),
                                order.path("name").asText(),
                                order.path("note").asText());
            case "suspend" -> session.suspend(Progress.NONE);
            case "keep" -> session.keepChanges();
            case "pause" -> machine.pause();
            case "resume" -> machine.resume();
            case "togglePause" -> togglePause();
            case "reset" -> machine.reset();
            case "powerButton" -> machine.powerButton();
            case "powerOff" -> machine.powerOff();
            case "screenshot" ->
                MachineSession.savePicture(machine, Path.of(order.path("file").asText()));
            case "insertCd" ->
                machine.drives().insertCd(Path.of(order.path("file").asText()));
            case "cable" ->
                session.plug(order.path("card").asInt(), order.path("in").asBoolean(true));
            case "hear" -> sound.hear(order.path("on").asText().equals("true"));
            case "ejectCd" -> machine.drives().ejectCd();
            case "insertFloppy" ->
                machine.drives()
                        .insertFloppy(
                                order.path("drive").asInt(),
                                Path.of(order.path("file").asText()));
            case "ejectFloppy" ->
                machine.drives().ejectFloppy(order.path("drive").asInt());
            default -> {
                if (!console.carryOut(command, order, answer) && !network.carryOut(command, order, answer)) {
                    throw new IOException("a machine does not know the order '" + command + "'");
                }
            }
        }
    }

    private void merging(ObjectNode answer) throws IOException {
        DiskJob<Void> job = session.requireLive().merging().orElse(null);
        answer.put("merging", job != null && !job.finished());
        if (job != null) {
            answer.put("done", job.step().done()).put("total", job.step().total());
        }
    }

    private void togglePause() {
        if (machine.state() == MachineState.PAUSED) {
            machine.resume();
        } else {
            machine.pause();
        }
    }

    private void status(ObjectNode answer) {
        MachineStats stats = machine.stats();
        answer.put("name", session.name());
        answer.put("state", machine.state().name().toLowerCase(Locale.ROOT));
        answer.put("pid", ProcessHandle.current().pid());
        answer.put("instructions", stats.instructions());
        answer.put("tier", stats.tier());
        answer.put("mips", stats.mips());
        answer.put("seconds", stats.machineSeconds());
        answer.put("idleSeconds", stats.idleSeconds());
        Activity activity = session.activity();
        answer.put("cpuSeconds", activity.cpuSeconds());
        answer.put("diskBytes", activity.diskBytes());
        answer.put("networkBytes", activity.networkBytes());
        answer.put("sound", sound.spec().text());
        answer.put("sharedBytes", machine.shareActivity());
        machine.troubles().forEach(answer.putArray("troubles")::add);
    }
}
