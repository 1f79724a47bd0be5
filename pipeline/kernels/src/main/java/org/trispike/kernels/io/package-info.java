/**
 * Arrays and settings in files: safetensors and JSON, written whole or not at all, read without
 * trust in any length that a file states.
 */
package org.trispike.kernels.io;
