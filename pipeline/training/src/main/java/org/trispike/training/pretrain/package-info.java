/**
 * The stage {@code pretrain}: rounds of local steps on an embedded dataset, measured on its
 * validation split, kept in checkpoints that it resumes from.
 */
package org.trispike.training.pretrain;
