package org.trispike.spiking;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What runs on a robot is two jars and a JDK. */
@AnalyzeClasses(
    packages = {"org.trispike.spiking", "org.trispike.kernels"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule spikingKnowsKernelsAndTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("org.trispike.spiking..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.trispike.spiking..", "org.trispike.kernels..", "java..");

  @ArchTest
  static final ArchRule kernelsKnowTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("org.trispike.kernels..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.trispike.kernels..", "java..", "jdk.incubator.vector..");
}
