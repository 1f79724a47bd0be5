package org.trispike.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.BadAttributeValueExpException;
import javax.naming.CompositeName;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** What Java serialization may build in driver, executors and a local run. */
final class SerialFilterTest {
  private static final Pattern FILTER = Pattern.compile("-Djdk\\.serialFilter=([^\\s']+)");

  private static List<String> filters(String file) throws IOException {
    List<String> filters = new ArrayList<>();
    Matcher matcher = FILTER.matcher(Files.readString(Path.of("..", file)));
    while (matcher.find()) {
      filters.add(matcher.group(1));
    }
    return filters;
  }

  /** A class that a stream asks for. */
  private record Asked(Class<?> serialClass) implements FilterInfo {
    @Override
    public long arrayLength() {
      return -1;
    }

    @Override
    public long depth() {
      return 1;
    }

    @Override
    public long references() {
      return 1;
    }

    @Override
    public long streamBytes() {
      return 1;
    }
  }

  @Test
  void oneFilterHoldsEverywhere() throws IOException {
    assertThat(filters("conf/spark-defaults.conf")).hasSize(2);
    assertThat(filters("trispike")).hasSize(1);
    assertThat(filters("conf/spark-defaults.conf")).containsOnly(filters("trispike").get(0));
  }

  @Test
  void itRefusesWhatAttacksAreMadeOfAndNothingOfSpark()
      throws IOException, ReflectiveOperationException {
    ObjectInputFilter filter = ObjectInputFilter.Config.createFilter(filters("trispike").get(0));
    List<Class<?>> parts =
        List.of(
            Class.forName("com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl"),
            BadAttributeValueExpException.class,
            CompositeName.class);
    for (Class<?> part : parts) {
      assertThat(filter.checkInput(new Asked(part))).as(part.getName()).isEqualTo(Status.REJECTED);
    }
    for (Class<?> part : List.of(ArrayList.class, SparkConf.class, scala.Tuple2.class)) {
      assertThat(filter.checkInput(new Asked(part))).isEqualTo(Status.UNDECIDED);
    }
  }
}
