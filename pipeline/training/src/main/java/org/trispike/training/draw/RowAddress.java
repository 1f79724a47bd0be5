package org.trispike.training.draw;

import java.io.Serializable;

/**
 * Where a row lies.
 *
 * @param shard its place in the list of shards
 * @param group the row group within the shard
 * @param row within the group
 */
record RowAddress(int shard, int group, int row) implements Serializable {}
