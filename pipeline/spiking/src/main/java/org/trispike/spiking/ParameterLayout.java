package org.trispike.spiking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trispike.kernels.Tensor;
import org.trispike.kernels.io.FloatArray;

/**
 * Where each parameter of an encoder lies in one flat vector: first all of {@link Role#WEIGHT},
 * then {@link Role#BIAS}, then {@link Role#STATISTIC}, in the order of the network within a role.
 */
public final class ParameterLayout {
  private final List<ParameterSpec> parameters;
  private final Map<String, ParameterSpec> byName = new LinkedHashMap<>();
  private final int[] starts = new int[Role.values().length + 1];
  private final List<NormSpec> norms;
  private final List<ParameterSpec> seeingSpikes;

  private ParameterLayout(List<Entry> entries, List<Running> running) {
    List<ParameterSpec> placed = new ArrayList<>();
    int offset = 0;
    for (Role role : Role.values()) {
      starts[role.ordinal()] = offset;
      for (Entry entry : entries) {
        if (entry.role == role) {
          ParameterSpec spec = new ParameterSpec(entry.name, entry.shape, role, offset);
          placed.add(spec);
          offset = Math.addExact(offset, spec.size());
          if (byName.put(entry.name, spec) != null) {
            throw new IllegalArgumentException("Two parameters have the name " + entry.name);
          }
          entry.spec = spec;
        }
      }
    }
    starts[Role.values().length] = offset;
    parameters = List.copyOf(placed);
    seeingSpikes = entries.stream().filter(e -> e.seesSpikes).map(e -> e.spec).toList();
    norms = running.stream().map(r -> new NormSpec(r.mean.spec, r.variance.spec)).toList();
  }

  /** All parameters, in the order of the flat vector. */
  public List<ParameterSpec> parameters() {
    return parameters;
  }

  /** The running statistics of all norms: together they are all of {@link Role#STATISTIC}. */
  public List<NormSpec> norms() {
    return norms;
  }

  /** The weights that spikes are multiplied by, if the network has spikes. */
  List<ParameterSpec> seeingSpikes() {
    return seeingSpikes;
  }

  /** The parameter of this name; throws if there is none. */
  public ParameterSpec get(String name) {
    ParameterSpec spec = byName.get(name);
    if (spec == null) {
      throw new IllegalArgumentException("No parameter has the name " + name);
    }
    return spec;
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** Elements of the flat vector. */
  public int size() {
    return starts[Role.values().length];
  }

  /** Elements of one role. */
  public int size(Role role) {
    return starts[role.ordinal() + 1] - starts[role.ordinal()];
  }

  /** Position of the first element of one role. */
  public int start(Role role) {
    return starts[role.ordinal()];
  }

  /** Elements that are trained: all but {@link Role#STATISTIC}. */
  public int trainable() {
    return size(Role.WEIGHT) + size(Role.BIAS);
  }

  /** The parameters as named arrays, in the order of the flat vector: what a file holds. */
  public Map<String, FloatArray> named(float[] flat) {
    checkLength(flat);
    Map<String, FloatArray> named = new LinkedHashMap<>();
    for (ParameterSpec spec : parameters) {
      named.put(spec.name(), new FloatArray(spec.shape(), spec.of(flat)));
    }
    return named;
  }

  /**
   * The flat vector of {@code named}, which may hold more than this layout; throws
   * IllegalArgumentException, naming the parameter, where one is missing or has another shape.
   */
  public float[] flat(Map<String, FloatArray> named) {
    // All are looked at before any memory is taken: the layout may be that of a file.
    for (ParameterSpec spec : parameters) {
      FloatArray array = named.get(spec.name());
      if (array == null) {
        throw new IllegalArgumentException("Parameter " + spec.name() + " is missing");
      }
      array.checkShape(spec.name(), spec.shape());
    }
    float[] flat = new float[size()];
    for (ParameterSpec spec : parameters) {
      System.arraycopy(named.get(spec.name()).data(), 0, flat, spec.offset(), spec.size());
    }
    return flat;
  }

  void checkLength(float[] flat) {
    if (flat.length != size()) {
      throw new IllegalArgumentException(
          "The flat vector has " + flat.length + " elements, the layout " + size());
    }
  }

  /** Collects parameters in the order of the network; offsets are known once it is built. */
  static final class Builder {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();

    Entry add(Role role, String name, int... shape) {
      Entry entry = new Entry(role, name, shape);
      entries.add(entry);
      return entry;
    }

    /** Weights of a map whose input an activation made. */
    Entry addSeeingSpikes(String name, int... shape) {
      Entry entry = add(Role.WEIGHT, name, shape);
      entry.seesSpikes = true;
      return entry;
    }

    /** Running mean and variance of a norm, [channels] each. */
    Running addRunning(String name, int channels) {
      Running pair =
          new Running(
              add(Role.STATISTIC, name + ".mean", channels),
              add(Role.STATISTIC, name + ".variance", channels));
      running.add(pair);
      return pair;
    }

    ParameterLayout build() {
      return new ParameterLayout(entries, running);
    }
  }

  /** Two entries that belong together. */
  record Running(Entry mean, Entry variance) {}

  /** A parameter whose place becomes known when the layout is built. */
  static final class Entry {
    private final Role role;
    private final String name;
    private final int[] shape;
    private boolean seesSpikes;
    private ParameterSpec spec;

    private Entry(Role role, String name, int[] shape) {
      this.role = role;
      this.name = name;
      this.shape = shape;
    }

    Tensor of(Tensor flat) {
      return spec.of(flat);
    }
  }
}
