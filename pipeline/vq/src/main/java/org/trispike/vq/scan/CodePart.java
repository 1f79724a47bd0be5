package org.trispike.vq.scan;

import java.nio.ByteBuffer;

/**
 * Some consecutive rows of a bank.
 *
 * @param codes as {@link ScanBank#codes} has them, on the heap or mapped
 * @param rows how many
 */
public record CodePart(ByteBuffer codes, int rows) {}
