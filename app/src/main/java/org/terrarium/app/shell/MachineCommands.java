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
    final Command copy;
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
                m -> m.status().startable() ? "" : whyNotStartable(m));
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
        copy = add(shortcuts, "clone", "copy", "Shortcut+Shift+C", actions::copy, MachineCommands::whyInUse);
        rename = add(shortcuts, "rename", "rename", "F2", actions::rename, MachineCommands::whyInUse);
        group = add(shortcuts, "group", "tag", "Shortcut+U", actions::group, MachineCommands::whyUnreadable);
        showFolder = add(shortcuts, "showFolder", "folder", "Shortcut+Shift+O", actions::showFolder, m -> "");
        remove = add(shortcuts, "remove", "delete", "Shortcut+Delete", actions::remove, MachineCommands::whyInUse);
        // The core cannot write appliances yet; the reason says so until it can.
        export = add(shortcuts, "export", "export", "Shortcut+E", m -> {}, m -> Text.of("commands.why.notYet"));
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
        }
        followed = machine;
        if (machine != null) {
            machine.live().statusProperty().addListener(changed);
            machine.specProperty().addListener(changed);
        }
        refresh();
    }

    /** Looks again at what can be done. */
    void refresh() {
        checks.forEach(Runnable::run);
        Status s = followed == null ? Status.OFF : followed.status();
        start.textProperty().set(Text.of(s.live() ? "commands.showConsole" : "commands.start"));
        start.iconProperty().set(s.live() ? "console" : "start");
        pause.textProperty().set(Text.of(s == Status.PAUSED ? "commands.resume" : "commands.pause"));
        pause.iconProperty().set(s == Status.PAUSED ? "start" : "pause");
    }

    /** The machine's own menu; null draws a line. */
    List<Command> machineMenu() {
        return new ArrayList<>(java.util.Arrays.asList(
                start,
                headless,
                null,
                pause,
                reset,
                powerButton,
                powerOff,
                null,
                insertCd,
                ejectCd,
                settings,
                null,
                copy,
                rename,
                group,
                showFolder,
                export,
                null,
                remove));
    }

    private static String whyNotOpen(MachineModel m) {
        Status s = m.status();
        return s.startable() || s.live() ? "" : whyNotStartable(m);
    }

    private static String whyNotStartable(MachineModel m) {
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
}
