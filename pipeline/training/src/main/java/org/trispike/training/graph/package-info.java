/**
 * The network as DL4J sees it: one vertex that holds the whole spiking encoder, ordinary layers for
 * the projections of the teacher's vectors, one vertex for the alignment loss. The only place that
 * adapts DL4J's vertices.
 */
package org.trispike.training.graph;
