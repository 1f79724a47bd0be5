package org.trispike.vq.scan;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/**
 * The rows of a bank that share a centroid.
 *
 * @param codes as {@link ScanBank#codes} has them, on the heap or mapped
 * @param rows their numbers in the bank
 */
public record CodeList(ByteBuffer codes, IntBuffer rows) {}
