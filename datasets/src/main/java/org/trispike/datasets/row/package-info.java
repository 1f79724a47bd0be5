/**
 * The rows of datasets: what a row of each kind holds, and how it becomes the columns of a shard
 * and back. Knows Parquet's types and nothing of files, Spark or where rows come from.
 */
package org.trispike.datasets.row;
