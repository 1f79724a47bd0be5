/**
 * One self-contained HTML file of a run: no network, no library. All text goes through {@link
 * org.trispike.jobs.report.Html}, which escapes it.
 */
package org.trispike.jobs.report;
