package org.trispike.kernels.io;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trispike.kernels.io.SafeTensorsHeader.Entry;
import org.trispike.kernels.io.SafeTensorsHeader.Type;

/**
 * The safetensors format: eight bytes with the header's length (little-endian), a JSON header that
 * maps each name to {dtype, shape, data_offsets [begin, end)}, and the tensors' bytes, row-major
 * and little-endian. {@code __metadata__} maps strings to strings.
 *
 * <p>Written: F32 or F16, then U8, in the order of the maps, without gaps, the header padded with
 * spaces to a multiple of eight. Read: F32, F16 and U8; the tensors must cover the bytes exactly
 * once, and no length in the file makes the reader allocate more than the bytes that are there.
 * Source: github.com/huggingface/safetensors.
 *
 * @param tensors numbers by name, in the order of their bytes
 * @param bytes tensors of unsigned bytes by name, in the same order
 * @param metadata strings that the writer added
 */
public record SafeTensors(
    Map<String, FloatArray> tensors, Map<String, ByteArray> bytes, Map<String, String> metadata) {
  /** Longest header that is read, in bytes. */
  public static final long HEADER_LIMIT = 100_000_000;

  private static final int CHUNK = 1 << 16;

  /** The numbers of this name; throws IllegalArgumentException, with the name, without them. */
  public FloatArray get(String name) {
    return get(tensors, name);
  }

  /** The bytes of this name; throws IllegalArgumentException, with the name, without them. */
  public ByteArray getBytes(String name) {
    return get(bytes, name);
  }

  private static <T> T get(Map<String, T> tensors, String name) {
    T array = tensors.get(name);
    if (array == null) {
      throw new IllegalArgumentException("Tensor " + name + " is missing");
    }
    return array;
  }

  /** Writes {@code file} by way of a temporary file beside it, so that it is never half there. */
  public static void write(Path file, Map<String, FloatArray> tensors, Map<String, String> metadata)
      throws IOException {
    write(file, tensors, Map.of(), metadata);
  }

  /** The same with tensors of bytes behind those of numbers. */
  public static void write(
      Path file,
      Map<String, FloatArray> tensors,
      Map<String, ByteArray> bytes,
      Map<String, String> metadata)
      throws IOException {
    AtomicFiles.write(file, out -> write(out, tensors, bytes, metadata));
  }

  /** Writes to a stream, which stays open. */
  public static void write(
      OutputStream stream,
      Map<String, FloatArray> tensors,
      Map<String, ByteArray> bytes,
      Map<String, String> metadata)
      throws IOException {
    write(stream, tensors, Set.of(), bytes, metadata);
  }

  /**
   * Writes to a stream, which stays open.
   *
   * @param halves names of the tensors of numbers that are rounded to F16
   */
  public static void write(
      OutputStream stream,
      Map<String, FloatArray> tensors,
      Set<String> halves,
      Map<String, ByteArray> bytes,
      Map<String, String> metadata)
      throws IOException {
    OutputStream out = new BufferedOutputStream(stream, CHUNK);
    byte[] header = header(tensors, halves, bytes, metadata);
    out.write(littleEndian(8).putLong(header.length).array());
    out.write(header);
    for (Map.Entry<String, FloatArray> tensor : tensors.entrySet()) {
      write(out, tensor.getValue().data(), halves.contains(tensor.getKey()));
    }
    for (ByteArray tensor : bytes.values()) {
      out.write(tensor.data());
    }
    out.flush();
  }

  private static void write(OutputStream out, float[] data, boolean half) throws IOException {
    ByteBuffer buffer = littleEndian(CHUNK);
    int width = half ? Type.F16.width() : Type.F32.width();
    for (int from = 0; from < data.length; from += CHUNK / width) {
      int count = Math.min(CHUNK / width, data.length - from);
      if (half) {
        for (int i = 0; i < count; i++) {
          buffer.putShort(2 * i, Half.of(data[from + i]));
        }
      } else {
        buffer.clear().asFloatBuffer().put(data, from, count);
      }
      out.write(buffer.array(), 0, width * count);
    }
  }

  private static byte[] header(
      Map<String, FloatArray> tensors,
      Set<String> halves,
      Map<String, ByteArray> bytes,
      Map<String, String> metadata) {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put(SafeTensorsHeader.METADATA, metadata);
    }
    long offset = 0;
    for (Map.Entry<String, FloatArray> tensor : tensors.entrySet()) {
      FloatArray array = tensor.getValue();
      Type type = halves.contains(tensor.getKey()) ? Type.F16 : Type.F32;
      offset = add(header, tensor.getKey(), type, array.shape(), offset, array.data().length);
    }
    for (Map.Entry<String, ByteArray> tensor : bytes.entrySet()) {
      ByteArray array = tensor.getValue();
      offset = add(header, tensor.getKey(), Type.U8, array.shape(), offset, array.data().length);
    }
    String text = Json.writeCompact(header);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return (text + " ".repeat(-length & 7)).getBytes(StandardCharsets.UTF_8);
  }

  private static long add(
      Map<String, Object> header, String name, Type type, int[] shape, long begin, long elements) {
    if (name.equals(SafeTensorsHeader.METADATA) || header.containsKey(name)) {
      throw new IllegalArgumentException("A tensor cannot be called " + name);
    }
    List<Object> extents = new ArrayList<>();
    for (int extent : shape) {
      extents.add(extent);
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("dtype", type.name());
    entry.put("shape", extents);
    long end = begin + type.width() * elements;
    entry.put("data_offsets", List.of(begin, end));
    header.put(name, entry);
    return end;
  }

  /** Reads a file; throws {@link MalformedFileException} if it is not one. */
  public static SafeTensors read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, Files.size(file), file.toString());
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param length bytes that the stream has, as its file system knows
   * @param source what messages call it
   */
  public static SafeTensors read(InputStream stream, long length, String source)
      throws IOException {
    InputStream in = new BufferedInputStream(stream, CHUNK);
    SafeTensorsHeader header = SafeTensorsHeader.read(in, length, source);
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    Map<String, ByteArray> byteTensors = new LinkedHashMap<>();
    for (Entry entry : header.entries()) {
      if (entry.type() == Type.U8) {
        byteTensors.put(entry.name(), new ByteArray(entry.shape(), bytes(in, entry, source)));
      } else {
        tensors.put(entry.name(), new FloatArray(entry.shape(), values(in, entry, source)));
      }
    }
    return new SafeTensors(tensors, byteTensors, header.metadata());
  }

  private static byte[] bytes(InputStream in, Entry entry, String source) throws IOException {
    int count = (int) (entry.end() - entry.begin());
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw truncated(source, "ends inside tensor " + entry.name());
    }
    return bytes;
  }

  private static float[] values(InputStream in, Entry entry, String source) throws IOException {
    int width = entry.type().width();
    float[] values = new float[(int) ((entry.end() - entry.begin()) / width)];
    byte[] bytes = new byte[Math.min(CHUNK, width * values.length)];
    for (int from = 0; from < values.length; from += CHUNK / width) {
      int count = Math.min(CHUNK / width, values.length - from);
      if (in.readNBytes(bytes, 0, count * width) < count * width) {
        throw truncated(source, "ends inside tensor " + entry.name());
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      if (entry.type() == Type.F16) {
        for (int i = 0; i < count; i++) {
          values[from + i] = Half.toFloat(buffer.getShort(2 * i));
        }
      } else {
        buffer.asFloatBuffer().get(values, from, count);
      }
    }
    return values;
  }

  private static MalformedFileException truncated(String source, String message) {
    return new MalformedFileException(source, MalformedFileException.Reason.TRUNCATED, message);
  }

  private static ByteBuffer littleEndian(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
