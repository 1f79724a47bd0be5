/**
 * Folders of artefacts on any of Hadoop's file systems: claimed before work starts, filled by
 * rename, and finished by a manifest that is written last. Also the one place that runs a Spark job
 * under the user's words and turns its failure back into the error that caused it.
 */
package org.trispike.datasets.store;
