/**
 * Labelled clouds in HDF5. jHDF tells where things lie; what is read, unpacked and allowed to take
 * memory is decided here. Knows the formats' checks, the geometry package and jHDF; no engine.
 */
package org.trispike.datasets.format.hdf5;
