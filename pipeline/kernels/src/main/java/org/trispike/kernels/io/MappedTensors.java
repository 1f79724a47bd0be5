package org.trispike.kernels.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.kernels.io.SafeTensorsHeader.Entry;
import org.trispike.kernels.io.SafeTensorsHeader.Type;

/**
 * A safetensors file whose tensors stay where they are, see {@link SafeTensors}. Its header is read
 * and checked; what is asked for is mapped. The file must not change as long as this is used.
 */
public final class MappedTensors {
  /** Bytes of a mapping, of which the JDK allows 2^31 − 1. */
  private static final int MAPPING = 1 << 30;

  private final Path file;
  private final SafeTensorsHeader header;
  private final long begin;
  private final int mapping;

  private MappedTensors(Path file, SafeTensorsHeader header, long begin, int mapping) {
    this.file = file;
    this.header = header;
    this.begin = begin;
    this.mapping = mapping;
  }

  /** Opens a file; throws {@link MalformedFileException} if it is not one. */
  public static MappedTensors open(Path file) throws IOException {
    return open(file, MAPPING);
  }

  static MappedTensors open(Path file, int mapping) throws IOException {
    long length = Files.size(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      SafeTensorsHeader header = SafeTensorsHeader.read(in, length, file.toString());
      return new MappedTensors(file, header, length - header.dataLength(), mapping);
    }
  }

  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Maps a matrix of F32 or F16.
   *
   * @throws MalformedFileException that names the tensor, if it is missing or anything else
   */
  public MappedMatrix matrix(String name) throws IOException {
    Entry entry = entry(name);
    if (entry.type() == Type.U8 || entry.shape().length != 2) {
      throw new MalformedFileException(
          file.toString(), Reason.BAD_SHAPE, "tensor " + name + " is no matrix of numbers");
    }
    int rows = entry.shape()[0];
    int columns = entry.shape()[1];
    int rowBytes = Math.max(1, Math.multiplyExact(columns, entry.type().width()));
    int rowsOfABuffer = Math.max(1, mapping / rowBytes);
    ByteBuffer[] buffers = new ByteBuffer[(rows + rowsOfABuffer - 1) / rowsOfABuffer];
    for (int i = 0; i < buffers.length; i++) {
      int count = Math.min(rowsOfABuffer, rows - i * rowsOfABuffer);
      long from = entry.begin() + (long) i * rowsOfABuffer * rowBytes;
      buffers[i] = map(from, (long) count * rowBytes);
    }
    return new MappedMatrix(rows, columns, entry.type() == Type.F16, rowsOfABuffer, buffers);
  }

  /**
   * Maps a tensor of bytes.
   *
   * @throws MalformedFileException that names the tensor, if it is missing or anything else
   */
  public ByteBuffer bytes(String name) throws IOException {
    Entry entry = entry(name);
    if (entry.type() != Type.U8) {
      throw new MalformedFileException(
          file.toString(), Reason.UNSUPPORTED_TYPE, "tensor " + name + " is not U8");
    }
    return map(entry.begin(), entry.end() - entry.begin());
  }

  private Entry entry(String name) throws MalformedFileException {
    return header.entries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new MalformedFileException(
                    file.toString(), Reason.BAD_HEADER, "tensor " + name + " is missing"));
  }

  private ByteBuffer map(long from, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, begin + from, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
