package org.trispike.vq.scan;

import java.util.List;

/** Codes in the order of the rows, of which a query sees all. */
record FlatCodes(List<CodePart> parts) implements Codes {
  FlatCodes {
    parts = List.copyOf(parts);
  }

  @Override
  public int rows() {
    return parts.stream().mapToInt(CodePart::rows).sum();
  }

  @Override
  public void scan(float[] query, ScanQuery pass) {
    int first = 0;
    for (CodePart part : parts) {
      pass.add(part.codes(), first, part.rows());
      first += part.rows();
    }
  }
}
