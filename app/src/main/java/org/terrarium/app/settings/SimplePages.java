package org.terrarium.app.settings;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.terrarium.app.fx.Buttons;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.library.Words;
import org.terrarium.app.text.Text;
import org.terrarium.vm.MachineBuilder.BootDevice;
import org.terrarium.vm.spec.AccelSpec;
import org.terrarium.vm.spec.DisplaySpec;
import org.terrarium.vm.spec.MachineSpec;
import org.terrarium.vm.spec.SerialSpec;
import org.terrarium.x86.sys.CpuModel;

/** The pages that are a form and nothing more. */
final class SimplePages {
    private static final int NOTES_ROWS = 5;

    private final SettingsModel model;
    private final Dialogs dialogs;
    private final Supplier<Window> window;
    private final SimpleStringProperty whyNot;

    SimplePages(SettingsModel model, Dialogs dialogs, Supplier<Window> window) {
        this.model = model;
        this.dialogs = dialogs;
        this.window = window;
        whyNot = new SimpleStringProperty(model.whyNotNow());
    }

    Node general() {
        Form form = new Form();
        form.text(
                "set-group",
                Text.of("settings.general.group"),
                model.groupProperty(),
                null,
                Text.of("settings.general.groupHint"));
        TextArea notes = new TextArea();
        notes.setId("set-notes");
        notes.setPrefRowCount(NOTES_ROWS);
        notes.setWrapText(true);
        notes.textProperty().bindBidirectional(model.notesProperty());
        form.add(Text.of("settings.general.notes"), notes, notes, null, null);
        if (model.original().uuid() != null) {
            TextField uuid = new TextField(model.original().uuid().toString());
            uuid.setEditable(false);
            form.add(Text.of("settings.general.uuid"), uuid, uuid, null, Text.of("settings.general.uuidHint"));
        }
        return form;
    }

    Node processor() {
        Form form = new Form();
        Node cpu = form.choice(
                "set-cpu",
                Text.of("settings.processor.model"),
                model.cpuProperty(),
                List.of(CpuModel.values()),
                Words::cpu,
                Text.of("settings.processor.modelHint"));
        Node accel = form.choice(
                "set-accel",
                Text.of("settings.processor.accel"),
                model.accelProperty(),
                Stream.of(AccelSpec.values()).filter(SimplePages::available).toList(),
                Text::of,
                Text.of("settings.processor.accelHint"));
        Form.unless(whyNot, cpu, accel);
        form.note(Text.of("settings.processor.count"));
        return form;
    }

    private static boolean available(AccelSpec accel) {
        try {
            accel.requireAvailable();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Node memory() {
        Form form = new Form();
        TextField field = form.number(
                "set-memory",
                Text.of("settings.memory.size"),
                model.memoryProperty(),
                "MiB",
                model.problem(SettingsPage.MEMORY),
                Text.of("settings.memory.host", Words.memory(model.hostMemoryMib())));
        Slider slider = new Slider(
                0,
                steps().size() - 1.0,
                nearest(Numbers.of(model.memoryProperty().get())));
        slider.setId("set-memory-slider");
        slider.setAccessibleText(Text.of("settings.memory.size"));
        slider.setMajorTickUnit(1);
        slider.setMinorTickCount(0);
        slider.setSnapToTicks(true);
        slider.valueProperty().addListener((o, was, is) -> {
            if (slider.isValueChanging() || slider.isFocused()) {
                model.memoryProperty().set(String.valueOf(steps().get((int) Math.round(is.doubleValue()))));
            }
        });
        model.memoryProperty().addListener((o, was, is) -> {
            if (!slider.isFocused()) {
                slider.setValue(nearest(Numbers.of(is)));
            }
        });
        form.getChildren().add(slider);
        form.note(model.memoryWarning(), "field-warning");
        Form.unless(whyNot, field, slider);
        return form;
    }

    /** Powers of two and what lies in the middle between them, up to what the host has, MiB. */
    private List<Integer> steps() {
        return IntStream.rangeClosed(2, 2 * 19)
                .map(n -> n % 2 == 0 ? 1 << n / 2 : 3 << (n - 1) / 2 - 1)
                .filter(mib -> mib >= MachineSpec.MIN_MEMORY && mib <= Math.max(model.hostMemoryMib(), 16))
                .boxed()
                .toList();
    }

    private double nearest(long mib) {
        List<Integer> steps = steps();
        int best = 0;
        for (int n = 0; n < steps.size(); n++) {
            best = Math.abs(steps.get(n) - mib) < Math.abs(steps.get(best) - mib) ? n : best;
        }
        return best;
    }

    Node display() {
        Form form = new Form();
        form.choice(
                "set-scaling",
                Text.of("settings.display.scaling"),
                model.scalingProperty(),
                List.of(DisplaySpec.Scaling.values()),
                Text::of,
                Text.of("settings.display.scalingHint"));
        form.check("set-fullscreen", Text.of("settings.display.fullScreen"), model.fullScreenProperty(), null);
        Node video = form.choice(
                "set-video",
                Text.of("settings.display.videoMemory"),
                model.videoMemoryProperty(),
                List.of(1, 2, 4, 8, 16, 32, 64, 128, 256),
                mib -> Words.memory(mib),
                Text.of("settings.display.videoMemoryHint"));
        Form.unless(whyNot, video);
        return form;
    }

    Node ports() {
        Form form = new Form();
        for (int n = 0; n < model.ports().size(); n++) {
            form.getChildren().add(port(n, model.ports().get(n)));
        }
        Button choose = Buttons.choose(
                () -> dialogs.saveFile(
                        window.get(),
                        "printer",
                        Text.of("settings.ports.parallel"),
                        "printed.txt",
                        new ExtensionFilter(Text.of("dialogs.allFiles"), "*")),
                file -> model.printerProperty().set(file.toString()));
        TextField printer = form.file(
                "set-printer",
                Text.of("settings.ports.parallel"),
                model.printerProperty(),
                null,
                Text.of("settings.ports.parallelHint"),
                choose);
        printer.setPromptText(Text.of("settings.ports.parallelNone"));
        Form.unless(whyNot, printer, choose);
        return form;
    }

    private Node port(int number, PortModel port) {
        Form form = new Form();
        Node kind = form.choice(
                "set-serial-" + number,
                Text.of("settings.ports.serial", number + 1),
                port.kindProperty(),
                List.of(SerialSpec.Kind.values()),
                Text::of,
                null);
        TextField file = Form.field("set-serial-file-" + number, port.fileProperty(), port.problem());
        file.setAccessibleText(Text.of("settings.ports.file"));
        TextField tcp = Form.field("set-serial-port-" + number, port.portProperty(), port.problem());
        tcp.setAccessibleText(Text.of("settings.ports.port"));
        onlyFor(port, SerialSpec.Kind.FILE, file);
        onlyFor(port, SerialSpec.Kind.TCP, tcp);
        form.getChildren().addAll(file, tcp);
        Form.unless(whyNot, kind, file, tcp);
        return form;
    }

    private static void onlyFor(PortModel port, SerialSpec.Kind kind, Node node) {
        node.visibleProperty().bind(port.kindProperty().isEqualTo(kind));
        node.managedProperty().bind(node.visibleProperty());
    }

    Node boot() {
        Form form = new Form();
        VBox order = new VBox(4);
        order.setId("set-boot");
        Runnable show = () -> order.getChildren()
                .setAll(Stream.concat(
                                model.bootOrder().stream(),
                                Arrays.stream(BootDevice.values())
                                        .filter(d -> !model.bootOrder().contains(d)))
                        .map(this::bootRow)
                        .toList());
        model.bootOrder().addListener((javafx.collections.ListChangeListener<BootDevice>) c -> show.run());
        show.run();
        Label title = new Label(Text.of("settings.boot.order"));
        title.getStyleClass().add("field-label");
        form.getChildren().addAll(title, order);
        Button choose = Buttons.choose(
                () -> dialogs.chooseFile(
                        window.get(),
                        "firmware",
                        Text.of("settings.boot.firmware"),
                        new ExtensionFilter(Text.of("settings.boot.romFiles"), "*.bin", "*.rom", "*.fd")),
                file -> model.firmwareProperty().set(file.toString()));
        TextField firmware = form.file(
                "set-firmware",
                Text.of("settings.boot.firmware"),
                model.firmwareProperty(),
                model.problem(SettingsPage.BOOT),
                Text.of("settings.boot.firmwareHint"),
                choose);
        firmware.setPromptText(Text.of("settings.boot.builtin"));
        Form.unless(whyNot, order, firmware, choose);
        return form;
    }

    private Node bootRow(BootDevice device) {
        int at = model.bootOrder().indexOf(device);
        CheckBox on = new CheckBox(Text.of(device));
        on.setId("boot-" + device.id());
        on.setSelected(at >= 0);
        on.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(on, Priority.ALWAYS);
        on.setOnAction(e -> {
            if (on.isSelected()) {
                model.bootOrder().add(device);
            } else {
                model.bootOrder().remove(device);
            }
        });
        Button up = Buttons.flat("up", Text.of("settings.boot.up", Text.of(device)), () -> move(device, -1));
        Button down = Buttons.flat("down", Text.of("settings.boot.down", Text.of(device)), () -> move(device, 1));
        up.setDisable(at <= 0);
        down.setDisable(at < 0 || at == model.bootOrder().size() - 1);
        HBox row = new HBox(8, on, up, down);
        row.getStyleClass().add("boot-row");
        return row;
    }

    private void move(BootDevice device, int by) {
        int from = model.bootOrder().indexOf(device);
        List<BootDevice> changed = new java.util.ArrayList<>(model.bootOrder());
        changed.remove(from);
        changed.add(from + by, device);
        model.bootOrder().setAll(changed);
    }

    Node options() {
        Form form = new Form();
        CheckBox template = form.check(
                "set-template",
                Text.of("settings.options.template"),
                model.templateProperty(),
                Text.of("settings.options.templateHint"));
        Form.unless(whyNot, template);
        return form;
    }
}
