package org.trispike.vq.cuda;

/**
 * Machine code of a kernel.
 *
 * @param image what a driver loads
 * @param resources what it takes of a multiprocessor
 */
public record Cubin(byte[] image, KernelResources resources) {}
