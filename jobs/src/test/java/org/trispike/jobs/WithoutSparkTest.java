package org.trispike.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line on the class path of {@code predict}: no Spark, Hadoop, DL4J or ND4J. */
final class WithoutSparkTest {
  private static final List<String> LIBRARIES =
      List.of(
          "picocli", "config", "jgltf-model", "obj", "imageio", "common", "jackson", "trispike");

  @Test
  void explainsEachVerbThatItCannotRun() throws Exception {
    try (URLClassLoader loader = loader()) {
      assertThat(run(loader, "predict", "--help")).isZero();
      assertThat(run(loader, "run", "--help")).isZero();
      assertThat(run(loader, "predict")).isEqualTo(2);
    }
  }

  @Test
  void saysWhichVersionItIsAndThatThereIsNoSpark() throws Exception {
    PrintStream standard = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try (URLClassLoader loader = loader()) {
      assertThat(run(loader, "predict", "--version")).isZero();
    } finally {
      System.setOut(standard);
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("trispike "))
        .anyMatch(line -> line.startsWith("Java 17."))
        .anyMatch(line -> line.startsWith("no Spark on this class path"));
  }

  @Test
  void hasNoSparkHere() throws Exception {
    try (URLClassLoader loader = loader()) {
      assertThat(loader.getResource("org/apache/spark/sql/SparkSession.class")).isNull();
      assertThat(loader.getResource("org/apache/hadoop/fs/Path.class")).isNull();
      assertThat(loader.getResource("org/nd4j/linalg/factory/Nd4j.class")).isNull();
    }
  }

  private static int run(ClassLoader loader, String... arguments)
      throws ReflectiveOperationException {
    Method run = loader.loadClass(Main.class.getName()).getDeclaredMethod("run", String[].class);
    run.setAccessible(true);
    return (int) run.invoke(null, (Object) arguments);
  }

  private static URLClassLoader loader() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path) || isKept(path)) {
        urls.add(url(path));
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static boolean isKept(Path jar) {
    String name = jar.getFileName().toString();
    return LIBRARIES.stream().anyMatch(library -> name.startsWith(library + "-"));
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }
}
