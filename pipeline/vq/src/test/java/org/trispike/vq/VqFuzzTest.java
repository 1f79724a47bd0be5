package org.trispike.vq;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.vq.bank.BankManifest;

/** Quantized matrices and banks, of any bytes. Replays its corpus unless it is told to fuzz. */
final class VqFuzzTest {
  @FuzzTest
  void matrix(byte[] bytes) throws IOException {
    Hostile.read(
        () -> VqFile.of(SafeTensors.read(new ByteArrayInputStream(bytes), bytes.length, "a"), "a"));
  }

  @FuzzTest
  void bank(byte[] bytes) throws IOException {
    Hostile.read(() -> BankManifest.parse(bytes, "a"));
  }
}
