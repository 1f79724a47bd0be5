/**
 * The command line: one verb a class, the chain of stages, and what turns a failure into an exit
 * code. Knows every other module; nothing knows it. What {@code predict} touches is free of Spark,
 * DL4J and ND4J.
 */
package org.trispike.jobs;
