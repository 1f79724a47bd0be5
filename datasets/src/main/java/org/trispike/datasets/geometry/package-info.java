/**
 * Shapes in memory and what is done with them: points from surfaces, normalisation, pictures. Knows
 * the JDK and the kernels' random numbers; no file format and no engine.
 */
package org.trispike.datasets.geometry;
