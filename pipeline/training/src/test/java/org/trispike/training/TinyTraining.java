package org.trispike.training;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trispike.training.evaluate.TinyWorld;

/** Settings of a training that takes a second, on the vectors of a {@link TinyWorld}. */
public final class TinyTraining {
  /** Rounds between two checkpoints. */
  public static final int CHECKPOINT_ROUNDS = 2;

  private static final String SETTINGS =
      """
      encoder { voxel-size = 0.2, output-width = 0 }
      pretrain {
        epochs = 8, batch-size = 4, replicas = 2, local-steps = 3, first-local-steps = 2
        points = 64, warmup-epochs = 1, checkpoint-rounds = %d, keep-checkpoints = 10
        learning-rate = 0.003, ema-decay = 0.9
      }
      """
          .formatted(CHECKPOINT_ROUNDS);

  private TinyTraining() {}

  /** Their text, but for the folder of the run. */
  public static String settings(TinyWorld world) {
    return SETTINGS + "run.data = \"" + world.run + "\"\n";
  }

  /** Those of a run in a folder of its own. */
  public static Config config(TinyWorld world, Path run, String... others) {
    List<String> all = new ArrayList<>();
    all.add(settings(world));
    all.add("run.dir = \"" + run + "\"");
    all.addAll(List.of(others));
    return world.config(all.toArray(String[]::new));
  }
}
