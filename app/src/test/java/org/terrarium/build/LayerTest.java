package org.terrarium.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: {@code app -> vm-runtime -> {x86-emu, virtual-disk, virtual-net}}. */
class LayerTest {
    private static final String X86 = "org.terrarium.x86..";
    private static final String DISK = "org.terrarium.disk..";
    private static final String NET = "org.terrarium.net..";
    private static final String VM = "org.terrarium.vm..";
    private static final String APP = "org.terrarium.app..";
    private static final String FX = "javafx..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.terrarium");

    @Test
    void lowerModulesKnowNeitherEachOtherNorWhatIsAbove() {
        noClasses()
                .that()
                .resideInAPackage(X86)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DISK, NET, VM, APP, FX)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(DISK)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(X86, NET, VM, APP, FX)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(NET)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(X86, DISK, VM, APP, FX)
                .check(CLASSES);
    }

    @Test
    void theRuntimeKnowsNoWindow() {
        noClasses()
                .that()
                .resideInAPackage(VM)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(APP, FX)
                .check(CLASSES);
    }

    @Test
    void devicesDoNotKnowTheMachineTheyAreIn() {
        noClasses()
                .that()
                .resideInAPackage("org.terrarium.vm.device..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.terrarium.vm",
                        "org.terrarium.vm.cli..",
                        "org.terrarium.vm.library..",
                        "org.terrarium.vm.spec..",
                        "org.terrarium.vm.firmware..")
                .check(CLASSES);
    }

    @Test
    void devicesTakeTimeAndThreadsFromOutside() {
        noClasses()
                .that()
                .resideInAnyPackage("org.terrarium.vm.device..", X86)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(CLASSES);
    }

    @Test
    void viewModelsHoldNoControls() {
        noClasses()
                .that()
                .resideInAPackage(APP)
                .and()
                .haveSimpleNameEndingWith("Model")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "org.controlsfx..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.terrarium.app.machine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "org.controlsfx..")
                .check(CLASSES);
    }

    @Test
    void onlyTheGatewayPostsToTheJavaFxThread() {
        noClasses()
                .that()
                .resideInAPackage(APP)
                .and()
                .doNotHaveFullyQualifiedName("org.terrarium.app.fx.FxThread")
                .should()
                .callMethod(Platform.class, "runLater", Runnable.class)
                .check(CLASSES);
    }
}
