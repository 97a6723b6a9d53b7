package org.terrarium.app.wizard;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.StringConverter;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.library.Words;
import org.terrarium.x86.sys.CpuModel;

/** Asks what a new machine shall be; complains below a field as soon as it is wrong. */
public final class NewMachineDialog extends Dialog<ButtonType> {
    private static final double WIDTH = 460;
    private static final double NUMBER_WIDTH = 130;

    /** Closes the dialog by making the machine. */
    public static final ButtonType CREATE = new ButtonType("Create", ButtonData.OK_DONE);

    private final BooleanProperty complain = new SimpleBooleanProperty(this, "complain");

    /** {@code chooseIso} asks the user for a file. */
    public NewMachineDialog(Window owner, Theme theme, NewMachineModel model, Supplier<Optional<Path>> chooseIso) {
        initOwner(owner);
        setTitle("New machine");
        setHeaderText("New machine");
        setGraphic(Icons.of("terrarium", 34));
        getDialogPane().getButtonTypes().addAll(CREATE, ButtonType.CANCEL);
        getDialogPane().setContent(form(model, chooseIso));
        getDialogPane().setPrefWidth(WIDTH + 48);
        theme.apply(this);
        Node create = getDialogPane().lookupButton(CREATE);
        create.setId("create");
        create.disableProperty().bind(model.valid().not());
    }

    private Node form(NewMachineModel model, Supplier<Optional<Path>> chooseIso) {
        TextField name = field("name", model.nameProperty(), model.nameProblem());
        name.setPromptText("My machine");
        // An empty name is no mistake before the user has had a chance to type one.
        model.nameProperty().addListener((o, was, is) -> complain.set(true));
        TextField memory = field("memory", model.memoryProperty(), model.memoryProblem());
        TextField disk = field("disk", model.diskSizeProperty(), model.diskProblem());
        TextField iso = field("iso", model.isoProperty(), model.isoProblem());
        iso.setPromptText("empty");
        HBox.setHgrow(iso, Priority.ALWAYS);
        Button choose =
                Buttons.labelled("folder", "Choose…", () -> chooseIso.get().ifPresent(model::chooseIso));
        HBox isoRow = new HBox(8, iso, choose);
        GridPane numbers = new GridPane(16, 0);
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        numbers.getColumnConstraints().addAll(half, half);
        numbers.addRow(
                0,
                labelled("Memory", withUnit(memory, "MiB"), null, model.memoryProblem()),
                labelled("New disk", withUnit(disk, "GiB"), "Grows as it fills up; 0 for none.", model.diskProblem()));
        VBox form = new VBox(
                14,
                labelled("Name", name, null, model.nameProblem()),
                labelled("CD image to start from", isoRow, "For example an installer's ISO file.", model.isoProblem()),
                labelled("Processor", cpu(model), null, null),
                numbers);
        form.setPadding(new Insets(4, 24, 12, 24));
        form.setPrefWidth(WIDTH);
        setOnShown(e -> name.requestFocus());
        return form;
    }

    /** A longer complaint makes the window taller, or the buttons would be pushed out of it. */
    private void fitWindow() {
        if (getDialogPane().getScene() != null && getDialogPane().getScene().getWindow() != null) {
            getDialogPane().getScene().getWindow().sizeToScene();
        }
    }

    private static Node withUnit(TextField field, String unit) {
        field.setPrefWidth(NUMBER_WIDTH);
        Label label = new Label(unit);
        label.getStyleClass().add("field-hint");
        HBox row = new HBox(8, field, label);
        row.setStyle("-fx-alignment: center-left;");
        return row;
    }

    private TextField field(String id, StringProperty value, StringBinding problem) {
        TextField field = new TextField();
        field.setId(id);
        field.textProperty().bindBidirectional(value);
        Runnable mark = () -> {
            field.getStyleClass().remove("invalid");
            if (!problem.get().isEmpty() && (complain.get() || !id.equals("name"))) {
                field.getStyleClass().add("invalid");
            }
        };
        problem.addListener((o, was, is) -> mark.run());
        complain.addListener((o, was, is) -> mark.run());
        return field;
    }

    private static ComboBox<CpuModel> cpu(NewMachineModel model) {
        ComboBox<CpuModel> box = new ComboBox<>();
        box.setId("cpu");
        box.getItems().setAll(CpuModel.values());
        box.setMaxWidth(Double.MAX_VALUE);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(CpuModel cpu) {
                return cpu == null ? "" : Words.cpu(cpu);
            }

            @Override
            public CpuModel fromString(String text) {
                return null; // not editable
            }
        });
        box.valueProperty().bindBidirectional(model.cpuProperty());
        return box;
    }

    private Node labelled(String title, Node field, String hint, StringBinding problem) {
        Label label = new Label(title);
        label.getStyleClass().add("field-label");
        label.setLabelFor(field);
        Label below = new Label();
        below.setWrapText(true);
        below.setMinHeight(Label.USE_PREF_SIZE);
        VBox box = new VBox(5, label, field, below);
        Runnable show = () -> {
            String wrong = problem == null || title.equals("Name") && !complain.get() ? "" : problem.get();
            below.setText(wrong.isEmpty() ? hint : wrong);
            below.getStyleClass().setAll("label", wrong.isEmpty() ? "field-hint" : "field-problem");
            boolean any = below.getText() != null && !below.getText().isEmpty();
            below.setVisible(any);
            below.setManaged(any);
            fitWindow();
        };
        if (problem != null) {
            problem.addListener((o, was, is) -> show.run());
            complain.addListener((o, was, is) -> show.run());
        }
        show.run();
        return box;
    }
}
