package org.trispike.vq.cuda;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Generated kernels, compiled by g++ and executed on the CPU by emulator.cpp, which checks every
 * access of memory for bounds and races.
 */
final class Emulation implements AutoCloseable {
  /** What the emulator says of a kernel that is wrong. */
  static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    Fault(String message) {
      super(message);
    }
  }

  private final Path folder;
  private final Map<CudaKernel, String> names = new LinkedHashMap<>();

  private Emulation(Path folder) {
    this.folder = folder;
  }

  static boolean possible() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "g++")));
  }

  /** Compiles the kernels; skips the test without a compiler. */
  static Emulation of(Collection<CudaKernel> kernels) {
    assumeThat(possible()).as("g++, which executes kernels on the CPU, is on the PATH").isTrue();
    try {
      Emulation emulation = new Emulation(Files.createTempDirectory("trispike-cuda-"));
      emulation.compile(kernels);
      return emulation;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compile(Collection<CudaKernel> kernels) throws IOException {
    for (String file : List.of("emulated.h", "emulator.cpp")) {
      Files.write(folder.resolve(file), resource(file));
    }
    StringBuilder table = new StringBuilder("const Named KERNELS[] = {\n");
    StringBuilder text = new StringBuilder("#include \"emulated.h\"\n");
    for (CudaKernel kernel : kernels) {
      if (names.containsKey(kernel)) {
        continue;
      }
      String space = "k" + names.size();
      names.put(kernel, space);
      // A name with C linkage is one for all namespaces, so each has its space in it.
      text.append("#define ")
          .append(kernel.name())
          .append(' ')
          .append(space)
          .append("_kernel\n")
          .append("namespace ")
          .append(space)
          .append(" {\n")
          .append("extern unsigned char memory[] asm(\"emulatedShared\");\n")
          .append(kernel.text())
          .append("void call(void** arguments) { invoke(")
          .append(kernel.name())
          .append(", arguments); }\n}\n#undef ")
          .append(kernel.name())
          .append('\n');
      table.append("  {\"").append(space).append("\", ").append(space).append("::call},\n");
    }
    table.append("};\nconst int KERNEL_COUNT = ").append(names.size()).append(";\n");
    Files.writeString(folder.resolve("kernels.cpp"), text.toString() + table);
    run("g++", "-std=c++17", "-O2", "-w", "-c", "emulator.cpp", "-o", "emulator.o");
    run("g++", "-std=c++17", "-O1", "-w", "-fsanitize=thread", "-c", "kernels.cpp", "-o", "k.o");
    run("g++", "emulator.o", "k.o", "-o", "emulator");
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = Emulation.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /**
   * Executes a program; its buffers afterwards. Those that it fills begin as numbers that are none.
   */
  Map<Launch.Buffer, ByteBuffer> run(CudaProgram program, DeviceTensor tensor, byte[] input) {
    Map<Launch.Buffer, byte[]> buffers = new EnumMap<>(Launch.Buffer.class);
    buffers.put(Launch.Buffer.CODES, tensor.codes());
    buffers.put(Launch.Buffer.BOOKS, tensor.books());
    buffers.put(Launch.Buffer.INPUT, input);
    buffers.put(Launch.Buffer.PARTIAL, filled(program.partialBytes()));
    buffers.put(Launch.Buffer.OUTPUT, filled(program.outputBytes()));
    try {
      Job job = new Job();
      job.integer(buffers.size());
      buffers.values().forEach(job::bytes);
      job.integer(program.launches().size());
      for (Launch launch : program.launches()) {
        write(job, launch);
      }
      Files.write(folder.resolve("job"), job.bytes.toByteArray());
      run(folder.resolve("emulator").toString(), "job", "result");
      ByteBuffer result = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("result")));
      Map<Launch.Buffer, ByteBuffer> after = new EnumMap<>(Launch.Buffer.class);
      buffers.forEach(
          (buffer, before) -> {
            byte[] bytes = new byte[before.length];
            result.get(bytes);
            after.put(buffer, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
          });
      return after;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Job job, Launch launch) {
    job.bytes(names.get(launch.kernel()).getBytes(StandardCharsets.US_ASCII));
    launch.grid().forEach(job::integer);
    job.integer(launch.kernel().threads());
    job.integer(launch.kernel().sharedBytes());
    job.integer(launch.arguments().size());
    for (Object argument : launch.arguments()) {
      boolean buffer = argument instanceof Launch.Buffer;
      job.integer(buffer ? 1 : 0);
      job.integer(buffer ? ((Launch.Buffer) argument).ordinal() : (Integer) argument);
    }
  }

  private static byte[] filled(long bytes) {
    byte[] filled = new byte[Math.toIntExact(bytes)];
    Arrays.fill(filled, (byte) -1);
    return filled;
  }

  private void run(String... command) throws IOException {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new Fault(command[0] + " takes more than five minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (process.exitValue() != 0) {
      throw new Fault(
          new ArrayList<>(List.of(command))
              + " ends with "
              + process.exitValue()
              + ": "
              + Files.readString(log));
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Job {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void integer(int value) {
      bytes.writeBytes(
          ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    void bytes(byte[] some) {
      integer(some.length);
      bytes.writeBytes(some);
    }
  }
}
