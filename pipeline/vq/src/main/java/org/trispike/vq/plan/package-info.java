/**
 * How a fused kernel should compute on codes: which axes switch codebooks and need a reduction, how
 * much of a codebook is held where, how far work is split, and how dequantized elements reach the
 * threads that use them. {@link org.trispike.vq.plan.Planner} decides; a {@link
 * org.trispike.vq.plan.Plan} is data. Source: Liu et al., VQ-LLM, HPCA 2025.
 */
package org.trispike.vq.plan;
