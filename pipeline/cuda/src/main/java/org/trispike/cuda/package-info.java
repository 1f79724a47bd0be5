/**
 * NVRTC and the driver of CUDA, behind {@link org.trispike.vq.cuda.CudaRuntime}. The only place
 * that knows {@code org.bytedeco.cuda}; it is on the class path of {@code bench vq} alone.
 */
package org.trispike.cuda;
