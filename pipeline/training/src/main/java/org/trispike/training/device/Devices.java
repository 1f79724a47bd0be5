package org.trispike.training.device;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.trispike.datasets.UserError;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;

/** Where a run's setting, Spark's scheduling of GPUs and the compute of a task meet. */
public final class Devices {
  /** What Spark calls a GPU in {@code spark.executor.resource.gpu.amount} and its like. */
  public static final String RESOURCE = "gpu";

  private static final String NO_CUDA = "this build has no CUDA kernels";

  private Devices() {}

  /**
   * What a run computes on, decided once on the driver.
   *
   * @param log told of a device that was asked for and cannot be had
   * @throws UserError if it cannot be had and there is no fallback
   */
  public static Device.Kind choose(ComputeConfig config, Consumer<String> log) {
    if (config.device() == Device.Kind.CPU) {
      return Device.Kind.CPU;
    }
    if (config.fallback() == ComputeConfig.Fallback.CPU) {
      log.accept("compute.device = cuda, but " + NO_CUDA + ": training goes on with the CPU");
      return Device.Kind.CPU;
    }
    throw UserError.environment(
        "compute.device = cuda, but "
            + NO_CUDA
            + ". Nothing was written. Train with the CPU (--set compute.device=cpu), or have such"
            + " a run do so by itself (--set compute.fallback=cpu)",
        null);
  }

  /**
   * The running task's own device. Spark hands a GPU to one task at a time (with {@code
   * spark.task.resource.gpu.amount} = 1), so a replica has its GPU to itself.
   *
   * @throws UserError if a GPU is wanted and Spark gave none
   */
  public static Device ofTask(Device.Kind wanted) {
    if (wanted == Device.Kind.CPU) {
      return Device.CPU;
    }
    return gpu()
        .map(address -> new Device(Device.Kind.CUDA, address))
        .orElseThrow(
            () ->
                UserError.environment(
                    "compute.device = cuda, but Spark gave the task no GPU. Ask for some: --conf"
                        + " spark.executor.resource.gpu.amount=1 --conf"
                        + " spark.executor.resource.gpu.discoveryScript=deploy/gpu-discovery.sh"
                        + " --conf spark.task.resource.gpu.amount=1",
                    null));
  }

  private static Optional<String> gpu() {
    return Optional.ofNullable(TaskContext.get())
        .map(task -> task.resourcesJMap().get(RESOURCE))
        .map(ResourceInformation::addresses)
        .filter(addresses -> addresses.length > 0)
        .map(addresses -> addresses[0]);
  }

  /**
   * A compute on a device, for one task.
   *
   * @throws UserError if this build has none for it
   */
  public static Compute open(Device device, int threads) {
    if (device.kind() == Device.Kind.CUDA) {
      throw UserError.environment("No compute on " + device + ": " + NO_CUDA, null);
    }
    return Computes.cpu(threads);
  }
}
