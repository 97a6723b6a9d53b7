package org.terrarium.app.settings;

import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.library.Words;
import org.terrarium.app.text.Text;
import org.terrarium.vm.MachineBuilder;
import org.terrarium.vm.NicModel;
import org.terrarium.vm.spec.BootSpec;
import org.terrarium.vm.spec.NetTarget.Kind;

/** The network cards, one below the other. */
final class NetworkPane extends VBox {
    private static final int FORWARD_ROWS = 3;

    private final SettingsModel model;
    private final Dialogs dialogs;
    private final Supplier<Window> window;
    private final SimpleStringProperty whyNot;

    NetworkPane(SettingsModel model, Dialogs dialogs, Supplier<Window> window) {
        super(12);
        this.model = model;
        this.dialogs = dialogs;
        this.window = window;
        whyNot = new SimpleStringProperty(model.whyNotNow());
        Button add = Buttons.labelled("add", Text.of("settings.network.add"), model::addCard);
        add.setId("card-add");
        getChildren()
                .add(new PartsList<>(
                        model.cards(),
                        MachineBuilder.MAX_NICS,
                        add,
                        model.running(),
                        Text.of("settings.network.none"),
                        this::pane));
    }

    private TitledPane pane(CardModel card, int number) {
        Form form = new Form();
        Node kind = form.choice(
                "card-model-" + number,
                Text.of("settings.network.model"),
                card.modelProperty(),
                List.of(NicModel.values()),
                Words::card,
                null);
        Node net = form.choice(
                "card-net-" + number,
                Text.of("settings.network.to"),
                card.netProperty(),
                List.of(Kind.values()),
                Text::of,
                Text.of("settings.network.toHint"));
        if (model.running()) {
            CheckBox cable =
                    form.check("card-cable-" + number, Text.of("settings.network.cable"), card.cableProperty(), null);
            cable.setDisable(card.netProperty().get() == Kind.NONE);
        }
        TextField name = Form.field("card-name-" + number, card.nameProperty(), card.problem());
        name.setAccessibleText(Text.of("settings.network.name"));
        name.visibleProperty()
                .bind(card.netProperty()
                        .isEqualTo(Kind.PRIVATE)
                        .or(card.netProperty().isEqualTo(Kind.HOST_ONLY)));
        name.managedProperty().bind(name.visibleProperty());
        form.getChildren().add(name);
        TextField mac = form.text(
                "card-mac-" + number, Text.of("settings.network.mac"), card.macProperty(), card.problem(), null);
        Form nat = new Form();
        TextField natName = Form.field("card-nat-name-" + number, card.natNameProperty(), card.problem());
        nat.add(Text.of("settings.network.natName"), natName, natName, null, Text.of("settings.network.natNameHint"));
        TextArea forwards = new TextArea();
        forwards.setId("card-forwards-" + number);
        forwards.setPrefRowCount(FORWARD_ROWS);
        forwards.textProperty().bindBidirectional(card.forwardsProperty());
        nat.add(
                Text.of("settings.network.forwards"),
                forwards,
                forwards,
                null,
                Text.of("settings.network.forwardsHint"));
        CheckBox loopback = nat.check(
                "card-loopback-" + number,
                Text.of("settings.network.loopback"),
                card.hostLoopbackProperty(),
                Text.of("settings.network.loopbackHint"));
        nat.visibleProperty().bind(card.netProperty().isEqualTo(Kind.NAT));
        nat.managedProperty().bind(nat.visibleProperty());
        Button remove =
                PartsList.remover(model.cards(), card, "card-remove-" + number, Text.of("settings.network.remove"));
        form.getChildren().addAll(nat, boot(card, number), new HBox(remove));
        Form.unless(whyNot, kind, net, name, natName, mac, loopback, remove);
        return new TitledPane(Text.of("settings.network.card", number + 1), form);
    }

    /** What few need, so it stays folded until it is used. */
    private Node boot(CardModel card, int number) {
        NetBootModel boot = card.boot();
        Button chooseRom = Buttons.choose(
                () -> dialogs.chooseFile(
                        window.get(),
                        "firmware",
                        Text.of("settings.network.rom"),
                        new ExtensionFilter(Text.of("settings.boot.romFiles"), "*.rom", "*.bin")),
                file -> boot.romProperty().set(file.toString()));
        Form form = new Form();
        TextField rom = form.file(
                "card-rom-" + number,
                Text.of("settings.network.rom"),
                boot.romProperty(),
                boot.romProblem(),
                Text.of("settings.network.romHint"),
                chooseRom);
        Node server = NetBootForm.of(boot, "card", "-" + number, dialogs, window);
        server.visibleProperty().bind(card.netProperty().isEqualTo(Kind.NAT));
        server.managedProperty().bind(server.visibleProperty());
        form.getChildren().add(server);
        Form.unless(whyNot, rom, chooseRom, server);
        TitledPane pane = new TitledPane(Text.of("settings.network.boot"), form);
        pane.setId("card-boot-" + number);
        pane.setAnimated(false);
        pane.setExpanded(!boot.spec().equals(BootSpec.NONE));
        return pane;
    }
}
