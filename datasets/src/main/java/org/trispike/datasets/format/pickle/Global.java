package org.trispike.datasets.format.pickle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a pickle may name of Python's modules; all of it is done here, in Java. */
enum Global {
  /** Makes an empty array, to be filled by its state. */
  RECONSTRUCT,
  /** The class of arrays: an argument, never called. */
  NDARRAY,
  /** Makes a type of numbers, to be completed by its state. */
  DTYPE,
  /** Makes a single number of a type. */
  SCALAR,
  /** Makes an array at once, in protocol 5. */
  FROM_BUFFER,
  /** Makes bytes from text, in the protocols before 3. */
  ENCODE;

  private static final Map<String, Global> BY_NAME = new HashMap<>();

  static {
    BY_NAME.put("numpy.ndarray", NDARRAY);
    BY_NAME.put("numpy.dtype", DTYPE);
    BY_NAME.put("_codecs.encode", ENCODE);
    // NumPy 2 has an underscore.
    for (String core : new String[] {"numpy.core.", "numpy._core."}) {
      BY_NAME.put(core + "multiarray._reconstruct", RECONSTRUCT);
      BY_NAME.put(core + "multiarray.scalar", SCALAR);
      BY_NAME.put(core + "numeric._frombuffer", FROM_BUFFER);
    }
  }

  static Optional<Global> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
