package org.terrarium.app.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.terrarium.app.fx.Ticker;
import org.terrarium.vm.cli.TerrariumCli;

/**
 * Uses the command line, opens the library's window, starts the demo machine once, and ends. The packaging scripts run it so that the Java machine can
 * record which classes the start of the program needs (JEP 483 and 514) and loads them faster from then on. Wants an empty
 * {@code TERRARIUM_HOME}. With the image of a disk it runs that first, so that guests are fast sooner, too (JEP 515).
 */
public final class WarmUp {
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Looks that the demo machine's console stays open: about six seconds, in which the demo guest has come up. */
    private static final int CONSOLE_LOOKS = 30;

    private static final String TRAINED = "BENCH-DONE";

    /** Looks before it is given up: two minutes. */
    private static final int PATIENCE = 600;

    private WarmUp() {}

    /**
     * @param args image of a bootable disk whose guest prints {@link #TRAINED} on its serial port; without one only the windows
     *     are recorded
     */
    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            train(args[0]);
        }
        CommandTour.run();
        Application.launch(Tour.class);
        System.exit(Tour.done ? 0 : 1);
    }

    /** How the emulator's own methods behave when a guest works hard, from which HotSpot then compiles them at once. */
    private static void train(String image) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        String[] run = {
            "run",
            "--headless",
            "--memory",
            "128",
            "--disk",
            image,
            "--snapshot",
            "--serial",
            "stdio",
            "--until-serial",
            TRAINED
        };
        TerrariumCli.run(run, InputStream.nullInputStream(), new PrintStream(nowhere), System.err, null);
    }

    /** The library's window with somebody who presses the demo's button. */
    public static final class Tour extends Application {
        private static volatile boolean done;
        private final Program.LibraryApplication library = new Program.LibraryApplication();
        private final Ticker ticker = new Ticker(LOOK, this::look);
        private int looks;
        private int consoleLooks;

        @Override
        public void start(Stage stage) {
            library.start(stage);
            ticker.start();
        }

        @Override
        public void stop() throws InterruptedException {
            library.stop();
        }

        private void look() {
            boolean console =
                    Window.getWindows().stream().filter(Stage.class::isInstance).count() > 1;
            if (console) {
                consoleLooks++;
            } else {
                demoButton().ifPresent(Button::fire);
            }
            done = consoleLooks > CONSOLE_LOOKS;
            if (done || ++looks > PATIENCE) {
                ticker.stop();
                Platform.exit();
            }
        }

        private static Optional<Button> demoButton() {
            return Window.getWindows().stream()
                    .flatMap(w -> Stream.ofNullable(w.getScene().lookup("#demo-machine")))
                    .filter(Node::isVisible)
                    .map(Button.class::cast)
                    .filter(b -> !b.isDisabled())
                    .findFirst();
        }
    }
}
