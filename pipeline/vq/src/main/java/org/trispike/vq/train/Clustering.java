package org.trispike.vq.train;

/**
 * Points and the entries that they belong to.
 *
 * @param entries [k, length]
 * @param codes the nearest entry of each point
 * @param distances weighted squared distance of each point to it
 */
record Clustering(float[] entries, int[] codes, double[] distances) {

  double cost() {
    double cost = 0;
    for (double distance : distances) {
      cost += distance;
    }
    return cost;
  }
}
