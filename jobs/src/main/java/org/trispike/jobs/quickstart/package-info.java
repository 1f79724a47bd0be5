/**
 * Coloured solids with captions, made from a key: the data of the first run, which needs no
 * download. Nothing here knows Spark.
 */
package org.trispike.jobs.quickstart;
