package org.trispike.spiking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    Alignment alignment =
        model
            .alignment()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The model has no alignment.safetensors, which a bank needs"));
    Bank bank = Bank.open(folder);
    BankSpace space = bank.manifest().space();
    String file = folder.resolve(BankManifest.FILE).toString();
    check(file, "teacher", space.teacher(), model.teacher().map(TeacherRef::id).orElse("unknown"));
    check(file, "columns", space.columns(), alignment.width());
    check(file, "projection", space.projection(), alignment.projectionId());
    return new OpenVocabulary(alignment, bank);
  }

  private static void check(String file, String what, Object its, Object models)
      throws MalformedFileException {
    if (!its.equals(models)) {
      throw new MalformedFileException(
          file, Reason.BAD_FIELD, what + " is " + its + ", the model's is " + models);
    }
  }

  /** Names to choose from. */
  public int size() {
    return bank.manifest().rows();
  }

  /**
   * The {@code top} best names of the one shape whose views {@link InferenceRuntime#run} has seen,
   * best first; none for a shape that excites nothing. A name's index is its row, its probability a
   * share of what the best rows have together.
   */
  public List<Ranked> rank(Inference views, int top) throws IOException {
    float[] query = new float[alignment.width()];
    for (float[] pooled : views.features()) {
      float[] output = alignment.output(pooled);
      double length = Vectors.norm(output);
      if (!(length > 0) || Double.isInfinite(length)) {
        return List.of();
      }
      for (int c = 0; c < query.length; c++) {
        query[c] += (float) (output[c] / length / views.features().length);
      }
    }
    List<Hit> hits = bank.search(query, Math.max(top, PROBABLE));
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
