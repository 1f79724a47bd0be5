package org.trispike.training.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Adam (Kingma, Ba, ICLR 2015) as DL4J configures it, with one pass over the parameters in the
 * place of its native operation, which took a tenth of a training step of a small encoder.
 */
public final class FusedAdam extends Adam {
  private static final long serialVersionUID = 1;

  /** For DL4J's reader of configurations. */
  public FusedAdam() {}

  FusedAdam(ISchedule rate, double beta1, double beta2, double epsilon) {
    setLearningRateSchedule(rate);
    setBeta1(beta1);
    setBeta2(beta2);
    setEpsilon(epsilon);
  }

  @Override
  public FusedAdamUpdater instantiate(INDArray state, boolean initialize) {
    FusedAdamUpdater updater = new FusedAdamUpdater(this);
    long[] shape = {1, state.length() / 2};
    updater.setStateViewArray(state, shape, state.ordering(), initialize);
    return updater;
  }

  @Override
  public FusedAdam clone() {
    FusedAdam copy = new FusedAdam(getLearningRateSchedule(), getBeta1(), getBeta2(), getEpsilon());
    copy.setLearningRate(getLearningRate());
    return copy;
  }
}
