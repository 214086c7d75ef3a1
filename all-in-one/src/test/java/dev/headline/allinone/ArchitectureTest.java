package dev.headline.allinone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

/** The arrows between the modules, as ARCHITECTURE.md draws them. Only here are all on one path. */
@AnalyzeClasses(packages = "dev.headline", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String CONTRACTS = "dev.headline.*.v1..";

  @ArchTest
  static final ArchRule modulesKnowOnlyWhatTheArrowsAllow =
      modules()
          .whereLayer("contracts")
          .mayNotAccessAnyLayer()
          .whereLayer("common-rpc")
          .mayNotAccessAnyLayer()
          .whereLayer("common-data")
          .mayOnlyAccessLayers("common-rpc")
          .whereLayer("infra")
          .mayNotAccessAnyLayer()
          .whereLayer("user-service")
          .mayOnlyAccessLayers("contracts", "common-rpc", "common-data")
          .whereLayer("content-service")
          .mayOnlyAccessLayers("contracts", "common-rpc", "common-data")
          .whereLayer("comment-service")
          .mayOnlyAccessLayers("contracts", "common-rpc", "common-data")
          .whereLayer("feed-service")
          .mayOnlyAccessLayers("contracts", "common-rpc", "common-data")
          .whereLayer("gateway")
          .mayOnlyAccessLayers("contracts", "common-rpc")
          .whereLayer("all-in-one")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule theGatewayHasNoDatabase =
      noClasses()
          .that()
          .resideInAPackage("dev.headline.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..");

  @ArchTest
  static final ArchRule businessCodeKnowsNoSpringContext =
      noClasses()
          .that()
          .resideInAnyPackage("..logic..", "..handler..", "..dal..", "dev.headline.*.rpc..")
          .and()
          .resideOutsideOfPackage("dev.headline.rpc..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework.context..",
              "org.springframework.stereotype..",
              "org.springframework.beans..",
              "org.springframework.boot..");

  @ArchTest
  static final ArchRule theLibraryKnowsSpringInOnePackageOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.headline.rpc..")
          .and()
          .resideOutsideOfPackage("dev.headline.rpc.spring..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule noModuleIsPartOfACircle =
      slices().matching("dev.headline.(*)..").should().beFreeOfCycles();

  private static LayeredArchitecture modules() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("contracts")
        .definedBy(CONTRACTS)
        .layer("common-rpc")
        .definedBy("dev.headline.rpc..")
        .layer("common-data")
        .definedBy("dev.headline.data..")
        .layer("infra")
        .definedBy("dev.headline.infra..")
        .layer("user-service")
        .definedBy(codeOf("user"))
        .layer("content-service")
        .definedBy(codeOf("content"))
        .layer("comment-service")
        .definedBy(codeOf("comment"))
        .layer("feed-service")
        .definedBy(codeOf("feed"))
        .layer("gateway")
        .definedBy("dev.headline.gateway..")
        .layer("all-in-one")
        .definedBy("dev.headline.allinone..");
  }

  /** A service without its contract, which shares its root package. */
  private static DescribedPredicate<JavaClass> codeOf(String service) {
    return resideInAPackage("dev.headline." + service + "..")
        .and(not(resideInAnyPackage(CONTRACTS)));
  }
}
