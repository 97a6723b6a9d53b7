package org.terrarium.app.shell;

import java.util.concurrent.CountDownLatch;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.terrarium.app.console.ConsoleWindow;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.fx.Theme;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.machine.Threads;
import org.terrarium.vm.cli.Front;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.MachineSession;

/** The program's windows: the library's, or a single console for the command line. */
public final class Program implements Front {
    @Override
    public void openLibrary() {
        Application.launch(LibraryApplication.class);
    }

    @Override
    public Console openConsole(MachineSession session) {
        CountDownLatch shown = new CountDownLatch(1);
        ConsoleWindow[] window = new ConsoleWindow[1];
        Platform.startup(() -> {
            window[0] = console(session);
            window[0].show();
            shown.countDown();
        });
        await(shown);
        return () -> FxThread.run(() -> window[0].stage().close());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConsoleWindow console(MachineSession session) {
        Theme theme = new Theme();
        Dialogs dialogs = new Dialogs(theme);
        Threads threads = new Threads(FxThread::run, Program::inBackground);
        // The command line itself reports what stopped the machine.
        Problems problems = (headline, sentence) -> FxThread.run(() -> dialogs.error(null, headline, sentence));
        LiveMachine live = new LiveMachine(session.name(), threads, problems);
        live.attach(session.machine(), () -> {});
        ConsoleWindow window = new ConsoleWindow(new SessionSubject(session, live), theme, dialogs, FxThread::run);
        window.stage().setOnHiding(e -> live.powerOff());
        return window;
    }

    private static void inBackground(Runnable work) {
        Thread.ofVirtual().start(work);
    }

    /** The window with the library, as JavaFX starts it. */
    public static final class LibraryApplication extends Application {
        private LibraryModel model;

        @Override
        public void start(Stage stage) {
            MachineLibrary library = MachineLibrary.of(System.getenv());
            Theme theme = new Theme();
            remember(theme, new WindowSettings(library.home()));
            Dialogs dialogs = new Dialogs(theme);
            Threads threads = new Threads(FxThread::run, Program::inBackground);
            Problems problems = (headline, sentence) -> FxThread.run(() -> dialogs.error(stage, headline, sentence));
            model = new LibraryModel(library, threads, problems);
            // The end of the desktop session is no reason to lose what guests have handed to their disks.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(model::shutDown));
            Consoles consoles = new Consoles(
                    machine -> new ConsoleWindow(new LibrarySubject(machine), theme, dialogs, FxThread::run));
            new MainWindow(stage, model, theme, dialogs, threads, consoles, new Demo(library)).show();
        }

        /** A choice of colours lasts; without one the desktop's counts. */
        private static void remember(Theme theme, WindowSettings settings) {
            String chosen = settings.get("colours", "");
            if (!chosen.isEmpty()) {
                theme.darkProperty().set(chosen.equals("dark"));
            }
            theme.darkProperty().addListener((o, was, is) -> settings.set("colours", is ? "dark" : "light"));
        }

        /** Called by JavaFX when the last window is closed. */
        @Override
        public void stop() throws InterruptedException {
            Thread off = Thread.ofPlatform().name("power off").start(model::shutDown);
            off.join(20_000);
        }
    }
}
