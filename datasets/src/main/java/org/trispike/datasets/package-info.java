/**
 * What the data is and how it becomes Parquet: the words that all of its packages and its users
 * share, namely failures, progress and splits. This package itself knows the JDK alone.
 */
package org.trispike.datasets;
