/** What this build is, as its Maven build wrote it down. Knows no Spark. */
package org.trispike.jobs.build;
