package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.UserError;
import org.trispike.training.device.Device;
import org.trispike.training.device.Devices;

/** The GPUs that are asked for are there, and Spark hands them to tasks; none asked for is fine. */
final class GpuCheck implements Check {
  private static final String ASK =
      "--conf spark.executor.resource.gpu.amount=1 --conf"
          + " spark.executor.resource.gpu.discoveryScript=deploy/gpu-discovery.sh --conf"
          + " spark.task.resource.gpu.amount=1 (deploy/README.md, GPUs)";

  @Override
  public String name() {
    return "gpu";
  }

  @Override
  public List<Finding> of(Facts facts) {
    Demand demand = facts.demand();
    if (!demand.gpus()) {
      return List.of(Finding.ok(name(), "none is asked for"));
    }
    List<Finding> findings = new ArrayList<>(kernels(demand));
    if (facts.spark().local()) {
      findings.addAll(Check.each(facts.workers(), this::present));
    } else if (demand.gpusPerExecutor() == 0) {
      findings.add(Finding.fail(name(), "Spark is asked for no GPU, the configuration is", ASK));
    } else {
      findings.addAll(Check.each(facts.workers(), this::given));
    }
    return findings;
  }

  private List<Finding> kernels(Demand demand) {
    if (demand.compute().device() == Device.Kind.CPU) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    try {
      var unused = Devices.choose(demand.compute(), lines::add);
    } catch (UserError e) {
      return List.of(
          Finding.fail(
              name(),
              "compute.device = cuda, which this build has no kernels for",
              "--set compute.device=cpu, or --set compute.fallback=cpu"));
    }
    return lines.stream()
        .map(line -> Finding.warn(name(), line, "--set compute.device=cpu says what happens"))
        .toList();
  }

  private Finding given(JvmFacts jvm) {
    JvmFacts.Gpus gpus = jvm.gpus();
    if (gpus.given().isEmpty()) {
      return Finding.fail(name(), "Spark gave its tasks no GPU", ASK);
    }
    if (gpus.given().size() > gpus.devices()) {
      return Finding.fail(
          name(),
          "Spark gave addresses "
              + String.join(", ", gpus.given())
              + ", but "
              + gpus.devices()
              + " NVIDIA devices are to be seen",
          "let the discovery script be deploy/gpu-discovery.sh, which asks nvidia-smi, and in a"
              + " container let its runtime show the devices");
    }
    return Finding.ok(
        name(),
        String.join(", ", gpus.given())
            + " of "
            + gpus.devices()
            + " GPUs, driver "
            + gpus.driver());
  }

  private Finding present(JvmFacts jvm) {
    JvmFacts.Gpus gpus = jvm.gpus();
    return gpus.devices() == 0
        ? Finding.fail(
            name(),
            "no NVIDIA device is to be seen",
            "install NVIDIA's driver, and in a container let its runtime show the devices")
        : Finding.ok(name(), gpus.devices() + " GPUs, driver " + gpus.driver());
  }
}
