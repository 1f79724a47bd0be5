/**
 * Python's pickles, as far as they hold data alone. A pickle is a program: nothing of it runs here,
 * and of the functions that it may name only those that put NumPy's arrays together are known, by
 * name, in {@link org.trispike.datasets.format.pickle.Global}. Knows the formats' checks and the
 * JDK; no engine.
 */
package org.trispike.datasets.format.pickle;
