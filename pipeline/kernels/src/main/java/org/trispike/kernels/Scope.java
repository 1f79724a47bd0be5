package org.trispike.kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * Tensors that live together and go back to the pool together: the activations of one step.
 *
 * <pre>{@code
 * try (Scope scope = new Scope(compute)) {
 *   Tensor y = scope.tensor(sites, channels);
 *   ...
 * }
 * }</pre>
 */
public final class Scope implements AutoCloseable {
  private final Compute compute;
  private final List<Tensor> owned = new ArrayList<>();

  public Scope(Compute compute) {
    this.compute = compute;
  }

  public Compute compute() {
    return compute;
  }

  /** A tensor with undefined contents that lives until this scope closes. */
  public Tensor tensor(int... shape) {
    Tensor tensor = compute.allocate(shape);
    owned.add(tensor);
    return tensor;
  }

  /** A tensor of zeros that lives until this scope closes. */
  public Tensor zeros(int... shape) {
    Tensor tensor = tensor(shape);
    compute.fill(tensor, 0f);
    return tensor;
  }

  /** A tensor that holds {@code values} and lives until this scope closes. */
  public Tensor of(float[] values, int... shape) {
    Tensor tensor = tensor(shape);
    compute.upload(values, 0, tensor);
    return tensor;
  }

  /** Gives {@code tensor}, which this scope made, back before the scope closes. */
  public void release(Tensor tensor) {
    for (int i = owned.size() - 1; i >= 0; i--) {
      if (owned.get(i) == tensor) {
        owned.remove(i);
        compute.release(tensor);
        return;
      }
    }
    throw new IllegalArgumentException(tensor + " is not of this scope");
  }

  @Override
  public void close() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      compute.release(owned.get(i));
    }
    owned.clear();
  }
}
