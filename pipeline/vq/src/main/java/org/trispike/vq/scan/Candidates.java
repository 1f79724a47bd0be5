package org.trispike.vq.scan;

import java.io.Serializable;

/**
 * Rows whose codes promise most, best first; of equal sums the lower row.
 *
 * @param rows their numbers
 * @param sums of table bytes, which order rows of all parts of a bank alike
 */
@SuppressWarnings("ArrayRecordComponent") // passed through
public record Candidates(int[] rows, int[] sums) implements Serializable {}
