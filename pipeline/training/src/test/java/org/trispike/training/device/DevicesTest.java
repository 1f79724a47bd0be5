package org.trispike.training.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;
import org.trispike.kernels.Compute;

final class DevicesTest {
  @Test
  void aDeviceIsTheCpuOrAGpuWithAnAddress() {
    assertThat(new Device(Device.Kind.CUDA, "3")).hasToString("cuda:3");
    assertThat(Device.CPU).hasToString("cpu");
    assertThatThrownBy(() -> new Device(Device.Kind.CUDA, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Device(Device.Kind.CPU, "0"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCpuNeedsNoTask() {
    assertThat(Devices.ofTask(Device.Kind.CPU)).isEqualTo(Device.CPU);
    try (Compute compute = Devices.open(Device.CPU, 2)) {
      assertThat(compute.description()).contains("2 threads");
    }
  }

  @Test
  void aTaskWithoutAGpuSaysHowSparkGivesOne() {
    assertThatThrownBy(() -> Devices.ofTask(Device.Kind.CUDA))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("spark.executor.resource.gpu.amount=1")
        .hasMessageContaining("spark.task.resource.gpu.amount=1");
    assertThatThrownBy(() -> Devices.open(new Device(Device.Kind.CUDA, "1"), 1))
        .isInstanceOf(UserError.class)
        .hasMessage("No compute on cuda:1: this build has no CUDA kernels");
  }
}
