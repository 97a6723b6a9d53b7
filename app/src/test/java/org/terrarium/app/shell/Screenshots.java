package org.terrarium.app.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TreeView;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.app.settings.SettingsPage;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormat;
import org.terrarium.disk.DiskFormats;
import org.terrarium.net.MacAddress;
import org.terrarium.vm.NicModel;
import org.terrarium.vm.spec.DiskSpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.ShareSpec;

/**
 * Walks through the whole program on a real display and takes a picture of every page, with real machines behind:
 * {@code packaging/screenshots.sh} runs it. Arguments: the folder for the pictures, the language, {@code light,dark}, the size of the main
 * window ({@code 1180x780}), a CD image, and optionally a pattern that the names of the pictures match.
 */
final class Screenshots extends PictureRig {
    private final SnapshotPictures snapshots = new SnapshotPictures(this);

    private Screenshots(String[] args) throws Exception {
        super(args);
    }

    public static void main(String[] args) throws Exception {
        int status = 0;
        Screenshots tour = new Screenshots(args);
        try {
            tour.prepare();
            for (String colours : args[2].split(",")) {
                tour.use(Theme.Choice.parse(colours));
                tour.walk();
            }
        } catch (Exception | AssertionError e) {
            tour.save("failed", tour.bounds());
            e.printStackTrace();
            status = 1;
        } finally {
            tour.rig.close(tour.robot);
        }
        System.exit(status); // JavaFX would wait for its windows
    }

    /** A library as somebody might have it after a week. */
    private void prepare() throws Exception {
        use(Theme.Choice.LIGHT);
        shoot("welcome");
        use(Theme.Choice.DARK);
        shoot("welcome");
        make(MachineSpec.of("Debian 12").withMemory(1024).withGroup("Servers").withCdrom(cd), 8L << 30);
        make(MachineSpec.of("Mail").withMemory(512).withGroup("Servers"), 4L << 30);
        make(
                MachineSpec.of("FreeDOS")
                        .withMemory(32)
                        .withGroup("Museum")
                        .withNotes("Sound Blaster games do not run here, Civilization does."),
                512L << 20);
        make(
                MachineSpec.of("Router")
                        .withMemory(64)
                        .withNics(List.of(
                                card(NicModel.VIRTIO, "02:54:00:00:00:01", "nat"),
                                card(NicModel.E1000, "02:54:00:00:00:02", "private:lab")))
                        .withShares(List.of(
                                new ShareSpec("projects", Path.of("/srv/projects"), false),
                                new ShareSpec("manuals", Path.of("/usr/share/doc"), true))),
                0);
        MachineSpec gone = MachineSpec.of("Old disk").withMemory(128);
        make(gone.withDisks(List.of(new DiskSpec(Path.of("/media/usb/old.qcow2"), DiskFormat.QCOW2))), 0);
        MachineModel spoiled = rig.make(robot, "Spoiled");
        spoiled.folder().save(spoiled.folder().load().withMemory(32));
        Files.writeString(spoiled.folder().machineJson(), "{ \"version\": 1, \"memoryMib\": ");
        new Demo(rig.model.library()).create();
        robot.interact(rig.model::refresh);
        await(() -> rig.model.find("Demo").isPresent()
                && machine("Spoiled").status() == Status.BROKEN
                && machine("Old disk").specProperty().get().disks().size() == 1);
        snapshots.prepare();
    }

    private void make(MachineSpec spec, long disk) throws IOException {
        rig.model.library().create(spec, disk);
    }

    private static NicSpec card(NicModel model, String mac, String net) {
        return new NicSpec(model, MacAddress.parse(mac), NetTarget.parse(net), List.of(), false);
    }

    private void walk() throws Exception {
        snapshots.walk();
        library();
        wizard();
        settings();
        questions();
        preferences();
        running();
    }

    private void library() throws Exception {
        select("Debian 12");
        shoot("library");
        select("Spoiled");
        shoot("details-spoiled");
        select("FreeDOS");
        shoot("details-notes");
        robot.interact(() -> rig.window.menu().show(stage, 200, 200));
        shoot("machine-menu");
        closePopups();
        type("#search", "nothing like this");
        shoot("search-nothing");
        type("#search", "");
    }

    private void wizard() throws Exception {
        command("newMachine");
        await(() -> there("#wizard-next"));
        shoot("wizard-source");
        type("#iso", cd.toString());
        await(() ->
                robot.lookup("#detected").tryQuery().filter(WindowRig::visible).isPresent());
        shoot("wizard-cd");
        fire("#wizard-next");
        type("#name", "web/server");
        type("#memory", "99999999");
        shoot("wizard-machine-wrong");
        type("#name", "Web server");
        type("#memory", "1024");
        shoot("wizard-machine");
        fire("#wizard-next");
        shoot("wizard-expert");
        fire("#wizard-back");
        fire("#wizard-back");
        fire("#source-disk");
        Path image = Files.createTempDirectory(folder, "images").resolve("appliance.vmdk");
        DiskFormats.create(image, CreateOptions.of(DiskFormat.VMDK, 4 << 20));
        type("#image", image.toString());
        shoot("wizard-disk");
        closeDialog();
    }

    private void settings() throws Exception {
        select("Router");
        command("settings");
        for (SettingsPage page : SettingsPage.values()) {
            page(page);
            shoot("settings-" + page.id());
        }
        page(SettingsPage.MEMORY);
        type("#set-memory", "12x");
        shoot("settings-memory-wrong");
        closeDialog();
    }

    private void questions() throws Exception {
        select("Debian 12");
        command("rename");
        type("#ask-text", "a/b");
        shoot("rename");
        closeDialog();
        command("clone");
        shoot("clone");
        closeDialog();
        command("group");
        shoot("group");
        closeDialog();
        command("remove");
        shoot("remove");
        closeDialog();
        select("Old disk");
        command("start");
        await(() -> dialog().isPresent());
        shoot("missing-disk");
        closeDialog();
        select("Spoiled");
        fire("#revert");
        await(() -> dialog().isPresent());
        shoot("revert");
        closeDialog();
        Path twin =
                Files.createDirectories(Files.createTempDirectory(folder, "usb").resolve("twin.terrarium"));
        Files.copy(machine("FreeDOS").folder().machineJson(), twin.resolve("machine.json"));
        FxThread.later(() -> rig.window.openFolder(twin));
        await(() -> dialog().isPresent());
        shoot("moved-or-copied");
        closeDialog();
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear reader");
        FxThread.later(() -> rig.window.drops().take(letter, Optional.empty()));
        await(() -> dialog().isPresent());
        shoot("no-image");
        closeDialog();
    }

    private void preferences() throws Exception {
        command("preferences");
        await(() -> there("#pref-theme"));
        for (String tab : List.of("appearance", "folders", "input", "shortcuts", "host")) {
            robot.interact(() -> {
                TabPane tabs = robot.lookup(".tab-pane").queryAs(TabPane.class);
                tabs.getSelectionModel()
                        .select(tabs.getTabs().stream()
                                .filter(t -> t.getId().equals("tab-" + tab))
                                .findAny()
                                .orElseThrow());
            });
            if (tab.equals("host")) {
                await(() -> there("#host-check .card"));
            }
            shoot("preferences-" + tab);
        }
        closeDialog();
    }

    private void running() throws Exception {
        MachineModel demo = machine("Demo");
        select("Demo");
        command("start");
        await(() -> demo.status() == Status.RUNNING
                && demo.live().machineProperty().get().screen().text().contains("press any key"));
        await(() -> there(".screen-canvas"));
        Stage console =
                (Stage) robot.lookup(".screen-canvas").query().getScene().getWindow();
        shoot("console");
        for (String menu : List.of("console-keys", "console-pictures", "console-scale")) {
            robot.interact(
                    () -> robot.lookup("#" + menu).queryAs(MenuButton.class).show());
            shoot("menu-" + menu);
            robot.interact(
                    () -> robot.lookup("#" + menu).queryAs(MenuButton.class).hide());
        }
        toggle("#console-keyboard", true);
        shoot("console-keyboard");
        toggle("#console-keyboard", false);
        for (String page : List.of("SERIAL_1", "LOG", "PERFORMANCE")) {
            fire("#page-" + page);
            if (page.equals("PERFORMANCE")) {
                Thread.sleep(5000); // a few points in the charts, for the eye only
            }
            shoot("console-" + page.toLowerCase(Locale.ROOT));
        }
        fire("#page-SCREEN");
        FxThread.later(() -> item("#console-keys", "console-paste"));
        await(() -> there("#paste-text"));
        type("#paste-text", "echo 日本");
        shoot("paste");
        closeDialog();
        FxThread.later(() -> item("#console-keys", "console-hostKeys"));
        await(() -> there("#host-keys-save"));
        shoot("host-keys");
        closeDialog();
        FxThread.later(() -> console.fireEvent(new WindowEvent(console, WindowEvent.WINDOW_CLOSE_REQUEST)));
        await(() -> there("#close-do"));
        shoot("close");
        closeDialog();
        robot.interact(() -> console.setFullScreen(true));
        shoot("full-screen");
        robot.moveTo(new Point2D(300, 200)).moveTo(new Point2D(300, 1));
        await(() -> there("#console-full-screen"));
        shoot("full-screen-bar");
        robot.interact(() -> console.setFullScreen(false));
        robot.interact(console::hide);
        robot.interact(() -> stage.toFront());
        await(() -> demo.live().thumbnailProperty().get() != null);
        shoot("details-running");
        command("settings");
        page(SettingsPage.STORAGE);
        robot.interact(() -> {
            TreeView<?> tree = robot.lookup("#storage-tree").queryAs(TreeView.class);
            tree.getSelectionModel().select(tree.getExpandedItemCount() - 2);
        });
        shoot("settings-running-storage");
        page(SettingsPage.NETWORK);
        shoot("settings-running-network");
        closeDialog();
        command("powerOff");
        await(() -> dialog().isPresent());
        shoot("power-off");
        closeDialog();
        robot.interact(demo::powerOff);
        await(() -> demo.status() == Status.OFF);
    }
}
