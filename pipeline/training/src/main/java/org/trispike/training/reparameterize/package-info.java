/**
 * Rep-VLI as a stage: a chosen checkpoint and names of classes become one deployable model, with
 * the trivial baseline beside it that every later figure is read against.
 */
package org.trispike.training.reparameterize;
