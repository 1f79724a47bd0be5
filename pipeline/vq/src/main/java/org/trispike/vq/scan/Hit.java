package org.trispike.vq.scan;

/**
 * A row that was found.
 *
 * @param score exact inner product with the query
 */
public record Hit(int row, float score) {}
