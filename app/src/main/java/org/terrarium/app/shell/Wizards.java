package org.terrarium.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import javafx.stage.Stage;
import org.terrarium.app.console.HostKeyDialog;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.preferences.PreferencesDialog;
import org.terrarium.app.preferences.PreferencesModel;
import org.terrarium.app.settings.SettingsDialog;
import org.terrarium.app.settings.SettingsModel;
import org.terrarium.app.text.Text;
import org.terrarium.app.wizard.NewMachineDialog;
import org.terrarium.app.wizard.NewMachineModel;
import org.terrarium.app.wizard.NewMachineModel.Source;
import org.terrarium.vm.HostMemory;
import org.terrarium.vm.disk.AllowedFolders;
import org.terrarium.vm.disk.DiskJob;
import org.terrarium.vm.library.MachineFolder;
import org.terrarium.vm.library.MachineMaker;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.media.MediaKind;
import org.terrarium.vm.spec.MachineSpec;

/** The large dialogs: a new machine, a machine's settings, the preferences; and what comes of them. */
final class Wizards {
    private final Stage stage;
    private final LibraryModel model;
    private final Services services;
    private final Dialogs dialogs;
    private final Runnable demo;

    /** @param demo makes and starts the demo machine */
    Wizards(Stage stage, LibraryModel model, Services services, Runnable demo) {
        this.stage = stage;
        this.model = model;
        this.services = services;
        this.dialogs = services.dialogs();
        this.demo = demo;
    }

    void newMachine() {
        newMachine(answers());
    }

    /** Asks for the rest of a machine that starts from that medium. */
    void newMachine(Path media, MediaKind kind) {
        NewMachineModel answers = answers();
        switch (kind) {
            case CD -> answers.chooseIso(media);
            case FLOPPY -> answers.chooseFloppy(media);
            default -> answers.chooseImage(media);
        }
        newMachine(answers);
    }

    private NewMachineModel answers() {
        return new NewMachineModel(n -> model.find(n).isPresent(), HostMemory.totalMib(), services.threads());
    }

    private void newMachine(NewMachineModel answers) {
        Path nowhere = model.library().home().resolve(".nothing");
        NewMachineDialog dialog = new NewMachineDialog(stage, dialogs, answers, nowhere);
        if (!dialog.ask()) {
            return;
        }
        if (answers.sourceProperty().get() == Source.DEMO) {
            demo.run();
            return;
        }
        MachineSpec spec = dialog.spec();
        Map<Path, Long> disks = dialog.disksToMake();
        DiskJob<MachineFolder> job;
        if (answers.sourceProperty().get() == Source.DISK) {
            job = new MachineMaker(model.library(), services.preferences(), AllowedFolders.gate(System.getenv()))
                    .make(spec, answers.imageFile(), answers.imageUse(), disks);
        } else {
            job = DiskJob.start(
                    Text.of("wizard.making", spec.name()),
                    progress -> model.library().create(spec, disks));
        }
        services.tasks()
                .follow(
                        job,
                        made -> model.refreshAndSelect(made.name(), m -> {}),
                        sentence -> dialogs.error(stage, Text.of("library.trouble.create", spec.name()), sentence));
    }

    /** Shows a machine's settings over a window. */
    void settings(MachineModel machine, Stage over) {
        MachineSpec spec = machine.specProperty().get();
        boolean running = !machine.status().startable();
        SettingsModel settings =
                new SettingsModel(spec, machine.folder()::resolve, running, HostMemory.totalMib(), new SecureRandom());
        for (int n = 0; n < settings.cards().size(); n++) {
            settings.cards().get(n).cableProperty().set(!machine.unplugged(n));
        }
        if (!new SettingsDialog(over, dialogs, settings).ask(null)) {
            return;
        }
        if (running) {
            machine.changeWhileOn(spec, settings.spec());
            for (int n = 0; n < settings.cards().size(); n++) {
                boolean in = settings.cards().get(n).cableProperty().get();
                if (in == machine.unplugged(n)) {
                    machine.plug(n, in);
                }
            }
        } else {
            machine.change(settings.spec(), settings.disksToMake());
        }
    }

    void preferences() {
        PreferencesModel edited = new PreferencesModel(services.preferences());
        PreferencesDialog dialog = new PreferencesDialog(
                stage,
                dialogs,
                edited,
                services.shortcuts(),
                model.library().home(),
                services.threads(),
                over -> HostKeyDialog.show(
                        over, services.console((headline, sentence) -> dialogs.error(over, headline, sentence))));
        if (dialog.ask()) {
            services.theme()
                    .choiceProperty()
                    .set(Theme.Choice.parse(services.preferences().get(Preference.THEME)));
        }
    }

    /** Changes the colours, now and for later. */
    void chooseTheme(Theme.Choice choice) {
        services.theme().choiceProperty().set(choice);
        try {
            services.preferences().set(Preference.THEME, choice.id());
        } catch (IOException e) {
            dialogs.error(stage, Text.of("preferences.failed"), e.getMessage());
        }
    }
}
