package org.trispike.datasets.format;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the URIs of a glTF file name: bytes within it, or files beside it. */
final class GltfUris {
  /**
   * Bytes that a URI names.
   *
   * @param file the file that they lie in
   */
  @SuppressWarnings("ArrayRecordComponent") // a large array that is passed through
  record Content(String file, byte[] bytes) {}

  private final Source source;
  private final Map<String, Content> files = new HashMap<>();
  private long bytes;

  GltfUris(Source source) {
    this.source = source;
  }

  Content content(String uri) throws CorruptInputException {
    if (uri.regionMatches(true, 0, "data:", 0, 5)) {
      return new Content(source.path(), data(uri));
    }
    String path = source.sibling(decoded(uri));
    Content content = files.get(path);
    if (content == null) {
      content = new Content(path, source.read(path));
      bytes += content.bytes().length;
      source.check(
          bytes <= source.limits().fileBytes(),
          Reason.TOO_LARGE,
          "The files that it names have more than %s bytes",
          source.limits().fileBytes());
      files.put(path, content);
    }
    return content;
  }

  private byte[] data(String uri) throws CorruptInputException {
    int comma = uri.indexOf(',');
    boolean base64 =
        comma > 0 && uri.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64");
    source.check(base64, Reason.UNSUPPORTED, "%s is not in base64", Source.brief(uri));
    try {
      return Base64.getDecoder().decode(uri.substring(comma + 1));
    } catch (IllegalArgumentException e) {
      throw new CorruptInputException(
          source.path(), Reason.BAD_HEADER, "Base64 in a URI cannot be decoded", e);
    }
  }

  private String decoded(String uri) throws CorruptInputException {
    try {
      // Plus stands for a space in forms only.
      return URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new CorruptInputException(
          source.path(), Reason.BAD_HEADER, "'" + Source.brief(uri) + "' is no URI", e);
    }
  }
}
