package org.trispike.datasets.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Makes readers of JSON that somebody else wrote. */
public final class BoundedJson {
  private BoundedJson() {}

  /**
   * A mapper that refuses more levels than {@code depth}, and text behind the value. Jackson itself
   * bounds the digits of a number (1,000) and the characters of a text (20 million).
   */
  public static ObjectMapper mapper(int depth) {
    return new ObjectMapper(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(depth).build())
                .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }
}
