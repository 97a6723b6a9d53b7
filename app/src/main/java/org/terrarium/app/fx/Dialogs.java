package org.terrarium.app.fx;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Alert;
import javafx.scene.control.Alert.AlertType;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Screen;
import javafx.stage.Window;
import org.terrarium.app.text.Text;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.library.Preferences;

/** The small dialogs: a message, a question, a file to choose. Belongs to the JavaFX thread. */
public final class Dialogs {
    private static final double TEXT_WIDTH = 440;

    /** What a dialog has above and below its contents, with the frame and the desktop's own bars. */
    private static final double AROUND = 180;

    private static final String LAST_FOLDER = "state.folder.";

    private final Theme theme;
    private final Preferences preferences;

    public Dialogs(Theme theme, Preferences preferences) {
        this.theme = theme;
        this.preferences = preferences;
    }

    /** The height for a large dialog's contents: the one wished for, unless the screen is too small for it. */
    public static double height(double wished) {
        return Math.min(wished, Screen.getPrimary().getVisualBounds().getHeight() - AROUND);
    }

    public Theme theme() {
        return theme;
    }

    /** Says what could not be done and why. */
    public void error(Window owner, String headline, String sentence) {
        Alert alert = alert(
                owner, "warning", headline, sentence, new ButtonType(Text.of("dialogs.close"), ButtonData.OK_DONE));
        alert.show();
    }

    /** Says something that is no trouble. */
    public void tell(Window owner, String headline, String sentence) {
        alert(owner, "info", headline, sentence, new ButtonType(Text.of("dialogs.close"), ButtonData.OK_DONE))
                .show();
    }

    /** Asks before something that cannot be undone; true when the user agrees. */
    public boolean confirm(Window owner, String headline, String sentence, String agree) {
        return choose(owner, headline, sentence, List.of(agree)).isPresent();
    }

    /**
     * Asks which of several things to do.
     *
     * @param answers the words on the buttons; the first is the usual one
     * @return the answer's place among them, or empty when the user wants none
     */
    public Optional<Integer> choose(Window owner, String headline, String sentence, List<String> answers) {
        List<ButtonType> buttons = new ArrayList<>();
        for (String answer : answers) {
            buttons.add(new ButtonType(answer, buttons.isEmpty() ? ButtonData.OK_DONE : ButtonData.OTHER));
        }
        ButtonType cancel = cancel();
        buttons.add(cancel);
        Alert alert = alert(owner, "question", headline, sentence, buttons.toArray(ButtonType[]::new));
        return alert.showAndWait().map(buttons::indexOf).filter(n -> n >= 0 && n < answers.size());
    }

    /** A button that gives a dialog up, in the user's language. */
    public static ButtonType cancel() {
        return new ButtonType(Text.of("dialogs.cancel"), ButtonData.CANCEL_CLOSE);
    }

    /**
     * Asks which of several things to do, one of which has to be done.
     *
     * @return the answer's place among them, or empty when the window was closed without one
     */
    public Optional<Integer> chooseOne(Window owner, String headline, String sentence, List<String> answers) {
        List<ButtonType> buttons = new ArrayList<>();
        for (String answer : answers) {
            buttons.add(new ButtonType(answer, buttons.isEmpty() ? ButtonData.CANCEL_CLOSE : ButtonData.OTHER));
        }
        Alert alert = alert(owner, "question", headline, sentence, buttons.toArray(ButtonType[]::new));
        return alert.showAndWait().map(buttons::indexOf).filter(n -> n >= 0);
    }

    private Alert alert(Window owner, String icon, String headline, String sentence, ButtonType... buttons) {
        Alert alert = new Alert(AlertType.NONE, "", buttons);
        alert.initOwner(owner);
        alert.setTitle("Terrarium");
        alert.setHeaderText(headline);
        Label text = new Label(sentence.matches("(?s).*[.!?]") ? sentence : sentence + ".");
        text.setWrapText(true);
        text.setPrefWidth(TEXT_WIDTH); // else a long path would decide how wide the dialog is
        text.setMinHeight(Label.USE_PREF_SIZE);
        alert.getDialogPane().setContent(text);
        Node picture = Icons.of(icon, 26);
        picture.getStyleClass().add("dialog-" + icon);
        alert.setGraphic(picture);
        theme.apply(alert);
        return alert;
    }

    /** Asks for a CD image. */
    public Optional<Path> chooseIso(Window owner) {
        return chooseFile(
                owner,
                "media",
                Text.of("dialogs.chooseIso"),
                new ExtensionFilter(Text.of("dialogs.isoFiles"), "*.iso", "*.ISO"));
    }

    /** Asks for a floppy image. */
    public Optional<Path> chooseFloppy(Window owner) {
        return chooseFile(
                owner,
                "media",
                Text.of("dialogs.chooseFloppy"),
                new ExtensionFilter(Text.of("dialogs.floppyFiles"), "*.img", "*.ima", "*.flp", "*.vfd", "*.IMG"));
    }

    /** Asks for a disk image of any format. */
    public Optional<Path> chooseDisk(Window owner) {
        return chooseFile(
                owner,
                "media",
                Text.of("dialogs.chooseDisk"),
                new ExtensionFilter(
                        Text.of("dialogs.diskFiles"),
                        "*.qcow2",
                        "*.vmdk",
                        "*.vdi",
                        "*.vhd",
                        "*.vhdx",
                        "*.raw",
                        "*.img"));
    }

    /**
     * Asks for a file there is.
     *
     * @param kind under which the folder is remembered where the last one was
     * @param filter which files are shown first
     */
    public Optional<Path> chooseFile(Window owner, String kind, String title, ExtensionFilter filter) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().addAll(filter, new ExtensionFilter(Text.of("dialogs.allFiles"), "*"));
        lastFolder(kind).ifPresent(chooser::setInitialDirectory);
        return remembered(kind, chooser.showOpenDialog(owner));
    }

    /** Asks where to save a file; parameters as for {@link #chooseFile}. */
    public Optional<Path> saveFile(Window owner, String kind, String title, String name, ExtensionFilter filter) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(name);
        chooser.getExtensionFilters().add(filter);
        lastFolder(kind).ifPresent(chooser::setInitialDirectory);
        return remembered(kind, chooser.showSaveDialog(owner));
    }

    /** Asks for a folder there is. */
    public Optional<Path> chooseFolder(Window owner, String kind, String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        lastFolder(kind).ifPresent(chooser::setInitialDirectory);
        return remembered(kind, chooser.showDialog(owner));
    }

    /** Asks where to save a picture. */
    public Optional<Path> choosePng(Window owner, String name) {
        return saveFile(
                owner,
                "pictures",
                Text.of("dialogs.savePicture"),
                name,
                new ExtensionFilter(Text.of("dialogs.pngFiles"), "*.png"));
    }

    /** The folder where the last file of that kind was, else the user's own. */
    public Path usualFolder(String kind) {
        return lastFolder(kind).map(File::toPath).orElse(Path.of(System.getProperty("user.home")));
    }

    private Optional<File> lastFolder(String kind) {
        String usual = kind.equals("media") ? preferences.get(Preference.MEDIA_FOLDER) : "";
        String folder = preferences.get(LAST_FOLDER + kind, usual);
        File first = folder.isEmpty() ? Preferences.home(System.getenv()).toFile() : new File(folder);
        return Optional.of(first).filter(File::isDirectory);
    }

    private Optional<Path> remembered(String kind, File file) {
        if (file == null) {
            return Optional.empty();
        }
        Path path = file.toPath();
        Path folder = Files.isDirectory(path) ? path : path.getParent();
        try {
            preferences.set(LAST_FOLDER + kind, folder.toString());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(path); // only a convenience
        }
        return Optional.of(path);
    }
}
