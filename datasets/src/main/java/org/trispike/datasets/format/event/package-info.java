/**
 * Readers for recordings of event cameras, one small class a format, and the cutting of recordings
 * into clouds and frames. Pixels count from the upper left corner and times are microseconds,
 * whatever the format does. Knows the JDK, the format package and the decoder of ZSTD; no engine.
 */
package org.trispike.datasets.format.event;
