package org.trispike.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Which part of the house may know which other. */
@AnalyzeClasses(packages = "org.trispike", importOptions = DoNotIncludeTests.class)
final class ArrowsTest {
  private static final String[] ENGINES = {
    "org.apache.spark..", "org.apache.hadoop..", "org.deeplearning4j..", "org.nd4j.."
  };

  @ArchTest
  static final ArchRule coreKnowsNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage("org.trispike.kernels..", "org.trispike.spiking..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule formatsAndGeometryKnowNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage("org.trispike.datasets.format..", "org.trispike.datasets.geometry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINES);

  @ArchTest
  static final ArchRule kernelsKnowOnlyThemselves =
      noClasses()
          .that()
          .resideInAPackage("org.trispike.kernels..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("org.trispike.kernels..", "java..", "jdk.incubator.vector..");

  @ArchTest
  static final ArchRule spikingKnowsKernelsAlone =
      noClasses()
          .that()
          .resideInAPackage("org.trispike.spiking..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("org.trispike.spiking..", "org.trispike.kernels..", "java..");

  @ArchTest
  static final ArchRule datasetsKnowNoTraining =
      noClasses()
          .that()
          .resideInAPackage("org.trispike.datasets..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.trispike.training..", "org.trispike.spiking..");

  @ArchTest
  static final ArchRule nothingKnowsJobs =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.trispike.jobs..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.trispike.jobs..");

  /** Where objects are read by Java serialization, whoever writes the file runs the reader. */
  @ArchTest
  static final ArchRule nobodyReadsOrWritesSerializedObjects =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInputStream.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ObjectOutputStream.class);
}
