/**
 * Classes by their names: lists of them, the prompts that stand for them, and the teacher's vectors
 * of those. Knows the teacher's text side and the folding of a model, not Spark.
 */
package org.trispike.training.classes;
