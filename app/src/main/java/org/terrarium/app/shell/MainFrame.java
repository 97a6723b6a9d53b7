package org.terrarium.app.shell;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToolBar;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.terrarium.app.fx.Command;
import org.terrarium.app.text.Text;

/** The main window's frame: menus and tool bar above, the library left, the details right, the status below. */
final class MainFrame extends BorderPane {
    private static final double LIBRARY_SHARE = 0.27;

    private final MenuBar menus = new MenuBar();
    private final ToolBar tools = new ToolBar();
    private final SplitPane split = new SplitPane();

    MainFrame(Node library, Node details, Node status) {
        getStyleClass().addAll("app-root", "main-frame");
        tools.getStyleClass().add("main-tools");
        split.getItems().addAll(library, details);
        split.setDividerPositions(LIBRARY_SHARE);
        SplitPane.setResizableWithParent(library, false);
        setTop(new VBox(menus, tools));
        setCenter(split);
        setBottom(status);
    }

    /** Adds a menu under the text {@code shell.menu.NAME}; null among the commands draws a line. */
    Menu menu(String name, Command... commands) {
        Menu menu = new Menu(Text.of("shell.menu." + name));
        menu.setId("menu-" + name);
        menu.getItems().setAll(items(Arrays.asList(commands), Command::item));
        menus.getMenus().add(menu);
        return menu;
    }

    /** Menu items for commands; null stands for a line. */
    static List<MenuItem> items(List<Command> commands, Function<Command, MenuItem> item) {
        return commands.stream()
                .map(c -> c == null ? new SeparatorMenuItem() : item.apply(c))
                .toList();
    }

    /** Adds buttons to the tool bar; null draws a line. */
    void tools(boolean words, Command... commands) {
        for (Command c : commands) {
            tools.getItems().add(c == null ? new Separator(Orientation.VERTICAL) : c.tool(words));
        }
    }
}
