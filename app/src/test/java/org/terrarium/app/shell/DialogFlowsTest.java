package org.terrarium.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.terrarium.app.shell.WindowRig.assertOperable;
import static org.terrarium.app.shell.WindowRig.await;
import static org.terrarium.app.shell.WindowRig.shows;
import static org.terrarium.app.shell.WindowRig.there;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.library.MachineModel;
import org.terrarium.app.machine.Status;
import org.terrarium.app.settings.SettingsPage;
import org.terrarium.disk.CreateOptions;
import org.terrarium.disk.DiskFormats;
import org.terrarium.vm.library.Preference;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.NetTarget;
import org.terrarium.vm.spec.NicSpec;
import org.terrarium.vm.spec.ShareSpec;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The wizard, the settings and the preferences, with real machines. */
@ExtendWith(ApplicationExtension.class)
class DialogFlowsTest {
    @TempDir
    private static Path home;

    private Path folder;
    private WindowRig rig;

    @Start
    private void start(Stage stage) throws Exception {
        folder = Files.createTempDirectory(home, "library");
        rig = new WindowRig(stage, folder);
    }

    @AfterEach
    void close(FxRobot robot) {
        rig.close(robot);
    }

    private static void set(FxRobot robot, String query, String text) {
        robot.interact(() -> robot.lookup(query).queryTextInputControl().setText(text));
    }

    private static void page(FxRobot robot, SettingsPage page) throws Exception {
        await(() -> robot.lookup("#settings-pages").tryQuery().isPresent());
        robot.interact(() -> {
            ListView<SettingsPage> pages = robot.lookup("#settings-pages").queryListView();
            pages.getSelectionModel().select(page);
        });
        await(() -> there(robot, "#page-" + page.id()));
    }

    @Test
    void everyPageCanBeSeenAndChangesAreThereAgain(FxRobot robot) throws Exception {
        MachineModel machine = rig.make(robot, "m");
        robot.push(KeyCode.SHORTCUT, KeyCode.S);
        for (SettingsPage p : SettingsPage.values()) {
            page(robot, p);
            assertTrue(shows(robot, p.sentence()), "what " + p + " is for is said");
            assertOperable(robot);
        }
        page(robot, SettingsPage.MEMORY);
        set(robot, "#set-memory", "99999999");
        assertTrue(robot.lookup("#settings-save").queryButton().isDisabled());
        assertTrue(robot.lookup("#set-memory").query().getStyleClass().contains("invalid"));
        set(robot, "#set-memory", "48");
        page(robot, SettingsPage.NETWORK);
        robot.clickOn("#card-add");
        page(robot, SettingsPage.STORAGE);
        robot.clickOn("#disk-add-new");
        set(robot, "#ask-text", "2");
        robot.clickOn("#ask-agree");
        robot.clickOn("#settings-save");
        await(() -> machine.folder().load().memoryMib() == 48);
        MachineSpec now = machine.folder().load();
        assertEquals(1, now.nics().size());
        Path disk = machine.folder().resolve(now.disks().getFirst().file());
        assertEquals(2L << 30, DiskFormats.info(disk).size());
        await(() -> machine.specProperty().get().memoryMib() == 48);
        robot.push(KeyCode.SHORTCUT, KeyCode.S);
        page(robot, SettingsPage.MEMORY);
        assertEquals("48", robot.lookup("#set-memory").queryTextInputControl().getText());
        robot.interact(() -> robot.lookup("#settings-pages").query().requestFocus());
        robot.push(KeyCode.ESCAPE);
        await(() -> robot.lookup("#settings-pages").tryQuery().isEmpty());
    }

    @Test
    void sharedFoldersAreEditedAndTheCommandIsCopied(FxRobot robot) throws Exception {
        ShareSpec there = new ShareSpec("old", folder, false);
        ShareSpec gone = new ShareSpec("gone", folder.resolve("nowhere"), true);
        MachineModel machine =
                rig.make(robot, MachineSpec.of("m").withMemory(16).withShares(List.of(there, gone)));
        robot.push(KeyCode.SHORTCUT, KeyCode.S);
        page(robot, SettingsPage.SHARES);
        assertTrue(shows(
                robot,
                "There is no folder " + folder.resolve("nowhere") + " at present."
                        + " The machine starts without it, and the guest does not find it."));
        set(robot, "#share-tag-0", "two words");
        assertTrue(robot.lookup("#settings-save").queryButton().isDisabled());
        set(robot, "#share-tag-0", "gone");
        assertTrue(robot.lookup("#settings-save").queryButton().isDisabled(), "two with the same tag");
        set(robot, "#share-tag-0", "src");
        assertOperable(robot);
        robot.interact(
                () -> robot.lookup("#share-readonly-0").queryAs(CheckBox.class).fire());
        robot.interact(() -> robot.lookup("#share-copy-0").queryButton().fire());
        String command = "mkdir -p /mnt/src && mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000 src /mnt/src";
        assertEquals(
                command,
                robot.lookup("#share-command-0").queryTextInputControl().getText());
        robot.interact(
                () -> assertEquals(command, Clipboard.getSystemClipboard().getString()));
        robot.interact(() -> robot.lookup("#share-remove-1").queryButton().fire());
        robot.clickOn("#settings-save");
        await(() -> machine.folder().load().shares().equals(List.of(new ShareSpec("src", folder, true))));
        await(() -> machine.specProperty().get().shares().size() == 1);
        robot.push(KeyCode.SHORTCUT, KeyCode.S);
        page(robot, SettingsPage.SHARES);
        assertEquals(
                folder.toString(),
                robot.lookup("#share-folder-0").queryTextInputControl().getText());
        robot.interact(() -> robot.lookup("#share-remove-0").queryButton().fire());
        assertTrue(shows(robot, "No folder is shared."));
        robot.clickOn("#settings-save");
        await(() -> machine.folder().load().shares().isEmpty());
    }

    @Test
    void aRunningMachineTakesMediaAndPortsAtOnceAndTheRestIsGrey(FxRobot robot) throws Exception {
        NicSpec card = NicSpec.usual(new Random(6)).withNet(NetTarget.NAT);
        MachineModel machine =
                rig.make(robot, MachineSpec.of("m").withMemory(16).withNics(List.of(card)));
        robot.clickOn("#details-start");
        await(() -> machine.status() == Status.RUNNING);
        Path floppy = Files.write(folder.resolve("a.img"), new byte[737_280]);
        // The console has the keyboard, so the main window's button is pressed.
        FxThread.run(() -> robot.lookup("#details-settings").queryButton().fire());
        page(robot, SettingsPage.MEMORY);
        assertTrue(robot.lookup("#set-memory").query().isDisabled());
        page(robot, SettingsPage.STORAGE);
        assertTrue(robot.lookup("#disk-add-new").query().isDisabled());
        robot.interact(() -> {
            javafx.scene.control.TreeView<?> tree =
                    robot.lookup("#storage-tree").queryAs(javafx.scene.control.TreeView.class);
            tree.getSelectionModel().select(tree.getExpandedItemCount() - 2);
        });
        await(() -> there(robot, "#set-floppy-0"));
        set(robot, "#set-floppy-0", floppy.toString());
        Path cd = DemoCd.make(folder.resolve("tools.iso"), "TOOLS");
        robot.interact(() -> {
            javafx.scene.control.TreeView<?> tree =
                    robot.lookup("#storage-tree").queryAs(javafx.scene.control.TreeView.class);
            tree.getSelectionModel().select(1); // the CD drive, below its controller
        });
        await(() -> there(robot, "#set-cd"));
        set(robot, "#set-cd", cd.toString());
        page(robot, SettingsPage.NETWORK);
        assertTrue(robot.lookup("#card-mac-0").query().isDisabled());
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        set(robot, "#card-forwards-0", "tcp:127.0.0.1:" + port);
        assertTrue(robot.lookup("#settings-save").queryButton().isDisabled(), "where it leads to is missing");
        set(robot, "#card-forwards-0", "tcp:127.0.0.1:" + port + "-:22");
        robot.clickOn("#settings-save");
        await(() -> {
            try (Socket asked = new Socket("127.0.0.1", port)) {
                return asked.isConnected();
            } catch (IOException e) {
                return false; // not yet
            }
        });
        await(() -> machine.folder().load().nics().getFirst().forwards().size() == 1);
        await(() -> machine.live().machineProperty().get().drives().cd().equals(Optional.of(cd)));
        await(() -> machine.cd().equals(Optional.of(cd)));
        await(() -> machine.live().machineProperty().get().drives().floppy(0).equals(Optional.of(floppy)));
    }

    @Test
    void theWizardCopiesADiskImage(FxRobot robot) throws Exception {
        Path image = folder.resolve("appliance.vmdk");
        DiskFormats.create(image, CreateOptions.of(org.terrarium.disk.DiskFormat.VMDK, 4 << 20));
        robot.clickOn("#tool-newMachine");
        robot.clickOn("#source-disk");
        assertTrue(robot.lookup("#wizard-next").queryButton().isDisabled(), "an image is needed");
        set(robot, "#image", folder.resolve("none.vmdk").toString());
        assertTrue(robot.lookup("#wizard-next").queryButton().isDisabled());
        set(robot, "#image", image.toString());
        assertOperable(robot);
        robot.clickOn("#wizard-next");
        assertOperable(robot);
        set(robot, "#name", "appliance");
        robot.clickOn("#create");
        await(() -> rig.model.find("appliance").isPresent());
        MachineModel made = rig.model.find("appliance").orElseThrow();
        assertEquals(
                4 << 20,
                DiskFormats.info(made.folder().resolve(Path.of("disks/disk0.qcow2")))
                        .size());
        assertTrue(Files.exists(image));
    }

    @Test
    void theWizardMakesAMachineThatStartsFromItsCd(FxRobot robot) throws Exception {
        Path cd = DemoCd.make(folder.resolve("netinst.iso"), "Debian 12.5.0 amd64 n");
        robot.clickOn("#tool-newMachine");
        set(robot, "#iso", cd.toString());
        await(() -> robot.lookup("#detected").queryAs(Labeled.class).getText().contains("Debian"));
        robot.clickOn("#wizard-next");
        assertEquals("1024", robot.lookup("#memory").queryTextInputControl().getText(), "proposed for Debian");
        set(robot, "#name", "from CD");
        set(robot, "#memory", "64");
        set(robot, "#disk", "1");
        robot.clickOn("#create");
        await(() -> rig.model.find("from CD").isPresent() && there(robot, "#details-start"));
        MachineModel made = rig.model.find("from CD").orElseThrow();
        await(() -> rig.model.selectedProperty().get() == made);
        assertEquals(cd, made.folder().load().cdrom());
        robot.clickOn("#details-start");
        await(() -> made.status() == Status.RUNNING
                && made.live().machineProperty().get().screen().text().contains("Terrarium demo machine"));
    }

    @Test
    void theExpertPageHasEverything(FxRobot robot) throws Exception {
        robot.clickOn("#tool-newMachine");
        robot.clickOn("#source-empty");
        robot.clickOn("#wizard-next");
        set(robot, "#name", "expert");
        set(robot, "#memory", "32");
        set(robot, "#disk", "1");
        robot.clickOn("#wizard-next");
        page(robot, SettingsPage.NETWORK);
        robot.clickOn("#card-add");
        page(robot, SettingsPage.MEMORY);
        set(robot, "#set-memory", "24");
        robot.clickOn("#create");
        await(() -> rig.model.find("expert").isPresent());
        MachineSpec made = rig.model.find("expert").orElseThrow().folder().load();
        assertEquals(24, made.memoryMib());
        assertEquals(2, made.nics().size());
        assertEquals(1, made.disks().size());
    }

    @Test
    void preferencesAreKeptAndShortcutsRebound(FxRobot robot) throws Exception {
        rig.make(robot, "m");
        robot.push(KeyCode.SHORTCUT, KeyCode.COMMA);
        await(() -> there(robot, "#pref-theme"));
        robot.interact(() -> {
            ComboBox<String> theme = robot.lookup("#pref-theme").queryComboBox();
            theme.setValue("dark");
        });
        robot.interact(() -> {
            TabPane tabs = robot.lookup(".tab-pane").queryAs(TabPane.class);
            tabs.getSelectionModel().select(3);
        });
        await(() -> there(robot, "#keys-rename"));
        robot.interact(() -> robot.lookup("#keys-rename").query().requestFocus());
        robot.push(KeyCode.SPACE).push(KeyCode.SHORTCUT, KeyCode.P);
        assertTrue(
                robot.lookup("#shortcut-said").queryAs(Labeled.class).getText().contains("Pause"), "taken");
        robot.push(KeyCode.SPACE).push(KeyCode.SHORTCUT, KeyCode.M);
        robot.interact(() -> {
            TabPane tabs = robot.lookup(".tab-pane").queryAs(TabPane.class);
            tabs.getSelectionModel().select(4);
        });
        await(() -> there(robot, "#host-check .card"));
        TabPane all = robot.lookup(".tab-pane").queryAs(TabPane.class);
        for (int n = 0; n < all.getTabs().size(); n++) {
            int tab = n;
            robot.interact(() -> all.getSelectionModel().select(tab));
            assertOperable(robot);
        }
        robot.clickOn("#preferences-save");
        await(() -> rig.services.theme().darkProperty().get());
        assertEquals("dark", rig.services.preferences().get(Preference.THEME));
        assertFalse(there(robot, "#pref-theme"));
        robot.push(KeyCode.SHORTCUT, KeyCode.M);
        await(() -> there(robot, "#ask-text"));
        robot.clickOn("Cancel");
    }
}
