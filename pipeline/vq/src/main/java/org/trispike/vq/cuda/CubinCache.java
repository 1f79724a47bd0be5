package org.trispike.vq.cuda;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.trispike.vq.plan.Architecture;

/**
 * Keeps what a compiler made, in files that are named by the hash of text, compiler with options,
 * and architecture. A file that is cut short or of another format is made again.
 */
public final class CubinCache implements CubinCompiler {
  private static final int FORMAT = 0x54565131;
  private static final int HEADER_BYTES = 6 * Integer.BYTES;

  private final CubinCompiler compiler;
  private final Path folder;

  public CubinCache(CubinCompiler compiler, Path folder) {
    this.compiler = compiler;
    this.folder = folder;
  }

  @Override
  public Cubin compile(CudaKernel kernel, Architecture gpu) {
    Path file = folder.resolve(key(kernel, gpu) + ".cubin");
    try {
      byte[] kept = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      return whole(kept) ? read(kept) : keep(compiler.compile(kernel, gpu), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String identity() {
    return compiler.identity();
  }

  private String key(CudaKernel kernel, Architecture gpu) {
    String all = kernel.source() + "\n" + compiler.identity() + "\n" + gpu.name();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean whole(byte[] kept) throws IOException {
    if (kept.length <= HEADER_BYTES) {
      return false;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept));
    return in.readInt() == FORMAT && in.readInt() == kept.length - HEADER_BYTES;
  }

  private static Cubin read(byte[] kept) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept));
    in.skipBytes(2 * Integer.BYTES);
    KernelResources resources =
        new KernelResources(in.readInt(), in.readInt(), in.readInt(), in.readInt());
    return new Cubin(in.readAllBytes(), resources);
  }

  /** A file is there whole or not at all, whoever else compiles the same. */
  private Cubin keep(Cubin cubin, Path file) throws IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, "draft", ".tmp");
    try (OutputStream stream = Files.newOutputStream(draft);
        DataOutputStream out = new DataOutputStream(stream)) {
      KernelResources resources = cubin.resources();
      out.writeInt(FORMAT);
      out.writeInt(cubin.image().length);
      out.writeInt(resources.registers());
      out.writeInt(resources.staticBytes());
      out.writeInt(resources.stackBytes());
      out.writeInt(resources.spilledBytes());
      out.write(cubin.image());
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return cubin;
  }
}
