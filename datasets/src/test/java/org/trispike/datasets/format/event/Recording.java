package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.kernels.KeyedRandom;

/** A file that a test writes, with what is expected of its reader. */
@SuppressWarnings("ArrayRecordComponent") // bytes that are passed through
record Recording(String path, byte[] bytes) implements SourceFiles {
  @Override
  public byte[] read(String wanted, long limitBytes) throws IOException {
    if (!exists(wanted)) {
      throw new FileNotFoundException(wanted);
    }
    if (bytes.length > limitBytes) {
      throw new IOException(path + " has " + bytes.length + " bytes, above " + limitBytes);
    }
    return bytes;
  }

  @Override
  public boolean exists(String wanted) {
    return wanted.equals(path);
  }

  Events events() throws CorruptInputException {
    return events(Limits.defaults());
  }

  Events events(Limits limits) throws CorruptInputException {
    return EventReader.read(Source.of(this, path, limits));
  }

  void fails(Reason reason, String message) {
    fails(Limits.defaults(), reason, message);
  }

  void fails(Limits limits, Reason reason, String message) {
    CorruptInputException fault =
        catchThrowableOfType(() -> events(limits), CorruptInputException.class);
    assertThat(fault).as("%s: no fault", path).isNotNull();
    assertThat(fault.reason()).as(fault.toString()).isEqualTo(reason);
    assertThat(fault.toString()).contains(message).startsWith(path);
  }

  /** Without its last bytes. */
  Recording cut(int bytesLess) {
    return new Recording(path, Arrays.copyOf(bytes, bytes.length - bytesLess));
  }

  /** With other bytes from an index on. */
  Recording with(int at, int... values) {
    byte[] changed = bytes.clone();
    for (int i = 0; i < values.length; i++) {
      changed[at + i] = (byte) values[i];
    }
    return new Recording(path, changed);
  }

  /** With bytes behind its last one. */
  Recording then(int... values) {
    return new Recording(path, Arrays.copyOf(bytes, bytes.length + values.length))
        .with(bytes.length, values);
  }

  /** Any beginning of the file, and any damage to it, is a recording or a named fault. */
  void survivesDamage() {
    for (int length = 0; length < bytes.length; length += 1 + bytes.length / 2000) {
      new Recording(path, Arrays.copyOf(bytes, length)).readable("cut to " + length);
    }
    for (int round = 0; round < 2000; round++) {
      KeyedRandom random = KeyedRandom.of(round);
      byte[] copy = bytes.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      }
      new Recording(path, copy).readable("damaged in round " + round);
    }
  }

  private void readable(String what) {
    try {
      assertThat(events()).isNotNull();
    } catch (CorruptInputException e) {
      assertThat(e.getMessage()).isNotBlank();
    } catch (RuntimeException e) {
      throw new AssertionError(path + ", " + what + ": " + e, e);
    }
  }

  /** Events that are spread over a sensor, in order of time, some of them at one time. */
  static Events random(int count, int width, int height, int longestStepMicros) {
    KeyedRandom random = KeyedRandom.of(count, width);
    long[] micros = new long[count];
    short[] x = new short[count];
    short[] y = new short[count];
    byte[] polarity = new byte[count];
    long time = 1000;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(longestStepMicros + 1);
      micros[i] = time;
      x[i] = (short) random.nextInt(width);
      y[i] = (short) random.nextInt(height);
      polarity[i] = (byte) random.nextInt(2);
    }
    x[0] = (short) (width - 1); // the smallest sensor is the whole one
    y[0] = (short) (height - 1);
    return new Events(width, height, micros, x, y, polarity);
  }

  static void same(Events actual, Events expected) {
    assertThat(actual.micros()).isEqualTo(expected.micros());
    assertThat(actual.x()).isEqualTo(expected.x());
    assertThat(actual.y()).isEqualTo(expected.y());
    assertThat(actual.polarity()).isEqualTo(expected.polarity());
    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(actual.height()).isEqualTo(expected.height());
    assertThat(actual.skipped()).isEqualTo(expected.skipped());
  }
}
