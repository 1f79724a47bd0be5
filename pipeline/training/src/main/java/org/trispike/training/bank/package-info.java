/**
 * Banks of class vectors as stages: names become rows, rows become codes. The format is {@link
 * org.trispike.vq.bank}'s; here is what spreads the work over Spark and writes to any file system.
 */
package org.trispike.training.bank;
