/**
 * Triplets in Parquet: the schema, {@link org.trispike.datasets.shard.ShardWriter} and {@link
 * org.trispike.datasets.shard.ShardReader}, the manifest {@code dataset.json}, the quarantine, and
 * the action that makes a dataset from a list of shapes. The reader and the writer know Parquet and
 * Hadoop's file systems; the action alone knows Spark.
 */
package org.trispike.datasets.shard;
