/**
 * Kernels for GPUs: CUDA C++ text made of a {@link org.trispike.vq.plan.Plan}.
 *
 * <p>{@link org.trispike.vq.cuda.CudaProgram} has the launches of a plan, each with a {@link
 * org.trispike.vq.cuda.CudaKernel}: constants that are the plan's decisions, then the snippets
 * beside this package (resources, {@code *.cu}) that these decisions choose. The levels of the
 * method are values of the constants; the computation is written once for each operation. {@link
 * org.trispike.vq.cuda.DeviceTensor} lays codes and codebooks out as the text reads them. Text
 * holds numbers of a plan alone, never anything that was read from a file.
 *
 * <p>What compiles and runs the text is behind {@link org.trispike.vq.cuda.CubinCompiler} and
 * {@link org.trispike.vq.cuda.Gpu}, in a module of its own; nothing here needs a device.
 */
package org.trispike.vq.cuda;
