package org.terrarium.app.wizard;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.event.ActionEvent;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.library.Words;
import org.terrarium.app.settings.NetBootForm;
import org.terrarium.app.settings.SettingsModel;
import org.terrarium.app.settings.SettingsPage;
import org.terrarium.app.settings.SettingsPane;
import org.terrarium.app.text.Text;
import org.terrarium.app.wizard.NewMachineModel.DiskUse;
import org.terrarium.app.wizard.NewMachineModel.Source;
import org.terrarium.vm.HostMemory;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.x86.sys.CpuModel;

/**
 * Asks step by step what a new machine shall be: what it starts from, its size, and for experts everything else. Complains below
 * a field as soon as it is wrong. Nothing is installed by itself: the machine starts from what was chosen, as a PC does.
 */
public final class NewMachineDialog extends Dialog<ButtonType> {
    private static final List<String> STEPS = List.of("wizard.step0", "wizard.step1", "wizard.step2");
    private static final double WIDTH = 620;
    private static final double EXPERT_WIDTH = 860;
    private static final double HEIGHT = 500;
    private static final double MARGIN = 40;

    private final NewMachineModel model;
    private final Dialogs dialogs;
    private final Path nowhere;
    private final ButtonType create = new ButtonType(Text.of("wizard.create"), ButtonData.FINISH);
    private final ButtonType next = new ButtonType(Text.of("wizard.next"), ButtonData.NEXT_FORWARD);
    private final ButtonType back = new ButtonType(Text.of("wizard.back"), ButtonData.BACK_PREVIOUS);
    private final IntegerProperty step = new SimpleIntegerProperty(this, "step", 0);
    private final StackPane content = new StackPane();
    private final ScrollPane scroll = new ScrollPane(content);
    private final Node source;
    private final Node machine;
    private SettingsModel expert;

    /** @param nowhere a folder that does not exist, where the machine's own files are sought before it is there */
    public NewMachineDialog(Window owner, Dialogs dialogs, NewMachineModel model, Path nowhere) {
        this.nowhere = nowhere;
        this.model = model;
        this.dialogs = dialogs;
        initOwner(owner);
        setTitle(Text.of("wizard.title"));
        setHeaderText(Text.of("wizard.title"));
        setGraphic(Icons.of("terrarium", 34));
        setResizable(true);
        source = sourcePage();
        machine = machinePage();
        content.setAlignment(Pos.TOP_LEFT);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setPrefSize(WIDTH, Dialogs.height(HEIGHT));
        getDialogPane().setContent(scroll);
        getDialogPane().getButtonTypes().addAll(back, next, create, Dialogs.cancel());
        wire();
        dialogs.theme().apply(this);
        step.addListener((o, was, is) -> showStep());
        showStep();
    }

    private void wire() {
        Button backButton = button(back, "wizard-back");
        backButton.disableProperty().bind(step.isEqualTo(0));
        backButton.addEventFilter(ActionEvent.ACTION, e -> {
            e.consume();
            step.set(step.get() - 1);
        });
        Button nextButton = button(next, "wizard-next");
        BooleanBinding last = model.sourceProperty()
                .isEqualTo(Source.DEMO)
                .or(step.isEqualTo(2))
                .or(step.isEqualTo(1).and(model.valid().not()));
        nextButton.disableProperty().bind(last.or(model.sourceValid().not()));
        nextButton.addEventFilter(ActionEvent.ACTION, e -> {
            e.consume();
            step.set(step.get() + 1);
        });
        nextButton
                .textProperty()
                .bind(Bindings.when(step.isEqualTo(1))
                        .then(Text.of("wizard.expert"))
                        .otherwise(Text.of("wizard.next")));
        Button createButton = button(create, "create");
        // Enter does what most want: on to the machine's page, and there makes it.
        BooleanBinding onwards = step.isEqualTo(0).and(model.sourceProperty().isNotEqualTo(Source.DEMO));
        nextButton.defaultButtonProperty().bind(onwards);
        createButton.defaultButtonProperty().bind(onwards.not());
        ButtonBar.setButtonUniformSize(nextButton, false); // its words differ in length
        nextButton.setMinWidth(Button.USE_PREF_SIZE);
        refreshCreate(createButton);
        step.addListener((o, was, is) -> refreshCreate(createButton));
    }

    private void refreshCreate(Button createButton) {
        createButton.disableProperty().unbind();
        BooleanBinding demo = model.sourceProperty().isEqualTo(Source.DEMO);
        if (step.get() == 2) {
            createButton.disableProperty().bind(expert().valid().not());
        } else {
            createButton
                    .disableProperty()
                    .bind(demo.not().and(step.isEqualTo(0).or(model.valid().not())));
        }
    }

    private Button button(ButtonType type, String id) {
        Button button = (Button) getDialogPane().lookupButton(type);
        button.setId(id);
        return button;
    }

    private void showStep() {
        Node page = switch (step.get()) {
            case 0 -> source;
            case 1 -> machine;
            default -> new SettingsPane(expert(), dialogs, Set.of(SettingsPage.OPTIONS));
        };
        content.getChildren().setAll(page);
        scroll.setPrefWidth(step.get() == 2 ? EXPERT_WIDTH : WIDTH);
        getDialogPane().setMinWidth(scroll.getPrefWidth() + MARGIN);
        setHeaderText(Text.of(STEPS.get(step.get())));
        if (step.get() == 1) {
            page.lookup("#name").requestFocus();
        } else if (step.get() < 1) {
            expert = null;
        }
        if (getDialogPane().getScene() != null && getDialogPane().getScene().getWindow() != null) {
            getDialogPane().getScene().getWindow().sizeToScene();
        }
    }

    /** What the expert page edits: made from the other pages each time it is reached. */
    private SettingsModel expert() {
        MachineSpec spec = model.fixedSpec();
        if (expert == null || !expert.original().equals(spec)) {
            expert = new SettingsModel(spec, nowhere::resolve, false, HostMemory.totalMib(), new SecureRandom());
            if (model.diskBytes() > 0) {
                expert.storage().addNew(model.diskBytes());
            }
        }
        return expert;
    }

    private Node sourcePage() {
        VBox page = new VBox(10);
        page.getStyleClass().add("wizard-page");
        ToggleGroup group = new ToggleGroup();
        for (Source s : Source.values()) {
            RadioButton radio = new RadioButton(Text.of(s));
            radio.setId("source-" + s.name().toLowerCase(java.util.Locale.ROOT));
            radio.setToggleGroup(group);
            radio.setSelected(model.sourceProperty().get() == s);
            radio.setOnAction(e -> model.sourceProperty().set(s));
            model.sourceProperty().addListener((o, was, is) -> radio.setSelected(is == s));
            Label about = new Label(Text.of("wizard.about." + s.name().toLowerCase(java.util.Locale.ROOT)));
            about.getStyleClass().add("field-hint");
            about.setWrapText(true);
            about.setMinHeight(Label.USE_PREF_SIZE);
            VBox box = new VBox(3, radio, about);
            box.getStyleClass().add("wizard-source");
            Node file = switch (s) {
                case CD -> cdFile();
                case DISK -> imageFile();
                case NET -> NetBootForm.of(model.boot(), "net", "", dialogs, this::window);
                default -> null;
            };
            if (file != null) {
                file.getStyleClass().add("wizard-file");
                file.visibleProperty().bind(model.sourceProperty().isEqualTo(s));
                file.managedProperty().bind(file.visibleProperty());
                box.getChildren().add(file);
            }
            page.getChildren().add(box);
        }
        return page;
    }

    private Node cdFile() {
        Form form = new Form();
        Button choose = Buttons.choose(() -> dialogs.chooseIso(window()), model::chooseIso);
        TextField iso = form.file("iso", Text.of("wizard.iso"), model.isoProperty(), model.isoProblem(), null, choose);
        iso.setPromptText(Text.of("settings.storage.emptyDrive"));
        Label detected = Form.sentence(model.detectedProperty(), "field-hint");
        detected.setId("detected");
        form.getChildren().add(detected);
        return form;
    }

    private Node imageFile() {
        Form form = new Form();
        Button choose = Buttons.choose(() -> dialogs.chooseDisk(window()), model::chooseImage);
        form.file("image", Text.of("wizard.image"), model.imageProperty(), model.imageProblem(), null, choose);
        form.choice(
                "disk-use",
                Text.of("wizard.use"),
                model.diskUseProperty(),
                List.of(DiskUse.values()),
                Text::of,
                Text.of("wizard.useHint"));
        return form;
    }

    private Window window() {
        return getDialogPane().getScene().getWindow();
    }

    private Node machinePage() {
        Form form = new Form();
        form.getStyleClass().add("wizard-page");
        TextField name =
                form.text("name", Text.of("wizard.name"), model.nameProperty(), typed(model.nameProblem()), null);
        name.setPromptText(Text.of("wizard.namePrompt"));
        form.note(model.detectedProperty(), "field-hint");
        form.choice(
                "cpu",
                Text.of("settings.processor.model"),
                model.cpuProperty(),
                List.of(CpuModel.values()),
                Words::cpu,
                null);
        Form memory = new Form();
        memory.number(
                "memory", Text.of("settings.memory.size"), model.memoryProperty(), "MiB", model.memoryProblem(), null);
        Form disk = new Form();
        disk.number(
                "disk",
                Text.of("wizard.disk"),
                model.diskSizeProperty(),
                "GiB",
                model.diskProblem(),
                Text.of("wizard.diskHint"));
        disk.disableProperty().bind(model.sourceProperty().isEqualTo(Source.DISK));
        GridPane numbers = new GridPane(24, 0);
        numbers.addRow(0, memory, disk);
        form.getChildren().add(numbers);
        form.note(Text.of("wizard.unattended"));
        return form;
    }

    /** An empty name is no mistake before the user has had a chance to type one. */
    private StringBinding typed(StringBinding problem) {
        boolean[] touched = new boolean[1];
        model.nameProperty().addListener((o, was, is) -> touched[0] = true);
        return Bindings.createStringBinding(
                () -> touched[0] || !model.nameProperty().get().isBlank() ? problem.get() : "",
                problem,
                model.nameProperty());
    }

    /** Shows it until it is closed; true when the user wants the machine. */
    public boolean ask() {
        return showAndWait().filter(create::equals).isPresent();
    }

    private boolean asExpert() {
        return expert != null && step.get() == 2;
    }

    /** The description that the user wants, with the new disks but without a disk image that it starts from. */
    public MachineSpec spec() {
        return asExpert() ? expert.spec() : model.fixedSpec().withDisks(model.newDisks());
    }

    /** Disks to be made, sizes in bytes by the files that the description names. */
    public Map<Path, Long> disksToMake() {
        return asExpert() ? expert.disksToMake() : model.disksToMake();
    }
}
