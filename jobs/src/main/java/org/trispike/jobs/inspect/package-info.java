/**
 * Looking at data: what a file or a dataset holds, in lines, pictures and clouds. Knows the formats
 * and the shards, no Spark session.
 */
package org.trispike.jobs.inspect;
