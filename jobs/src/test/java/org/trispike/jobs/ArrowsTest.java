package org.trispike.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import javax.script.ScriptEngine;
import javax.xml.stream.XMLInputFactory;
import org.junit.jupiter.api.Test;

/**
 * Which part of the house may know which other. Plain tests, since Surefire runs no rules that
 * stand in fields.
 */
final class ArrowsTest {
  private static final String[] ENGINES = {
    "org.apache.spark..", "org.apache.hadoop..", "org.deeplearning4j..", "org.nd4j.."
  };

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          // Those that other modules lend, too.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.trispike");

  @Test
  void kernelsVqAndSpikingKnowNoEngine() {
    never("org.trispike.kernels..", ENGINES);
    never("org.trispike.vq..", ENGINES);
    never("org.trispike.spiking..", ENGINES);
  }

  @Test
  void formatsAndGeometryKnowNoEngine() {
    never("org.trispike.datasets.format..", ENGINES);
    never("org.trispike.datasets.geometry..", ENGINES);
  }

  @Test
  void kernelsKnowTheJdkAlone() {
    only("org.trispike.kernels..", "org.trispike.kernels..", "java..", "jdk.incubator.vector..");
  }

  @Test
  void vqKnowsKernelsAndACompilerAlone() {
    only(
        "org.trispike.vq..",
        "org.trispike.vq..",
        "org.trispike.kernels..",
        "org.codehaus.janino..",
        "org.codehaus.commons.compiler..",
        "java..",
        "jdk.incubator.vector..");
  }

  @Test
  void spikingKnowsVqAndKernelsAlone() {
    only(
        "org.trispike.spiking..",
        "org.trispike.spiking..",
        "org.trispike.vq..",
        "org.trispike.kernels..",
        "java..");
  }

  @Test
  void datasetsKnowNoNetwork() {
    never("org.trispike.datasets..", "org.trispike.training..", "org.trispike.spiking..");
  }

  @Test
  void nothingKnowsJobs() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.trispike.jobs..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.trispike.jobs..")
        .check(HOUSE);
  }

  /** Where objects are read by Java serialization, whoever writes the file runs the reader. */
  @Test
  void nobodyReadsOrWritesSerializedObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(HOUSE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectOutputStream.class)
        .check(HOUSE);
  }

  /** A name in a file must never choose the code that runs. */
  @Test
  void nobodyLooksUpClassesOrRunsProgramsByName() {
    noClasses().should().callMethod(Class.class, "forName", String.class).check(HOUSE);
    noClasses()
        .should()
        .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
        .check(HOUSE);
    noClasses().should().callMethod(ClassLoader.class, "loadClass", String.class).check(HOUSE);
    noClasses().should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class).check(HOUSE);
    noClasses().should().dependOnClassesThat().areAssignableTo(ScriptEngine.class).check(HOUSE);
  }

  /** What evaluates Java that it is given stays on top, in the kernel of the notebooks. */
  @Test
  void nobodyKnowsNotebooksOrEvaluatesJava() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.trispike.notebooks..", "jdk.jshell..")
        .check(HOUSE);
  }

  /** The XML that is read, of AEDAT4 and of Pascal VOC, goes through a reader without DTDs. */
  @Test
  void xmlIsOpenedInOnePlaceOnly() {
    noClasses()
        .that()
        .doNotHaveSimpleName("SafeXml")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(XMLInputFactory.class)
        .check(HOUSE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.xml.parsers..",
            "javax.xml.transform..",
            "org.xml..",
            "org.w3c.dom..",
            "org.yaml..")
        .check(HOUSE);
  }

  private static void never(String packages, String... unknown) {
    noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(unknown)
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  private static void only(String packages, String... known) {
    noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(known)
        .allowEmptyShould(true)
        .check(HOUSE);
  }
}
