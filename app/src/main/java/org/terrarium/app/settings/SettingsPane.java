package org.terrarium.app.settings;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.Form;
import org.terrarium.app.fx.Icons;
import org.terrarium.app.text.Text;

/** All settings of a machine: the devices at the left, the chosen one's page at the right. */
public final class SettingsPane extends BorderPane {
    private static final double LIST_WIDTH = 240;
    private static final double WIDTH = 860;
    private static final double HEIGHT = 560;

    /** Pages on which a field says what is wrong. */
    private static final Set<SettingsPage> SAY_IT_THEMSELVES = EnumSet.of(SettingsPage.MEMORY, SettingsPage.BOOT);

    private final SettingsModel model;
    private final ListView<SettingsPage> list = new ListView<>();
    private final Map<SettingsPage, Node> pages = new EnumMap<>(SettingsPage.class);
    private final SimplePages simple;
    private final Dialogs dialogs;

    /** @param without pages that are not shown */
    public SettingsPane(SettingsModel model, Dialogs dialogs, Set<SettingsPage> without) {
        this.model = model;
        this.dialogs = dialogs;
        simple = new SimplePages(model, dialogs, this::window);
        getStyleClass().add("settings");
        list.setId("settings-pages");
        list.setAccessibleText(Text.of("settings.pages"));
        list.getStyleClass().add("settings-list");
        list.setPrefWidth(LIST_WIDTH);
        list.setMinWidth(LIST_WIDTH);
        for (SettingsPage page : SettingsPage.values()) {
            if (!without.contains(page)) {
                list.getItems().add(page);
            }
        }
        list.setCellFactory(v -> new PageCell());
        list.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            if (is != null) {
                setCenter(pages.computeIfAbsent(is, this::framed));
            }
        });
        setLeft(list);
        setPrefSize(WIDTH, Dialogs.height(HEIGHT));
        list.getSelectionModel().selectFirst();
    }

    /** Shows a page. */
    public void show(SettingsPage page) {
        list.getSelectionModel().select(page);
    }

    private Window window() {
        return getScene() == null ? null : getScene().getWindow();
    }

    /** A page with what it is about above it, and why it is greyed out if it is. */
    private Node framed(SettingsPage page) {
        Label title = new Label(Text.of(page));
        title.getStyleClass().add("page-title");
        Label about = new Label(page.sentence());
        about.setWrapText(true);
        about.getStyleClass().add("subtitle");
        about.setMinHeight(Region.USE_PREF_SIZE);
        VBox content = new VBox(12, title, about);
        if (model.running() && page != SettingsPage.GENERAL) {
            Label only = new Label(Text.of("settings.running"));
            only.setWrapText(true);
            only.setMinHeight(Region.USE_PREF_SIZE);
            HBox.setHgrow(only, Priority.ALWAYS);
            HBox banner = new HBox(10, Icons.of("info", 18), only);
            banner.getStyleClass().add("banner-info");
            content.getChildren().add(banner);
        }
        Node body = body(page);
        VBox.setVgrow(body, Priority.ALWAYS);
        content.getChildren().add(body);
        if (!SAY_IT_THEMSELVES.contains(page)) {
            Node problem = Form.sentence(model.problem(page), "field-problem");
            problem.setId("page-problem");
            content.getChildren().add(problem);
        }
        content.getStyleClass().add("settings-page");
        content.setId("page-" + page.id());
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        return scroll;
    }

    private Node body(SettingsPage page) {
        return switch (page) {
            case GENERAL -> simple.general();
            case PROCESSOR -> simple.processor();
            case MEMORY -> simple.memory();
            case DISPLAY -> simple.display();
            case STORAGE -> new StoragePane(model, dialogs, this::window);
            case NETWORK -> new NetworkPane(model, dialogs, this::window);
            case PORTS -> simple.ports();
            case SOUND -> SoundPane.page(model);
            case SHARES -> new SharesPane(model, dialogs, this::window);
            case BOOT -> simple.boot();
            case OPTIONS -> simple.options();
        };
    }

    /** A device in the list, with a mark when something is wrong on its page. */
    private final class PageCell extends ListCell<SettingsPage> {
        @Override
        protected void updateItem(SettingsPage page, boolean empty) {
            super.updateItem(page, empty);
            if (empty || page == null) {
                setGraphic(null);
                setText(null);
                return;
            }
            Label name = new Label(Text.of(page));
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            Node wrong = Icons.of("warning", 16);
            wrong.getStyleClass().add("page-wrong");
            wrong.visibleProperty().bind(model.problem(page).isNotEmpty());
            HBox row = new HBox(10, Icons.of(page.icon(), 18), name, wrong);
            row.getStyleClass().add("settings-row");
            setPrefWidth(0); // as wide as the list, which needs no scroll bar then
            setGraphic(row);
            setText(null);
            setId("page-item-" + page.id());
            setAccessibleText(Text.of(page));
        }
    }
}
