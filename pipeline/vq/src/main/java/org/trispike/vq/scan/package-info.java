/**
 * Inner-product search over banks of 4-bit codes: 16-entry tables of a query's products, as bytes,
 * looked up for many rows at a time, and an exact ranking of the best. The inner loop exists twice,
 * with the Vector API and as scalar twin, and both compute the same integers.
 */
package org.trispike.vq.scan;
