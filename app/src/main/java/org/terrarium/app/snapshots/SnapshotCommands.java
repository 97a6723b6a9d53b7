package org.terrarium.app.snapshots;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.terrarium.app.fx.Command;
import org.terrarium.app.text.Text;

/** What can be done with the selected snapshot, for the bar above the tree, the page beside it and the node's menu. */
final class SnapshotCommands {
    private final Supplier<SnapshotsModel> model;
    private final List<Runnable> checks = new ArrayList<>();

    final Command take;
    final Command restore;
    final Command copy;
    final Command compare;
    final Command rename;
    final Command delete;
    final Command policy;

    /** @param model the one that is shown; may be null */
    SnapshotCommands(SnapshotActions actions, Supplier<SnapshotsModel> model) {
        this.model = model;
        take = add("snapshotTake", "camera", actions::take, SnapshotsModel::whyNotTake);
        restore = add(
                "snapshotRestore",
                "restore",
                m -> m.selected().ifPresent(item -> actions.restore(m, item)),
                m -> ofSelected(m, m::whyNotUse));
        copy = add(
                "snapshotClone",
                "copy",
                actions::copy,
                m -> m.selected().map(m::whyNotUse).orElseGet(m::whyNotChange));
        compare = add(
                "snapshotCompare",
                "compare",
                actions::compare,
                m -> m.shown().items().size() < 2 ? Text.of("snapshots.why.two") : ofSelected(m, item -> ""));
        rename = add("snapshotRename", "rename", actions::rename, m -> ofSelected(m, m::whyNotUse));
        delete = add("snapshotDelete", "delete", actions::delete, m -> ofSelected(m, m::whyNotUse));
        policy = add("snapshotPolicy", "options", actions::policy, SnapshotsModel::whyNotChange);
    }

    private static String ofSelected(SnapshotsModel m, Function<SnapshotItem, String> why) {
        return m.selected().map(why).orElseGet(() -> Text.of("snapshots.why.none"));
    }

    private Command add(
            String id, String icon, Consumer<SnapshotsModel> action, Function<SnapshotsModel, String> whyNot) {
        Command command = new Command(id, icon, () -> action.accept(model.get()));
        checks.add(() -> command.reasonProperty()
                .set(model.get() == null ? Text.of("commands.why.noMachine") : whyNot.apply(model.get())));
        return command;
    }

    /** Looks again at what can be done. */
    void refresh() {
        boolean snapshot = model.get() != null && model.get().selected().isPresent();
        copy.textProperty().set(Text.of(snapshot ? "commands.snapshotClone" : "commands.clone"));
        checks.forEach(Runnable::run);
    }

    /** The menu of a snapshot, or of the present state. */
    List<MenuItem> contextItems(boolean snapshot) {
        return snapshot
                ? List.of(
                        restore.contextItem(),
                        copy.contextItem(),
                        compare.contextItem(),
                        new SeparatorMenuItem(),
                        rename.contextItem(),
                        delete.contextItem())
                : List.of(take.contextItem(), copy.contextItem(), new SeparatorMenuItem(), policy.contextItem());
    }
}
