package org.trispike.vq.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

class SlackTest {
  private static final Architecture[] GPUS = {
    Architecture.SM_80, Architecture.SM_86, Architecture.SM_89, Architecture.SM_90
  };

  /**
   * A kernel that NVRTC compiled for sm_89: 256 threads, 22 registers, 32 KB of shared memory.
   * Three blocks fit, and they leave each thread 80 registers.
   */
  @Test
  void sharedMemoryBoundKernelHasRegistersToSpare() {
    Slack slack = Slack.of(new ResourceReport(256, 22, 32 << 10), Architecture.SM_89);
    assertThat(slack).isEqualTo(new Slack(3, 80 - 22, 102400 / 3 - 1024 - 32768));
  }

  @Test
  void sharedMemoryOfOneBlockIsBounded() {
    assertThat(Slack.of(new ResourceReport(1024, 64, 0), Architecture.SM_90))
        .isEqualTo(new Slack(1, 0, 227 << 10));
    assertThat(Slack.of(new ResourceReport(32, 255, 0), Architecture.SM_80))
        .isEqualTo(new Slack(8, 0, (164 << 10) / 8 - 1024));
  }

  /** Taking all the slack keeps the blocks, one portion or byte more loses some. */
  @Test
  void slackIsExactlyWhatOccupancyTolerates() {
    KeyedRandom random = KeyedRandom.of(1);
    for (int trial = 0; trial < 500; trial++) {
      Architecture gpu = GPUS[random.nextInt(GPUS.length)];
      int threads = 32 * (1 + random.nextInt(16));
      int registers = 8 * (1 + random.nextInt(14));
      ResourceReport kernel = new ResourceReport(threads, registers, random.nextInt(90 << 10));
      Slack slack = Slack.of(kernel, gpu);
      assertThat(slack.registers()).isNotNegative();
      assertThat(slack.sharedBytes()).isNotNegative();
      assertThat(blocks(gpu, threads, registers, kernel.sharedBytes()))
          .isEqualTo(slack.occupancy());
      int allRegisters = registers + slack.registers();
      int allShared = kernel.sharedBytes() + slack.sharedBytes();
      assertThat(blocks(gpu, threads, allRegisters, allShared)).isEqualTo(slack.occupancy());
      if (allRegisters < 248) {
        assertThat(blocks(gpu, threads, allRegisters + 8, allShared)).isLessThan(slack.occupancy());
      }
      if (allShared < gpu.sharedBytes() - 1024) {
        assertThat(blocks(gpu, threads, allRegisters, allShared + 1)).isLessThan(slack.occupancy());
      }
    }
  }

  /** Blocks are added one by one for as long as they fit. */
  private static int blocks(Architecture gpu, int threads, int registers, int shared) {
    int portioned = (registers + 7) / 8 * 8;
    int blocks = 0;
    while (blocks < gpu.blocks()
        && (blocks + 1) * threads <= gpu.threads()
        && (blocks + 1) * threads * portioned <= 65536
        && (blocks + 1) * (shared + 1024) <= gpu.sharedBytes()) {
      blocks++;
    }
    return blocks;
  }

  @Test
  void kernelThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Slack.of(new ResourceReport(1024, 128, 0), Architecture.SM_89))
        .hasMessageContaining("fits on sm_89");
  }
}
