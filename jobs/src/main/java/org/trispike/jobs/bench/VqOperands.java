package org.trispike.jobs.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.trispike.kernels.KeyedRandom;
import org.trispike.vq.VqTensor;
import org.trispike.vq.cuda.Halves;
import org.trispike.vq.oracle.Oracle;
import org.trispike.vq.plan.Op;
import org.trispike.vq.plan.Problem;

/** What a kernel gets beside codes, and what has to come out. */
final class VqOperands {
  /** Results that are compared of a product, whose whole would take long on a CPU. */
  private static final int SAMPLED = 32;

  /** Of the root mean square: half precision of entries, their sums and the result. */
  private static final double TOLERANCE = 0.01;

  private final Problem problem;
  private final VqTensor tensor;

  /** Activations or queries, or the shares of each head's tokens. */
  private final float[] input;

  VqOperands(Problem problem, VqTensor tensor) {
    this.problem = problem;
    this.tensor = tensor;
    boolean shares = problem.op() == Op.ATTENTION_V;
    int count = shares ? problem.heads() * problem.rows() : problem.batch() * problem.columns();
    KeyedRandom random = KeyedRandom.of(12);
    this.input = new float[count];
    for (int i = 0; i < count; i++) {
      input[i] =
          shares
              ? 2 * random.nextFloat() / problem.rows()
              : Halves.toFloat(Halves.of((float) random.nextGaussian()));
    }
  }

  byte[] input() {
    return problem.op() == Op.ATTENTION_V ? singles(input) : halves(input);
  }

  /** The weights as numbers of half precision, [rows, columns]. */
  byte[] dense() {
    float[] row = new float[tensor.groups() * tensor.config().vectorLength()];
    ByteBuffer all =
        ByteBuffer.allocate(Short.BYTES * tensor.rows() * tensor.columns())
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int r = 0; r < tensor.rows(); r++) {
      tensor.decode(r, row);
      for (int c = 0; c < tensor.columns(); c++) {
        all.putShort(Halves.of(row[c]));
      }
    }
    return all.array();
  }

  /** Throws what is a bug, or a device that does not compute. */
  void check(String name, byte[] output) {
    ByteBuffer bytes = ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN);
    double[] exact = problem.op().onCache() ? attention() : new double[0];
    int count = problem.op().onCache() ? exact.length : SAMPLED;
    double[] differences = new double[count];
    double square = 0;
    for (int i = 0; i < count; i++) {
      int at = problem.op().onCache() ? i : sample(i);
      double expected = problem.op().onCache() ? exact[i] : product(at);
      double given =
          problem.op().onCache()
              ? bytes.getFloat(at * Float.BYTES)
              : Halves.toFloat(bytes.getShort(at * Short.BYTES));
      differences[i] = Math.abs(given - expected);
      square += expected * expected / count;
    }
    for (double difference : differences) {
      if (!(difference <= TOLERANCE * Math.sqrt(square))) {
        throw new IllegalStateException(
            "%s of %s is off by %s, where results are of size %s"
                .formatted(name, problem, difference, Math.sqrt(square)));
      }
    }
  }

  private int sample(int i) {
    long size = (long) problem.batch() * problem.rows();
    return (int) (i * (size - 1) / (SAMPLED - 1));
  }

  private double product(int at) {
    float[] row = new float[tensor.groups() * tensor.config().vectorLength()];
    tensor.decode(at % problem.rows(), row);
    double sum = 0;
    for (int c = 0; c < problem.columns(); c++) {
      sum += (double) row[c] * input[at / problem.rows() * problem.columns() + c];
    }
    return sum;
  }

  private double[] attention() {
    double[] in = new double[input.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = input[i];
    }
    return problem.op() == Op.ATTENTION_V
        ? Oracle.mix(tensor, in, problem.heads())
        : Oracle.softmax(Oracle.scores(tensor, in, problem.heads()), problem.heads());
  }

  private static byte[] halves(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(Halves.of(value));
    }
    return bytes.array();
  }

  private static byte[] singles(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
