package org.trispike.spiking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.vq.bank.Bank;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankSpace;
import org.trispike.vq.scan.Hit;

/**
 * Classes by the 10^5 and more: the rows of a bank take the place of a model's head. The score of
 * row W_j is the mean over the views of W_j · z/|z|, as that of a class is; the best are exact, see
 * {@link Bank#search}. Opened once, used for many shapes; safe for concurrent use.
 */
public final class OpenVocabulary {
  /** Rows that share the probability, at least: those beyond are too far to have a part in it. */
  private static final int PROBABLE = 256;

  private final Alignment alignment;
  private final Bank bank;

  private OpenVocabulary(Alignment alignment, Bank bank) {
    this.alignment = alignment;
    this.bank = bank;
  }

  /**
   * Opens the bank in {@code folder} for a model.
   *
   * @throws MalformedFileException if it is no bank, or its rows are not where the model's shapes
   *     are; the message names file and reason
   * @throws IllegalStateException if the model has no alignment
   */
  public static OpenVocabulary open(SpikingModel model, Path folder) throws IOException {
    if (model.alignment().isEmpty()) {
      throw new IllegalStateException("The model has no alignment.safetensors, which a bank needs");
    }
    Bank bank = Bank.open(folder);
    Optional<String> mismatch = mismatch(model, bank.manifest().space());
    if (mismatch.isPresent()) {
      throw new MalformedFileException(
          folder.resolve(BankManifest.FILE).toString(), Reason.BAD_FIELD, mismatch.get());
    }
    return new OpenVocabulary(model.alignment().get(), bank);
  }

  /**
   * Opens the bank that a model names, see {@link BankRef#from}.
   *
   * @param folder of the bank
   * @throws MalformedFileException as {@link #open} does, and if another bank has taken its place
   * @throws java.util.NoSuchElementException if the model names none
   */
  public static OpenVocabulary named(SpikingModel model, Path folder) throws IOException {
    OpenVocabulary names = open(model, folder);
    Optional<String> mismatch =
        differs("id", names.bank.manifest().id(), model.bank().orElseThrow().id());
    if (mismatch.isPresent()) {
      throw new MalformedFileException(
          folder.resolve(BankManifest.FILE).toString(), Reason.BAD_FIELD, mismatch.get());
    }
    return names;
  }

  /** In what a bank's rows are not where the shapes of a model are; nothing if they are. */
  public static Optional<String> mismatch(SpikingModel model, BankSpace space) {
    Optional<Alignment> alignment = model.alignment();
    String none = "unknown";
    return differs("teacher", space.teacher(), model.teacher().map(TeacherRef::id).orElse(none))
        .or(() -> differs("columns", space.columns(), alignment.map(Alignment::width).orElse(0)))
        .or(
            () ->
                differs(
                    "projection",
                    space.projection(),
                    alignment.map(Alignment::projectionId).orElse(none)));
  }

  private static Optional<String> differs(String what, Object its, Object models) {
    return its.equals(models)
        ? Optional.empty()
        : Optional.of(what + " is " + its + ", the model's is " + models);
  }

  /** Names to choose from. */
  public int size() {
    return bank.manifest().rows();
  }

  /** The bank that is searched. */
  public Bank bank() {
    return bank;
  }

  /**
   * What is looked for in the bank: the mean direction of the views of one shape, none for a shape
   * that excites nothing.
   */
  public Optional<float[]> query(Inference views) {
    float[] query = new float[alignment.width()];
    for (float[] pooled : views.features()) {
      float[] output = alignment.output(pooled);
      double length = Vectors.norm(output);
      if (!(length > 0) || Double.isInfinite(length)) {
        return Optional.empty();
      }
      for (int c = 0; c < query.length; c++) {
        query[c] += (float) (output[c] / length / views.features().length);
      }
    }
    return Optional.of(query);
  }

  /**
   * The rows that {@link #rank} tells the names of, best first, at least {@code top} if there are.
   */
  public List<Hit> search(float[] query, int top) {
    return bank.search(query, Math.max(top, PROBABLE));
  }

  /**
   * The {@code top} best names of the one shape whose views {@link InferenceRuntime#run} has seen,
   * best first; none for a shape that excites nothing. A name's index is its row, its probability a
   * share of what the best rows have together.
   */
  public List<Ranked> rank(Inference views, int top) throws IOException {
    Optional<float[]> query = query(views);
    if (query.isEmpty()) {
      return List.of();
    }
    List<Hit> hits = search(query.get(), top);
    double[] scores = hits.stream().mapToDouble(Hit::score).toArray();
    double[] probabilities = Ranking.softmax(scores, alignment.logitScale());
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < Math.min(top, hits.size()); i++) {
      int row = hits.get(i).row();
      ranked.add(new Ranked(row, bank.name(row), hits.get(i).score(), (float) probabilities[i]));
    }
    return ranked;
  }
}
