package org.trispike.vq.cuda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.trispike.vq.plan.Architecture;

/** The compiler of a CUDA toolkit, where one is on the PATH. */
final class Nvcc implements CubinCompiler {

  static boolean possible() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "nvcc")));
  }

  @Override
  public Cubin compile(CudaKernel kernel, Architecture gpu) {
    try {
      Path folder = Files.createTempDirectory("trispike-nvcc-");
      Path source = Files.writeString(folder.resolve("kernel.cu"), kernel.source());
      Path image = folder.resolve("kernel.cubin");
      Process process =
          new ProcessBuilder(
                  "nvcc",
                  "-std=c++17",
                  "-arch=" + gpu.name(),
                  "-cubin",
                  "-Xptxas",
                  "-v",
                  "-diag-suppress",
                  "177",
                  source.toString(),
                  "-o",
                  image.toString())
              .redirectErrorStream(true)
              .start();
      String log =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(log);
      }
      byte[] bytes = Files.readAllBytes(image);
      Files.delete(source);
      Files.delete(image);
      Files.delete(folder);
      return new Cubin(bytes, KernelResources.parse(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String identity() {
    return "nvcc";
  }
}
