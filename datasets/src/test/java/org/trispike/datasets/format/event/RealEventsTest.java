package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.LocalFiles;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.Source;

/**
 * Recordings of real cameras. The figures are those of a Python program with NumPy that reads the
 * same files by the formats' descriptions (and unpacks AEDAT4 with the lz4 command): the number of
 * events and the sums of their columns, rows, polarities and times.
 */
final class RealEventsTest {
  private static Path folder;

  @BeforeAll
  static void findRecordings() {
    folder = SharedData.folder("events");
  }

  private static Events read(String path) throws CorruptInputException {
    return EventReader.read(Source.of(new LocalFiles(folder), path, Limits.defaults()));
  }

  private static void sums(Events events, int count, long x, long y, long polarity, long micros) {
    long[] sums = new long[4];
    add(sums, events);
    assertThat(events.size()).isEqualTo(count);
    assertThat(sums).containsExactly(x, y, polarity, micros);
  }

  private static void add(long[] sums, Events events) {
    for (int i = 0; i < events.size(); i++) {
      sums[0] += events.x()[i];
      sums[1] += events.y()[i];
      sums[2] += events.polarity()[i];
      sums[3] += events.micros()[i];
    }
  }

  private static void size(Events events, int width, int height) {
    assertThat(events.width()).isEqualTo(width);
    assertThat(events.height()).isEqualTo(height);
  }

  @Test
  void nMnist() throws CorruptInputException {
    Events events = read("tonic/sample_nmnist.bin");
    sums(events, 4325, 74457, 71931, 2145, 690487405);
    size(events, 34, 34);
    assertThat(events.skipped()).isZero();
  }

  @Test
  void nMnistAsSlayerKeepsIt() throws IOException, CorruptInputException {
    long[] sums = new long[4];
    int count = 0;
    List<Path> files;
    try (Stream<Path> paths = Files.list(folder.resolve("nmnist_small"))) {
      files = paths.filter(path -> path.toString().endsWith(".bs2")).toList();
    }
    for (Path file : files) {
      Events events = read(folder.relativize(file).toString());
      assertThat(Math.max(events.width(), events.height())).isLessThanOrEqualTo(34);
      add(sums, events);
      count += events.size();
    }
    assertThat(files).hasSize(570);
    assertThat(count).isEqualTo(2310762);
    assertThat(sums).containsExactly(38534186, 39831999, 1151156, 342970535597L);
  }

  @Test
  void theSameGesturesInBothFormatsOfSlayer() throws CorruptInputException {
    Events first = read("dvsgesture_bs/1.bs2");
    sums(first, 63471, 3955662, 5423391, 32164, 47085651631L);
    Recording.same(read("dvsgesture_bs/1.bs3"), first);
    Events second = read("dvsgesture_bs/2.bs2");
    sums(second, 84260, 3591788, 5154890, 43472, 61583794880L);
    Recording.same(read("dvsgesture_bs/2.bs3"), second);
    size(second, 128, 128);
  }

  @Test
  void nCars() throws CorruptInputException {
    Events events = read("tonic/sample_ncars.dat");
    sums(events, 2009, 93457, 40463, 1350, 98196680);
    size(events, 78, 42);
  }

  @Test
  void aWalkInFrontOfADvs128() throws CorruptInputException {
    Events shorter = read("dvs128_aedat/alex_walking_again.aedat");
    sums(shorter, 19182, 1059597, 1034515, 7102, 827494542496L);
    Events longer = read("dvs128_aedat/alex_walking_for_10secs.aedat");
    sums(longer, 125028, 7431120, 5873021, 55976, 33195335383273L);
    size(longer, 128, 128);
    assertThat(longer.skipped()).isZero();
    assertThat(longer.durationMicros()).isEqualTo(270891631 - 262847757);
  }

  @Test
  void aedat4() throws CorruptInputException {
    Events events = read("tonic/sample.aedat4");
    long start = 1605537493718345L;
    sums(events, 111954, 18342405, 15105898, 55023, 31685685498L + 111954 * start);
    size(events, 320, 240);
    assertThat(events.micros()[0]).isEqualTo(start);
    assertThat(events.durationMicros()).isEqualTo(1605537494308262L - start);
    assertThat(events.skipped()).isEqualTo(118 - 59); // packets of the other streams
  }

  /**
   * Another program decoded the same file. Its columns, rows and polarities are ours; its times run
   * late, since it takes each of the 11 small steps back of the camera's lower time for a wrap and
   * adds 4096 us from there on.
   */
  @Test
  void evt3AndWhatAnotherProgramMadeOfIt() throws IOException, CorruptInputException {
    Events events = read("expelliarmus/evt3_sample.raw");
    sums(events, 219596, 159113225, 85638051, 115532, 2574324900467L);
    size(events, 1280, 720);
    byte[] bytes = Files.readAllBytes(folder.resolve("expelliarmus/evt3_sample.npy"));
    ByteBuffer twin = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int row = 16; // 8 bytes of time, 2 of column, 2 of row, 1 of polarity, 3 unused
    int start = bytes.length - events.size() * row;
    assertThat(start).isEqualTo(10 + twin.getShort(8));
    TreeMap<Long, Integer> late = new TreeMap<>();
    long last = 0;
    for (int i = 0; i < events.size(); i++) {
      int at = start + i * row;
      boolean same =
          twin.getShort(at + 8) == events.x()[i]
              && twin.getShort(at + 10) == events.y()[i]
              && twin.get(at + 12) == events.polarity()[i];
      assertThat(same).as("event %s", i).isTrue();
      long difference = twin.getLong(at) - events.micros()[i];
      assertThat(difference).isGreaterThanOrEqualTo(last);
      last = difference;
      late.merge(difference, 1, Integer::sum);
    }
    List<Long> multiples = new ArrayList<>();
    for (long k = 0; k < 12; k++) {
      multiples.add(4096 * k);
    }
    assertThat(late.keySet()).containsExactlyElementsOf(multiples);
    assertThat(late.values())
        .containsExactly(
            20121, 25950, 25383, 25683, 7462, 17543, 24673, 24541, 24640, 8816, 14739, 45);
  }

  @Test
  void whatHoldsNoEventsIsANamedFault() {
    fails("tonic/sample_aedat_header.aedat", Reason.EMPTY);
    fails("dvs_fpga/left2.bin", Reason.TRUNCATED); // another format of eight bytes an event
    fails("tonic/sample_stmnist.mat", Reason.UNSUPPORTED);
  }

  private static void fails(String path, Reason reason) {
    CorruptInputException fault =
        catchThrowableOfType(() -> read(path), CorruptInputException.class);
    assertThat(fault.reason()).isEqualTo(reason);
  }
}
