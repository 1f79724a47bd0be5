package org.trispike.spiking;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What runs on a robot is two jars and a JDK. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.trispike.spiking", "org.trispike.kernels");

  private static ArchRule knowsOnly(String part, String... packages) {
    return classes()
        .that()
        .resideInAPackage(part)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  @Test
  void spikingKnowsVqKernelsAndTheJdkAlone() {
    assertThat(CLASSES.contain(SpikingModel.class)).isTrue();
    knowsOnly(
            "org.trispike.spiking..",
            "org.trispike.spiking..",
            "org.trispike.vq..",
            "org.trispike.kernels..",
            "java..")
        .check(CLASSES);
  }

  @Test
  void kernelsKnowTheJdkAlone() {
    knowsOnly(
            "org.trispike.kernels..", "org.trispike.kernels..", "java..", "jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void brokenRuleIsNoticed() {
    ArchRule tooStrict = knowsOnly("org.trispike.spiking..", "org.trispike.spiking..", "java..");
    assertThatThrownBy(() -> tooStrict.check(CLASSES)).isInstanceOf(AssertionError.class);
  }
}
