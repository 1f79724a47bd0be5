/** Ranks classes for files, in a JVM without Spark, Hadoop, DL4J or ND4J. */
package org.trispike.jobs.predict;
