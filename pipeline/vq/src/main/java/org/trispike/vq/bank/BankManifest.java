package org.trispike.vq.bank;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.kernels.io.JsonFields;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.kernels.io.Sha256;

/**
 * {@code bank.json}, without which a folder is no bank.
 *
 * @param space of the rows
 * @param half whether rows are kept as F16, else as F32
 * @param parts in the order of the rows; each but the last has {@link BankPart#ROWS}
 * @param codes absent for a bank that was not quantized
 * @param provenance how it was made
 */
public record BankManifest(
    BankSpace space,
    boolean half,
    List<BankPart> parts,
    Optional<BankCodes> codes,
    Map<String, String> provenance) {
  public static final String FILE = "bank.json";
  private static final String FORMAT = "trispike-bank";

  /** Of banks without codes and, formerly, of codes without rotation and lists. */
  private static final int VERSION = 1;

  /** Of codes that may have either. */
  private static final int VERSION_OF_CODES = 2;

  private static final long LIMIT = 64L << 20;

  public BankManifest {
    parts = List.copyOf(parts);
    provenance = Map.copyOf(provenance);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("A bank has at least one row");
    }
    if (parts.stream().limit(parts.size() - 1L).anyMatch(part -> part.rows() < BankPart.ROWS)) {
      throw new IllegalArgumentException(
          "A part before the last has fewer than " + BankPart.ROWS + " rows");
    }
    if (lists(codes).isPresent() && lists(codes).get().rows() != rows(parts)) {
      throw new IllegalArgumentException(
          lists(codes).get().rows() + " rows in lists, " + rows(parts) + " in parts");
    }
  }

  private static Optional<BankLists> lists(Optional<BankCodes> codes) {
    return codes.flatMap(BankCodes::lists);
  }

  public int rows() {
    return rows(parts);
  }

  private static int rows(List<BankPart> parts) {
    return Math.addExact(
        Math.multiplyExact(parts.size() - 1, BankPart.ROWS), parts.get(parts.size() - 1).rows());
  }

  /** Tells the content of this bank from that of any other. */
  public String id() {
    return Sha256.of(
        Stream.concat(
                parts.stream().flatMap(part -> Stream.of(part.vectors(), part.names())),
                codes.stream().flatMap(c -> c.files().stream()))
            .map(BankFile::sha256)
            .collect(Collectors.joining("\n")));
  }

  /** The file's text. */
  public byte[] json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("format_version", codes.isPresent() ? VERSION_OF_CODES : VERSION);
    root.put("id", id());
    root.put("rows", rows());
    root.put("columns", space.columns());
    root.put("precision", half ? "float16" : "float32");
    root.put("teacher", space.teacher());
    root.put("projection", space.projection());
    root.put("codes", codes.map(BankManifest::json).orElse(null));
    List<Object> list = new ArrayList<>();
    for (BankPart part : parts) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rows", part.rows());
      one.put("vectors", part.vectors().json());
      one.put("names", part.names().json());
      list.add(one);
    }
    root.put("parts", list);
    root.put("provenance", new TreeMap<>(provenance));
    return Json.write(root).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> json(BankCodes codes) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("preset", codes.preset());
    map.put("candidates", codes.candidates());
    map.put("recall_at_1", codes.recall());
    map.put("held_out_queries", codes.queries());
    map.put("codebooks", codes.codebooks().json());
    codes.lists().ifPresent(lists -> map.put("lists", json(lists)));
    return map;
  }

  private static Map<String, Object> json(BankLists lists) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("count", lists.count());
    map.put("probes", lists.probes());
    map.put("centroids", lists.centroids().json());
    List<Object> files = new ArrayList<>();
    for (BankListFile file : lists.files()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("lists", file.lists());
      one.put("rows", file.rows());
      one.put("codes", file.codes().json());
      files.add(one);
    }
    map.put("files", files);
    return map;
  }

  /** Reads that of a folder; throws {@link MalformedFileException}, naming file and field. */
  public static BankManifest read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "the folder is no bank, or was not written to its end");
    }
    if (Files.size(file) > LIMIT) {
      throw new MalformedFileException(
          file.toString(), Reason.HEADER_TOO_LARGE, "more than " + LIMIT + " bytes");
    }
    return parse(Files.readAllBytes(file), file.toString());
  }

  /** Reads a text that messages call {@code source}. */
  public static BankManifest parse(byte[] text, String source) throws MalformedFileException {
    try {
      Map<String, Object> root = Json.parseObject(new String(text, StandardCharsets.UTF_8));
      return of(new JsonFields(source, "", root));
    } catch (JsonException e) {
      Reason reason = e.duplicateKey() ? Reason.DUPLICATE_KEY : Reason.BAD_HEADER;
      throw new MalformedFileException(source, reason, e.getMessage());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedFileException(source, Reason.BAD_FIELD, e.getMessage());
    }
  }

  private static BankManifest of(JsonFields root) throws MalformedFileException {
    if (!root.text("format").equals(FORMAT)) {
      throw root.fail(Reason.BAD_FIELD, "format", "is not " + FORMAT);
    }
    int version = root.integer("format_version");
    if (version < VERSION || version > VERSION_OF_CODES) {
      throw root.fail(
          Reason.UNKNOWN_VERSION,
          "format_version",
          "is " + version + ", known are " + VERSION + " and " + VERSION_OF_CODES);
    }
    String precision = root.text("precision");
    if (!precision.equals("float16") && !precision.equals("float32")) {
      throw root.fail(Reason.BAD_FIELD, "precision", "has the unknown value " + precision);
    }
    List<BankPart> parts = new ArrayList<>();
    for (JsonFields part : root.objects("parts")) {
      parts.add(
          new BankPart(
              part.integer("rows"),
              BankFile.read(part.object("vectors")),
              BankFile.read(part.object("names"))));
    }
    BankManifest manifest =
        new BankManifest(
            new BankSpace(root.text("teacher"), root.text("projection"), root.integer("columns")),
            precision.equals("float16"),
            parts,
            root.isNull("codes") ? Optional.empty() : Optional.of(codes(root.object("codes"))),
            root.object("provenance").allTexts());
    if (manifest.rows() != root.integer("rows")) {
      throw root.fail(Reason.BAD_FIELD, "rows", "is not the sum of its parts', " + manifest.rows());
    }
    if (!manifest.id().equals(root.text("id"))) {
      throw root.fail(Reason.BAD_FIELD, "id", "is not that of its files' hashes");
    }
    return manifest;
  }

  private static BankCodes codes(JsonFields fields) throws MalformedFileException {
    return new BankCodes(
        fields.text("preset"),
        fields.integer("candidates"),
        fields.real("recall_at_1"),
        fields.integer("held_out_queries"),
        BankFile.read(fields.object("codebooks")),
        fields.isNull("lists") ? Optional.empty() : Optional.of(lists(fields.object("lists"))));
  }

  private static BankLists lists(JsonFields fields) throws MalformedFileException {
    List<BankListFile> files = new ArrayList<>();
    for (JsonFields file : fields.objects("files")) {
      files.add(
          new BankListFile(
              file.integer("lists"), file.integer("rows"), BankFile.read(file.object("codes"))));
    }
    BankLists lists =
        new BankLists(fields.integer("probes"), BankFile.read(fields.object("centroids")), files);
    if (lists.count() != fields.integer("count")) {
      throw fields.fail(
          Reason.BAD_FIELD, "count", "is not the sum of its files', " + lists.count());
    }
    return lists;
  }
}
