package org.terrarium.app.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.terrarium.app.console.ConsoleServices;
import org.terrarium.app.console.ConsoleWindow;
import org.terrarium.app.fx.Dialogs;
import org.terrarium.app.fx.FxThread;
import org.terrarium.app.library.LibraryModel;
import org.terrarium.app.machine.LiveMachine;
import org.terrarium.app.machine.Problems;
import org.terrarium.app.preferences.HostCheck;
import org.terrarium.app.text.Text;
import org.terrarium.vm.cli.Front;
import org.terrarium.vm.library.MachineLibrary;
import org.terrarium.vm.library.MachineSession;
import org.terrarium.vm.library.Preferences;

/** The program's windows: the library's, or a single console for the command line. */
public final class Program implements Front {
    // Kept, as the log manager itself would forget the filter with the logger.
    private static Logger javafxLog;

    /** JavaFX warns at every start that it is on the class path, which is our choice (docs/decisions/0001). */
    private static void quietClassPathWarning() {
        javafxLog = Logger.getLogger("javafx");
        javafxLog.setFilter(
                r -> r.getMessage() == null || !r.getMessage().startsWith("Unsupported JavaFX configuration"));
    }

    @Override
    public void openLibrary() {
        quietClassPathWarning();
        Application.launch(LibraryApplication.class);
    }

    @Override
    public Console openConsole(MachineSession session) {
        quietClassPathWarning();
        CountDownLatch shown = new CountDownLatch(1);
        ConsoleWindow[] window = new ConsoleWindow[1];
        Platform.startup(() -> {
            // A machine may go on after its window was closed; the command line ends the program.
            Platform.setImplicitExit(false);
            window[0] = console(session);
            window[0].show();
            shown.countDown();
        });
        await(shown);
        return () -> FxThread.run(() -> window[0].stage().close());
    }

    @Override
    public List<Finding> lookAtHost(Path library) {
        Text.use("en"); // as all that the command line says
        return HostCheck.run(library, Path.of("/dev/kvm"));
    }

    @Override
    public InputStream demoGuest() throws IOException {
        return Demo.floppy();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConsoleWindow console(MachineSession session) {
        Services services = Services.of(Preferences.of(System.getenv()));
        Dialogs dialogs = services.dialogs();
        // The command line itself reports what stopped the machine.
        Problems problems = (headline, sentence) -> FxThread.run(() -> dialogs.error(null, headline, sentence));
        LiveMachine live = new LiveMachine(session.name(), services.threads(), problems);
        live.attach(session.machine(), () -> {});
        ConsoleWindow window = new ConsoleWindow(new SessionSubject(session, live), services.console(problems));
        Consoles.place(services.preferences(), session.name(), window);
        return window;
    }

    /** The window with the library, as JavaFX starts it. */
    public static final class LibraryApplication extends Application {
        private LibraryModel model;

        @Override
        public void start(Stage stage) {
            MachineLibrary library = MachineLibrary.of(System.getenv());
            Services services = Services.of(Preferences.of(System.getenv()));
            Dialogs dialogs = services.dialogs();
            Problems problems = (headline, sentence) -> FxThread.run(() -> dialogs.error(stage, headline, sentence));
            model = new LibraryModel(library, services.threads(), problems);
            // The end of the desktop session is no reason to lose what guests have handed to their disks.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(model::shutDown));
            ConsoleServices forConsoles = services.console(problems);
            Consoles consoles = new Consoles(
                    services.preferences(), machine -> new ConsoleWindow(new LibrarySubject(machine), forConsoles));
            new MainWindow(stage, model, services, consoles, new Demo(library)).show();
        }

        /** Called by JavaFX when the last window is closed. */
        @Override
        public void stop() throws InterruptedException {
            Thread off = Thread.ofPlatform().name("power off").start(model::shutDown);
            off.join(20_000);
        }
    }
}
