/**
 * ONNX Runtime at work: its sessions, the tokenizer that comes with a text model, and the teacher
 * {@code clip-onnx} of two exported towers. Knows Hadoop's files, not Spark.
 */
package org.trispike.datasets.teacher.onnx;
