/**
 * Readers for scans of lidars, their calibrations and their labels. Lengths are metres and angles
 * radians; a lidar's x points ahead, y to the left and z up. Knows the JDK and the format packages;
 * no engine.
 */
package org.trispike.datasets.format.lidar;
