/**
 * A Jupyter kernel for Java whose cells see everything that jobs sees, and what shows artefacts in
 * it. Of these classes {@code JavaKernel} alone knows Jupyter, and nothing knows this package.
 */
package org.trispike.notebooks;
