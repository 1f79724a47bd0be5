/**
 * Checkpoints: folders of safetensors files and JSON that count once their manifest is there, and
 * that a run resumes from bit by bit.
 */
package org.trispike.training.checkpoint;
