package org.terrarium.app.console;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.text.Text;

/** Asks what shall become of a machine that is on when its console is closed. The last answer is offered first the next time. */
final class CloseQuestion extends Dialog<CloseQuestion.Answer> {
    private static final String LAST = "state.console.close";

    /** What becomes of the machine. */
    enum Answer {
        /** It goes on without a window. */
        BACKGROUND,
        /** Its state is kept and it goes off. */
        SUSPEND,
        /** The guest is asked to shut down; the window stays until it has. */
        POWER_BUTTON,
        POWER_OFF
    }

    private final Map<Answer, RadioButton> choices = new EnumMap<>(Answer.class);

    /**
     * @param impossible the answers that cannot be given, with the reason
     */
    CloseQuestion(Window owner, ConsoleServices services, String machine, Map<Answer, String> impossible) {
        initOwner(owner);
        setTitle("Terrarium");
        setHeaderText(Text.of("console.close.header", machine));
        ToggleGroup group = new ToggleGroup();
        VBox box = new VBox(4);
        for (Answer answer : Answer.values()) {
            String reason = impossible.get(answer);
            RadioButton choice = new RadioButton(Text.of("console.close." + answer));
            choice.setId("close-" + answer);
            choice.setToggleGroup(group);
            choice.setDisable(reason != null);
            choices.put(answer, choice);
            Label why = new Label(reason == null ? Text.of("console.close." + answer + ".why") : reason);
            why.getStyleClass().add("field-hint");
            why.setWrapText(true);
            why.setMaxWidth(420);
            why.setStyle("-fx-padding: 0 0 8 26;");
            choice.setAccessibleHelp(why.getText());
            box.getChildren().addAll(choice, why);
        }
        choices.get(remembered(services, impossible)).setSelected(true);
        getDialogPane().setContent(box);
        ButtonType close = new ButtonType(Text.of("console.close.do"), ButtonData.OK_DONE);
        getDialogPane().getButtonTypes().addAll(close, Dialogs.cancel());
        getDialogPane().lookupButton(close).setId("close-do");
        setResultConverter(button -> button == close ? chosen(services) : null);
        services.theme().apply(this);
    }

    private Answer remembered(ConsoleServices services, Map<Answer, String> impossible) {
        String last = services.preferences().get(LAST, Answer.POWER_BUTTON.name());
        for (Answer answer : Answer.values()) {
            if (answer.name().equals(last) && !impossible.containsKey(answer)) {
                return answer;
            }
        }
        return Answer.POWER_BUTTON;
    }

    private Answer chosen(ConsoleServices services) {
        Answer answer = choices.entrySet().stream()
                .filter(e -> e.getValue().isSelected())
                .findFirst()
                .orElseThrow()
                .getKey();
        services.threads().background().execute(() -> {
            try {
                services.preferences().set(LAST, answer.name());
            } catch (IOException e) {
                return; // the question is asked again anyway
            }
        });
        return answer;
    }
}
