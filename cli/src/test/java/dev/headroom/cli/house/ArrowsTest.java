package dev.headroom.cli.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages, as docs/ARCHITECTURE.md draws them. */
class ArrowsTest {
    private static final JavaClasses HEADROOM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.headroom");

    private static void check(ArchRule rule) {
        rule.check(HEADROOM);
    }

    @Test
    void coreDependsOnNoOtherModule() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.headroom.proxy..", "dev.headroom.server..", "dev.headroom.cli.."));
    }

    @Test
    void theProxiesDependOnCoreOnlyAndNotOnEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.proxy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.headroom.server..", "dev.headroom.cli.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.proxy.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.headroom.proxy.postgres.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.proxy.postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.headroom.proxy.http.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.proxy.net..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.headroom.proxy.http..", "dev.headroom.proxy.postgres..", "dev.headroom.core.."));
    }

    @Test
    void thePostgresProxysPartsDependDownwardsOnly() {
        check(slices().matching("dev.headroom.proxy.postgres.(*)..").should().beFreeOfCycles());
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.proxy.postgres.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.headroom.proxy.postgres"));
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.proxy.postgres.capture")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.headroom.proxy.net",
                        "dev.headroom.proxy.postgres.wire",
                        "dev.headroom.proxy.postgres.tls",
                        "dev.headroom.proxy.postgres.sasl",
                        "dev.headroom.proxy.postgres.upstream",
                        "dev.headroom.proxy.postgres.catalogue",
                        "java.nio.channels.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.proxy.postgres.message")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.headroom.core..", "dev.headroom.proxy.net"));
    }

    @Test
    void theServerDependsOnCoreOnly() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.headroom.proxy..", "dev.headroom.cli.."));
    }

    @Test
    void theVocabularyStandsAlone() {
        check(classes()
                .that()
                .resideInAPackage("dev.headroom.core.trace")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.headroom.core.trace", "java..", "org.jspecify.."));
    }

    @Test
    void captureJudgesNothingAndTheDoctorCapturesNothing() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.core.capture..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.headroom.core.check..", "dev.headroom.core.report.."));
        check(noClasses()
                .that()
                .resideInAPackage("dev.headroom.core.check..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.headroom.core.capture..", "dev.headroom.core.report.."));
    }

    @Test
    void packagesFormNoCycles() {
        check(slices().matching("dev.headroom.(*).(*)..").should().beFreeOfCycles());
    }
}
