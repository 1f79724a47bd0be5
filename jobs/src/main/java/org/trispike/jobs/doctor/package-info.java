/**
 * The verb doctor. Facts are gathered first, on the driver, on each executor and of each place that
 * the configuration names; checks then judge them, each by itself, and say how to mend what they
 * find.
 */
package org.trispike.jobs.doctor;
