package org.trispike.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.trispike.vq.cuda.CudaRuntime;

/** What {@code bench vq} finds after a build without natives: this module's classes, no JavaCPP. */
class ClassesAloneTest {

  @Test
  void classesAloneAreNoRuntime() throws Exception {
    List<URL> places = new ArrayList<>();
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!place.contains("bytedeco")) {
        places.add(Path.of(place).toUri().toURL());
      }
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      Class<?> service = loader.loadClass(CudaRuntime.class.getName());
      assertThat(ServiceLoader.load(service).stream().map(p -> p.type().getSimpleName()))
          .containsExactly("JavaCppCuda");
      assertThat(service.getMethod("find").invoke(null)).isEqualTo(Optional.empty());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
