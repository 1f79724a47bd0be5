package org.trispike.datasets.format;

import java.util.Locale;

/**
 * The parts of a GLB or glTF file.
 *
 * @param json its JSON text
 * @param binary the buffer that comes with it, or null
 */
record GltfChunks(ByteSlice json, ByteSlice binary) {
  private static final int MAGIC = 0x46546C67;
  private static final int JSON = 0x4E4F534A;
  private static final int BIN = 0x004E4942;
  private static final int HEADER = 12;
  private static final int CHUNK = 8;

  static GltfChunks of(Source source) throws CorruptInputException {
    ByteSlice file = ByteSlice.of(source.bytes());
    boolean glb = source.path().toLowerCase(Locale.ROOT).endsWith(".glb");
    if (file.length() >= 4 && file.int32(0) == MAGIC) {
      return binary(source, file);
    }
    source.check(!glb || file.length() < 4, Reason.BAD_MAGIC, "It does not begin with 'glTF'");
    source.check(!glb, Reason.TRUNCATED, "It has %s bytes, fewer than its magic", file.length());
    return new GltfChunks(text(source, file), null);
  }

  private static GltfChunks binary(Source source, ByteSlice file) throws CorruptInputException {
    source.check(
        file.length() >= HEADER + CHUNK, Reason.TRUNCATED, "It has %s bytes", file.length());
    source.check(
        file.int32(4) == 2,
        Reason.UNSUPPORTED,
        "It is binary glTF of version %s, not 2",
        Integer.toUnsignedLong(file.int32(4)));
    long length = Integer.toUnsignedLong(file.int32(8));
    source.check(
        length <= file.length(),
        Reason.TRUNCATED,
        "It says that it has %s bytes, but has %s",
        length,
        file.length());
    source.check(length >= HEADER + CHUNK, Reason.BAD_HEADER, "It claims a length of %s", length);
    source.check(file.int32(16) == JSON, Reason.BAD_HEADER, "Its first chunk is not JSON");
    ByteSlice json = chunk(source, file, HEADER, (int) length);
    int next = HEADER + CHUNK + json.length();
    boolean more = length - next >= CHUNK && file.int32(next + 4) == BIN;
    return new GltfChunks(
        text(source, json), more ? chunk(source, file, next, (int) length) : null);
  }

  private static ByteSlice chunk(Source source, ByteSlice file, int at, int end)
      throws CorruptInputException {
    long size = Integer.toUnsignedLong(file.int32(at));
    int left = end - at - CHUNK;
    source.check(
        size <= left, Reason.TRUNCATED, "A chunk of %s bytes has only %s left", size, left);
    return file.part(at + CHUNK, (int) size);
  }

  /** From the first brace on. A zero behind it would make it UTF-16, which glTF is not. */
  private static ByteSlice text(Source source, ByteSlice json) throws CorruptInputException {
    boolean mark = json.length() >= 3 && json.uint16(0) == 0xBBEF && json.uint8(2) == 0xBF;
    int start = mark ? 3 : 0;
    while (start < json.length() && Character.isWhitespace(json.uint8(start))) {
      start++;
    }
    int left = json.length() - start;
    source.check(left >= 2, Reason.TRUNCATED, "Its JSON has only %s bytes", left);
    source.check(
        json.uint8(start) == '{' && json.uint8(start + 1) != 0,
        Reason.BAD_MAGIC,
        "It does not begin with a JSON object in UTF-8");
    return json.part(start, left);
  }
}
