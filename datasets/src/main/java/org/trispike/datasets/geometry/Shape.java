package org.trispike.datasets.geometry;

/** What a file of a shape holds: surfaces, or points. */
public sealed interface Shape permits Mesh, PointCloud {}
