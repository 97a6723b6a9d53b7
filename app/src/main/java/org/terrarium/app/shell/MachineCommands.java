package org.terrarium.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import org.terrarium.app.fx.Command;
import org.terrarium.app.fx.Shortcuts;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.app.text.Text;

/** What can be done with the selected machine, for the menus, the tool bar and the machine's own menu. */
final class MachineCommands {
    /** What the window does for them. */
    interface Actions {
        /** Starts the machine if it is off, and shows its console. */
        void open(MachineModel machine);

        void startHeadless(MachineModel machine);

        void reset(MachineModel machine);

        void powerOff(MachineModel machine);

        void insertCd(MachineModel machine);

        void settings(MachineModel machine);

        void copy(MachineModel machine);

        /** Makes a linked clone of a template without asking. */
        void linkedClone(MachineModel machine);

        /** Makes it a template, or an ordinary machine again. */
        void template(MachineModel machine);

        void export(MachineModel machine);

        void startThrowAway(MachineModel machine);

        /** Forgets the state in which it was suspended. */
        void discardState(MachineModel machine);

        /** Shows its snapshots in a window of their own. */
        void snapshots(MachineModel machine);

        void takeSnapshot(MachineModel machine);

        void rename(MachineModel machine);

        void group(MachineModel machine);

        void showFolder(MachineModel machine);

        void remove(MachineModel machine);
    }

    private final LibraryModel model;
    private final List<Runnable> checks = new ArrayList<>();
    private MachineModel followed;
    private final InvalidationListener changed = o -> refresh();

    final Command start;
    final Command headless;
    final Command pause;
    final Command reset;
    final Command powerButton;
    final Command powerOff;
    final Command insertCd;
    final Command ejectCd;
    final Command settings;
    final Command throwAway;
    final Command keepChanges;
    final Command suspend;
    final Command discardState;
    final Command takeSnapshot;
    final Command snapshots;
    final Command copy;
    final Command linkedClone;
    final Command template;
    final Command rename;
    final Command group;
    final Command showFolder;
    final Command remove;
    final Command export;

    MachineCommands(LibraryModel model, Shortcuts shortcuts, Actions actions) {
        this.model = model;
        start = add(shortcuts, "start", "start", "F9", actions::open, MachineCommands::whyNotOpen);
        headless = add(
                shortcuts,
                "startHeadless",
                "headless",
                "Shift+F9",
                actions::startHeadless,
                m -> m.status().startable() && !m.template() ? "" : whyNotStartable(m));
        pause = add(shortcuts, "pause", "pause", "Shortcut+P", MachineModel::togglePause, MachineCommands::whyNotOn);
        reset = add(shortcuts, "reset", "reset", "Shortcut+T", actions::reset, MachineCommands::whyNotOn);
        powerButton = add(
                shortcuts, "powerButton", "power", "Shortcut+H", MachineModel::powerButton, MachineCommands::whyNotOn);
        powerOff = add(shortcuts, "powerOff", "off", "Shortcut+Shift+H", actions::powerOff, MachineCommands::whyNotOn);
        insertCd = add(shortcuts, "insertCd", "cd", "Shortcut+I", actions::insertCd, MachineCommands::whyUnreadable);
        ejectCd = add(
                shortcuts,
                "ejectCd",
                "eject",
                "Shortcut+Shift+I",
                m -> m.changeCd(null),
                m -> m.cd().isPresent() ? "" : Text.of("commands.why.noCd"));
        settings =
                add(shortcuts, "settings", "settings", "Shortcut+S", actions::settings, MachineCommands::whyUnreadable);
        throwAway = add(
                shortcuts,
                "throwAway",
                "sprout",
                "Shortcut+F9",
                actions::startThrowAway,
                m -> m.status().startable() && !m.template() ? "" : whyNotStartable(m));
        keepChanges = add(
                shortcuts,
                "keepChanges",
                "check",
                null,
                MachineModel::keepChanges,
                m -> m.throwsAwayProperty().get() ? "" : Text.of("commands.why.noThrowAway"));
        suspend = add(
                shortcuts,
                "suspend",
                "suspend",
                "Shortcut+Shift+P",
                MachineModel::suspend,
                m -> m.suspendable()
                        ? ""
                        : m.throwsAwayProperty().get() ? Text.of("snapshots.why.throwAway") : whyNotOn(m));
        discardState = add(
                shortcuts,
                "discardState",
                "close",
                null,
                actions::discardState,
                m -> m.suspendedProperty().get() && m.status().startable() ? "" : Text.of("commands.why.notSuspended"));
        takeSnapshot = add(
                shortcuts,
                "takeSnapshot",
                "camera",
                "Shortcut+Shift+T",
                actions::takeSnapshot,
                MachineCommands::whyUnreadable);
        snapshots = add(
                shortcuts,
                "snapshots",
                "snapshots",
                "Shortcut+Shift+S",
                actions::snapshots,
                MachineCommands::whyUnreadable);
        copy = add(shortcuts, "clone", "copy", "Shortcut+Shift+C", actions::copy, MachineCommands::whyNotCopy);
        linkedClone = add(
                shortcuts,
                "linkedClone",
                "add",
                "Shortcut+L",
                actions::linkedClone,
                m -> m.template() ? "" : Text.of("commands.why.noTemplate"));
        template = add(shortcuts, "template", "stamp", null, actions::template, MachineCommands::whyInUse);
        rename = add(shortcuts, "rename", "rename", "F2", actions::rename, MachineCommands::whyInUse);
        group = add(shortcuts, "group", "tag", "Shortcut+U", actions::group, MachineCommands::whyUnreadable);
        showFolder = add(shortcuts, "showFolder", "folder", "Shortcut+Shift+O", actions::showFolder, m -> "");
        remove = add(shortcuts, "remove", "delete", "Shortcut+Delete", actions::remove, MachineCommands::whyInUse);
        export = add(shortcuts, "export", "export", "Shortcut+E", actions::export, MachineCommands::whyNotCopy);
        model.selectedProperty().addListener((o, was, is) -> follow(is));
        follow(model.selectedProperty().get());
    }

    private Command add(
            Shortcuts shortcuts,
            String id,
            String icon,
            String keys,
            Consumer<MachineModel> action,
            Function<MachineModel, String> whyNot) {
        Command command = new Command(id, icon, () -> {
            MachineModel machine = model.selectedProperty().get();
            if (machine != null) {
                action.accept(machine);
            }
        });
        checks.add(() -> {
            MachineModel machine = model.selectedProperty().get();
            command.reasonProperty().set(machine == null ? Text.of("commands.why.noMachine") : whyNot.apply(machine));
        });
        return shortcuts.add(command, keys);
    }

    private void follow(MachineModel machine) {
        if (followed != null) {
            followed.live().statusProperty().removeListener(changed);
            followed.specProperty().removeListener(changed);
            followed.throwsAwayProperty().removeListener(changed);
            followed.suspendedProperty().removeListener(changed);
        }
        followed = machine;
        if (machine != null) {
            machine.live().statusProperty().addListener(changed);
            machine.specProperty().addListener(changed);
            machine.throwsAwayProperty().addListener(changed);
            machine.suspendedProperty().addListener(changed);
        }
        refresh();
    }

    /** Looks again at what can be done. */
    void refresh() {
        checks.forEach(Runnable::run);
        Status s = followed == null ? Status.OFF : followed.status();
        boolean suspended = followed != null && followed.suspendedProperty().get();
        start.textProperty()
                .set(Text.of(
                        s.live() ? "commands.showConsole" : suspended ? "commands.resumeSuspended" : "commands.start"));
        template.textProperty()
                .set(Text.of(followed != null && followed.template() ? "commands.noTemplate" : "commands.template"));
        start.iconProperty().set(s.live() ? "console" : "start");
        pause.textProperty().set(Text.of(s == Status.PAUSED ? "commands.resume" : "commands.pause"));
        pause.iconProperty().set(s == Status.PAUSED ? "start" : "pause");
    }

    /** The machine's own menu; null draws a line. */
    List<Command> machineMenu() {
        return new ArrayList<>(java.util.Arrays.asList(
                start,
                headless,
                throwAway,
                keepChanges,
                null,
                pause,
                suspend,
                discardState,
                reset,
                powerButton,
                powerOff,
                null,
                takeSnapshot,
                snapshots,
                null,
                insertCd,
                ejectCd,
                settings,
                null,
                copy,
                linkedClone,
                template,
                export,
                null,
                rename,
                group,
                showFolder,
                null,
                remove));
    }

    private static String whyNotOpen(MachineModel m) {
        Status s = m.status();
        return s.startable() && !m.template() || s.live() ? "" : whyNotStartable(m);
    }

    private static String whyNotStartable(MachineModel m) {
        if (m.template()) {
            return Text.of("commands.why.template");
        }
        return switch (m.status()) {
            case BROKEN -> Text.of("commands.why.broken");
            case ELSEWHERE -> Text.of("commands.why.elsewhere");
            case STARTING, STOPPING -> Text.of("commands.why.busy");
            default -> Text.of("commands.why.on");
        };
    }

    private static String whyNotOn(MachineModel m) {
        return m.controllable() ? "" : Text.of(m.status().busy() ? "commands.why.busy" : "commands.why.off");
    }

    private static String whyUnreadable(MachineModel m) {
        return m.specProperty().get() == null ? Text.of("commands.why.broken") : "";
    }

    private static String whyInUse(MachineModel m) {
        Status s = m.status();
        return s.live() || s.busy()
                ? Text.of("commands.why.on")
                : s == Status.ELSEWHERE ? Text.of("commands.why.elsewhere") : "";
    }

    private static String whyNotCopy(MachineModel m) {
        Status s = m.status();
        if (s.busy()) {
            return Text.of("commands.why.busy");
        }
        if (s == Status.ELSEWHERE && !m.controllable()) {
            return Text.of("commands.why.elsewhere");
        }
        return m.throwsAwayProperty().get() ? Text.of("snapshots.why.throwAway") : whyUnreadable(m);
    }
}
