/** The one reader of configuration: its sources, their precedence, and the check of every key. */
package org.trispike.jobs.config;
