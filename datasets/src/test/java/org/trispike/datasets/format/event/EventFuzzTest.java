package org.trispike.datasets.format.event;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.trispike.datasets.format.Hostile;

/** Recordings of any bytes. Replays its corpus unless it is told to fuzz. */
final class EventFuzzTest {
  private static void events(String path, byte[] bytes) {
    Hostile.read(() -> new Recording(path, bytes).events(Hostile.LIMITS));
  }

  @FuzzTest
  void aedat2(byte[] bytes) {
    events("a.aedat", bytes);
  }

  @FuzzTest
  void aedat3(byte[] bytes) {
    events("a.aedat", bytes);
  }

  @FuzzTest
  void aedat4(byte[] bytes) {
    events("a.aedat4", bytes);
  }

  @FuzzTest
  void bin(byte[] bytes) {
    events("a.bin", bytes);
  }

  @FuzzTest
  void bs2(byte[] bytes) {
    events("a.bs2", bytes);
  }

  @FuzzTest
  void bs3(byte[] bytes) {
    events("a.bs3", bytes);
  }

  @FuzzTest
  void dat(byte[] bytes) {
    events("a.dat", bytes);
  }

  @FuzzTest
  void evt2(byte[] bytes) {
    events("a.raw", bytes);
  }

  @FuzzTest
  void evt3(byte[] bytes) {
    events("a.raw", bytes);
  }
}
