/**
 * What kernels on codes are measured against: everything dequantized first and computed in double
 * precision, in plain loops.
 */
package org.trispike.vq.oracle;
