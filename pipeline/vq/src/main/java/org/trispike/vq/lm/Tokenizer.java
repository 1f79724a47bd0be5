package org.trispike.vq.lm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;

/**
 * Byte-pair tokens by the rules of llama2.c, which are those of SentencePiece: a space is put
 * before the text, each character becomes its token or, without one, the tokens of its UTF-8 bytes,
 * and then the two neighbours whose joint token has the highest score are merged until none is left
 * (the first of equal ones). O(n²) in the length of the text.
 *
 * <p>The file has an int32, the longest token, and for each token a float32 score, an int32 length
 * and its bytes, all little-endian. Tokens 0 to 2 are unknown, begin and end; 3 to 258 are bytes.
 */
public final class Tokenizer {
  /** Stands before every text; a model that says it has ended one. */
  public static final int BEGIN = 1;

  /** Ends a text. */
  public static final int END = 2;

  private static final int FIRST_BYTE = 3;
  private static final int FIRST_PIECE = FIRST_BYTE + 256;

  /** Bytes of a token's score and length. */
  private static final int RECORD_BYTES = 8;

  private final byte[][] pieces;
  private final float[] scores;
  private final Map<String, Integer> tokens = new HashMap<>();

  private Tokenizer(byte[][] pieces, float[] scores) {
    this.pieces = pieces;
    this.scores = scores;
    for (int token = FIRST_PIECE; token < pieces.length; token++) {
      tokens.putIfAbsent(latin(pieces[token]), token);
    }
  }

  /** Reads a file of so many tokens; throws {@link MalformedFileException} if it is none. */
  public static Tokenizer read(Path file, int vocabulary) throws IOException {
    return parse(Files.readAllBytes(file), vocabulary, file.toString());
  }

  static Tokenizer parse(byte[] bytes, int vocabulary, String source)
      throws MalformedFileException {
    if (vocabulary < FIRST_PIECE || (long) vocabulary * RECORD_BYTES + 4 > bytes.length) {
      throw new MalformedFileException(
          source,
          Reason.TRUNCATED,
          "has " + bytes.length + " bytes, too few for a vocabulary of " + vocabulary);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int longest = buffer.getInt();
    byte[][] pieces = new byte[vocabulary][];
    float[] scores = new float[vocabulary];
    try {
      for (int token = 0; token < vocabulary; token++) {
        scores[token] = buffer.getFloat();
        int length = buffer.getInt();
        if (Float.isNaN(scores[token]) || length < 0) {
          throw new MalformedFileException(
              source,
              Reason.BAD_FIELD,
              "token " + token + " has score " + scores[token] + " and length " + length);
        }
        if (length > buffer.remaining()) {
          throw new BufferUnderflowException();
        }
        pieces[token] = new byte[length];
        buffer.get(pieces[token]);
      }
    } catch (BufferUnderflowException e) {
      throw new MalformedFileException(
          source, Reason.TRUNCATED, "ends inside its tokens, the longest of " + longest + " bytes");
    }
    if (buffer.hasRemaining()) {
      throw new MalformedFileException(
          source, Reason.HOLE, buffer.remaining() + " bytes belong to no token");
    }
    for (int value = 0; value < 256; value++) {
      pieces[FIRST_BYTE + value] = new byte[] {(byte) value};
    }
    return new Tokenizer(pieces, scores);
  }

  public int vocabulary() {
    return pieces.length;
  }

  /** The tokens of a text, {@link #BEGIN} before them. */
  public int[] encode(String text) {
    List<Integer> parts = new ArrayList<>();
    parts.add(BEGIN);
    if (!text.isEmpty()) {
      // The pieces of a sentence's words begin with a space; so does the first.
      (" " + text).codePoints().forEach(c -> addCharacter(Character.toString(c), parts));
    }
    while (mergeBest(parts)) {}
    return parts.stream().mapToInt(Integer::intValue).toArray();
  }

  private void addCharacter(String character, List<Integer> parts) {
    byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
    Integer token = tokens.get(latin(bytes));
    if (token != null) {
      parts.add(token);
    } else {
      for (byte b : bytes) {
        parts.add(FIRST_BYTE + (b & 0xff));
      }
    }
  }

  private boolean mergeBest(List<Integer> parts) {
    int at = -1;
    int best = -1;
    for (int i = 1; i + 1 < parts.size(); i++) {
      Integer joint = joint(parts.get(i), parts.get(i + 1));
      if (joint != null && (best < 0 || scores[joint] > scores[best])) {
        at = i;
        best = joint;
      }
    }
    if (best >= 0) {
      parts.set(at, best);
      parts.remove(at + 1);
    }
    return best >= 0;
  }

  /** The token of two others' bytes, or null; the tokens of single bytes are never merged. */
  private Integer joint(int left, int right) {
    return Math.min(left, right) < FIRST_PIECE
        ? null
        : tokens.get(latin(pieces[left]) + latin(pieces[right]));
  }

  /** The text of some tokens; one behind {@link #BEGIN} loses its leading space. */
  public String decode(int... text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int previous = -1;
    for (int token : text) {
      byte[] piece = pieces[token];
      if (token != BEGIN && token != END) {
        int from = previous == BEGIN && piece.length > 0 && piece[0] == ' ' ? 1 : 0;
        out.write(piece, from, piece.length - from);
      }
      previous = token;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Bytes as a key: one character each. */
  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
