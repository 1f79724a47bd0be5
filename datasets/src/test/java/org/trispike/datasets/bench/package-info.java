/**
 * How fast data is prepared, each figure beside a stated baseline of the same run; {@link
 * org.trispike.datasets.bench.DataBench} runs all of it. No test.
 */
package org.trispike.datasets.bench;
