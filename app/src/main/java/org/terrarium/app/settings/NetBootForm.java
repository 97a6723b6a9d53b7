package org.terrarium.app.settings;

import java.util.function.Supplier;
import javafx.stage.Window;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.text.Text;

/** The fields that make the gateway a server for network boot. */
public final class NetBootForm {
    private NetBootForm() {}

    /**
     * @param before what the fields' names begin with
     * @param after what they end with
     */
    public static Form of(NetBootModel boot, String before, String after, Dialogs dialogs, Supplier<Window> window) {
        Form form = new Form();
        form.file(
                before + "-tftp" + after,
                Text.of("settings.network.tftp"),
                boot.tftpProperty(),
                boot.tftpProblem(),
                Text.of("settings.network.tftpHint"),
                Buttons.choose(
                        () -> dialogs.chooseFolder(window.get(), "tftp", Text.of("settings.network.tftp")),
                        folder -> boot.tftpProperty().set(folder.toString())));
        form.text(
                before + "-bootfile" + after,
                Text.of("settings.network.bootFile"),
                boot.fileProperty(),
                boot.fileProblem(),
                Text.of("settings.network.bootFileHint"));
        return form;
    }
}
