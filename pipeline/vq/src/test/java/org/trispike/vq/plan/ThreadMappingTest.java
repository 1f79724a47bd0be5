package org.trispike.vq.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadMappingTest {

  /**
   * The paper's example: 0, 1, 16 and 17 feed lanes 0 to 3, so 2 and 3 take over from 16 and 17.
   */
  @Test
  void lanesThatFeedTheSameOnesBecomeNeighbours() {
    WarpLayout layout = WarpLayout.fragment(8);
    for (int vector : new int[] {0, 1, 16, 17}) {
      assertThat(layout.consumers()[vector]).containsExactly(0, 1, 2, 3);
    }
    ThreadMapping mapping = ThreadMapping.of(layout);
    assertThat(mapping.miniWarp()).isEqualTo(4);
    assertThat(Arrays.copyOf(mapping.vectorOfLane(), 4)).containsExactly(0, 1, 16, 17);
  }

  /**
   * The fragment as the PTX manual has it: of column n = lane / 4, lane holds b0, b1 at inputs
   * (lane mod 4)·2 + {0, 1}, and b2, b3 eight further.
   */
  @ParameterizedTest
  @CsvSource({"2", "4", "8"})
  void fragmentIsThatOfTheManual(int length) {
    WarpLayout layout = WarpLayout.fragment(length);
    int perColumn = 16 / length;
    for (int lane = 0; lane < 32; lane++) {
      for (int b = 0; b < 4; b++) {
        int input = lane % 4 * 2 + (b & 1) + (b >= 2 ? 8 : 0);
        int vector = lane / 4 * perColumn + input / length;
        if (vector < 32) {
          assertThat(layout.consumers()[vector][input % length / 2]).isEqualTo(lane);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GEMM, 4", "GEMM, 8", "GEMV, 2", "GEMV, 4", "ATTENTION_V, 2", "ATTENTION_V, 4"})
  void exchangesBringEveryPieceToItsLane(Op op, int length) {
    WarpLayout layout = WarpLayout.of(op, length);
    ThreadMapping mapping = ThreadMapping.of(layout);
    assertThat(Arrays.stream(mapping.vectorOfLane()).distinct().count()).isEqualTo(32);
    int n = mapping.miniWarp();
    assertThat(n - 1).isEqualTo(Fusion.shuffles(op, length));
    // A piece is known by vector · n + number.
    int[][] registers = new int[32][n];
    for (int lane = 0; lane < 32; lane++) {
      for (int piece = 0; piece < n; piece++) {
        registers[lane][piece] = mapping.vectorOfLane()[lane] * n + piece;
      }
    }
    for (int off = 1; off < n; off++) {
      exchange(registers, off, n);
    }
    for (int lane = 0; lane < 32; lane++) {
      for (int held : registers[lane]) {
        assertThat(layout.consumers()[held / n][held % n]).isEqualTo(lane);
      }
    }
  }

  /** reg[t ^ off] = shfl_xor(reg[t ^ off], off), where t is a lane's place in its mini-warp. */
  private static void exchange(int[][] registers, int off, int n) {
    int[] sent = new int[32];
    for (int lane = 0; lane < 32; lane++) {
      sent[lane] = registers[lane][lane % n ^ off];
    }
    for (int lane = 0; lane < 32; lane++) {
      registers[lane][lane % n ^ off] = sent[lane ^ off];
    }
  }

  @Test
  void lanesThatCannotExchangeAreRefused() {
    int[][] consumers = new int[32][];
    Arrays.fill(consumers, new int[] {0, 1});
    assertThatThrownBy(() -> ThreadMapping.of(new WarpLayout(consumers)))
        .hasMessageContaining("cannot be exchanged among lanes [0, 1]");
  }

  /** Shuffles of Table V: for a GeMM, and for a GeMV or attention's values. */
  @ParameterizedTest
  @CsvSource({"8, 3, 7", "4, 1, 3", "2, 0, 1", "16, 7, 15", "1, 0, 0"})
  void shufflesAreOneLessThanThePieces(int length, int gemm, int gemv) {
    assertThat(Fusion.shuffles(Op.GEMM, length)).isEqualTo(gemm);
    assertThat(Fusion.shuffles(Op.GEMV, length)).isEqualTo(gemv);
    assertThat(Fusion.shuffles(Op.ATTENTION_V, length)).isEqualTo(gemv);
    assertThat(Fusion.shuffles(Op.ATTENTION_K, length)).isZero();
    assertThat(Fusion.of(gemm)).isEqualTo(gemm <= 5 ? Fusion.REGISTER : Fusion.SHARED);
  }
}
